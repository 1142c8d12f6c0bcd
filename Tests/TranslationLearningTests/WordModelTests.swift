import TestSupport
import Testing

@testable import TranslationLearning

/// The table of one direction against its definition.
struct WordModelTests {
    /// Sentences of random words, some of which come twice in a sentence.
    private static func sentences(
        _ count: Int, wordCount: Int, _ generator: inout SeededGenerator
    ) -> [[UInt32]] {
        (0..<count).map { _ in
            (0..<Int.random(in: 1...6, using: &generator)).map { _ in
                UInt32.random(in: 0..<UInt32(wordCount), using: &generator)
            }
        }
    }

    static func laidOut(_ sentences: [[UInt32]]) -> Sentences {
        var result = Sentences()
        for sentence in sentences { result.append(sentence) }
        return result
    }

    @Test(arguments: SeededGenerator.seeds())
    func `the probabilities are those of the naive model`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for rounds in [1, 2, 5] {
            let source = Self.sentences(40, wordCount: 15, &generator)
            let target = Self.sentences(40, wordCount: 12, &generator)
            let (first, second) = (Self.laidOut(source), Self.laidOut(target))
            var model = try WordModel(from: first, to: second, byteLimit: 1 << 30)
            for _ in 0..<rounds { model.iterate(second) }
            let naive = NaiveWordModel(
                source, target, sourceCount: first.wordCount, targetCount: second.wordCount,
                rounds: rounds)
            for word in 0...first.wordCount {
                var row = [Double](repeating: 0, count: second.wordCount)
                model.forEachTranslation(of: word, least: 0) { row[Int($0)] = Double($1) }
                for (found, expected) in zip(row, naive.probability[word])
                where abs(found - expected) > 1e-5 {
                    // A word that stands in no sentence keeps its even chances in the naive one.
                    let isMet = source.joined().contains(UInt32(word)) || word == first.wordCount
                    #expect(!isMet, "word \(word), round \(rounds): \(found), not \(expected)")
                }
            }
        }
    }

    @Test func `no row is kept for words that never stand together`() throws {
        let source = Self.laidOut([[0], [1], [2]])
        let target = Self.laidOut([[0], [1], [2]])
        let model = try WordModel(from: source, to: target, byteLimit: 1 << 20)
        // One for each word, and three for the empty word.
        #expect(model.entryCount == 6)
    }

    @Test func `a model that needs more memory than it may take is refused before it takes it`()
        throws
    {
        var generator = SeededGenerator(seed: 7)
        let source = Self.laidOut(Self.sentences(300, wordCount: 50, &generator))
        let target = Self.laidOut(Self.sentences(300, wordCount: 50, &generator))
        func needed(_ limit: Int) -> Int? {
            do throws(LearningError) {
                _ = try WordModel(from: source, to: target, byteLimit: limit, usedByteCount: 100)
                return nil
            } catch .memoryExceeded(let needed, let found) {
                #expect(found == limit)
                return needed
            } catch {
                Issue.record("\(error)")
                return nil
            }
        }
        #expect(needed(1 << 20) == nil)
        // The first limit that is enough, by halves.
        var (low, high) = (0, 1 << 20)
        while high - low > 1 {
            let middle = (low + high) / 2
            if needed(middle) == nil { high = middle } else { low = middle }
        }
        #expect(needed(high) == nil)
        #expect(needed(high - 1) == high)
    }
}
