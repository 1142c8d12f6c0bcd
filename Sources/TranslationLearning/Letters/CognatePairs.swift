import SearchEngine
import TextAnalysis

/// The pairs of words of one concept that look alike in two languages, as stems.
///
/// Stems, because an index holds these: endings are learnt as far as they are part of a stem.
struct CognatePairs {
    /// A word and its cognate, in UTF-16, which has one unit for each letter of the languages.
    typealias Pair = (first: [UInt16], second: [UInt16])

    /// Each pair once, in the order of the lexicon.
    private(set) var pairs: [Pair] = []

    /// Fewest letters of both.
    private static let fewestLetters = 3
    /// From here on two script-neutral keys are so alike that one word is taken for the other.
    private static let leastLikeness = 0.5

    init(
        _ table: TranslationTable, _ languages: (Language, Language), analyzer: Analyzer
    ) {
        var stream = TokenStream()
        var seen: Set<[[UInt8]]> = []
        func stem(_ word: String, _ language: Language) -> [UInt8]? {
            analyzer.analyze(Array(word.utf8).span, language: language, into: &stream)
            guard stream.tokens.count == 1, let token = stream.tokens.first, token.kind == .word
            else { return nil }
            let stem = Array(stream.bytes[token.stem.range])
            let letters = String(decoding: stem, as: UTF8.self)
            guard letters.count >= Self.fewestLetters, letters.allSatisfy(\.isLetter) else {
                return nil
            }
            return stem
        }
        for pair in table.words(languages.0, languages.1) {
            guard let first = stem(pair.first, languages.0),
                let second = stem(pair.second, languages.1),
                Self.likeness(ScriptKey.key(of: first), ScriptKey.key(of: second))
                    >= Self.leastLikeness,
                seen.insert([first, second]).inserted
            else { continue }
            pairs.append(
                (
                    Array(String(decoding: first, as: UTF8.self).utf16),
                    Array(String(decoding: second, as: UTF8.self).utf16)
                ))
        }
    }

    /// How alike two keys are: 1 without their edits, as a share of the longer.
    private static func likeness(_ left: [UInt8], _ right: [UInt8]) -> Double {
        guard !left.isEmpty, !right.isEmpty else { return 0 }
        var row = Array(0...right.count)
        for (place, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = place + 1
            for (column, other) in right.enumerated() {
                let exchanged = diagonal + (letter == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(exchanged, row[column] + 1, diagonal + 1)
            }
        }
        return 1 - Double(row[right.count]) / Double(max(left.count, right.count))
    }
}
