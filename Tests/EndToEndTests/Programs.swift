import Foundation
import JSON

/// The programs of this build, and the folders of the project, as the tests find them.
enum Programs {
    /// The folder in which the test program and the products of the same build lie.
    static let folder: URL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()

    /// The top of the project.
    static let project: URL = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The shared data beside the project, `nil` where it is absent (on a user's machine).
    static let shared: URL? = {
        let folder = project.deletingLastPathComponent().appendingPathComponent("shared")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    /// What programs are told by variables: no colour, no backtrace, lighter tables of the languages.
    ///
    /// Those are without the Russian lexicon, which a build for debugging takes seconds to read, at
    /// each start. The lexicon has tests of its own.
    static let environment: [String: String] = {
        var environment = ["NO_COLOR": "1", "SWIFT_BACKTRACE": "enable=no"]
        let tables = project.appendingPathComponent("config/languages")
        let light = folder.appendingPathComponent("languages-without-lexicon")
        let files = FileManager.default
        do {
            for language in try files.contentsOfDirectory(atPath: tables.path) {
                let target = light.appendingPathComponent(language)
                if files.fileExists(atPath: target.path) { try files.removeItem(at: target) }
                try files.createDirectory(at: target, withIntermediateDirectories: true)
                let source = tables.appendingPathComponent(language)
                for name in try files.contentsOfDirectory(atPath: source.path)
                where name != "lexicon.tsv" {
                    try files.createSymbolicLink(
                        at: target.appendingPathComponent(name),
                        withDestinationURL: source.appendingPathComponent(name))
                }
            }
            environment["IZDE_LANGUAGES"] = light.path
            environment["IZDE_NAMES"] = try lightNames().path
            environment["IZDE_LEXICON"] = try lightLexicon().path
        } catch {
            // Then the programs read the whole tables.
        }
        return ProcessInfo.processInfo.environment.merging(environment) { $1 }
    }()

    /// A folder of no more than one concept, for the same reason.
    private static func lightLexicon() throws -> URL {
        let light = folder.appendingPathComponent("lexicon-light")
        try FileManager.default.createDirectory(at: light, withIntermediateDirectories: true)
        try "concept\tpos\tkk\tru\ten\nschool\tnoun\tмектеп\tшкола\tschool\n".write(
            to: light.appendingPathComponent("general.tsv"), atomically: true, encoding: .utf8)
        return light
    }

    /// A folder of the most needed rows of the tables of names: a build for debugging takes seconds
    /// to lay out all of them.
    private static func lightNames() throws -> URL {
        let source = project.appendingPathComponent("config/names")
        let light = folder.appendingPathComponent("names-light")
        try FileManager.default.createDirectory(at: light, withIntermediateDirectories: true)
        for (name, kinds) in [
            ("words.tsv", ["type", "status", "legal", "marker", "direction", "title", "area"]),
            ("places.tsv", ["country", "region", "city"]),
        ] {
            let text = try String(contentsOf: source.appendingPathComponent(name), encoding: .utf8)
            let rows = text.split(separator: "\n").filter { row in
                let cells = row.split(separator: "\t")
                return cells.count > 1 && kinds.contains(String(cells[1]))
            }
            try rows.joined(separator: "\n").write(
                to: light.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
        return light
    }

    /// What a program printed and how it ended.
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Runs a program of this build to its end, in the project's folder.
    static func run(
        _ name: String, _ arguments: [String], input: String = "",
        environment: [String: String] = [:]
    ) throws -> Outcome {
        // Files, not pipes: no output is too long for them.
        let scratch = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        func file(_ name: String, _ text: String = "") throws -> URL {
            let url = scratch.appendingPathComponent(name)
            try Data(text.utf8).write(to: url)
            return url
        }
        let (output, errors) = (try file("out"), try file("err"))
        let status = try ChildProcess(
            folder.appendingPathComponent(name).path, arguments,
            environment: Self.environment.merging(environment) { $1 }, folder: project.path,
            input: file("in", input).path, output: output.path, errors: errors.path
        ).wait(killingAfter: 3600)
        return Outcome(
            status: status, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }
}
