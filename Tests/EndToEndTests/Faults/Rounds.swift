import Glibc

/// How often a test of faults is repeated, and where its figures go.
///
/// `IZDE_LONG` asks for the long runs, `IZDE_ROUNDS` for a number of rounds, `IZDE_SEED` for the
/// chances of an earlier run.
enum Rounds {
    static let isLong = getenv("IZDE_LONG") != nil

    /// The rounds of a test.
    static func count(short: Int, long: Int) -> Int {
        if let text = getenv("IZDE_ROUNDS"), let count = Int(String(cString: text)), count > 0 {
            return count
        }
        return isLong ? long : short
    }

    /// The seed of a run: told in the figures, so that a failure can be repeated.
    static let seed: UInt64 = {
        if let text = getenv("IZDE_SEED"), let seed = UInt64(String(cString: text)) { return seed }
        return UInt64(time(nil))
    }()

    /// Prints the figures of a run as one line of its own.
    static func report(_ name: String, _ figures: KeyValuePairs<String, Any>) {
        let text = figures.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        print("IZDE FIGURES \(name): \(text)")
    }
}

/// The time since a moment, for figures and generous bounds only.
struct Stopwatch {
    private let start = ContinuousClock.now

    var seconds: Double {
        let parts = (ContinuousClock.now - start).components
        return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    }

    /// In tenths, for people.
    var text: String { "\((seconds * 10).rounded() / 10) s" }
}
