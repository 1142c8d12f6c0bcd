import Glibc
import JSON
import ServiceAPI

/// The daemon behind its socket: sends requests over one connection, which stays open between them.
final class DaemonClient {
    /// The body of a request.
    enum Body {
        case none
        case json(JSONValue)
        case lines([UInt8])
    }

    /// Largest answer taken: a page of the largest documents stays below it.
    private static let answerByteCount = 256 << 20

    /// The path of the socket.
    let path: String
    private let timeoutMilliseconds: Int
    private var connection: UnixConnection?
    /// Called with one line about each exchange.
    var report: (String) -> Void = { _ in }

    /// A client for the socket at a path; connects with the first request.
    init(path: String, timeoutMilliseconds: Int) {
        self.path = path
        self.timeoutMilliseconds = timeoutMilliseconds
    }

    /// Sends a request and returns its answer, whatever its status.
    ///
    /// A connection that the daemon closed while it was idle is opened anew, once: all requests of
    /// this client may be repeated.
    func exchange(
        _ endpoint: Endpoint, parameters: [String: String] = [:],
        query: QueryString = QueryString(), body: Body = .none
    ) throws(ClientError) -> HTTPResponse {
        let route = Routes[endpoint]
        let target = route.path(parameters, query: query)
        let request = Self.request(method: route.method.rawValue, target: target, body: body)
        let deadline = Deadline(milliseconds: timeoutMilliseconds)
        let start = ContinuousClock.now
        let response: HTTPResponse
        do throws(ConnectionError) {
            response = try exchange(request, deadline: deadline)
        } catch {
            throw .connection(error, advice: advice(error))
        }
        report(
            "\(route.method.rawValue) \(target): \(response.status), \(response.body.count) bytes, "
                + "\(Self.milliseconds(start.duration(to: .now))) ms")
        return response
    }

    /// Sends a request and returns its answer.
    ///
    /// - Throws: `ClientError.problem` for a status from 400 on; `texts` goes into it.
    func send(
        _ endpoint: Endpoint, parameters: [String: String] = [:],
        query: QueryString = QueryString(), body: Body = .none, texts: [String: String] = [:]
    ) throws(ClientError) -> HTTPResponse {
        let response = try exchange(endpoint, parameters: parameters, query: query, body: body)
        guard response.status < 400 else { throw Self.problem(of: response, texts: texts) }
        return response
    }

    /// The body of an answer as JSON.
    static func json(of response: HTTPResponse) throws(ClientError) -> JSONValue {
        do throws(JSONError) {
            return try reader.read(response.body)
        } catch {
            throw .answer("the daemon's answer is not JSON: \(error)")
        }
    }

    /// Explanations nest as deep as queries do, documents have as many members as people want.
    static let reader = JSONReader(limits: .init(nesting: 512, membersPerObject: 100_000))

    /// The error that an answer holds.
    static func problem(of response: HTTPResponse, texts: [String: String]) -> ClientError {
        do throws(ClientError) {
            if let problem = ProblemDetails(json: try json(of: response)) {
                return .problem(problem, texts: texts)
            }
            return .answer("the daemon answered with status \(response.status) and no reason")
        } catch {
            return .answer("the daemon answered with status \(response.status), not as JSON")
        }
    }

    /// The bytes of a request.
    static func request(method: String, target: String, body: Body) -> [UInt8] {
        var head = "\(method) \(target) HTTP/1.1\r\nHost: izde\r\nUser-Agent: izde\r\n"
        let content: [UInt8]
        switch body {
        case .none: content = []
        case .json(let value):
            content = value.bytes
            head += "Content-Type: application/json\r\n"
        case .lines(let bytes):
            content = bytes
            head += "Content-Type: application/x-ndjson\r\n"
        }
        if case .none = body {} else { head += "Content-Length: \(content.count)\r\n" }
        return Array((head + "\r\n").utf8) + content
    }

    private func exchange(_ request: [UInt8], deadline: Deadline) throws(ConnectionError)
        -> HTTPResponse
    {
        if connection != nil {
            do throws(ConnectionError) {
                return try exchangeOnce(request, deadline: deadline)
            } catch ConnectionError.closed {
                connection = nil
            }
        }
        connection = try UnixConnection(path: path, deadline: deadline)
        return try exchangeOnce(request, deadline: deadline)
    }

    private func exchangeOnce(_ request: [UInt8], deadline: Deadline) throws(ConnectionError)
        -> HTTPResponse
    {
        guard var open = connection.take() else { throw .closed }
        let response = try open.exchange(request, limit: Self.answerByteCount, deadline: deadline)
        if response.keepsConnection { connection = consume open }
        return response
    }

    private func advice(_ error: ConnectionError) -> String? {
        guard case .cannotConnect(let path, let code) = error else { return nil }
        return SocketAdvice.text(path: path, code: code)
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        Int(duration.components.seconds) * 1000
            + Int(duration.components.attoseconds / 1_000_000_000_000_000)
    }
}
