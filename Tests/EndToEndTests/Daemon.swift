import Foundation
import JSON

/// A daemon of this build on a socket in a temporary folder; ended, by its own process id, when the
/// last reference goes.
final class Daemon {
    /// A folder of its own: the socket, the data and the log are in it.
    let folder: URL
    let socket: String
    let data: String
    private let process: ChildProcess

    /// Starts a daemon on new data, or on a copy-free `data` folder made before.
    init(
        data: String? = nil, arguments: [String] = [], environment: [String: String] = [:]
    ) throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        socket = folder.appendingPathComponent("d.sock").path
        self.data = data ?? folder.appendingPathComponent("data").path
        let log = folder.appendingPathComponent("log")
        try Data().write(to: log)
        process = try ChildProcess(
            Programs.folder.appendingPathComponent("izded").path,
            ["serve", "--socket", socket, "--data", self.data] + arguments,
            environment: Programs.environment.merging(environment) { $1 },
            folder: Programs.project.path, errors: log.path)
        // Five minutes: with a sanitizer, on a full machine, a start takes more than half of one.
        for _ in 0..<3000 {
            if let answer = try? send("GET", "/v1/health"), answer.status == 200 { return }
            guard isRunning else { break }
            usleep(100_000)
        }
        let text = String(decoding: (try? Data(contentsOf: log)) ?? Data(), as: UTF8.self)
        throw Failure("the daemon did not start: \(text)", status: stop())
    }

    deinit {
        stop()
        try? FileManager.default.removeItem(at: folder)
    }

    var processIdentifier: Int32 { process.identifier }
    var isRunning: Bool { process.poll() == nil }

    /// What the daemon wrote to its log.
    var log: String {
        let url = folder.appendingPathComponent("log")
        return String(decoding: (try? Data(contentsOf: url)) ?? Data(), as: UTF8.self)
    }

    /// Waits until the daemon has laid out lexicon and names, which no search waits for.
    func waitUntilPrepared() throws {
        for _ in 0..<1200 {
            if try send("GET", "/v1/health").json["prepared"] == true { return }
            usleep(100_000)
        }
        throw Failure("the daemon was not prepared: \(log)")
    }

    /// Asks the daemon to end and gives its exit status.
    @discardableResult func stop(signal: Int32 = SIGTERM) -> Int32 {
        process.signal(signal)
        return process.wait()
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
        /// How the daemon ended, if that is why; 128 and more stand for a signal.
        var status: Int32 = 0
        init(_ description: String, status: Int32 = 0) {
            self.description = description
            self.status = status
        }
    }

    /// An answer over the socket.
    struct Answer {
        var status: Int
        var headers: [String: String]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        var json: JSONValue {
            get throws {
                try JSONReader(limits: .init(nesting: 64, membersPerObject: 4096)).read(body)
            }
        }
        /// The lines of newline-delimited JSON.
        var lines: [JSONValue] {
            get throws {
                try body.split(separator: 0x0A).map { try JSONReader().read(Array($0)) }
            }
        }
        /// The ids of the hits, best first.
        var ids: [String] {
            get throws { try json["hits"]?.array?.compactMap { $0["id"]?.string } ?? [] }
        }
    }

    /// One request on a connection of its own.
    func send(
        _ method: String, _ path: String, _ body: [UInt8] = [], type: String = "application/json",
        headers: [String] = []
    ) throws -> Answer {
        var request = "\(method) \(path) HTTP/1.1\r\nHost: izde\r\nConnection: close\r\n"
        if !body.isEmpty { request += "Content-Type: \(type)\r\n" }
        if !body.isEmpty || method != "GET" { request += "Content-Length: \(body.count)\r\n" }
        for header in headers { request += header + "\r\n" }
        let answer = try exchange(Array((request + "\r\n").utf8) + body)
        return try Self.parse(answer)
    }

    /// A search by a JSON request.
    func search(_ request: JSONValue) throws -> Answer {
        try send("POST", "/v1/search", request.bytes)
    }

    /// A search for words in all collections.
    func search(_ words: String) throws -> Answer { try search(["q": .string(words)]) }

    /// A search for words, with or without what they are in other languages.
    func search(_ words: String, languages: Bool) throws -> Answer {
        try search([
            "q": .string(words), "expand": ["languages": .string(languages ? "auto" : "off")],
        ])
    }

    /// Writes bytes to a new connection and reads until the daemon closes it.
    func exchange(_ bytes: [UInt8]) throws -> [UInt8] {
        let descriptor = try SocketClient.connected(to: socket)
        defer { close(descriptor) }
        var timeout = timeval(tv_sec: 300, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.send(
                    descriptor, $0.baseAddress.map { $0 + sent }, bytes.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { break }
            sent += count
        }
        var answer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count <= 0 { return answer }
            answer.append(contentsOf: chunk[..<count])
        }
    }

    /// Takes an answer apart; a body in chunks is joined.
    static func parse(_ bytes: [UInt8]) throws -> Answer {
        let border = Array("\r\n\r\n".utf8)
        guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: border) }) else {
            throw Failure("no HTTP answer: \(bytes.count) bytes")
        }
        let head = String(decoding: bytes[..<end], as: UTF8.self).components(separatedBy: "\r\n")
        let status = Int(head[0].split(separator: " ").dropFirst().first ?? "") ?? 0
        var headers: [String: String] = [:]
        for line in head.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...]
                .trimmingCharacters(in: .whitespaces)
        }
        var body = Array(bytes[(end + 4)...])
        if headers["transfer-encoding"]?.lowercased() == "chunked" {
            var joined: [UInt8] = []
            while let line = body.firstIndex(of: 0x0A) {
                let size = String(decoding: body[..<line], as: UTF8.self)
                    .trimmingCharacters(in: .whitespacesAndNewlines)
                guard let count = Int(size, radix: 16), count > 0,
                    line + 1 + count <= body.count
                else { break }
                joined += body[(line + 1)..<(line + 1 + count)]
                body = Array(body[min(body.count, line + 3 + count)...])
            }
            body = joined
        }
        return Answer(status: status, headers: headers, body: body)
    }
}
