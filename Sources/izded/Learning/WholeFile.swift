import Glibc
import ServiceAPI

/// A file that is there as a whole or not at all.
enum WholeFile {
    /// Writes a text beside the file, then puts it in its place.
    ///
    /// - Throws: `Failure` with the system's word; then the file is as it was.
    static func write(_ text: String, to path: String) throws(Failure) {
        let beside = "\(path).tmp"
        let descriptor = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(path) }
        var isWritten = true
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                isWritten = false
                break
            }
            written += count
        }
        if isWritten { isWritten = fsync(descriptor) == 0 }
        let code = errno
        close(descriptor)
        guard isWritten, rename(beside, path) == 0 else {
            let failure = failure(path, isWritten ? errno : code)
            unlink(beside)
            throw failure
        }
    }

    private static func failure(_ path: String, _ code: Int32 = errno) -> Failure {
        Failure(
            code == EACCES || code == EPERM ? .noPermission : .inputOutputError,
            "\(path): \(String(cString: strerror(code)))")
    }
}
