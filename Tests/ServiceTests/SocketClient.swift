import Glibc
import JSON

/// A plain client on a Unix socket: what is sent is what is written, byte by byte.
///
/// One task may send while another receives: sending touches only the descriptor, which never
/// changes, and the buffer is the receiver's alone; hence `@unchecked`.
final class SocketClient: @unchecked Sendable {
    struct Failure: Error {
        var reason: String
    }

    struct Answer {
        var status: Int
        var headers: [String: String]
        var body: [UInt8]

        var json: JSONValue? { try? JSONReader().read(body) }
        var lines: [JSONValue] {
            body.split(separator: 10).compactMap { try? JSONReader().read(Array($0)) }
        }
        var code: String? { json?["code"]?.string }
    }

    private let descriptor: Int32
    /// How long to wait before each piece is read, in microseconds.
    var pause: UInt32 = 0
    /// What came and was not taken yet.
    private var buffer: ArraySlice<UInt8> = []

    init(_ path: String, seconds: Int = 120) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let answer = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard answer == 0 else {
            let code = errno
            close(descriptor)
            throw Failure(reason: "connect: \(String(cString: strerror(code)))")
        }
        var timeout = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(
            descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    /// Sends; false if the peer takes no more.
    @discardableResult
    func send(_ bytes: some Collection<UInt8>) -> Bool {
        let bytes = Array(bytes)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(text.utf8) }

    func closeSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// One request and its answer.
    func call(
        _ method: String, _ path: String, _ body: String? = nil, headers: [String] = []
    ) throws -> Answer {
        try call(method, path, bytes: body.map { Array($0.utf8) }, headers: headers)
    }

    func call(
        _ method: String, _ path: String, bytes: [UInt8]?, headers: [String] = []
    ) throws -> Answer {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: izde\r\n"
        for header in headers { head += header + "\r\n" }
        if let bytes { head += "Content-Length: \(bytes.count)\r\n" }
        send(Array((head + "\r\n").utf8) + (bytes ?? []))
        return try receive(hasBody: method != "HEAD")
    }

    /// The next answer.
    func receive(hasBody: Bool = true) throws -> Answer {
        var end: Int?
        while true {
            end = headEnd()
            if end != nil { break }
            guard try fill() else { throw Failure(reason: "closed before an answer") }
        }
        guard let end else { throw Failure(reason: "no head") }
        let head = String(decoding: buffer[..<end], as: UTF8.self)
        buffer = buffer[(end + 4)...]
        let lines = head.split(separator: "\r\n")
        let first = lines.first?.split(separator: " ") ?? []
        guard first.count > 1, first[0].hasPrefix("HTTP/1."), let status = Int(first[1]) else {
            throw Failure(reason: "no status line: \(head.prefix(40))")
        }
        var answer = Answer(status: status, headers: [:], body: [])
        for line in lines.dropFirst() {
            let pieces = line.split(separator: ":", maxSplits: 1)
            answer.headers[pieces[0].lowercased()] = String(pieces[1].drop { $0 == " " })
        }
        guard hasBody else { return answer }
        if let length = answer.headers["content-length"].flatMap({ Int($0) }) {
            answer.body = try take(length)
        } else if answer.headers["transfer-encoding"] == "chunked" {
            while true {
                let size = try takeLine()
                guard let count = Int(size, radix: 16) else { throw Failure(reason: "chunk") }
                answer.body += try take(count)
                _ = try takeLine()
                if count == 0 { break }
            }
        }
        return answer
    }

    /// Waits until the daemon closes the connection; whether it sent so many bytes before, or any
    /// number.
    func isClosedByPeer(leaving count: Int? = nil) throws -> Bool {
        while try fill() {}
        return count.map { buffer.count == $0 } ?? true
    }

    /// Waits until the daemon closes the connection; whether less than so many bytes were left.
    func isClosedByPeer(leavingLessThan count: Int) throws -> Bool {
        while try fill() {}
        return buffer.count < count
    }

    private func headEnd() -> Int? {
        guard buffer.count >= 4 else { return nil }
        return (buffer.startIndex...buffer.endIndex - 4).first {
            buffer[$0] == 13 && buffer[$0 + 1] == 10 && buffer[$0 + 2] == 13
                && buffer[$0 + 3] == 10
        }
    }

    private func take(_ count: Int) throws -> [UInt8] {
        while buffer.count < count {
            guard try fill() else { throw Failure(reason: "closed in a body") }
        }
        let bytes = Array(buffer.prefix(count))
        buffer = buffer.dropFirst(count)
        return bytes
    }

    private func takeLine() throws -> String {
        var bytes: [UInt8] = []
        while bytes.suffix(2) != [13, 10] { bytes += try take(1) }
        return String(decoding: bytes.dropLast(2), as: UTF8.self)
    }

    /// Reads something; false at the end.
    private func fill() throws -> Bool {
        if pause > 0 { usleep(pause) }
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        if count < 0 {
            if errno == ECONNRESET || errno == EPIPE { return false }
            throw Failure(reason: "recv: \(String(cString: strerror(errno)))")
        }
        buffer += bytes[..<count]
        return count > 0
    }
}
