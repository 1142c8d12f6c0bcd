import Foundation

/// A configuration with which a daemon starts in a fraction of a second: one kind, one collection,
/// tables of a few rows; segments and logs are small, so that commits and merges are frequent.
struct PlainSettings: Sendable {
    /// Made once for all tests of this process.
    static let shared: PlainSettings = {
        do {
            return try PlainSettings()
        } catch {
            fatalError("the configuration of the tests of faults cannot be written: \(error)")
        }
    }()

    /// The collection that is there from the start.
    static let collection = "notes"

    /// The folder of the tables and configurations.
    let folder: URL
    /// What programs are told by variables.
    let environment: [String: String]

    private init() throws {
        let files = FileManager.default
        folder = Programs.folder.appendingPathComponent("plain-settings-\(getpid())")
        try? files.removeItem(at: folder)
        let config = Programs.project.appendingPathComponent("config")
        for language in ["kk", "ru", "en"] {
            let source = config.appendingPathComponent("languages/\(language)")
            let target = folder.appendingPathComponent("languages/\(language)")
            try files.createDirectory(at: target, withIntermediateDirectories: true)
            for name in try files.contentsOfDirectory(atPath: source.path)
            where name != "lexicon.tsv" {
                try Self.firstLines(of: source.appendingPathComponent(name))
                    .write(
                        to: target.appendingPathComponent(name), atomically: true, encoding: .utf8)
            }
        }
        let names = folder.appendingPathComponent("names")
        try files.createDirectory(at: names, withIntermediateDirectories: true)
        for name in ["words.tsv", "places.tsv"] {
            try Self.firstLines(of: config.appendingPathComponent("names/\(name)"), 2)
                .write(to: names.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
        let lexicon = folder.appendingPathComponent("lexicon")
        try files.createDirectory(at: lexicon, withIntermediateDirectories: true)
        try "concept\tpos\tkk\tru\ten\nschool\tnoun\tмектеп\tшкола\tschool\n".write(
            to: lexicon.appendingPathComponent("general.tsv"), atomically: true, encoding: .utf8)
        environment = ProcessInfo.processInfo.environment.merging([
            "NO_COLOR": "1", "SWIFT_BACKTRACE": "enable=no",
            "IZDE_LANGUAGES": folder.appendingPathComponent("languages").path,
            "IZDE_NAMES": names.path, "IZDE_LEXICON": lexicon.path,
        ]) { $1 }
    }

    private static func firstLines(of file: URL, _ count: Int = 40) throws -> String {
        let text = try String(contentsOf: file, encoding: .utf8)
        return text.split(separator: "\n").prefix(count).joined(separator: "\n") + "\n"
    }

    /// Writes a configuration of a name and gives its path; limits and settings of the server are
    /// lines as in the file.
    func configuration(
        named name: String = "plain.yaml", limits: [String] = [], server: [String] = []
    ) throws -> String {
        let file = folder.appendingPathComponent(name)
        let reserve = limits.contains { $0.hasPrefix("diskReserveByteCount") }
        let text = """
            server:
            \(Self.indented(["drainSeconds: 20"] + server))
            limits:
            \(Self.indented(
                ["diskReservePercent: 0"] + (reserve ? [] : ["diskReserveByteCount: 1048576"])
                    + limits))
            kinds:
              notes:
                title: title
                fields:
                  title: { role: text, weight: 2 }
                  text: { role: text }
                  batch: { role: keyword }
                  n: { role: number }
            collections:
              \(Self.collection): notes
            """
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    private static func indented(_ lines: [String]) -> String {
        lines.map { "  \($0)" }.joined(separator: "\n")
    }
}
