import Glibc
public import InvertedIndex

/// A directory in memory that fails or loses power when it is told to.
///
/// What no sync protected is kept apart: the bytes of each file as of its last sync and the writes
/// since, the names as of the last sync of the directory and the changes since. `restarted` gives
/// the directory that a machine could find after the power came back.
///
/// `@unchecked Sendable`: every access to the state holds the mutex.
public final class FaultyDirectory: Directory, @unchecked Sendable {
    /// What happens at the chosen operation.
    public enum Fault: Sendable, Equatable {
        /// The call fails with this `errno`; a write has written half; a sync has lost the bytes.
        case error(Int32)
        /// The call and all after it fail: the machine is off.
        case powerLoss
    }

    /// What the disk holds of the things that no sync protected.
    public enum Survival: Sendable, Equatable {
        /// Nothing.
        case dropped
        /// Everything.
        case kept
        /// The bytes, but not the names.
        case bytesOnly
        /// The names, but not the bytes: what a disk makes of a rename before a sync.
        case namesOnly
        /// Any part: of the writes to a file a prefix, the last of it cut or with a page of zeros,
        /// and of the changes of names any.
        case torn(seed: UInt64)
    }

    /// Where the directory is said to be.
    public let path = "/faulty"
    private var mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private var state: State

    struct Inode {
        /// The bytes as every reader sees them.
        var bytes: [UInt8] = []
        /// The bytes that a sync protected.
        var durable: [UInt8] = []
        /// The changes since.
        var unsynced: [Change] = []
        /// Whether a sync failed: what it should have protected never will be.
        var lostBytes = false
    }

    enum Change {
        case write(offset: Int, [UInt8])
        case truncate(Int)
        case extend(Int)

        func apply(to bytes: inout [UInt8]) {
            switch self {
            case .write(let offset, let written):
                if bytes.count < offset + written.count {
                    bytes += [UInt8](repeating: 0, count: offset + written.count - bytes.count)
                }
                bytes.replaceSubrange(offset..<offset + written.count, with: written)
            case .truncate(let count):
                if bytes.count > count {
                    bytes.removeLast(bytes.count - count)
                } else {
                    bytes += [UInt8](repeating: 0, count: count - bytes.count)
                }
            case .extend(let count):
                if bytes.count < count {
                    bytes += [UInt8](repeating: 0, count: count - bytes.count)
                }
            }
        }
    }

    enum NameChange {
        case link(String, Int)
        case unlink(String)
        case rename(String, String, Int)

        func apply(to names: inout [String: Int]) {
            switch self {
            case .link(let name, let inode): names[name] = inode
            case .unlink(let name): names[name] = nil
            case .rename(let old, let new, let inode):
                names[old] = nil
                names[new] = inode
            }
        }
    }

    struct State {
        var inodes: [Inode] = []
        var names: [String: Int] = [:]
        var durableNames: [String: Int] = [:]
        var nameChanges: [NameChange] = []
        var operations: [String] = []
        var faults: [Int: Fault] = [:]
        var isOff = false
        var isLocked = false
        var freeByteCount = Int.max
        var capacity: Int?
    }

    /// An empty directory.
    public convenience init() { self.init(State()) }

    private init(_ state: State) {
        self.state = state
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    // MARK: - For tests

    /// The operations so far, as text: `write seg-….izs.tmp`, `sync directory` ...
    public var operations: [String] { locked { $0.operations } }

    /// How many operations there were.
    public var operationCount: Int { locked { $0.operations.count } }

    /// Makes the n-th operation from the beginning, counted from 0, go wrong.
    public func plan(_ fault: Fault, at operation: Int) {
        locked { $0.faults[operation] = fault }
    }

    /// The space that is said to be free.
    public func setFreeByteCount(_ byteCount: Int) { locked { $0.freeByteCount = byteCount } }

    /// The bytes that all files together may have; more fails with `ENOSPC`.
    public func setCapacity(_ byteCount: Int?) { locked { $0.capacity = byteCount } }

    /// The bytes of a file as readers see them now.
    public func contents(of name: String) -> [UInt8]? {
        locked { state in state.names[name].map { state.inodes[$0].bytes } }
    }

    /// Puts a file there, as durable as can be; `nil` removes it.
    public func setContents(of name: String, to bytes: [UInt8]?) {
        locked { state in
            guard let bytes else {
                state.names[name] = nil
                state.durableNames[name] = nil
                return
            }
            state.inodes.append(Inode(bytes: bytes, durable: bytes))
            state.names[name] = state.inodes.count - 1
            state.durableNames[name] = state.inodes.count - 1
        }
    }

    /// A copy in which everything is durable and nothing goes wrong.
    public func copy() -> FaultyDirectory { restarted(.kept) }

    /// What the machine finds after the power came back.
    public func restarted(_ survival: Survival) -> FaultyDirectory {
        let old = locked { $0 }
        var random = SeededGenerator(seed: 0)
        if case .torn(let seed) = survival { random = SeededGenerator(seed: seed) }
        var names = old.durableNames
        for change in old.nameChanges {
            switch survival {
            case .dropped, .bytesOnly: break
            case .kept, .namesOnly: change.apply(to: &names)
            case .torn: if Bool.random(using: &random) { change.apply(to: &names) }
            }
        }
        var new = State()
        for (name, inode) in names.sorted(by: { $0.key < $1.key }) {
            let bytes = Self.surviving(old.inodes[inode], survival, &random)
            new.inodes.append(Inode(bytes: bytes, durable: bytes))
            new.names[name] = new.inodes.count - 1
        }
        new.durableNames = new.names
        new.freeByteCount = old.freeByteCount
        return FaultyDirectory(new)
    }

    private static func surviving(
        _ inode: Inode, _ survival: Survival, _ random: inout SeededGenerator
    ) -> [UInt8] {
        var bytes = inode.durable
        switch survival {
        case .dropped, .namesOnly: break
        case .kept, .bytesOnly: for change in inode.unsynced { change.apply(to: &bytes) }
        case .torn:
            let count = Int.random(in: 0...inode.unsynced.count, using: &random)
            for (index, change) in inode.unsynced.prefix(count).enumerated() {
                guard index == count - 1, case .write(let offset, var written) = change,
                    !written.isEmpty
                else {
                    change.apply(to: &bytes)
                    continue
                }
                let cut = Int.random(in: 0..<written.count, using: &random)
                if Bool.random(using: &random) {
                    written.removeLast(written.count - cut)
                } else {
                    for place in cut..<min(written.count, cut + 4096) { written[place] = 0 }
                }
                Change.write(offset: offset, written).apply(to: &bytes)
            }
        }
        return bytes
    }

    // MARK: - Directory

    /// The names as every reader sees them.
    public func fileNames() throws(IndexError) -> [String] {
        try perform("list", path) { Array($0.names.keys) }.get()
    }

    /// The length of a file, with what was not synced.
    public func byteCount(of name: String) throws(IndexError) -> Int {
        try read(name, "stat").count
    }

    /// Makes a file; neither its name nor its bytes are durable.
    public func createFile(named name: String) throws(IndexError) -> any OutputFile {
        let inode = try perform("create", name) { state -> Result<Int, IndexError> in
            guard state.names[name] == nil else {
                return .failure(Self.error("create", name, EEXIST))
            }
            state.inodes.append(Inode())
            let inode = state.inodes.count - 1
            state.names[name] = inode
            state.nameChanges.append(.link(name, inode))
            return .success(inode)
        }.get().get()
        return File(directory: self, inode: inode, name: name, byteCount: 0)
    }

    /// Opens a file to write on; the cut counts as a write.
    public func openForAppending(
        named name: String, truncatingTo byteCount: Int
    ) throws(IndexError) -> any OutputFile {
        let inode = try find(name, "open")
        let file = File(directory: self, inode: inode, name: name, byteCount: byteCount)
        try file.truncate(to: byteCount)
        return file
    }

    /// A copy of the bytes as they are now.
    public func map(_ name: String) throws(IndexError) -> MappedFile {
        MappedFile(name: name, copying: try read(name, "map"))
    }

    /// The bytes as they are now.
    public func read(_ name: String) throws(IndexError) -> [UInt8] { try read(name, "read") }

    /// Renames a file; durable after `sync`.
    public func rename(_ name: String, to newName: String) throws(IndexError) {
        try perform("rename", name) { state -> Result<Void, IndexError> in
            guard let inode = state.names[name] else {
                return .failure(Self.error("rename", name, ENOENT))
            }
            let change = NameChange.rename(name, newName, inode)
            change.apply(to: &state.names)
            state.nameChanges.append(change)
            return .success(())
        }.get().get()
    }

    /// Removes a file; durable after `sync`.
    public func remove(_ name: String) throws(IndexError) {
        try perform("remove", name) { state -> Result<Void, IndexError> in
            guard state.names[name] != nil else {
                return .failure(Self.error("remove", name, ENOENT))
            }
            state.names[name] = nil
            state.nameChanges.append(.unlink(name))
            return .success(())
        }.get().get()
    }

    /// Makes the names durable, of files whose bytes are not, too.
    public func sync() throws(IndexError) {
        try perform("sync", "directory") { state in
            state.durableNames = state.names
            state.nameChanges = []
        }.get()
    }

    /// What `setFreeByteCount` told.
    public func freeByteCount() throws(IndexError) -> Int { locked { $0.freeByteCount } }

    /// Takes the only lock; a restart releases it.
    public func lock() throws(IndexError) -> DirectoryLock {
        try perform("lock", path) { state -> Result<Void, IndexError> in
            if state.isLocked { return .failure(.locked(path: "/faulty")) }
            state.isLocked = true
            return .success(())
        }.get().get()
        return DirectoryLock { [self] in locked { $0.isLocked = false } }
    }

    // MARK: - Inside

    private func find(_ name: String, _ operation: String) throws(IndexError) -> Int {
        let inode = try perform(operation, name) { $0.names[name] }.get()
        guard let inode else { throw Self.error(operation, name, ENOENT) }
        return inode
    }

    private func read(_ name: String, _ operation: String) throws(IndexError) -> [UInt8] {
        let inode = try find(name, operation)
        return locked { $0.inodes[inode].bytes }
    }

    static func error(_ operation: String, _ name: String, _ code: Int32) -> IndexError {
        .io(operation: operation, path: "/faulty/\(name)", code: code)
    }

    private func locked<Result>(_ body: (inout State) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&state)
    }

    /// Counts an operation and does it, unless it is one that goes wrong.
    func perform<Value>(
        _ operation: String, _ name: String, failing: (inout State) -> Void = { _ in },
        _ body: (inout State) -> Value
    ) -> Result<Value, IndexError> {
        locked { state in
            let number = state.operations.count
            state.operations.append("\(operation) \(name)")
            if state.isOff { return .failure(Self.error(operation, name, EIO)) }
            switch state.faults[number] {
            case nil: return .success(body(&state))
            case .error(let code):
                failing(&state)
                return .failure(Self.error(operation, name, code))
            case .powerLoss:
                // What was under way may have reached the disk in part.
                failing(&state)
                state.isOff = true
                return .failure(Self.error(operation, name, EIO))
            }
        }
    }
}
