import Glibc
import Logging
import SearchEngine

/// The file descriptors of the process.
enum Descriptors {
    /// Connections within the number of descriptors: half of them are left to the index.
    static func allowedConnectionCount(_ configuration: ServerConfiguration, _ logger: Logger)
        -> Int
    {
        let wanted = configuration.limits.connectionCount
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return wanted
        }
        // Raising our own soft limit is always allowed.
        if limit.rlim_cur < limit.rlim_max {
            limit.rlim_cur = min(limit.rlim_max, 65_536)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        }
        // Each socket holds one place for its next connection.
        let least = configuration.readOnlySocketPath == nil ? 1 : 2
        let allowed = max(least, count(within: Int(clamping: limit.rlim_cur)))
        if wanted > allowed {
            logger.warning(
                "fewer connections than configured: too few file descriptors",
                metadata: ["configured": "\(wanted)", "allowed": "\(allowed)"])
        }
        return max(least, min(wanted, allowed))
    }

    /// The most connections with so many descriptors.
    static func count(within descriptorCount: Int) -> Int { descriptorCount / 2 - 64 }
}
