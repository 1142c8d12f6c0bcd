import Logging
import NIOCore
import NIOHTTP1
import ServiceAPI

/// What is counted of a request while it is handled, and told of it in the log.
struct RequestAccount {
    /// The counters of its route.
    var counters: RouteCounters
    /// Its method.
    var method = HTTPMethod.GET
    /// The bytes of its body so far, those that were thrown away included.
    var bodyByteCount = 0

    private let began = NIODeadline.now()

    /// The account of a request that begins now.
    init(counters: RouteCounters) {
        self.counters = counters
    }

    /// Counts the answer and writes it to the log.
    func close(status: Int, of request: Request, in logger: Logger) {
        let microseconds = Int((NIODeadline.now() - began).nanoseconds / 1000)
        counters.count(status: status, microseconds: microseconds)
        let isAdmin = counters.route?.isAdmin == true
        // A monitor that asks how the daemon is does not have to fill the log with the answer.
        let isQuestion = request.endpoint == .health
        let level: Logger.Level =
            status >= 500 && !isQuestion ? .warning : isAdmin ? .info : .debug
        logger.log(
            level: level, "answered", metadata: metadata(status, microseconds, of: request))
    }

    private func metadata(_ status: Int, _ microseconds: Int, of request: Request)
        -> Logger.Metadata
    {
        var metadata: Logger.Metadata = [
            "endpoint": "\(counters.route?.endpoint.rawValue ?? "none")",
            "method": "\(method.rawValue)", "status": "\(status)",
            "microseconds": "\(microseconds)", "bodyBytes": "\(bodyByteCount)",
            "request": "\(request.id.text)",
        ]
        if let peer = request.peer {
            metadata["uid"] = "\(peer.userID)"
            metadata["pid"] = "\(peer.processID)"
        }
        return metadata
    }
}
