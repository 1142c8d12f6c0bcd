import Glibc

/// Standard output or standard error, written in large pieces.
///
/// A reader that went away (`izde … | head`) is no error worth a message: it ends the program.
struct OutputStream: ~Copyable {
    /// Nobody reads any more, or the disk is full.
    enum Failure: Error, Equatable {
        case closed
        case io(code: Int32)
    }

    private let descriptor: Int32
    private var buffer: [UInt8] = []
    /// Written out when this much has gathered.
    private static let flushByteCount = 64 << 10

    /// A stream that writes to a descriptor, which stays open.
    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Adds text.
    mutating func write(_ text: String) throws(Failure) {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= Self.flushByteCount { try flush() }
    }

    /// Adds text and a line end.
    mutating func writeLine(_ text: String = "") throws(Failure) {
        try write(text + "\n")
    }

    /// Adds bytes as they are.
    mutating func write(bytes: [UInt8]) throws(Failure) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.flushByteCount { try flush() }
    }

    /// Hands everything to the system.
    mutating func flush() throws(Failure) {
        var written = 0
        while written < buffer.count {
            let count = buffer.withUnsafeBytes { bytes in
                Glibc.write(
                    descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if count > 0 {
                written += count
            } else {
                let code = errno
                if code == EINTR { continue }
                if code == EAGAIN {
                    var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&wait, 1, -1)
                    continue
                }
                buffer.removeAll()
                throw code == EPIPE ? .closed : .io(code: code)
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
