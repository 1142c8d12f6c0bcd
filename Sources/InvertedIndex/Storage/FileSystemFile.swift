import Glibc

/// A file of the file system that is being written.
final class FileSystemFile: OutputFile {
    private var descriptor: Int32
    private let path: String
    private(set) var byteCount: Int

    /// Takes over an open descriptor; writing begins at `byteCount`.
    init(descriptor: Int32, path: String, byteCount: Int) {
        self.descriptor = descriptor
        self.path = path
        self.byteCount = byteCount
    }

    deinit {
        // Whoever drops an open file has failed already; what matters was synced before.
        if descriptor >= 0 { Glibc.close(descriptor) }
    }

    func write(_ bytes: RawSpan) throws(IndexError) {
        var written = 0
        while written < bytes.byteCount {
            let count = bytes.extracting(droppingFirst: written).withUnsafeBytes { rest in
                FileSystemDirectory.retrying {
                    pwrite(descriptor, rest.baseAddress, rest.count, off_t(byteCount))
                }
            }
            guard count > 0 else {
                throw .io(operation: "write", path: path, code: count == 0 ? ENOSPC : errno)
            }
            written += count
            byteCount += count
        }
    }

    func sync() throws(IndexError) {
        // Not repeated when it fails: the kernel may have dropped the pages by then.
        guard FileSystemDirectory.retrying({ fdatasync(descriptor) }) == 0 else {
            throw .io(operation: "fdatasync", path: path, code: errno)
        }
    }

    func truncate(to byteCount: Int) throws(IndexError) {
        guard FileSystemDirectory.retrying({ ftruncate(descriptor, off_t(byteCount)) }) == 0
        else {
            throw .io(operation: "ftruncate", path: path, code: errno)
        }
        self.byteCount = byteCount
    }

    func preallocate(byteCount: Int) throws(IndexError) {
        // Returns the error itself; never shortens the file.
        let code = posix_fallocate(descriptor, 0, off_t(byteCount))
        guard code == 0 else {
            throw .io(operation: "fallocate", path: path, code: code)
        }
    }

    func close() throws(IndexError) {
        guard descriptor >= 0 else { return }
        let open = descriptor
        // After EINTR the descriptor is closed all the same, so this is never repeated.
        descriptor = -1
        guard Glibc.close(open) == 0 || errno == EINTR else {
            throw .io(operation: "close", path: path, code: errno)
        }
    }
}
