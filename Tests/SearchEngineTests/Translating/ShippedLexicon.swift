import Foundation
import TextAnalysis

@testable import SearchEngine

/// The files of `config/lexicon` and what is made of them, read once for all tests.
enum ShippedLexicon {
    /// A row and where it stands.
    struct Row {
        /// File and line.
        var place: String
        /// Its columns, whatever their number.
        var cells: [String]
    }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The lines of each file, by its name.
    static let files: [(name: String, lines: [String])] = {
        do {
            let folder = root.appendingPathComponent("config/lexicon")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            return try names.filter { $0.hasSuffix(".tsv") }.sorted().map { name in
                let text = try String(
                    contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
                return (name, text.components(separatedBy: "\n"))
            }
        } catch {
            preconditionFailure("config/lexicon: \(error)")
        }
    }()

    /// The rows of all files, in their order, without headers and the empty end.
    static let rows: [Row] = files.flatMap { file in
        file.lines.enumerated().dropFirst().filter { !$0.element.isEmpty }.map { index, line in
            Row(
                place: "\(file.name):\(index + 1)",
                cells: line.components(separatedBy: "\t"))
        }
    }

    /// The table of all rows.
    static let table: TranslationTable = {
        let lines = rows.map { $0.cells.joined(separator: "\t") }
        do throws(TranslationTable.MalformedRow) {
            return try TranslationTable(rows: lines)
        } catch {
            preconditionFailure("config/lexicon: \(rows[error.row].place): \(error.reason)")
        }
    }()

    /// The lexicon as searches use it.
    static let lexicon = TranslationLexicon(table, analyzer: analyzer())

    /// The tables of the languages that decide on stems, without the lexica of forms: a build for
    /// debugging takes seconds to read those.
    static let languages: AnalysisTables = {
        var tables = AnalysisTables()
        for language in [Language.kazakh, .russian, .english] {
            let folder = root.appendingPathComponent("config/languages/\(language.code)")
            func lines(_ name: String) -> [String] {
                let text =
                    (try? String(
                        contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
                return text.components(separatedBy: "\n").filter {
                    !$0.isEmpty && !$0.hasPrefix("#")
                }
            }
            var own = LanguageTables()
            own.stopWords = lines("stop-words.txt")
            own.unstemmed = lines("unstemmed.txt")
            own.stems = lines("stems.tsv").compactMap { line in
                let cells = line.components(separatedBy: "\t")
                return cells.count == 2 ? (cells[0], cells[1]) : nil
            }
            for list in ["elisions", "roots2", "verbs", "temporal", "realia"] {
                let entries = lines("\(list).txt")
                if !entries.isEmpty { own.lists[list] = entries }
            }
            tables.languages[language] = own
        }
        return tables
    }()

    /// An analyzer with those tables.
    static func analyzer() -> Analyzer {
        do {
            return try Analyzer(tables: languages)
        } catch {
            preconditionFailure("config/languages: \(error)")
        }
    }
}

/// Translates texts as the words of a query.
struct QueryTranslation {
    private let analysis: QueryAnalysis
    private let translator: WordTranslator
    private let analyzer: Analyzer

    /// The translation by a lexicon; by the shipped one unless another is given.
    init(_ lexicon: TranslationLexicon = ShippedLexicon.lexicon) {
        analyzer = ShippedLexicon.analyzer()
        analysis = QueryAnalysis(
            analyzer: analyzer, stopWords: StopWordSet(ShippedLexicon.languages))
        translator = WordTranslator(lexicon: lexicon)
    }

    /// The translation by a lexicon of some rows.
    init(rows: [String]) throws {
        let table = try TranslationTable(rows: rows)
        self.init(TranslationLexicon(table, analyzer: ShippedLexicon.analyzer()))
    }

    /// The units of a text with their translations.
    func units(_ text: String, _ language: Language?) -> [QueryUnit] {
        translator.translate(analysis.units(of: text, language: language))
    }

    /// All translations of a text.
    func translations(_ text: String, _ language: Language?) -> [Translation] {
        units(text, language).flatMap { unit in
            if case .translated(_, let translations) = unit { return translations }
            return []
        }
    }

    /// The stems of a text in a language.
    func stems(_ text: String, _ language: Language) -> [[UInt8]] {
        analysis.units(of: text, language: language).flatMap(\.words).compactMap(\.stems.first)
    }

    /// Whether a text is translated by the words of another.
    func translates(_ text: String, _ language: Language, to other: String, _ target: Language)
        -> Bool
    {
        let stems = stems(other, target)
        return translations(text, language).contains { $0.stems == stems }
    }
}
