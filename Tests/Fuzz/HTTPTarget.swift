import FuzzEngine
import FuzzSupport
import Glibc
import SearchEngine

@testable import Service
@testable import ServiceAPI

/// The daemon's whole path of a request: bytes on a Unix socket, an engine behind it.
///
/// The first byte says whether the rest is sent as it is, or is the body of a request to one of the
/// routes, with the right length. The daemon answers or closes, whatever came; what it answers is
/// HTTP, and never with a status that means a mistake of ours.
@main
final class HTTPTarget: FuzzTarget {
    private let engine: Engine
    private let server: RunningServer
    private let socketPath: String
    private var runCount = 0

    init() throws {
        let path = try SampleEngine.folder() + "/socket"
        var configuration = ServerConfiguration(socketPath: path, searchThreadCount: 1)
        configuration.limits.searchMilliseconds = 10_000
        let engine = try SampleEngine.open()
        let frozen = configuration
        server = try SampleEngine.wait {
            try await Server(service: engine, configuration: frozen).start()
        }
        self.engine = engine
        socketPath = path
    }

    func run(_ input: [UInt8]) throws {
        // Inputs add documents and drop collections; neither may go on for ever.
        runCount += 1
        if runCount % 2000 == 0 || engine.collections.count != 2 {
            try SampleEngine.refill(engine)
        }
        var input = FuzzInput(input)
        let choice = Int(input.byte())
        let bytes = choice == 0 ? input.remainder() : request(choice, &input)
        let answer = exchange(bytes)
        guard !answer.isEmpty else { return }
        hold(answer.starts(with: Array("HTTP/1.".utf8)), "an answer is HTTP")
        let status = answer.dropFirst(9).prefix(3)
        hold(!status.elementsEqual("500".utf8), "\(String(decoding: answer, as: UTF8.self))")
    }

    /// A request to a route, with parameters and body from the input.
    private func request(_ choice: Int, _ input: inout FuzzInput) -> [UInt8] {
        let routes = Routes.all.filter { $0.endpoint != .dropCollection }
        let route = routes[choice % routes.count]
        let id = input.text()
        let value = input.text()
        let body = input.remainder()
        let field = ["q", "filter", "limit", "sort"][choice / routes.count % 4]
        let target = route.path(
            ["collection": "news", "id": id],
            query: QueryString(value.isEmpty ? [] : [(name: field, value: value)]))
        let head =
            "\(route.method.rawValue) \(target) HTTP/1.1\r\nConnection: close\r\n"
            + "Content-Length: \(body.count)\r\n\r\n"
        return Array(head.utf8) + body
    }

    /// Sends all, says that it was all, and reads to the end.
    private func exchange(_ bytes: [UInt8]) -> [UInt8] {
        let descriptor = connect()
        defer { close(descriptor) }
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            // The daemon may have closed what it does not want to read.
            if count <= 0 { break }
            sent += count
        }
        shutdown(descriptor, Int32(SHUT_WR))
        var answer: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = piece.withUnsafeMutableBytes {
                recv(descriptor, $0.baseAddress, $0.count, 0)
            }
            if count <= 0 { return answer }
            answer += piece[..<count]
        }
    }

    private func connect() -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socketPath.utf8) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard descriptor >= 0, result == 0 else { fatalError("cannot connect: \(errno)") }
        return descriptor
    }
}
