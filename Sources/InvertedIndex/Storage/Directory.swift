/// A flat folder of files: all that the index asks of a disk.
///
/// Files are written once under a temporary name, synced, renamed, and never changed again; only
/// the write-ahead log is appended to. Tests put a directory here that fails or loses power.
public protocol Directory: Sendable {
    /// Where the directory is, for messages.
    var path: String { get }

    /// The names of all files, in no order.
    func fileNames() throws(IndexError) -> [String]

    /// The length of a file.
    func byteCount(of name: String) throws(IndexError) -> Int

    /// Makes a new file, readable by its owner alone.
    ///
    /// - Throws: `IndexError.io` also where a file of that name exists.
    func createFile(named name: String) throws(IndexError) -> any OutputFile

    /// Opens a file to write on from its byte `byteCount`; what stood after it is cut off.
    func openForAppending(
        named name: String, truncatingTo byteCount: Int
    ) throws(IndexError) -> any OutputFile

    /// Maps a file into memory, to be read.
    func map(_ name: String) throws(IndexError) -> MappedFile

    /// The bytes of a file, copied.
    func read(_ name: String) throws(IndexError) -> [UInt8]

    /// Gives a file another name; a file that had it is replaced.
    func rename(_ name: String, to newName: String) throws(IndexError)

    /// Puts a file that is never changed again into another directory too, under the same name:
    /// a second name for the same bytes where the disk can do that, else a synced copy.
    ///
    /// The other directory is left to the caller to sync.
    func link(_ name: String, into other: any Directory) throws(IndexError)

    /// Removes a file; who has it mapped keeps it.
    func remove(_ name: String) throws(IndexError)

    /// Makes new names, renames and removals durable. The bytes of a file need their own sync.
    func sync() throws(IndexError)

    /// The bytes that may still be written here.
    func freeByteCount() throws(IndexError) -> Int

    /// The bytes of the whole disk, used or not.
    func totalByteCount() throws(IndexError) -> Int

    /// Takes the directory for the only writer, until the lock is released.
    ///
    /// - Throws: `IndexError.locked` where another holds it.
    func lock() throws(IndexError) -> DirectoryLock
}

/// A file that is being written, from its start to its end.
///
/// Not synchronised: one owner. What is written is durable after `sync`, its name after the
/// directory's.
public protocol OutputFile: AnyObject {
    /// The bytes written so far; preallocated ones do not count.
    var byteCount: Int { get }

    /// Writes all the bytes at the end.
    func write(_ bytes: RawSpan) throws(IndexError)

    /// Makes what was written durable.
    func sync() throws(IndexError)

    /// Cuts the file off; writing goes on from there.
    ///
    /// - Requires: `byteCount` is not past the end of what was written.
    func truncate(to byteCount: Int) throws(IndexError)

    /// Reserves space, zero-filled, so that the file holds at least `byteCount` bytes.
    func preallocate(byteCount: Int) throws(IndexError)

    /// Closes the file; it takes no more calls. Closing twice is allowed.
    func close() throws(IndexError)
}

extension OutputFile {
    /// Writes all the bytes at the end.
    func write(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
        try write(bytes.bytes)
    }

    /// Writes all the bytes at the end.
    public func write(_ bytes: [UInt8]) throws(IndexError) {
        try write(bytes.span.bytes)
    }
}

/// The right to write to a directory; released when the last reference goes.
public final class DirectoryLock: Sendable {
    private let release: @Sendable () -> Void

    /// A lock that calls `release` once, when it goes.
    public init(release: @escaping @Sendable () -> Void) {
        self.release = release
    }

    deinit { release() }
}
