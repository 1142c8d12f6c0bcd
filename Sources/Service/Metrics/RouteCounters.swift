import ServiceAPI

/// What was answered at one route: how often with which status, and how long it took.
///
/// Statuses and bounds are fixed, so that counting is no more than three additions.
final class RouteCounters: Sendable {
    /// The statuses that the daemon answers, ascending.
    static let statuses: [Int] = Set(ProblemCode.allCases.map(\.status) + [200, 201, 202]).sorted()
    /// The upper bounds of the buckets, in microseconds; above the last is one more bucket.
    static let bounds = [
        500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
        2_500_000, 5_000_000, 10_000_000,
    ]
    /// The place of each status among `statuses`, by the status.
    private static let places: [UInt8] = (0..<600).map { status in
        UInt8(statuses.firstIndex(of: status) ?? statuses.count)
    }

    /// The route; `nil` for requests that lead nowhere.
    let route: Route?
    private let answers: [Counter]
    private let buckets: [Counter]
    private let microseconds = Counter()

    /// Counters of a route, all 0.
    init(_ route: Route?) {
        self.route = route
        answers = (0...Self.statuses.count).map { _ in Counter() }
        buckets = (0...Self.bounds.count).map { _ in Counter() }
    }

    /// Counts an answer.
    func count(status: Int, microseconds elapsed: Int) {
        let place =
            Self.places.indices.contains(status) ? Int(Self.places[status]) : answers.count - 1
        answers[place].add()
        var bucket = 0
        while bucket < Self.bounds.count, elapsed > Self.bounds[bucket] { bucket += 1 }
        buckets[bucket].add()
        microseconds.add(elapsed)
    }

    /// How often each status was answered, those that never were left out; `nil` stands for others.
    var statusCounts: [(status: Int?, count: Int)] {
        answers.indices.compactMap { place in
            let count = answers[place].value
            guard count > 0 else { return nil }
            return (place < Self.statuses.count ? Self.statuses[place] : nil, count)
        }
    }

    /// How many answers fell into each bucket.
    var bucketCounts: [Int] { buckets.map(\.value) }

    /// The time of all answers.
    var seconds: Double { Double(microseconds.value) / 1e6 }
}
