import ArgumentParser
import Foundation

/// The programs of the build that this one is of.
enum OwnBuild {
    /// The daemon and indexer beside this program.
    static let izded = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("izded")

    /// What a program prints, with a file as its input.
    ///
    /// - Throws: `ExitCode` if it does not end well.
    static func output(of program: URL, _ arguments: [String], input: String? = nil) throws
        -> String
    {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        if let input { process.standardInput = FileHandle(forReadingAtPath: input) }
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw ExitCode(process.terminationStatus) }
        return String(decoding: data, as: UTF8.self)
    }
}
