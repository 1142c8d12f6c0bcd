import JSON
import ServiceAPI

/// One answer.
struct Response: Sendable {
    /// What follows the header.
    enum Body: Sendable {
        /// All of it.
        case bytes([UInt8])
        /// Pieces, each asked for when the one before has been sent.
        case stream(any BodyStream)
    }

    var status: Int
    var contentType = "application/json"
    var body: Body
    /// Further header fields.
    var headers: [(name: String, value: String)] = []
    /// How long the search took that this answers, without the time that it waited for a thread.
    var searchDuration: Duration?

    /// An answer of JSON or other bytes.
    init(status: Int = 200, contentType: String = "application/json", _ bytes: [UInt8]) {
        self.status = status
        self.contentType = contentType
        body = .bytes(bytes)
    }

    /// An answer of one JSON value.
    init(status: Int = 200, _ value: JSONValue) {
        self.init(status: status, value.bytes)
    }

    /// An answer in pieces.
    init(contentType: String, stream: any BodyStream) {
        status = 200
        self.contentType = contentType
        body = .stream(stream)
    }

    /// An error, told the number of its request.
    init(_ problem: ProblemDetails, id: RequestID) {
        var problem = problem
        problem.instance = "/requests/\(id.text)"
        self.init(
            status: problem.status, contentType: ProblemDetails.mediaType, problem.json.bytes)
        if let seconds = problem.knownCode?.retryAfter {
            headers.append(("Retry-After", String(seconds)))
        }
    }

    /// The bytes of an answer that is no stream.
    var bytes: [UInt8] { if case .bytes(let bytes) = body { bytes } else { [] } }
}

/// A body that is made piece by piece.
protocol BodyStream: Sendable {
    /// Makes the next piece on a thread of its own choice: some bytes, or `nil` at the end. After
    /// an error the connection is cut, since the status has gone out.
    func next(_ reply: @escaping @Sendable (Result<[UInt8]?, ProblemDetails>) -> Void)
}
