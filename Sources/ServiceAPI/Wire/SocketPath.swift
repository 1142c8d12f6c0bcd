/// Where the socket of the daemon is.
public enum SocketPath {
    /// The path in the shipped configuration, relative to the working directory.
    public static let shipped = "run/izded.sock"

    /// The path of a system-wide daemon.
    public static let system = "/run/izde/izded.sock"

    /// The paths at which a client looks, in order.
    ///
    /// A path that is given (by a flag, else `$IZDE_SOCKET`) is the only one. Otherwise the
    /// user's daemon comes before the system's, and both before one in the working directory,
    /// which anybody might have put there.
    public static func candidates(flag: String?, environment: [String: String]) -> [String] {
        if let flag { return [flag] }
        if let given = environment["IZDE_SOCKET"], !given.isEmpty { return [given] }
        var paths: [String] = []
        if let directory = environment["XDG_RUNTIME_DIR"], !directory.isEmpty {
            paths.append("\(directory)/izde/izded.sock")
        }
        return paths + [system, shipped]
    }

    /// The path for a client: the first candidate that `exists`; if none does, the first of all.
    public static func resolve(
        flag: String?, environment: [String: String], exists: (String) -> Bool
    ) -> String {
        let paths = candidates(flag: flag, environment: environment)
        return paths.first(where: exists) ?? paths[0]
    }

    /// What is wrong with a path, `nil` if a socket can stand there.
    public static func problem(with path: String) -> String? {
        if path.isEmpty { return "the path of the socket is empty" }
        if path.utf8.contains(0) { return "the path of the socket holds a NUL byte" }
        let count = path.utf8.count
        guard count <= WireLimits.socketPathByteCount else {
            return "the path of the socket has \(count) bytes, the system allows "
                + "\(WireLimits.socketPathByteCount); choose a shorter one"
        }
        return nil
    }
}
