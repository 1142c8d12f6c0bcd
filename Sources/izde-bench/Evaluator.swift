import ArgumentParser
import Foundation

/// The evaluator of the data sets, and the daemon that it asks.
final class Evaluator {
    /// The folder of the data sets.
    let data: String
    private let script: String
    private let izded: URL
    private let work: URL
    private let off: [String]
    private var daemon: ServedIndex?

    init(shared: String, off: [String]) throws {
        data = "\(shared)/data"
        script = "\(shared)/tools/evaluate.py"
        self.off = off
        guard FileManager.default.fileExists(atPath: script) else {
            throw ValidationError("there is no \(script); --shared names the folder with the data")
        }
        izded = OwnBuild.izded
        guard FileManager.default.isExecutableFile(atPath: izded.path) else {
            throw ValidationError("izded of the same build is needed: build it first")
        }
        work = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-quality-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    }

    private var index: String { work.appendingPathComponent("index").path }

    /// Ends the daemon and removes what was written.
    func stop() {
        end()
        do {
            try FileManager.default.removeItem(at: work)
        } catch {
            FileHandle.standardError.write(Data("cannot remove \(work.path): \(error)\n".utf8))
        }
    }

    private func end() {
        daemon?.stop()
        daemon = nil
    }

    /// Writes a file for the evaluator to read.
    func write(_ text: String, as name: String) throws -> String {
        let file = work.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    /// Indexes files into the index of the daemon.
    func build(_ path: String) throws { try build([path]) }

    /// Indexes files into an empty index.
    func rebuild(_ paths: [String]) throws {
        end()
        if FileManager.default.fileExists(atPath: index) {
            try FileManager.default.removeItem(atPath: index)
        }
        try build(paths)
    }

    private func build(_ paths: [String]) throws {
        end()
        try finish(
            process(izded, ["build"] + paths + ["--data", index, "--config", configuration()]))
    }

    /// Some documents of a collection with what they mention.
    func documents(_ ids: Set<String>, in collection: String) throws
        -> [MentionQuality.Document]
    {
        let socket = try start()
        let lines = try OwnBuild.output(
            of: URL(fileURLWithPath: "/usr/bin/env"),
            [
                "curl", "--silent", "--show-error", "--fail", "--unix-socket", socket, "--header",
                "Accept: application/x-ndjson",
                "http://izde/v1/collections/\(collection)/documents",
            ])
        let decoder = JSONDecoder()
        struct Identified: Decodable { var id: String }
        return try lines.split(separator: "\n").compactMap { line in
            let data = Data(line.utf8)
            // Mentions that documents came with are of another form.
            guard ids.contains(try decoder.decode(Identified.self, from: data).id) else {
                return nil
            }
            return try decoder.decode(MentionQuality.Document.self, from: data)
        }
    }

    /// The stems of the words of texts of one line.
    func stems(of texts: [String], language: String) throws -> [[String]] {
        let file = try write(texts.joined(separator: "\n") + "\n", as: "lines.txt")
        let lines = try OwnBuild.output(
            of: izded,
            [
                "analyze", "--lang", language, "--lines", "stem", "--config", configuration(),
            ], input: file)
        let stems = lines.split(separator: "\n", omittingEmptySubsequences: false)
            .prefix(texts.count).map { $0.split(separator: " ").map(String.init) }
        guard stems.count == texts.count else {
            throw ValidationError("\(texts.count) lines were analysed to \(stems.count)")
        }
        return Array(stems)
    }

    /// Runs the evaluator; with a program it asks that, else the daemon.
    func run(_ title: String, _ arguments: [String], program: [String]? = nil) throws {
        print("\n## \(title)\(off.isEmpty ? "" : ", without \(off.joined(separator: ", "))")\n")
        // The evaluator writes to the same place.
        fflush(nil)
        var arguments = [script] + arguments
        if let program {
            arguments += ["--program", ([izded.path] + program).joined(separator: " ")]
        } else {
            arguments += ["--socket", try start()]
        }
        try finish(process(URL(fileURLWithPath: "/usr/bin/env"), ["python3"] + arguments))
    }

    /// The socket of a daemon on the index.
    private func start() throws -> String {
        if let daemon { return daemon.socket }
        let served = try ServedIndex(
            index, program: izded, arguments: ["--config", configuration()])
        daemon = served
        return served.socket
    }

    /// The configuration of the project, with ways switched off.
    private func configuration() throws -> String {
        var text = try String(contentsOfFile: "config/izde.yaml", encoding: .utf8)
        for way in off {
            text = text.replacingOccurrences(of: "\n  \(way): auto\n", with: "\n  \(way): off\n")
        }
        let folder = FileManager.default.currentDirectoryPath
        text = text.replacingOccurrences(
            of: "\nlanguages: \"\"", with: "\nlanguages: \(folder)/config/languages")
        text = text.replacingOccurrences(
            of: "\nlexicon: \"\"", with: "\nlexicon: \(folder)/config/lexicon")
        text = text.replacingOccurrences(
            of: "\nnames: \"\"", with: "\nnames: \(folder)/config/names")
        return try write(text, as: "izde.yaml")
    }

    private func process(_ program: URL, _ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        try process.run()
        return process
    }

    private func finish(_ process: Process) throws {
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw ExitCode(process.terminationStatus) }
    }
}
