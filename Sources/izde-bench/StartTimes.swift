import Foundation
import JSON

/// How long a daemon takes from its start to its first answers; the least and the median.
struct StartTimes {
    private var health: [Double] = []
    private var plain: [Double] = []
    private var search: [Double] = []
    private var prepared: [Double] = []
    private var processor: [Double] = []

    /// Starts the daemon some times: half of them are asked plain searches first, half searches by
    /// default, so that neither waits for what the other has made.
    init(_ program: URL, _ data: String, starts: Int, _ requests: DaemonRequests) throws {
        let copy = try LinkedCopy(of: data)
        defer { copy.remove() }
        for _ in 0..<starts {
            for isPlain in [true, false] {
                let served = try ServedIndex(copy.path, program: program, waits: false)
                defer { served.stop() }
                let connection = try Self.healthyConnection(served.socket)
                health.append(RigLine.microseconds(.now - served.started) / 1000)
                let what = isPlain ? "term_low" : "term_low-default"
                let body = requests.bodies.first { $0.what == what }?.bodies.first ?? "{}"
                _ = try connection.send("POST", "/v1/search", Array(body.utf8))
                let first = RigLine.microseconds(.now - served.started) / 1000
                if isPlain { plain.append(first) } else { search.append(first) }
                try DaemonConnection.waitUntilPrepared(served.socket, pause: 2000)
                prepared.append(RigLine.microseconds(.now - served.started) / 1000)
                processor.append(served.processorSeconds * 1000)
            }
        }
    }

    /// The first that is told that the daemon can do its work.
    private static func healthyConnection(_ socket: String) throws -> DaemonConnection {
        for _ in 0..<100_000 {
            if let connection = try? DaemonConnection(socket),
                (try? connection.send("GET", "/v1/health")) != nil
            {
                return connection
            }
            usleep(300)
        }
        return try DaemonConnection(socket)
    }

    /// Prints the figures as a line.
    func print(daemon: Int) {
        var line = JSONObject(["what": "start", "daemon": .integer(Int64(daemon))])
        let figures = [
            ("health", health), ("plainSearch", plain), ("search", search),
            ("prepared", prepared), ("processorUntilPrepared", processor),
        ]
        for (name, times) in figures {
            let sorted = times.sorted()
            guard let least = sorted.first else { continue }
            line["\(name)LeastMilliseconds"] = .double(least.rounded(toPlaces: 1))
            line["\(name)P50Milliseconds"] = .double(
                sorted[sorted.count / 2].rounded(toPlaces: 1))
        }
        RigLine.print(.object(line))
    }
}

extension Double {
    /// The number with so many digits behind the point.
    fileprivate func rounded(toPlaces places: Int) -> Double {
        let factor = pow(10, Double(places))
        return (self * factor).rounded() / factor
    }
}
