import TestSupport
import Testing

@testable import TranslationLearning

/// Which sentences are found to translate each other.
struct SentenceAlignerTests {
    private func sentences(_ lengths: [Int], anchors: [Int: [String]] = [:])
        -> [SentenceAligner.Sentence]
    {
        lengths.enumerated().map { place, length in
            .init(length: length, anchors: (anchors[place] ?? []).map { Array($0.utf8) })
        }
    }

    private func align(
        _ first: [SentenceAligner.Sentence], _ second: [SentenceAligner.Sentence]
    ) -> [String] {
        SentenceAligner.align(first, second).map { bead in
            "\(bead.first.map(String.init).joined(separator: "+"))="
                + bead.second.map(String.init).joined(separator: "+")
        }
    }

    @Test func `sentences of like length stand for each other`() {
        let lengths = [40, 120, 25, 80, 200]
        #expect(
            align(sentences(lengths), sentences(lengths.map { $0 + $0 / 8 }))
                == ["0=0", "1=1", "2=2", "3=3", "4=4"])
    }

    @Test func `one sentence may be two, two may be one, and one may be missing`() {
        #expect(
            align(sentences([150, 60, 90, 30]), sentences([80, 70, 60, 90, 30]))
                == ["0=0+1", "1=2", "2=3", "3=4"])
        #expect(
            align(sentences([80, 70, 60, 90, 30]), sentences([150, 60, 90, 30]))
                == ["0+1=0", "2=1", "3=2", "4=3"])
        #expect(
            align(sentences([90, 200, 50, 150]), sentences([90, 50, 150]))
                == ["0=0", "1=", "2=1", "3=2"])
    }

    @Test func `anchors tell where lengths do not`() {
        let lengths = [60, 60, 60, 60]
        // The second language lacks the first sentence.
        let first = sentences(lengths, anchors: [1: ["2015"], 2: ["17", "TKV"], 3: ["8"]])
        let second = sentences([60, 60, 60], anchors: [0: ["2015"], 1: ["17", "TKV"], 2: ["8"]])
        #expect(align(first, second) == ["0=", "1=0", "2=1", "3=2"])
    }

    @Test func `texts without sentences have no beads, one without the other has empty ones`() {
        #expect(align([], []) == [])
        #expect(align(sentences([10, 20]), []) == ["0=", "1="])
        #expect(align([], sentences([10])) == ["=0"])
        #expect(align(sentences([0]), sentences([0])) == ["0=0"])
    }

    @Test(arguments: SeededGenerator.seeds())
    func `beads are in order and hold each sentence once`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<30 {
            let sides = (0..<2).map { _ in
                sentences(
                    (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                        Int.random(in: 0...300, using: &generator)
                    }, anchors: [0: ["1"], Int.random(in: 1...12, using: &generator): ["2"]])
            }
            let beads = SentenceAligner.align(sides[0], sides[1])
            #expect(beads.flatMap { Array($0.first) } == Array(sides[0].indices))
            #expect(beads.flatMap { Array($0.second) } == Array(sides[1].indices))
        }
    }
}
