import Glibc

/// What the system says of this process; what cannot be read is 0.
struct ProcessFigures {
    /// Memory in use, in bytes.
    let residentByteCount: Int
    /// Open file descriptors.
    let descriptorCount: Int
    /// The most file descriptors that may be open.
    let allowedDescriptorCount: Int
    /// Time on the processors.
    let processorSeconds: Double

    /// The figures of now.
    init() {
        residentByteCount = Self.residentPageCount() * Int(sysconf(Int32(_SC_PAGESIZE)))
        descriptorCount = Self.countDescriptors()
        var limit = rlimit()
        let isKnown = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
        allowedDescriptorCount = isKnown ? Int(clamping: limit.rlim_cur) : 0
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        processorSeconds =
            Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }

    /// The second number of `/proc/self/statm`.
    private static func residentPageCount() -> Int {
        let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return 0 }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return 0 }
        let words = String(decoding: bytes[..<count], as: UTF8.self).split(separator: " ")
        return words.count > 1 ? Int(words[1]) ?? 0 : 0
    }

    private static func countDescriptors() -> Int {
        guard let folder = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // Without `.`, `..` and the descriptor of the folder.
        return max(0, count - 3)
    }
}
