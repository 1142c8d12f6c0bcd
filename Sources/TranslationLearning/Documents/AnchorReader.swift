import TextAnalysis

/// Finds what stands in a text and in its translation alike: numbers, dates, names.
///
/// A name stands for the consonants with which its stem begins, voiced and voiceless ones alike,
/// since Сәтбаевтың, Сатпаеву and Satbayev differ in the rest.
struct AnchorReader {
    /// How many consonants of a name count, and how many it needs.
    private static let consonantCounts = 3...4

    private let analyzer: Analyzer
    private var stream = TokenStream()

    /// A reader with an analyzer of its own.
    init(tables: AnalysisTables) throws(LearningError) {
        analyzer = try Analyzer.forLearning(tables)
    }

    /// The anchors of a text, each once, in their order.
    mutating func anchors(of text: String, _ language: Language) -> [[UInt8]] {
        let source = Array(text.utf8)
        analyzer.analyze(source.span, language: language, into: &stream)
        var anchors: [[UInt8]] = []
        for token in stream.tokens {
            let anchor: [UInt8]
            switch token.kind {
            case .number, .date: anchor = Array(stream.bytes[token.stem.range])
            case .word, .acronym:
                guard Self.isCapital(source[token.source.range]) else { continue }
                let key = ScriptKey.key(of: Array(stream.bytes[token.stem.range]))
                let consonants = key.filter { !"AEIOUY".utf8.contains($0) }.map(Self.voiceless)
                guard consonants.count >= Self.consonantCounts.lowerBound else { continue }
                anchor = [0] + consonants.prefix(Self.consonantCounts.upperBound)
            case .compound: continue
            }
            if !anchors.contains(anchor) { anchors.append(anchor) }
        }
        return anchors
    }

    /// The voiceless one of two consonants that differ in voice alone.
    private static func voiceless(_ consonant: UInt8) -> UInt8 {
        switch consonant {
        case UInt8(ascii: "B"): UInt8(ascii: "P")
        case UInt8(ascii: "D"): UInt8(ascii: "T")
        case UInt8(ascii: "G"): UInt8(ascii: "K")
        case UInt8(ascii: "Z"): UInt8(ascii: "S")
        case UInt8(ascii: "V"): UInt8(ascii: "F")
        default: consonant
        }
    }

    private static func isCapital(_ word: ArraySlice<UInt8>) -> Bool {
        let first = String(decoding: word.prefix(4), as: UTF8.self).unicodeScalars.first
        return first?.properties.isUppercase ?? false
    }
}
