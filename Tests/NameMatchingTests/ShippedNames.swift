import Foundation
import NameMatching

/// The tables of `config/names` and what is made of them, read once for all tests.
enum ShippedNames {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let tables: NameTables = {
        do {
            return NameTables(
                words: try rows("words.tsv"), places: try rows("places.tsv"),
                speech: try rows("speech.tsv"))
        } catch {
            preconditionFailure("config/names: \(error)")
        }
    }()

    static let vocabulary: NameVocabulary = {
        do {
            return try NameVocabulary(tables)
        } catch {
            preconditionFailure("config/names: \(error)")
        }
    }()

    /// The rows of a table: without comments, empty lines and the header.
    static func rows(_ name: String) throws -> [String] {
        let file = root.appendingPathComponent("config/names/\(name)")
        let text = try String(contentsOf: file, encoding: .utf8)
        let lines = text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
        return Array(lines.dropFirst())
    }
}

/// The labelled pairs of `names.tsv`.
struct LabelledPair {
    var left: String
    var right: String
    var type: String
    var isMatch: Bool
    var rule: String

    static let all: [LabelledPair] = {
        let file = ShippedNames.root.appendingPathComponent("Tests/NameMatchingTests/names.tsv")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst()
        return lines.compactMap { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(
                String.init)
            guard cells.count == 5 else { return nil }
            return LabelledPair(
                left: cells[0], right: cells[1], type: cells[2], isMatch: cells[3] == "match",
                rule: cells[4])
        }
    }()
}
