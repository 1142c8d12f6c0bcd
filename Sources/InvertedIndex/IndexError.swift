/// What can go wrong between the index and its bytes on disk.
public enum IndexError: Error, Sendable, Equatable {
    /// A file does not hold what its format says.
    case corrupt(file: String, byteOffset: Int, reason: String)
    /// A file was written in a format that this program does not read.
    case wrongFormatVersion(file: String, found: Int, supported: Int)
    /// Another process writes to this directory.
    case locked(path: String)
    /// The directory holds no index.
    case notAnIndex(path: String)
    /// The index was made with another schema or analysis than the writer would go on with.
    case incompatible(what: String, found: String, expected: String)
    /// A system call failed; `code` is its `errno`.
    case io(operation: String, path: String, code: Int32)
    /// A limit of the format was reached, such as the size of a record.
    case limit(what: String, found: Int, allowed: Int)
    /// The writer met a write error before and takes nothing more until it is opened anew.
    case writerFailed(reason: String)
    /// A search went past its deadline.
    case deadlineExceeded
}
