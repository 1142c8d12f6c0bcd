import Glibc
import Synchronization

/// A program that a test started: it is signalled and awaited by its own process id, and takes over
/// no descriptor but its three.
final class ChildProcess: Sendable {
    let identifier: pid_t
    /// How it ended, once that was asked for.
    private let ending = Mutex<Int32?>(nil)

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Starts a program; what it says goes to files.
    ///
    /// Foundation's `Process` is not used: it reads the names of open descriptors past the end of
    /// their entries, which ended whole runs of the tests by a signal.
    init(
        _ program: String, _ arguments: [String], environment: [String: String],
        folder: String? = nil, input: String = "/dev/null", output: String = "/dev/null",
        errors: String = "/dev/null"
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        // Those that are not open are passed over; 64 for what other tests open meanwhile.
        for descriptor in 3..<Self.highestDescriptor + 64 {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        // The threads of tests block all signals, and a program would inherit that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        // What changes the folder becomes the program, with the same number.
        let moving = folder.map { ["/usr/bin/env", "-C", $0] } ?? []
        let spoken = moving + [program] + arguments
        let words = spoken.map { strdup($0) }
        let variables = environment.map { strdup("\($0.key)=\($0.value)") }
        defer { for pointer in words + variables { free(pointer) } }
        var identifier: pid_t = 0
        let code = posix_spawnp(
            &identifier, spoken[0], &actions, &attributes, words + [nil], variables + [nil])
        guard code == 0 else {
            throw Failure(
                description: "cannot start \(program): \(String(cString: strerror(code)))")
        }
        self.identifier = identifier
    }

    private static var highestDescriptor: Int32 {
        guard let stream = opendir("/proc/self/fd") else { return 1024 }
        defer { closedir(stream) }
        var highest: Int32 = 3
        while let entry = readdir(stream) {
            // By its address: an entry is shorter than its type, and a copy reads past its end.
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
            }
            highest = max(highest, Int32(name) ?? 0)
        }
        return highest
    }

    deinit {
        signal(SIGKILL)
        wait()
    }

    /// Sends a signal, as long as it was not awaited.
    func signal(_ number: Int32) {
        ending.withLock { if $0 == nil { Glibc.kill(identifier, number) } }
    }

    /// Waits for its end; what hangs is killed.
    ///
    /// - Returns: its exit status; 128 and more stand for a signal.
    @discardableResult func wait(killingAfter seconds: Double = 180) -> Int32 {
        while true {
            if let status = wait(seconds: seconds) { return status }
            signal(SIGKILL)
        }
    }

    /// Waits for its end, but not for ever.
    func wait(seconds: Double) -> Int32? {
        let watch = Stopwatch()
        while true {
            if let status = poll() { return status }
            guard watch.seconds < seconds else { return nil }
            usleep(1000)
        }
    }

    /// How it ended, `nil` while it runs.
    func poll() -> Int32? {
        ending.withLock { ending in
            if let ending { return ending }
            var status: Int32 = 0
            guard waitpid(identifier, &status, WNOHANG) == identifier else { return nil }
            let signal = status & 0x7F
            ending = signal == 0 ? status >> 8 & 0xFF : 128 + signal
            return ending
        }
    }

    /// Runs a program to its end; gives its exit status and all that it said.
    static func run(
        _ program: String, _ arguments: [String], environment: [String: String]? = nil,
        scratch: String
    ) throws -> (status: Int32, text: String) {
        let output = "\(scratch)/said"
        unlink(output)
        let process = try ChildProcess(
            program, arguments, environment: environment ?? PlainSettings.shared.environment,
            output: output, errors: output)
        return (process.wait(), TextOfFile.read(output))
    }

    /// Whether a program is installed.
    static func isInstalled(_ name: String) -> Bool {
        ["/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/local/bin"].contains {
            access("\($0)/\(name)", X_OK) == 0
        }
    }
}

/// A small file as text.
enum TextOfFile {
    /// Its text; empty where there is no such file.
    static func read(_ path: String) -> String { String(decoding: bytes(path), as: UTF8.self) }

    /// Its bytes, also of files of the kernel that tell no length.
    static func bytes(_ path: String) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(file, &block, block.count)
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: block[..<count])
        }
    }
}
