import Glibc

/// A directory of the file system.
///
/// The folder is held open and all names are looked up in it, so that it stays the same folder
/// when it is renamed or its path comes to mean another.
public final class FileSystemDirectory: Directory {
    /// The path by which it was opened.
    public let path: String
    private let descriptor: Int32

    /// Opens a folder; makes it first, for its owner alone, where it is absent and `isCreated`.
    ///
    /// - Throws: `IndexError.io` where there is no such folder or it may not be opened.
    public init(path: String, isCreated: Bool = false) throws(IndexError) {
        self.path = path
        if isCreated, mkdir(path, 0o700) == 0 {
            try Self.syncParent(of: path)
        } else if isCreated, errno != EEXIST {
            throw .io(operation: "mkdir", path: path, code: errno)
        }
        descriptor = Self.retrying { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else {
            throw .io(operation: "open", path: path, code: errno)
        }
    }

    deinit { close(descriptor) }

    /// The names of all files, in no order.
    public func fileNames() throws(IndexError) -> [String] {
        // A descriptor of its own: the place in the listing belongs to the open file.
        let listing = Self.retrying {
            openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        }
        guard listing >= 0, let stream = fdopendir(listing) else {
            throw .io(operation: "opendir", path: path, code: errno)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw .io(operation: "readdir", path: path, code: errno) }
        return names
    }

    /// The length of a file.
    public func byteCount(of name: String) throws(IndexError) -> Int {
        var status = stat()
        guard fstatat(descriptor, name, &status, 0) == 0 else {
            throw failure("stat", name)
        }
        return Int(status.st_size)
    }

    /// Makes a new file, readable by its owner alone.
    public func createFile(named name: String) throws(IndexError) -> any OutputFile {
        let file = Self.retrying {
            openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        }
        guard file >= 0 else { throw failure("create", name) }
        return FileSystemFile(descriptor: file, path: "\(path)/\(name)", byteCount: 0)
    }

    /// Opens a file to write on from its byte `byteCount`; what stood after it is cut off.
    public func openForAppending(
        named name: String, truncatingTo byteCount: Int
    ) throws(IndexError) -> any OutputFile {
        let number = Self.retrying { openat(descriptor, name, O_WRONLY | O_CLOEXEC) }
        guard number >= 0 else { throw failure("open", name) }
        let file = FileSystemFile(
            descriptor: number, path: "\(path)/\(name)", byteCount: byteCount)
        try file.truncate(to: byteCount)
        return file
    }

    /// Maps a file into memory, to be read.
    public func map(_ name: String) throws(IndexError) -> MappedFile {
        let file = Self.retrying { openat(descriptor, name, O_RDONLY | O_CLOEXEC) }
        guard file >= 0 else { throw failure("open", name) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failure("stat", name) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .corrupt(file: name, byteOffset: 0, reason: "is not a regular file")
        }
        let count = Int(status.st_size)
        guard count > 0 else { return MappedFile(name: name, copying: []) }
        let base = mmap(nil, count, PROT_READ, MAP_SHARED, file, 0)
        guard let base, base != MAP_FAILED else { throw failure("mmap", name) }
        return MappedFile(name: name, mapping: UnsafeRawBufferPointer(start: base, count: count))
    }

    /// The bytes of a file, copied.
    public func read(_ name: String) throws(IndexError) -> [UInt8] {
        let file = Self.retrying { openat(descriptor, name, O_RDONLY | O_CLOEXEC) }
        guard file >= 0 else { throw failure("open", name) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var code: Int32 = 0
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = block.withUnsafeMutableBytes { block in
                Self.retrying { Glibc.read(file, block.baseAddress, block.count) }
            }
            if count < 0 { code = errno }
            if count <= 0 { break }
            bytes.append(contentsOf: block[..<count])
        }
        guard code == 0 else {
            throw .io(operation: "read", path: "\(path)/\(name)", code: code)
        }
        return bytes
    }

    /// Gives a file another name; a file that had it is replaced.
    public func rename(_ name: String, to newName: String) throws(IndexError) {
        guard renameat(descriptor, name, descriptor, newName) == 0 else {
            throw failure("rename", name)
        }
    }

    /// Gives a file a second name in another folder of the same file system; copies it elsewhere.
    public func link(_ name: String, into other: any Directory) throws(IndexError) {
        if let other = other as? FileSystemDirectory {
            if linkat(descriptor, name, other.descriptor, name, 0) == 0 { return }
            let code = errno
            // Another file system, or one without such names, or a file with too many.
            guard [EXDEV, EPERM, EMLINK, EOPNOTSUPP].contains(code) else {
                throw .io(operation: "link", path: "\(path)/\(name)", code: code)
            }
        }
        try copy(name, into: other)
    }

    /// Removes a file; who has it mapped keeps it.
    public func remove(_ name: String) throws(IndexError) {
        guard unlinkat(descriptor, name, 0) == 0 else { throw failure("unlink", name) }
    }

    /// Makes new names, renames and removals durable.
    public func sync() throws(IndexError) {
        guard Self.retrying({ fsync(descriptor) }) == 0 else {
            throw .io(operation: "fsync", path: path, code: errno)
        }
    }

    /// The bytes that an ordinary user may still write here.
    public func freeByteCount() throws(IndexError) -> Int {
        let status = try fileSystemStatus()
        return Self.byteCount(UInt64(status.f_bavail), of: UInt64(status.f_frsize))
    }

    /// The bytes of the whole file system.
    public func totalByteCount() throws(IndexError) -> Int {
        let status = try fileSystemStatus()
        return Self.byteCount(UInt64(status.f_blocks), of: UInt64(status.f_frsize))
    }

    private func fileSystemStatus() throws(IndexError) -> statvfs {
        var status = statvfs()
        guard fstatvfs(descriptor, &status) == 0 else {
            throw .io(operation: "statvfs", path: path, code: errno)
        }
        return status
    }

    private static func byteCount(_ blocks: UInt64, of size: UInt64) -> Int {
        let product = blocks.multipliedReportingOverflow(by: size)
        return product.overflow ? Int.max : Int(clamping: product.partialValue)
    }

    /// Takes the directory for the only writer, in this process and all others.
    ///
    /// Waits half a second at the most.
    ///
    /// The kernel releases the lock with the process, however that ends; the file `LOCK` stays,
    /// and the process number in it is only a hint to people.
    public func lock() throws(IndexError) -> DirectoryLock {
        let file = Self.retrying {
            openat(descriptor, "LOCK", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        }
        guard file >= 0 else { throw failure("open", "LOCK") }
        // A process that was killed has it until its memory is gone, and so has for a moment one
        // that a program starts beside: half a second is waited.
        var code: Int32 = 0
        for attempt in 0..<50 {
            if attempt > 0 { usleep(10_000) }
            code = Self.retrying { flock(file, LOCK_EX | LOCK_NB) } == 0 ? 0 : errno
            if code != EWOULDBLOCK { break }
        }
        guard code == 0 else {
            close(file)
            if code == EWOULDBLOCK { throw .locked(path: path) }
            throw .io(operation: "flock", path: "\(path)/LOCK", code: code)
        }
        let hint = Array("\(getpid())\n".utf8)
        if ftruncate(file, 0) == 0 {
            // A hint that could not be written changes nothing.
            _ = hint.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
        }
        return DirectoryLock { close(file) }
    }

    private func failure(_ operation: String, _ name: String) -> IndexError {
        .io(operation: operation, path: "\(path)/\(name)", code: errno)
    }

    /// Calls again what a signal interrupted.
    static func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
        while true {
            let result = call()
            if result != -1 || errno != EINTR { return result }
        }
    }

    private static func syncParent(of path: String) throws(IndexError) {
        let parent = "\(path)/.."
        let descriptor = retrying { open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw .io(operation: "open", path: parent, code: errno) }
        defer { close(descriptor) }
        guard retrying({ fsync(descriptor) }) == 0 else {
            throw .io(operation: "fsync", path: parent, code: errno)
        }
    }
}
