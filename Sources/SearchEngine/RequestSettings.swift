import Synchronization

/// The part of a configuration that a request is answered by, and that may change while the engine
/// is open.
///
/// A request takes it as a whole: a reference, so that it costs no search anything.
final class RequestSettings: Sendable {
    let weights: RankingWeights
    let ways: QueryWays
    let limits: Limits
    /// What was found out of words by these settings.
    let words = WordMemories()

    /// The settings of a configuration.
    init(_ configuration: EngineConfiguration) {
        weights = configuration.weights
        ways = configuration.ways
        limits = configuration.limits
    }
}

/// The settings of now: replaced as a whole when the configuration is read anew.
final class CurrentSettings: Sendable {
    private let held: Mutex<RequestSettings>

    /// The first settings.
    init(_ settings: RequestSettings) {
        held = Mutex(settings)
    }

    /// What a request that begins now is answered by.
    var value: RequestSettings {
        get { held.withLock { $0 } }
        set { held.withLock { $0 = newValue } }
    }
}
