import ArgumentParser
import Foundation
import JSON

/// `izde-bench lexicon`: how many of the most frequent words the lexicon translates.
///
/// The words of a list are asked as words of a query, by the `izded` of the same build. Function
/// words and numbers are not translated by a search, so they count as without entry, but not among
/// the content words; these are also without the forms that are nothing but names of the lexicon.
/// What the lexicon lacks may be a name too: no table of ours could tell.
struct LexiconBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lexicon",
        abstract: "Measures how many of the most frequent words are translated; prints JSON lines.",
        discussion: """
            Needs the lists of frequencies beside the project: rows of a word and its count, the \
            most frequent first.

            EXAMPLE
              izde-bench lexicon --missing 100
            """)

    @Option(help: "The folder with the data.")
    var shared = "../shared"

    @Option(help: "How many forms of each list, from the most frequent on.")
    var forms = 6000

    @Option(help: "Name so many content words without entry, with their ranks.")
    var missing = 0

    func validate() throws {
        guard forms > 0, missing >= 0 else {
            throw ValidationError("--forms must be positive, and --missing not negative")
        }
    }

    func run() throws {
        for language in ["kk", "ru", "en"] {
            let rows = try frequencies("\(shared)/data/wordfreq/\(language).tsv")
            let answers = try answers(rows.map(\.word), language)
            var all = Share()
            var content = Share()
            var lacking: [JSONValue] = []
            for (rank, (row, answer)) in zip(rows, answers).enumerated() {
                all.add(row.count, hasEntry: answer == .entry || answer == .name)
                guard answer == .entry || answer == .none else { continue }
                content.add(row.count, hasEntry: answer == .entry)
                if answer == .none, lacking.count < missing {
                    lacking.append(.array([.integer(Int64(rank + 1)), .string(row.word)]))
                }
            }
            RigLine.print([
                "language": .string(language), "forms": .integer(Int64(all.forms)),
                "withEntry": .integer(Int64(all.found)), "weighted": .double(all.weighted),
                "contentForms": .integer(Int64(content.forms)),
                "contentWithEntry": .integer(Int64(content.found)),
                "contentShare": .double(Double(content.found) / Double(max(1, content.forms))),
                "contentWeighted": .double(content.weighted),
            ])
            if !lacking.isEmpty {
                RigLine.print(["language": .string(language), "missing": .array(lacking)])
            }
        }
    }

    /// How many forms have an entry, and how much they weigh.
    private struct Share {
        private(set) var forms = 0
        private(set) var found = 0
        private var count = 0.0
        private var foundCount = 0.0

        mutating func add(_ count: Double, hasEntry: Bool) {
            forms += 1
            self.count += count
            guard hasEntry else { return }
            found += 1
            foundCount += count
        }

        /// The share of all occurrences.
        var weighted: Double { foundCount / max(1, count) }
    }

    /// The first rows of a list: words and their counts.
    private func frequencies(_ path: String) throws -> [(word: String, count: Double)] {
        try TextLines.read(path).dropFirst().prefix(forms).compactMap { line in
            let columns = line.split(separator: "\t")
            guard columns.count == 2, let count = Double(columns[1]) else { return nil }
            return (String(columns[0]), count)
        }
    }

    /// What the lexicon has for a form.
    private enum Answer {
        case entry, name, untranslated, none

        init(line: Substring) {
            switch line {
            case "": self = .none
            case "-": self = .untranslated
            default:
                let isName = line.split(separator: "; ").allSatisfy { concept in
                    concept.split(separator: " = ").allSatisfy { $0.first?.isUppercase == true }
                }
                self = isName ? .name : .entry
            }
        }
    }

    private func answers(_ words: [String], _ language: String) throws -> [Answer] {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-lexicon-\(ProcessInfo.processInfo.processIdentifier)")
        try Data((words.joined(separator: "\n") + "\n").utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let lines = try OwnBuild.output(
            of: OwnBuild.izded, ["analyze", "--lang", language, "--lines", "lexicon"],
            input: file.path
        ).split(separator: "\n", omittingEmptySubsequences: false).prefix(words.count)
        guard lines.count == words.count else {
            throw ValidationError("\(words.count) words were answered by \(lines.count) lines")
        }
        return lines.map(Answer.init)
    }
}
