import Glibc

/// The socket at which systemd hears how a service is.
///
/// - Source: sd_notify(3): datagrams of lines `NAME=value` to the path in `$NOTIFY_SOCKET`; a path
///   that begins with `@` is a name in the abstract namespace.
public struct NotifySocket: Sendable {
    private let path: String
    /// How often a sign of life is expected, `nil` if none is.
    public let watchdogInterval: Duration?

    /// The socket that the environment names, `nil` if nobody listens.
    public init?(environment: [String: String]) {
        guard let path = environment["NOTIFY_SOCKET"], path.utf8.count > 1,
            path.utf8.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path),
            path.hasPrefix("/") || path.hasPrefix("@")
        else { return nil }
        self.path = path
        let isOurs = environment["WATCHDOG_PID"].map { Int32($0) == getpid() } ?? true
        watchdogInterval = environment["WATCHDOG_USEC"].flatMap { text in
            guard isOurs, let count = Int64(text), count > 0 else { return nil }
            return .microseconds(count)
        }
    }

    /// Recovery is done and clients are answered.
    func ready(status: String) { send("READY=1\nSTATUS=\(status)") }

    /// The configuration is being read again; `ready` ends it.
    func reloading() {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        let microseconds = Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000
        send("RELOADING=1\nMONOTONIC_USEC=\(microseconds)\nSTATUS=reading the configuration")
    }

    /// What is under way is being ended.
    func stopping() { send("STOPPING=1\nSTATUS=ending what is under way") }

    /// A sign of life.
    func isAlive() { send("WATCHDOG=1") }

    /// Sends one datagram; one that is not taken is lost, as is the wish of its receiver.
    private func send(_ text: String) {
        let type = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, type, 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let isAbstract = path.hasPrefix("@")
        withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            bytes.copyBytes(from: path.utf8)
            if isAbstract { bytes[0] = 0 }
        }
        // The length of an abstract name is part of it.
        let length = MemoryLayout<sa_family_t>.size + path.utf8.count + (isAbstract ? 0 : 1)
        let bytes = Array(text.utf8)
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(
                    descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0,
                    socklen_t(length))
            }
        }
    }
}
