import TestSupport
import Testing

@testable import TranslationLearning

/// Whether a dictionary is found again in texts that were made with it.
struct MutualTranslationsTests {
    /// A text of two languages: words by a dictionary, in another order, with gaps and chaff.
    private struct MadeText {
        var text = Bitext()
        /// The translation of each word of the first language.
        var dictionary: [UInt32]

        init(wordCount: Int, sentenceCount: Int, seed: UInt64) {
            var generator = SeededGenerator(seed: seed)
            dictionary = (0..<UInt32(wordCount)).shuffled(using: &generator)
            for _ in 0..<sentenceCount {
                let length = Int.random(in: 3...9, using: &generator)
                // Some words are more frequent than others, as in every language.
                let words = (0..<length).map { _ in
                    UInt32(
                        Double(wordCount)
                            * Double.random(in: 0..<1, using: &generator)
                            * Double.random(in: 0..<1, using: &generator))
                }
                var other: [UInt32] = []
                for word in words where Int.random(in: 0..<10, using: &generator) > 0 {
                    other.append(dictionary[Int(word)])
                }
                if Int.random(in: 0..<3, using: &generator) == 0 {
                    other.append(UInt32.random(in: 0..<UInt32(wordCount), using: &generator))
                }
                _ = text.append(words, other.shuffled(using: &generator))
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds())
    func `a dictionary is found in the texts that were made with it`(seed: UInt64) throws {
        let made = MadeText(wordCount: 150, sentenceCount: 2500, seed: seed)
        let pairs = try MutualTranslations.find(
            in: made.text, settings: LearningSettings(), usedByteCount: 0)
        let right = pairs.filter { made.dictionary[Int($0.first)] == $0.second }
        // What hardly occurs cannot be learnt.
        let (first, second) = (made.text.first, made.text.second)
        let met = (0..<UInt32(150)).filter { word in
            (0..<made.text.count).count {
                first.words[first[$0]].contains(word)
                    && second.words[second[$0]].contains(made.dictionary[Int(word)])
            } >= 5
        }
        let found = Set(right.map(\.first)).intersection(met)
        #expect(met.count > 130)
        #expect(
            found.count * 100 >= met.count * 98, "\(found.count) of \(met.count) were found")
        #expect(
            right.count * 100 >= pairs.count * 97,
            "\(pairs.count - right.count) of \(pairs.count) pairs are wrong")
    }

    @Test func `pairs have what the settings ask for, and more is asked, less is left`() throws {
        let made = MadeText(wordCount: 200, sentenceCount: 600, seed: 11)
        var settings = LearningSettings()
        let all = try MutualTranslations.find(in: made.text, settings: settings, usedByteCount: 0)
        for pair in all {
            #expect(pair.forward >= 0.1 && pair.backward >= 0.1 && pair.count >= 3)
            #expect(pair.forward <= 1.0001 && pair.backward <= 1.0001)
        }
        settings.leastCount = 8
        settings.leastProbability = 0.5
        let fewer = try MutualTranslations.find(
            in: made.text, settings: settings, usedByteCount: 0)
        #expect(!fewer.isEmpty && fewer.count < all.count)
        #expect(fewer.allSatisfy { $0.forward >= 0.5 && $0.backward >= 0.5 && $0.count >= 8 })
        #expect(
            fewer == all.filter { $0.forward >= 0.5 && $0.backward >= 0.5 && $0.count >= 8 })
    }

    @Test func `the count is the number of sentence pairs in which both stand`() throws {
        let made = MadeText(wordCount: 60, sentenceCount: 400, seed: 12)
        let pairs = try MutualTranslations.find(
            in: made.text, settings: LearningSettings(), usedByteCount: 0)
        #expect(!pairs.isEmpty)
        let (first, second) = (made.text.first, made.text.second)
        for pair in pairs {
            let count = (0..<made.text.count).count {
                first.words[first[$0]].contains(pair.first)
                    && second.words[second[$0]].contains(pair.second)
            }
            #expect(pair.count == count)
        }
    }

    @Test func `words that stand in every sentence pair are no translations`() throws {
        var text = Bitext()
        for number in 0..<60 {
            let word = UInt32(number % 6) + 1
            _ = text.append([0, word, UInt32(number) + 7], [0, word, UInt32(number) + 7])
        }
        let pairs = try MutualTranslations.find(
            in: text, settings: LearningSettings(), usedByteCount: 0)
        #expect(pairs.map(\.first) == [1, 2, 3, 4, 5, 6])
        #expect(pairs.map(\.second) == [1, 2, 3, 4, 5, 6])
    }

    @Test func `what was there before is not counted again`() {
        var text = Bitext()
        let isNew = [[1, 2], [1, 2], [2, 1], [1], [1, 2]].map { text.append($0, [7]) }
        #expect(isNew == [true, false, true, true, false])
        #expect(text.append([1], [2, 7]) && !text.append([1], [2, 7]) && text.append([1, 2], []))
        #expect(text.count == 5)
    }

    @Test func `rare words are left out, and pairs that lose one side`() {
        var text = Bitext()
        for pair: ([UInt32], [UInt32]) in [([0, 1], [0]), ([0, 2, 2], [0, 1]), ([3], [0])] {
            _ = text.append(pair.0, pair.1)
        }
        let rest = text.withoutRareWords(leastFrequency: 2)
        #expect(rest.count == 2)
        #expect(rest.first.words == [0, 0] && rest.second.words == [0, 0])
        #expect(text.withoutRareWords(leastFrequency: 1).count == 3)
    }
}
