import InvertedIndex
import Synchronization

/// How often bytes were met that are not what was written.
final class DamageCount: Sendable {
    private let count = Atomic(0)

    /// The number so far.
    var value: Int { count.load(ordering: .relaxed) }

    /// Counts one.
    func add(_ number: Int = 1) { count.add(number, ordering: .relaxed) }

    /// Does something and counts the damage that it meets.
    func noticing<Result>(_ body: () throws(EngineError) -> Result) throws(EngineError) -> Result {
        do throws(EngineError) {
            return try body()
        } catch {
            if error.isDamage { add() }
            throw error
        }
    }
}

extension EngineError {
    /// Whether bytes of the index were found to be wrong.
    var isDamage: Bool {
        if case .index(let error) = self { error.isDamage } else { false }
    }
}

extension IndexError {
    /// Whether bytes were found to be wrong, rather than the disk or the caller.
    var isDamage: Bool {
        switch self {
        case .corrupt, .wrongFormatVersion: true
        default: false
        }
    }
}
