import ArgumentParser
import Foundation

/// `izde-bench analysis`: how fast is analysis, beside that of another build.
///
/// The programs run in turns on the same lines; what counts is their processor time, less that of a
/// start on no input. So a busy machine disturbs the ratio little.
struct AnalysisBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analysis",
        abstract: "Measures analysis line by line; prints a JSON line for each program.",
        discussion: """
            EXAMPLE
              izde-bench analysis lines.txt --against ../before/.build/release/izded \\
                --against-languages ../before/config/languages
            """)

    @Argument(help: "A text file; each line is analysed for itself.")
    var file: String

    @Option(help: "The izded of another build.")
    var against: String?

    @Option(help: "The tables of the languages of the other build.")
    var againstLanguages = "config/languages"

    @Option(help: "How often each program runs; the least time counts.")
    var rounds = 3

    func validate() throws {
        guard rounds > 0 else { throw ValidationError("--rounds must be positive") }
        guard FileManager.default.isReadableFile(atPath: file) else {
            throw ValidationError("\(file) cannot be read")
        }
    }

    func run() throws {
        var programs = [(name: "this", path: OwnBuild.izded.path, languages: "config/languages")]
        if let against { programs.append(("other", against, againstLanguages)) }
        let byteCount = try FileHandle(forReadingFrom: URL(fileURLWithPath: file)).seekToEnd()
        var least = programs.map { _ in (start: Double.infinity, whole: Double.infinity) }
        for _ in 0..<rounds {
            for (index, program) in programs.enumerated() {
                let start = try seconds(program.path, program.languages, input: "/dev/null")
                let whole = try seconds(program.path, program.languages, input: file)
                least[index].start = min(least[index].start, start)
                least[index].whole = min(least[index].whole, whole)
            }
        }
        let speeds = least.map { Double(byteCount) / 1e6 / max($0.whole - $0.start, 1e-9) }
        for (index, program) in programs.enumerated() {
            print(
                "{\"program\":\"\(program.name)\",\"megabytesPerCPUSecond\":\(rounded(speeds[index])),"
                    + "\"startCPUSeconds\":\(rounded(least[index].start))}")
        }
        if speeds.count == 2 { print("{\"ratio\":\(rounded(speeds[0] / speeds[1]))}") }
    }

    /// The processor time of one run.
    private func seconds(_ program: String, _ languages: String, input: String) throws -> Double {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["analyze", "--lines", "lang"]
        process.environment = ProcessInfo.processInfo.environment
            .merging(["IZDE_LANGUAGES": URL(fileURLWithPath: languages).path]) { $1 }
        // The settings of one build may say what the other does not know.
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: input))
        process.standardOutput = FileHandle.nullDevice
        let before = Self.childSeconds()
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw ExitCode(process.terminationStatus) }
        return Self.childSeconds() - before
    }

    /// The processor time of all children that have ended.
    private static func childSeconds() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) {
            $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
        }
    }

    private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
