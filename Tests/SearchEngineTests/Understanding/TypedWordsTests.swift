import TestSupport
import Testing

@testable import SearchEngine

@Suite struct TypedWordsTests {
    /// Letters of all kinds, marks, signs and spaces, known and odd ones.
    private static let scalars: [Unicode.Scalar] =
        "aZéßДдҒғӀӏӁӂ7٣.-'№҂ǅ学\u{301}\u{483}\u{A0}\u{2003}\u{85} \t\r\n".unicodeScalars.map(\.self)

    private func text(_ random: inout SeededGenerator) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<12, using: &random) {
            if let scalar = Self.scalars.randomElement(using: &random) { text.append(scalar) }
        }
        return String(text)
    }

    @Test(arguments: SeededGenerator.seeds(3))
    func `a text is cut as its characters say`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let text = text(&random)
            #expect(
                TypedWords.words(of: text) == text.split(whereSeparator: \.isWhitespace),
                "\(text.unicodeScalars.map(\.value))")
        }
    }

    @Test(arguments: SeededGenerator.seeds(3))
    func `the shape of a word is that of its characters`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            for word in TypedWords.words(of: text(&random)) {
                #expect(
                    CapitalShape(word) == CapitalShape(characters: word),
                    "\(word.unicodeScalars.map(\.value))")
            }
        }
    }

    @Test func `the shape of each letter of the two alphabets is that of its character`() {
        for value in 0...0x52F as ClosedRange<UInt32> {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let word = "a\(Character(scalar))b"[...]
            #expect(CapitalShape(word) == CapitalShape(characters: word), "\(value)")
        }
    }
}
