import TestSupport
import Testing

@testable import TextAnalysis

/// Text is decoded several letters at once where it can be: each unit and its place are those of the
/// plain way.
struct DecodingTests {
    /// ASCII, Cyrillic with its marks, Kazakh and longer letters, none of which NFC changes.
    private static let scalars = Array(
        "abcXYZ 019`.,-\u{0}~\u{7F}абвЯәіңғүұқөһѐӯñü—№漢👍\u{AD}\u{200B}’Ҁ\u{483}\u{487}\u{488}ӿӏ"
            .unicodeScalars)

    @Test(arguments: SeededGenerator.seeds())
    func `Units and places are those of one scalar after the other`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let icu = try ICUHandle()
        var normalizer = TextNormalizer()
        var clean = CleanText()
        for _ in 0..<300 {
            var text: [UInt8] = []
            var units: [UInt16] = []
            var starts: [UInt32] = []
            var ends: [UInt32] = []
            let isMostlyASCII = Bool.random(using: &random)
            for _ in 0..<Int.random(in: 0...60, using: &random) {
                let pool = isMostlyASCII && Int.random(in: 0..<12, using: &random) > 0 ? 17 : 0
                let count = pool > 0 ? pool : Self.scalars.count
                let scalar = Self.scalars[Int.random(in: 0..<count, using: &random)]
                let start = UInt32(text.count)
                text += Array(String(scalar).utf8)
                for unit in Self.clean(scalar) {
                    units.append(unit)
                    starts.append(start)
                    ends.append(UInt32(text.count))
                }
            }
            normalizer.clean(text.span, range: 0..<text.count, icu: icu, into: &clean)
            let message = String(decoding: text, as: UTF8.self)
            #expect(Array(clean.units[..<clean.count]) == units, "\(message)")
            #expect(Array(clean.starts[..<clean.count]) == starts, "\(message)")
            #expect(Array(clean.ends[..<clean.count]) == ends, "\(message)")
        }
    }

    /// The units that stand for a scalar in clean text.
    private static func clean(_ scalar: Unicode.Scalar) -> [UInt16] {
        switch scalar {
        case "\u{AD}", "\u{200B}": []
        case "`", "’": [0x27]
        default: Array(String(scalar).utf16)
        }
    }
}
