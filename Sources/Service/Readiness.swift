import Synchronization

/// How far the daemon is, from any thread.
final class Readiness: Sendable {
    /// How far it is.
    enum Phase: UInt8, AtomicRepresentable {
        case starting, serving, stopping
    }

    private let current: Atomic<Phase>

    /// Where it begins.
    init(_ phase: Phase = .starting) {
        current = Atomic(phase)
    }

    /// How far it is now.
    var phase: Phase { current.load(ordering: .relaxed) }

    /// It serves from now on.
    func serve() { current.store(.serving, ordering: .relaxed) }

    /// From now on it only ends what it began.
    func stop() { current.store(.stopping, ordering: .relaxed) }
}
