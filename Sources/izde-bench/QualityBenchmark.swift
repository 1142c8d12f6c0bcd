import ArgumentParser
import Foundation

/// `izde-bench quality`: how good is what is found, on the data sets beside the project.
///
/// Starts a daemon of the same build on a folder of its own, lets the evaluator of the data sets
/// ask it, and prints its tables. Nothing outside of that folder is written.
struct QualityBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quality",
        abstract:
            "Measures stems, spelling, layouts, languages, scripts, names, mentions and ranking.",
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
        case stems, languages, spelling, scripts, names, mentions, layout, search, pool
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

    @Option(
        help: "Fail where spellings of people are grouped with a smaller F1 on texts held out.")
    var leastGrouping: Double?

    /// The sets of searches, those that have the language of the query among their documents.
    private static let searchSets = ["ntrex", "kazqad", "kkru-gov", "msdocs", "xquad", "news-ru"]
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
        case .mentions: try measureMentions(evaluator)
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
