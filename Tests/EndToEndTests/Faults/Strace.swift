import Foundation

/// Faults of system calls, injected by `strace` into a daemon.
///
/// `strace` counts the calls of each thread apart; a collection is written by one thread, so the
/// counts are those of its writer.
final class Strace {
    static let isInstalled = ChildProcess.isInstalled("strace")

    /// Whether it can be attached to a program that runs.
    static let canAttach: Bool = {
        guard isInstalled else { return false }
        let scope = TextOfFile.read("/proc/sys/kernel/yama/ptrace_scope")
        return geteuid() == 0
            || !scope.hasPrefix("1") && !scope.hasPrefix("2")
                && !scope.hasPrefix("3")
    }()

    /// What stands in front of a program that is started with faults: it becomes the program itself,
    /// and `strace` its grandchild.
    static func starting(_ faults: [String], log: String = "/dev/null") -> [String] {
        ["strace", "-D", "-f", "-o", log] + options(faults)
    }

    private static func options(_ faults: [String]) -> [String] {
        let calls = faults.map { $0.prefix { $0 != ":" } }.joined(separator: ",")
        return ["-e", "trace=\(calls)", "-e", "signal=none"]
            + faults.flatMap { ["-e", "inject=\($0)"] }
    }

    private let process: ChildProcess
    private let identifier: pid_t

    /// Attaches to a program and waits until all of its threads are watched.
    init(attachedTo identifier: pid_t, _ faults: [String], log: String = "/dev/null") throws {
        self.identifier = identifier
        process = try ChildProcess(
            "strace", ["-f", "-o", log, "-p", "\(identifier)"] + Self.options(faults),
            environment: ProcessInfo.processInfo.environment)
        let watch = Stopwatch()
        while !isAttached {
            guard process.poll() == nil, watch.seconds < 30 else {
                throw ChildProcess.Failure(description: "strace cannot attach")
            }
            usleep(2000)
        }
    }

    private var isAttached: Bool {
        let tasks = "/proc/\(identifier)/task"
        guard let threads = try? FileManager.default.contentsOfDirectory(atPath: tasks) else {
            return false
        }
        return threads.allSatisfy {
            !TextOfFile.read("\(tasks)/\($0)/status").contains("TracerPid:\t0\n")
        }
    }

    /// Lets the program go on without faults.
    func detach() {
        process.signal(SIGINT)
        process.wait()
    }
}
