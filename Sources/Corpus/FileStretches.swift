import Glibc

/// A file that is read stretch by stretch into one buffer.
final class FileStretches {
    /// What came of reading on.
    enum Outcome {
        /// There are bytes.
        case bytes
        /// The file is at its end.
        case end
        /// The file cannot be read further; `reason` is the system's word.
        case failed(reason: String)
    }

    /// The buffer; its first `count` bytes are the stretch that was read last.
    private(set) var buffer = [UInt8](repeating: 0, count: 256 << 10)
    /// How many bytes the stretch has; 0 before the first and behind the last.
    private(set) var count = 0
    /// How many bytes of the file stand before the stretch.
    private(set) var offset = 0

    private let descriptor: Int32
    private var isAtEnd = false

    /// Opens a file for reading.
    ///
    /// - Throws: `CorpusError.unreadable`.
    init(path: String) throws(CorpusError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .unreadable(path: path, reason: String(cString: strerror(errno)))
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Reads the next stretch; after a failure the file is at its end.
    func advance() -> Outcome {
        offset += count
        count = 0
        while !isAtEnd {
            let result = buffer.withUnsafeMutableBytes {
                read(descriptor, $0.baseAddress, $0.count)
            }
            if result > 0 {
                count = result
                return .bytes
            }
            if result < 0, errno == EINTR { continue }
            isAtEnd = true
            if result < 0 { return .failed(reason: String(cString: strerror(errno))) }
        }
        return .end
    }
}
