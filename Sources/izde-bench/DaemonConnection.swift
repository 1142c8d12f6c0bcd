import Foundation
import JSON

/// One connection to a daemon, kept open: a request is written, its answer is read.
final class DaemonConnection {
    /// What went wrong with a daemon.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let descriptor: Int32
    private var received: [UInt8] = []

    /// Connects to the socket of a daemon.
    init(_ path: String) throws { descriptor = try Self.connected(to: path) }

    /// A new connection to the server on a socket; the caller closes it.
    static func connected(to path: String) throws -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw Failure(description: "the path \(path) is too long for a socket")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw Failure(description: "cannot connect to \(path): \(reason)")
        }
        return descriptor
    }

    deinit { close(descriptor) }

    /// Waits until a daemon knows names and translations; searches do not wait for them.
    static func waitUntilPrepared(_ path: String, pause microseconds: UInt32 = 50_000) throws {
        for _ in 0..<60_000_000 / microseconds {
            if let connection = try? DaemonConnection(path),
                let answer = try? connection.send("GET", "/v1/health"),
                try JSONReader().read(answer)["prepared"] == true
            {
                return
            }
            usleep(microseconds)
        }
        throw Failure(description: "the daemon on \(path) was not ready within a minute")
    }

    /// The body of the answer to a request.
    func send(_ method: String, _ target: String, _ body: [UInt8] = []) throws -> [UInt8] {
        let head =
            "\(method) \(target) HTTP/1.1\r\nHost: izde\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.count)\r\n\r\n"
        try write(Array(head.utf8) + body)
        let (status, answer) = try read()
        guard status == 200 else {
            throw Failure(
                description: "\(method) \(target): \(status) "
                    + String(decoding: answer.prefix(300), as: UTF8.self))
        }
        return answer
    }

    private func write(_ bytes: [UInt8]) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.write(
                    descriptor, $0.baseAddress.map { $0 + written }, bytes.count - written)
            }
            guard count > 0 else { throw Failure(description: "the daemon closed the connection") }
            written += count
        }
    }

    private func read() throws -> (status: Int, body: [UInt8]) {
        let end = Array("\r\n\r\n".utf8)
        var headEnd: Int?
        while headEnd == nil {
            try receive()
            headEnd = received.firstRange(of: end)?.upperBound
        }
        let head = String(decoding: received[..<(headEnd ?? 0)], as: UTF8.self)
        received.removeFirst(headEnd ?? 0)
        let lines = head.split(separator: "\r\n")
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) }
        guard let status, let length else {
            throw Failure(description: "the answer has no status or no length: \(head)")
        }
        while received.count < length { try receive() }
        defer { received.removeFirst(length) }
        return (status, Array(received[..<length]))
    }

    private func receive() throws {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = Foundation.read(descriptor, &buffer, buffer.count)
        guard count > 0 else { throw Failure(description: "the daemon closed the connection") }
        received += buffer[..<count]
    }
}
