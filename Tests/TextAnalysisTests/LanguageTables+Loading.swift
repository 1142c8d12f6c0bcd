import Foundation
import Testing
import TextAnalysis

/// The tables that the project ships, read the plain way for tests.
enum ShippedTables {
    static let all = AnalysisTables(languages: [
        .kazakh: load("kk"), .russian: load("ru"), .english: load("en"),
    ])

    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func load(_ code: String) -> LanguageTables {
        let folder = root.appendingPathComponent("config/languages/\(code)")
        var tables = LanguageTables()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names {
            let lines = lines(folder.appendingPathComponent(name))
            switch name {
            case "stop-words.txt": tables.stopWords = lines
            case "unstemmed.txt": tables.unstemmed = lines
            case "lexicon.tsv":
                do {
                    guard let language = Language(code: code) else { continue }
                    tables.lexicon = try Lexicon(language, rows: lines)
                } catch {
                    Issue.record("\(code)/\(name): \(error)")
                }
            case "stems.tsv":
                tables.stems = lines.compactMap { line in
                    let columns = line.split(separator: "\t")
                    return columns.count == 2 ? (String(columns[0]), String(columns[1])) : nil
                }
            case "ngrams.tsv", "ngrams-latin.tsv":
                do {
                    let text = try Data(contentsOf: folder.appendingPathComponent(name))
                    tables.ngrams[String(name.dropLast(4))] = try NgramCounts(parsing: Array(text))
                } catch {
                    Issue.record("\(code)/\(name): \(error)")
                }
            default: tables.lists[String(name.split(separator: ".")[0])] = lines
            }
        }
        return tables
    }

    private static func lines(_ file: URL) -> [String] {
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init)
            .filter { !$0.hasPrefix("#") && !$0.isEmpty }
    }
}
