import Glibc
import JSON

/// A connection to a daemon that is kept for many requests, one after the other.
final class SocketClient {
    /// Why there is no answer.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The open socket.
    let descriptor: Int32
    private var received: [UInt8] = []

    /// Connects; fails where nobody listens, or after a time without any byte.
    init(_ path: String, timeoutSeconds: Int = 60) throws {
        descriptor = try Self.connected(to: path)
        var timeout = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(
                descriptor, SOL_SOCKET, option, &timeout,
                socklen_t(MemoryLayout<timeval>.size))
        }
    }

    deinit { close(descriptor) }

    /// An open socket that is connected.
    static func connected(to path: String) throws -> Int32 {
        let descriptor = socket(
            AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw failure("socket") }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard code == 0 else {
            let failure = failure("connect")
            close(descriptor)
            throw failure
        }
        return descriptor
    }

    private static func failure(_ call: String) -> Failure {
        Failure(description: "\(call): \(String(cString: strerror(errno)))")
    }

    /// One request and its answer.
    func send(
        _ method: String, _ path: String, _ body: [UInt8] = [], type: String = "application/json",
        headers: [String] = []
    ) throws -> Daemon.Answer {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: izde\r\n"
        if !body.isEmpty { head += "Content-Type: \(type)\r\n" }
        if method != "GET" { head += "Content-Length: \(body.count)\r\n" }
        for header in headers { head += header + "\r\n" }
        try write(Array((head + "\r\n").utf8) + body)
        return try answer()
    }

    /// Writes all bytes.
    func write(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Self.failure("send") }
            sent += count
        }
    }

    /// Reads one answer.
    func answer() throws -> Daemon.Answer {
        var lines: [String] = []
        while true {
            let line = try line()
            if line.isEmpty { break }
            lines.append(line)
        }
        guard let first = lines.first,
            let status = first.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { throw Failure(description: "no HTTP answer") }
        var answer = Daemon.Answer(status: status, headers: [:], body: [])
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            answer.headers[line[..<colon].lowercased()] = String(value)
        }
        if answer.headers["transfer-encoding"]?.lowercased() == "chunked" {
            while true {
                guard let count = Int(try line(), radix: 16) else {
                    throw Failure(description: "a chunk without a length")
                }
                if count == 0 {
                    while try !line().isEmpty {}
                    break
                }
                answer.body += try take(count)
                _ = try line()
            }
        } else {
            answer.body = try take(answer.headers["content-length"].flatMap { Int($0) } ?? 0)
        }
        return answer
    }

    private func line() throws -> String {
        while true {
            if let end = received.firstIndex(of: 0x0A) {
                var line = received[..<end]
                if line.last == 0x0D { line.removeLast() }
                let text = String(decoding: line, as: UTF8.self)
                received.removeSubrange(...end)
                return text
            }
            try receive()
        }
    }

    private func take(_ count: Int) throws -> [UInt8] {
        while received.count < count { try receive() }
        let bytes = Array(received[..<count])
        received.removeSubrange(..<count)
        return bytes
    }

    private func receive() throws {
        var block = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &block, block.count, 0)
        guard count > 0 else {
            throw count == 0 ? Failure(description: "the daemon closed") : Self.failure("recv")
        }
        received.append(contentsOf: block[..<count])
    }
}
