import Foundation

/// Programs of the system, for tests of what is packaged.
enum Shell {
    /// Whether a program is installed.
    static func has(_ program: String) -> Bool { path(of: program) != nil }

    /// Where a program is; folders of the administrator are looked through too.
    static func path(of program: String) -> String? {
        if program.contains("/") {
            return FileManager.default.isExecutableFile(atPath: program) ? program : nil
        }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return (folders.map(String.init) + ["/usr/sbin", "/sbin", "/usr/bin", "/bin"])
            .map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs a program to its end in the project's folder; what it writes comes together in `output`.
    static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:]
    ) throws -> Programs.Outcome {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-shell-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let status = try ChildProcess(
            path(of: program) ?? program, arguments,
            environment: Programs.environment.merging(environment) { $1 },
            folder: Programs.project.path, output: file.path, errors: file.path
        ).wait(killingAfter: 3600)
        return Programs.Outcome(
            status: status, output: String(decoding: try Data(contentsOf: file), as: UTF8.self),
            errors: "")
    }
}
