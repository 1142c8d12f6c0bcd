import Foundation

/// A program of this build that is killed at a system call, by strace.
enum StraceRun {
    static let isThere = ["/usr/bin/strace", "/bin/strace"].contains {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Kills the program when it is about to make a call for the n-th time; returns whether it came
    /// to that.
    static func kill(
        _ name: String, _ arguments: [String], at call: String, number: Int,
        environment: [String: String] = [:]
    ) throws -> Bool {
        let status = try ChildProcess(
            "strace",
            [
                "-f", "-o", "/dev/null", "-e", "trace=\(call)", "-e",
                "inject=\(call):signal=SIGKILL:when=\(number)",
                Programs.folder.appendingPathComponent(name).path,
            ] + arguments, environment: Programs.environment.merging(environment) { $1 },
            folder: Programs.project.path
        ).wait()
        return status >= 128
    }
}
