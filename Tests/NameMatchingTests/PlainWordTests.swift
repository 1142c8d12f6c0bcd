import TestSupport
import Testing
import TextAnalysis

@testable import NameMatching

/// Words of a text that are read one by one, beside the text as a whole.
@Suite struct PlainWordTests {
    private static let words: [String] = {
        let odd = [
            "ұлы", "қызы", "атындағы", "имени", "а", "іі", "ab1", "él", "Абай", "к.т.н", "st",
        ]
        return odd + DirectoryTests.names.flatMap { $0.split(separator: " ").map(String.init) }
    }()

    private func parts(_ units: [NameUnit]) -> [String] {
        units.map {
            "\($0.folded) \($0.script) \($0.role) \($0.sounds) \($0.key) \($0.concepts) "
                + "\($0.segments) \($0.stems) \($0.bare) \($0.isEponym) \($0.isAbbreviation) "
                + "\($0.followsHyphen) \($0.wordCount)"
        }
    }

    @Test(arguments: SeededGenerator.seeds(3))
    func `words that are read by themselves are those of the text`(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let reader = try NameReader(vocabulary: ShippedNames.vocabulary)
        var read = 0
        for _ in 0..<600 {
            let words = (0..<Int.random(in: 2...5, using: &random)).map { _ in
                let word = Self.words.randomElement(using: &random) ?? ""
                return Int.random(in: 0..<3, using: &random) == 0 ? word : word.lowercased()
            }
            let text = words.joined(separator: " ")
            guard let units = reader.read(plainWords: words.map { $0[...] }) else { continue }
            read += 1
            let whole = reader.read(text)
            #expect(parts(units) == parts(whole.units), "\(text)")
            #expect(whole.other.isEmpty, "\(text)")
            #expect(WordByWord(whole, words: words) != nil, "\(text)")
        }
        #expect(read > 60)
    }
}
