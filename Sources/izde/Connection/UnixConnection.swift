import Glibc

/// Why the daemon could not be talked to.
enum ConnectionError: Error, Equatable {
    /// `connect` failed; the code is that of the system.
    case cannotConnect(path: String, code: Int32)
    /// The path cannot be that of a socket.
    case badPath(String)
    /// The daemon took longer than it was given.
    case timedOut(milliseconds: Int)
    /// The connection broke.
    case broken(code: Int32)
    /// The daemon closed the connection before its answer was whole.
    case closed
    /// The answer is not HTTP/1.1.
    case malformed(String)
    /// The answer is too long.
    case tooLarge(limit: Int)
}

/// A point in time by which something must be done.
struct Deadline {
    private let end: ContinuousClock.Instant
    /// The time given, for messages.
    let milliseconds: Int

    /// A deadline so many milliseconds from now.
    init(milliseconds: Int) {
        self.milliseconds = milliseconds
        end = .now + .milliseconds(milliseconds)
    }

    /// The milliseconds left, rounded up; 0 when it has passed.
    var remaining: Int32 {
        let left = (end - .now).components
        guard left.seconds >= 0, left.attoseconds >= 0 else { return 0 }
        let milliseconds =
            left.seconds * 1000 + (left.attoseconds + 999_999_999_999_999)
            / 1_000_000_000_000_000
        return Int32(min(milliseconds, Int64(Int32.max)))
    }
}

/// One connection to a Unix stream socket; every wait has a deadline.
struct UnixConnection: ~Copyable {
    private let descriptor: Int32

    /// Connects.
    ///
    /// - Throws: `ConnectionError.cannotConnect` with the code of the system, `timedOut` if the
    ///   daemon does not take the connection (its queue is full).
    init(path: String, deadline: Deadline) throws(ConnectionError) {
        descriptor = try Self.open(path: path, deadline: deadline)
    }

    /// A connected socket that does not block.
    private static func open(path: String, deadline: Deadline) throws(ConnectionError) -> Int32 {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let handle = socket(AF_UNIX, type, 0)
        guard handle >= 0 else { throw .cannotConnect(path: path, code: errno) }
        do throws(ConnectionError) {
            try connect(handle, path: path, deadline: deadline)
        } catch {
            close(handle)
            throw error
        }
        return handle
    }

    deinit { close(descriptor) }

    private static func connect(_ handle: Int32, path: String, deadline: Deadline)
        throws(ConnectionError)
    {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard !bytes.isEmpty, bytes.count < capacity, !bytes.contains(0) else {
            throw .badPath(path)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        while true {
            let result = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Glibc.connect(handle, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            if result == 0 || errno == EISCONN { return }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                // On a Unix socket this says that the queue of the daemon is full; poll cannot
                // wait for that.
                guard deadline.remaining > 0 else {
                    throw .timedOut(milliseconds: deadline.milliseconds)
                }
                usleep(20_000)
            default: throw .cannotConnect(path: path, code: errno)
            }
        }
    }

    /// Sends a request and reads its answer; both directions at once, since the daemon may answer
    /// before it has read everything.
    ///
    /// - Throws: `ConnectionError`; the connection is of no use afterwards.
    mutating func exchange(_ request: [UInt8], limit: Int, deadline: Deadline)
        throws(ConnectionError) -> HTTPResponse
    {
        var reader = HTTPResponseReader(limit: limit)
        var sent = 0
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let events = POLLIN | (sent < request.count ? POLLOUT : 0)
            var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
            let ready = poll(&entry, 1, deadline.remaining)
            if ready < 0 {
                if errno == EINTR { continue }
                throw .broken(code: errno)
            }
            guard ready > 0 else { throw .timedOut(milliseconds: deadline.milliseconds) }
            let happened = Int32(entry.revents)
            if happened & POLLOUT != 0, sent < request.count {
                sent = try send(request, from: sent)
            }
            if happened & (POLLIN | POLLHUP | POLLERR) != 0 {
                if let response = try receive(into: &reader, &buffer) {
                    var response = response
                    // What was not sent makes the connection useless for another request.
                    if sent < request.count { response.keepsConnection = false }
                    return response
                }
            }
        }
    }

    /// Sends what the system takes; returns how much of the request is sent.
    private func send(_ request: [UInt8], from start: Int) throws(ConnectionError) -> Int {
        let count = request.withUnsafeBytes { bytes in
            Glibc.send(
                descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start,
                Int32(MSG_NOSIGNAL))
        }
        if count >= 0 { return start + count }
        switch errno {
        case EINTR, EAGAIN: return start
        // The daemon reads no more; its answer, which says why, may still be there to read.
        case EPIPE, ECONNRESET: return request.count
        default: throw .broken(code: errno)
        }
    }

    private func receive(into reader: inout HTTPResponseReader, _ buffer: inout [UInt8])
        throws(ConnectionError) -> HTTPResponse?
    {
        let count = buffer.withUnsafeMutableBytes {
            recv(descriptor, $0.baseAddress, $0.count, 0)
        }
        if count < 0 {
            switch errno {
            case EINTR, EAGAIN: return nil
            case ECONNRESET: throw .closed
            default: throw .broken(code: errno)
            }
        }
        do {
            if count == 0 {
                try reader.end()
            } else {
                try reader.append(buffer[..<count])
            }
        } catch {
            switch error {
            case .malformed(let reason): throw .malformed(reason)
            case .tooLarge(let limit): throw .tooLarge(limit: limit)
            case .cut: throw .closed
            }
        }
        return reader.response
    }
}
