import ServiceAPI

/// What the daemon counts of itself.
///
/// A fixed set of atomic numbers, made at the start: counting waits for nobody and allocates
/// nothing. A metrics library would find its numbers by name and label at each request, under a
/// lock, and bring an exporter as a further dependency; all that it would save is one file that
/// writes the text.
final class Metrics: Sendable {
    /// Why a request was refused though nothing was wrong with it.
    enum Shedding: String, CaseIterable {
        case searches, writes, bodies, admin
    }

    private let routes: [RouteCounters]
    /// Requests that lead nowhere.
    let unmatched = RouteCounters(nil)
    private let sheddings: [Counter]
    /// Requests that are worked at.
    let inFlight = Counter()
    /// Connections that were accepted.
    let accepted = Counter()
    /// Connections that were closed.
    let closed = Counter()
    /// Connections that are open.
    var openConnectionCount: Int { accepted.value - closed.value }
    /// Connections that were ended because the peer took too long.
    let timeouts = Counter()
    /// Searches that were not begun because the client had left.
    let abandoned = Counter()

    /// Numbers, all 0.
    init() {
        routes = Routes.all.map { RouteCounters($0) }
        sheddings = Shedding.allCases.map { _ in Counter() }
    }

    /// The counters of a route.
    subscript(_ route: Route) -> RouteCounters { routes[route.position] }

    /// The counters of all routes and of what leads nowhere.
    var allRoutes: [RouteCounters] { routes + [unmatched] }

    /// Counts a refusal.
    func shed(_ reason: Shedding) { counter(reason).add() }

    /// How often it was refused for a reason.
    func count(of reason: Shedding) -> Int { counter(reason).value }

    private func counter(_ reason: Shedding) -> Counter {
        switch reason {
        case .searches: sheddings[0]
        case .writes: sheddings[1]
        case .bodies: sheddings[2]
        case .admin: sheddings[3]
        }
    }
}
