import Foundation

/// A client that keeps some requests in flight on one connection and times their answers.
///
/// Requests are rendered beforehand and times go into memory that is there already, so that the
/// client costs the same for whatever it asks.
///
/// `@unchecked Sendable`: a client is used by one thread at a time; who reads its times has waited
/// for the thread that ran it.
final class LoadClient: @unchecked Sendable {
    /// How an answer ends.
    enum Framing {
        /// HTTP/1.1 with a length.
        case http
        /// A line of the Redis protocol.
        case line
    }

    /// The times of answers, in nanoseconds, in the order in which they came.
    private(set) var nanoseconds: [UInt32] = []
    /// Requests that were answered.
    private(set) var answerCount = 0

    private let descriptor: Int32
    private let framing: Framing
    private let depth: Int
    private let requests: [[UInt8]]
    private var random: SplitMix
    private var received: [UInt8]
    private var start = 0
    private var end = 0

    /// A client of the server on a socket; `depth` requests are written at once, then as many
    /// answers are read.
    init(_ path: String, _ requests: [[UInt8]], _ framing: Framing, depth: Int, seed: UInt64) throws
    {
        descriptor = try DaemonConnection.connected(to: path)
        self.framing = framing
        self.depth = depth
        var random = SplitMix(state: seed)
        // Several mixtures, so that a row of pipelined requests is not always the same.
        self.requests =
            depth == 1
            ? requests
            : (0..<64).map { _ in
                (0..<depth).flatMap { _ in requests[random.below(requests.count)] }
            }
        self.random = random
        received = [UInt8](repeating: 0, count: 1 << 20)
        nanoseconds.reserveCapacity(1 << 19)
    }

    deinit { close(descriptor) }

    /// Asks until a time; what was timed before is forgotten.
    func run(for duration: Double) throws {
        nanoseconds.removeAll(keepingCapacity: true)
        answerCount = 0
        let end = Self.now() + UInt64(duration * 1e9)
        var now = Self.now()
        while now < end {
            let began = now
            try write(requests[random.below(requests.count)])
            for _ in 0..<depth { try readAnswer() }
            now = Self.now()
            answerCount += depth
            if nanoseconds.count < nanoseconds.capacity {
                nanoseconds.append(UInt32(clamping: now - began))
            }
        }
    }

    /// A clock that only goes forward, in nanoseconds.
    static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    private func write(_ bytes: [UInt8]) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.write(
                    descriptor, $0.baseAddress.map { $0 + written }, bytes.count - written)
            }
            guard count > 0 else {
                throw DaemonConnection.Failure(description: "the server closed the connection")
            }
            written += count
        }
    }

    private func readAnswer() throws {
        switch framing {
        case .line:
            while true {
                if let newline = received[start..<end].firstIndex(of: UInt8(ascii: "\n")) {
                    start = newline + 1
                    return
                }
                try receive()
            }
        case .http:
            var head: AnswerHead?
            while head == nil {
                head = try received.withUnsafeBytes {
                    try AnswerHead(UnsafeRawBufferPointer(rebasing: $0[start..<end]))
                }
                if head == nil { try receive() }
            }
            guard let head else { return }
            let length = head.byteCount + head.bodyByteCount
            while end - start < length { try receive() }
            start += length
        }
    }

    private func receive() throws {
        if start == end {
            start = 0
            end = 0
        } else if end == received.count {
            if start > 0 {
                received.withUnsafeMutableBytes { bytes in
                    guard let base = bytes.baseAddress else { return }
                    memmove(base, base + start, end - start)
                }
                end -= start
                start = 0
            } else {
                received += [UInt8](repeating: 0, count: received.count)
            }
        }
        let count = received.withUnsafeMutableBytes {
            read(descriptor, $0.baseAddress.map { $0 + end }, $0.count - end)
        }
        guard count > 0 else {
            throw DaemonConnection.Failure(description: "the server closed the connection")
        }
        end += count
    }
}

/// The head of an answer, read without making strings.
private struct AnswerHead {
    /// The head with its empty line.
    let byteCount: Int
    /// What follows it.
    let bodyByteCount: Int

    /// The head at the start of some bytes; `nil` while it has not come to its end.
    ///
    /// - Throws: `DaemonConnection.Failure` for an answer other than 200 or without length.
    init?(_ bytes: UnsafeRawBufferPointer) throws {
        let name: StaticString = "content-length:"
        var length: Int?
        var lineStart = 0
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
            let line = bytes[lineStart..<index]
            lineStart = index + 1
            if line.count <= 1 {
                guard bytes[9] == UInt8(ascii: "2"), let length else {
                    let text = String(decoding: bytes.prefix(400), as: UTF8.self)
                    throw DaemonConnection.Failure(description: "not answered: \(text)")
                }
                byteCount = lineStart
                bodyByteCount = length
                return
            }
            guard line.count > name.utf8CodeUnitCount,
                (0..<name.utf8CodeUnitCount).allSatisfy({
                    line[line.startIndex + $0] | 0x20 == name.utf8Start[$0] | 0x20
                })
            else { continue }
            length = 0
            for byte in line.dropFirst(name.utf8CodeUnitCount)
            where byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") {
                length = (length ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
            }
        }
        return nil
    }
}
