import Foundation
import JSON
import Synchronization

/// Clients that ask one kind of request, and what their answers took.
final class LoadRun {
    /// What is asked.
    let what: String
    /// Clients at once.
    let clientCount: Int
    /// Requests in flight on each connection.
    let depth: Int
    /// Whether a writer commits meanwhile.
    let isWriting: Bool
    /// The place of the daemon; `nil` for redis.
    let daemon: Int?

    private let path: String
    private let requests: [[UInt8]]
    private var clients: [LoadClient] = []
    private var answerCount = 0
    private var seconds = 0.0
    private var nanoseconds: [UInt32] = []

    init(
        _ what: String, _ clientCount: Int, _ depth: Int, _ isWriting: Bool, _ daemon: Int?,
        _ path: String, _ requests: [String]
    ) {
        self.what = what
        self.clientCount = clientCount
        self.depth = depth
        self.isWriting = isWriting
        self.daemon = daemon
        self.path = path
        self.requests = requests.map { Array($0.utf8) }
    }

    /// Connects, and asks for a moment without keeping the times.
    func warmUp() throws {
        for index in 0..<clientCount {
            clients.append(
                try LoadClient(
                    path, requests, daemon == nil ? .line : .http, depth: depth,
                    seed: UInt64(index + 1)))
        }
        try clients[0].run(for: 0.05)
    }

    /// Asks for a time and keeps what it took.
    func measure(_ duration: Double) throws {
        let failure = Mutex<(any Error)?>(nil)
        let finished = DispatchGroup()
        let began = LoadClient.now()
        for client in clients {
            finished.enter()
            Thread.detachNewThread {
                defer { finished.leave() }
                do {
                    try client.run(for: duration)
                } catch {
                    failure.withLock { $0 = error }
                }
            }
        }
        finished.wait()
        if let error = failure.withLock({ $0 }) { throw error }
        seconds += Double(LoadClient.now() - began) / 1e9
        for client in clients {
            answerCount += client.answerCount
            nanoseconds += client.nanoseconds
        }
    }

    /// Requests answered in a second.
    var requestsPerSecond: Double { Double(answerCount) / max(seconds, 1e-9) }

    /// The time within which a part of the answers came, in microseconds; of a row of pipelined
    /// requests, that of all of them.
    func microseconds(_ part: Double) -> Double {
        nanoseconds.sort()
        guard !nanoseconds.isEmpty else { return 0 }
        let place = min(nanoseconds.count - 1, Int(Double(nanoseconds.count) * part))
        return Double(nanoseconds[place]) / 1000
    }

    /// The figures as a line.
    var json: JSONValue {
        var line = JSONObject([
            "what": .string(what), "clients": .integer(Int64(clientCount)),
            "inFlight": .integer(Int64(depth)), "whileWriting": .bool(isWriting),
        ])
        if let daemon { line["daemon"] = .integer(Int64(daemon)) }
        line["requestsPerSecond"] = .double(requestsPerSecond.rounded())
        line["p50Microseconds"] = .double(microseconds(0.5))
        line["p99Microseconds"] = .double(microseconds(0.99))
        line["maxMicroseconds"] = .double(microseconds(1))
        return .object(line)
    }
}
