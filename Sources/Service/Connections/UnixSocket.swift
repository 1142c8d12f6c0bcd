import Glibc
import ServiceAPI

/// Why the socket cannot be offered.
public enum SocketError: Error, Sendable, Equatable, CustomStringConvertible {
    /// No socket can stand at the path.
    case unusablePath(String)
    /// Another daemon answers there, or is about to.
    case inUse(path: String)
    /// Something that is no socket stands there.
    case notASocket(path: String)
    /// The group of the configuration does not exist.
    case unknownGroup(String)
    /// A system call failed.
    case io(operation: String, path: String, code: Int32)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .unusablePath(let reason): reason
        case .inUse(let path):
            "another daemon uses the socket \(path); stop it first, or choose another --socket"
        case .notASocket(let path):
            "\(path) is there and is no socket; move it away, or choose another --socket"
        case .unknownGroup(let name):
            "there is no group \"\(name)\"; make it with `groupadd`, or change socket.group"
        case .io(let operation, let path, let code):
            "cannot \(operation) \(path): \(String(cString: strerror(code)))"
        }
    }
}

/// A listening Unix socket and the lock that says that it is ours.
///
/// Order: lock `<path>.lock`, probe what stands at the path, remove it only if nobody answers,
/// bind under a umask, set mode and group, listen. The lock file stays when the daemon ends:
/// removing it would let two daemons lock two files of one name.
final class UnixSocket: Sendable {
    /// The listening socket; the server takes it over and closes it.
    let descriptor: Int32
    private let lock: Int32
    private let path: String
    private let device: UInt
    private let inode: UInt

    /// Binds and listens.
    ///
    /// - Throws: `SocketError`; what stands at the path is then untouched, but for a stale socket.
    init(path: String, mode: UInt32, group: String?) throws(SocketError) {
        if let problem = SocketPath.problem(with: path) { throw .unusablePath(problem) }
        let groupID = try group.map(Self.groupID)
        try Self.makeParent(of: path, groupID: groupID)
        let lock = try Self.lock("\(path).lock", for: path)
        do throws(SocketError) {
            try Self.clear(path)
            (descriptor, device, inode) = try Self.listen(path, mode: mode, groupID: groupID)
        } catch {
            Glibc.close(lock)
            throw error
        }
        self.lock = lock
        self.path = path
    }

    /// Closes a socket that no server took over, and removes it.
    func discard() {
        Glibc.close(descriptor)
        remove()
    }

    /// Removes the socket file if it is still ours, and gives the lock up.
    func remove() {
        var status = stat()
        if lstat(path, &status) == 0, UInt(status.st_dev) == device, UInt(status.st_ino) == inode {
            unlink(path)
        }
        Glibc.close(lock)
    }

    /// Makes the folder of a path where it is absent, for its user and the group of the socket.
    private static func makeParent(of path: String, groupID: gid_t?) throws(SocketError) {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
        let parent = String(path[..<slash])
        if mkdir(parent, 0o750) != 0 {
            if errno == EEXIST { return }
            guard errno == ENOENT else {
                throw .io(operation: "make the folder", path: parent, code: errno)
            }
            try makeParent(of: parent, groupID: groupID)
            guard mkdir(parent, 0o750) == 0 || errno == EEXIST else {
                throw .io(operation: "make the folder", path: parent, code: errno)
            }
        }
        // Whatever the umask: the group of the socket has to get there.
        if let groupID, chown(parent, uid_t.max, groupID) != 0 {
            throw .io(operation: "set the group of", path: parent, code: errno)
        }
        guard chmod(parent, 0o750) == 0 else {
            throw .io(operation: "set the mode of", path: parent, code: errno)
        }
    }

    private static func lock(_ name: String, for path: String) throws(SocketError) -> Int32 {
        let descriptor = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .io(operation: "open", path: name, code: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            Glibc.close(descriptor)
            if code == EWOULDBLOCK { throw .inUse(path: path) }
            throw .io(operation: "lock", path: name, code: code)
        }
        return descriptor
    }

    /// Removes a socket at which nobody listens; a daemon that does not know our lock counts too.
    private static func clear(_ path: String) throws(SocketError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return }
            throw .io(operation: "look at", path: path, code: errno)
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
        let probe = try newSocket(path)
        defer { Glibc.close(probe) }
        // Without blocking, a full backlog says EAGAIN: somebody is there.
        let answer = withAddress(of: path) { connect(probe, $0, $1) }
        guard answer != 0, errno == ECONNREFUSED else { throw .inUse(path: path) }
        guard unlink(path) == 0 || errno == ENOENT else {
            throw .io(operation: "remove the stale socket", path: path, code: errno)
        }
    }

    private static func listen(_ path: String, mode: UInt32, groupID: gid_t?)
        throws(SocketError) -> (descriptor: Int32, device: UInt, inode: UInt)
    {
        let descriptor = try newSocket(path)
        func fail(_ operation: String) -> SocketError {
            let error = SocketError.io(operation: operation, path: path, code: errno)
            Glibc.close(descriptor)
            return error
        }
        // The file is born with 0660 at the most; a wider mode is only set below.
        let mask = umask(0o117)
        let answer = withAddress(of: path) { bind(descriptor, $0, $1) }
        let code = errno
        umask(mask)
        errno = code
        guard answer == 0 else { throw fail("bind") }
        var status = stat()
        guard lstat(path, &status) == 0 else { throw fail("look at") }
        // Nobody can connect before `listen`, so that there is no moment of a wrong mode. A hardened
        // unit forbids `chown`, even to the group that the file has already.
        if let groupID, status.st_gid != groupID, chown(path, uid_t.max, groupID) != 0 {
            throw fail("set the group of")
        }
        guard chmod(path, mode_t(mode)) == 0 else { throw fail("set the mode of") }
        guard Glibc.listen(descriptor, 128) == 0 else { throw fail("listen at") }
        return (descriptor, UInt(status.st_dev), UInt(status.st_ino))
    }

    private static func newSocket(_ path: String) throws(SocketError) -> Int32 {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, type, 0)
        guard descriptor >= 0 else {
            throw .io(operation: "make a socket for", path: path, code: errno)
        }
        return descriptor
    }

    /// Calls with the address of a path whose length has been checked.
    private static func withAddress(
        of path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            bytes.copyBytes(from: path.utf8.prefix(bytes.count - 1))
        }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private static func groupID(_ name: String) throws(SocketError) -> gid_t {
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        var buffer = [CChar](repeating: 0, count: 16 << 10)
        guard getgrnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil else {
            throw .unknownGroup(name)
        }
        return entry.gr_gid
    }
}
