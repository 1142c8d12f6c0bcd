import ArgumentParser
import Foundation

/// `izde-bench quality`: how good is what is found, on the data sets beside the project.
///
/// Starts a daemon of the same build on a folder of its own, lets the evaluator of the data sets
/// ask it, and prints its tables. Nothing outside of that folder is written.
struct QualityBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quality",
        abstract: "Measures stems, spelling, layouts, languages, scripts, names and ranking.",
        discussion: """
            Needs python3 and the data sets beside the project. Parts: \
            \(Part.allCases.map(\.rawValue).joined(separator: ", ")). All together take some \
            minutes.

            EXAMPLES
              izde-bench quality
              izde-bench quality --only stems --only layout
              izde-bench quality --only search --off scripts
            """)

    /// What is measured.
    enum Part: String, CaseIterable, ExpressibleByArgument {
        case stems, languages, spelling, scripts, names, layout, search, pool
    }

    @Option(help: "The folder with data and tools.")
    var shared = "../shared"

    @Option(help: "Measure this part only; may be given several times.")
    var only: [Part] = []

    @Option(
        help: ArgumentHelp(
            "Switch a way off: forms, scripts, layout, typos, names, languages; may be given several times.",
            valueName: "way"))
    var off: [String] = []

    @Option(help: "Resamples for the intervals; 0 for none.")
    var bootstrap = 0

    /// The sets of searches, those that have the language of the query among their documents.
    private static let searchSets = ["ntrex", "kazqad", "kkru-gov", "xquad", "news-ru"]
    /// What is put beside them as distractors.
    private static let poolSets = [
        "ntrex", "kkru-gov", "msdocs", "kazqad", "xquad", "news-ru", "news-kk", "sib200",
    ]

    func validate() throws {
        for way in off
        where ![
            "forms", "scripts", "layout", "typos", "names", "languages",
        ].contains(way) {
            throw ValidationError(
                "--off is one of forms, scripts, layout, typos, names and languages, not \(way)")
        }
    }

    func run() throws {
        let evaluator = try Evaluator(shared: shared, off: off)
        defer { evaluator.stop() }
        let parts = only.isEmpty ? Part.allCases : only
        for part in Part.allCases where parts.contains(part) { try measure(part, evaluator) }
    }

    private func measure(_ part: Part, _ evaluator: Evaluator) throws {
        let data = evaluator.data
        switch part {
        case .stems:
            for (lang, files) in [
                ("kk", ["morph-kk/kk_form_lemma.tsv", "morph-kk/kk_segmented.tsv"]),
                ("kk", ["morph-kk/kk_homoglyphs.tsv"]),
                ("ru", ["morph-ru/form_lemma.tsv"]), ("en", ["morph-en/form_lemma.tsv"]),
            ] {
                for file in files {
                    try evaluator.run(
                        "stems \(file)", ["stems", "\(data)/\(file)"],
                        program: ["analyze", "--lang", lang, "--lines", "stem"])
                }
            }
        case .languages:
            let identify = ["analyze", "--lines", "lang"]
            try evaluator.run(
                "languages sib200", ["langid", "\(data)/sib200/docs.jsonl"], program: identify)
            for (name, wordCount, isPlain) in [
                ("one word", 1, false), ("two words", 2, false), ("three words", 3, false),
                ("five words", 5, false), ("two words, Kazakh without its letters", 2, true),
                ("five words, Kazakh without its letters", 5, true),
            ] {
                let file = try evaluator.write(
                    LanguageCuts(folder: "\(data)/sib200", wordCount: wordCount, isPlain: isPlain)
                        .table, as: "cut.tsv")
                try evaluator.run("languages sib200, \(name)", ["langid", file], program: identify)
            }
            for file in ["mixed.tsv", "mixed-unseen.tsv"] {
                try evaluator.run(
                    "languages of short texts, our own \(file)",
                    ["langid", "Tests/TextAnalysisTests/Languages/\(file)"], program: identify)
            }
        case .spelling:
            try evaluator.run(
                "spelling-ru", ["spelling", "\(data)/spelling-ru/words.tsv"],
                program: ["analyze", "--lang", "ru", "--lines", "correct"])
            try evaluator.build("index/sources")
            try evaluator.run(
                "spelling of Kazakh, our own, over the sample corpus",
                [
                    "spelling", "Tests/SearchEngineTests/Spelling/kazakh.tsv", "--index", "news",
                ])
        case .scripts:
            try evaluator.run(
                "scripts-kk",
                [
                    "names", "\(data)/scripts-kk/words.tsv", "--columns", "cyrl,latn,arab",
                    "--ingest",
                ] + intervals)
        case .names:
            for (title, arguments) in [
                (
                    "people among 2,000 that do not exist",
                    ["persons-kz/persons.tsv", "--decoys", "2000"]
                ),
                ("institutions, by rule alone", ["orgs-kz/hei.tsv"]),
                ("places", ["places-kz/places.tsv"]), ("words of names", ["names-ru-en/pairs.tsv"]),
            ] {
                try evaluator.run(
                    "names of \(title)",
                    ["names", "\(data)/\(arguments[0])", "--ingest"] + arguments.dropFirst()
                        + intervals)
            }
        case .layout:
            try evaluator.run("layout", ["layout", data, "--ingest"])
        case .search:
            // The names that ship take part in searches.
            try evaluator.build("index/sources")
            for set in Self.searchSets {
                try evaluator.run(
                    "search \(set)", ["search", "\(data)/\(set)", "--ingest"] + intervals)
            }
        case .pool:
            for set in Self.searchSets {
                let others = Self.poolSets.filter { $0 != set }.map { "\(data)/\($0)" }
                try evaluator.run(
                    "search \(set) among all other sets",
                    [
                        "search", "\(data)/\(set)", "--ingest", "--index", "pool-\(set)",
                        "--pool", others.joined(separator: ","),
                    ] + intervals)
            }
        }
    }

    private var intervals: [String] { ["--bootstrap", String(bootstrap)] }
}

/// The evaluator of the data sets, and the daemon that it asks.
private final class Evaluator {
    /// The folder of the data sets.
    let data: String
    private let script: String
    private let izded: URL
    private let work: URL
    private let off: [String]
    private var daemon: Process?

    init(shared: String, off: [String]) throws {
        data = "\(shared)/data"
        script = "\(shared)/tools/evaluate.py"
        self.off = off
        guard FileManager.default.fileExists(atPath: script) else {
            throw ValidationError("there is no \(script); --shared names the folder with the data")
        }
        izded = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appendingPathComponent("izded")
        guard FileManager.default.isExecutableFile(atPath: izded.path) else {
            throw ValidationError("izded of the same build is needed: build it first")
        }
        work = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-quality-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    }

    private var index: String { work.appendingPathComponent("index").path }
    private var socket: String { work.appendingPathComponent("izded.sock").path }

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
        daemon?.terminate()
        daemon?.waitUntilExit()
        daemon = nil
    }

    /// Writes a file for the evaluator to read.
    func write(_ text: String, as name: String) throws -> String {
        let file = work.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    /// Indexes files into the index of the daemon.
    func build(_ path: String) throws {
        end()
        try finish(process(izded, ["build", path, "--data", index, "--config", configuration()]))
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
            try start()
            arguments += ["--socket", socket]
        }
        try finish(process(URL(fileURLWithPath: "/usr/bin/env"), ["python3"] + arguments))
    }

    private func start() throws {
        guard daemon == nil else { return }
        let process = try process(
            izded,
            [
                "serve", "--data", index, "--socket", socket, "--log-level", "warning", "--config",
                configuration(),
            ])
        daemon = process
        for _ in 0..<200 where !FileManager.default.fileExists(atPath: socket) {
            usleep(50_000)
        }
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

/// The first words of each text of a set, as a table of language and text.
private struct LanguageCuts {
    let table: String

    private struct Text: Decodable {
        var lang: String
        var title: String?
        var body: String?
    }

    /// Cuts the texts of a set from their middle; `isPlain` writes Kazakh with Russian letters, and
    /// leaves the other languages out.
    init(folder: String, wordCount: Int, isPlain: Bool) throws {
        var rows = "lang\ttext\n"
        for line in try String(contentsOfFile: "\(folder)/docs.jsonl", encoding: .utf8)
            .split(separator: "\n")
        {
            let text = try JSONDecoder().decode(Text.self, from: Data(line.utf8))
            if isPlain, text.lang != "kk" { continue }
            let words = "\(text.title ?? "") \(text.body ?? "")".split(
                whereSeparator: \.isWhitespace)
            let start = max(0, (words.count - wordCount) / 2)
            var cut = words[start..<min(words.count, start + wordCount)].joined(separator: " ")
            if isPlain { cut = String(cut.map { Self.plain[$0] ?? $0 }) }
            rows += "\(text.lang)\t\(cut)\n"
        }
        table = rows
    }

    /// How Kazakh is typed on a Russian keyboard.
    private static let plain: [Character: Character] = [
        "ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "і": "и",
        "Ә": "А", "Ғ": "Г", "Қ": "К", "Ң": "Н", "Ө": "О", "Ұ": "У", "Ү": "У", "Һ": "Х", "І": "И",
    ]
}
