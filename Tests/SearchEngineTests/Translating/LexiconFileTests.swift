import Foundation
import Testing

@testable import SearchEngine

/// What the shipped files of the lexicon look like.
struct LexiconFileTests {
    private static let kinds: Set<String> = [
        "noun", "verb", "adj", "adv", "num", "pron", "prep", "conj", "part", "interj", "phrase",
    ]
    private static let kazakhLetters = Set("әғқңөұүһіӘҒҚҢӨҰҮҺІ".unicodeScalars)

    /// The rows of which something is not so, with what it is.
    private func wrong(_ problem: (ShippedLexicon.Row) -> String?) -> [String] {
        ShippedLexicon.rows.compactMap { row in problem(row).map { "\(row.place): \($0)" } }
    }

    @Test func `there are enough concepts`() {
        #expect(ShippedLexicon.rows.count >= 19_000)
        #expect(ShippedLexicon.table.concepts.count == ShippedLexicon.rows.count)
    }

    @Test func `a file has its header, then rows sorted by their concepts, and an end`() {
        #expect(!ShippedLexicon.files.isEmpty)
        for (name, lines) in ShippedLexicon.files {
            #expect(lines.first == "concept\tpos\tkk\tru\ten", "\(name)")
            #expect(lines.last == "", "\(name) does not end with a line break")
            let slugs = lines.dropFirst().dropLast().map { $0.prefix { $0 != "\t" } }
            #expect(slugs.count > 100, "\(name)")
            for (slug, next) in zip(slugs, slugs.dropFirst())
            where !slug.utf8.lexicographicallyPrecedes(next.utf8) {
                Issue.record("\(name): \(next) stands after \(slug)")
            }
        }
    }

    @Test func `no concept stands twice in all files`() {
        var places: [String: String] = [:]
        let twice = wrong { row in
            places.updateValue(row.place, forKey: row.cells[0]).map { "\(row.cells[0]), as \($0)" }
        }
        #expect(twice == [])
    }

    @Test func `no two rows say the same`() {
        var places: [[Set<String>]: String] = [:]
        let same = wrong { row in
            let sets = row.cells.dropFirst().map {
                Set($0.lowercased().components(separatedBy: "|"))
            }
            return places.updateValue(row.place, forKey: sets).map { "as \($0)" }
        }
        #expect(same == [])
    }

    @Test func `a row has a concept, a part of speech and lemmas of three languages`() {
        #expect(wrong { $0.cells.count == 5 ? nil : "\($0.cells.count) columns" } == [])
        #expect(
            wrong { row in
                let slug = row.cells[0]
                let parts = slug.split(separator: "-", omittingEmptySubsequences: false)
                let isSlug = parts.allSatisfy { part in
                    !part.isEmpty
                        && part.utf8.allSatisfy {
                            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0)
                        }
                }
                return isSlug ? nil : "`\(slug)` is no name of a concept"
            } == [])
        #expect(wrong { Self.kinds.contains($0.cells[1]) ? nil : "`\($0.cells[1])`" } == [])
    }

    @Test func `lemmas are clean and stand once in their cell`() {
        let unclean = wrong { row in
            for cell in row.cells.dropFirst(2) {
                let lemmas = cell.components(separatedBy: "|")
                if Set(lemmas.map { $0.lowercased() }).count < lemmas.count {
                    return "`\(cell)` repeats a lemma"
                }
                for lemma in lemmas {
                    let words = lemma.components(separatedBy: " ")
                    if words.contains("") || lemma == "-" { return "`\(cell)`" }
                    if words.count > TranslationLexicon.longestLemma { return "`\(lemma)` is long" }
                    if lemma != lemma.precomposedStringWithCanonicalMapping { return "`\(lemma)`" }
                }
            }
            return nil
        }
        #expect(unclean == [])
    }

    @Test func `each cell has the letters of its language`() {
        let signs = Set("-' |0123456789".unicodeScalars)
        let foreign = wrong { row in
            for (cell, language) in zip(row.cells.dropFirst(2), ["kk", "ru", "en"]) {
                let other = cell.unicodeScalars.first { letter in
                    if signs.contains(letter) { return false }
                    switch language {
                    case "en": return !letter.isASCII || !letter.properties.isAlphabetic
                    case "ru": return !Self.isRussian(letter)
                    default: return !Self.isRussian(letter) && !Self.kazakhLetters.contains(letter)
                    }
                }
                if let other { return "`\(cell)` has U+\(String(other.value, radix: 16))" }
                if !cell.unicodeScalars.contains(where: \.properties.isAlphabetic) {
                    return "`\(cell)` has no letters"
                }
            }
            return nil
        }
        #expect(foreign == [])
    }

    private static func isRussian(_ letter: Unicode.Scalar) -> Bool {
        (0x410...0x44F).contains(letter.value) || letter == "ё" || letter == "Ё"
    }
}
