import TestSupport
import Testing

@testable import NameMatching

@Suite struct ConceptInitialsTests {
    /// The concepts that a segment may be of, by looking at all.
    private func plain(_ segment: [UInt16], _ spelling: AcronymSpelling) -> Set<Int> {
        let vocabulary = ShippedNames.vocabulary
        let common: Set<NameConcept.Class> = [.type, .status, .direction, .people, .subject]
        return Set(
            vocabulary.concepts.indices.filter { concept in
                common.contains(vocabulary.concepts[concept].kind)
                    && vocabulary.initials.forms(concept, spelling).prefix(2).contains {
                        $0.count == 1 && $0[0].starts(with: segment.prefix(4))
                    }
            })
    }

    @Test func `the concepts of a segment are found by its letters`() {
        var random = SeededGenerator(seed: 4)
        let concepts = ShippedNames.vocabulary.concepts
        let words = concepts.flatMap { $0.forms.values.flatMap { $0 } }.map {
            Array($0.lowercased().utf16)
        }
        var found = 0
        for spelling in AcronymSpelling.allCases {
            for _ in 0..<120 {
                var segment = words[Int.random(in: 0..<words.count, using: &random)].prefix(
                    Int.random(in: 0...6, using: &random))
                if Int.random(in: 0..<4, using: &random) == 0 { segment.append(0x436) }
                let known = ShippedNames.vocabulary.initials.concepts(Array(segment), spelling)
                #expect(known == plain(Array(segment), spelling), "\(segment) \(spelling)")
                if !known.isEmpty { found += 1 }
            }
        }
        #expect(found > 150)
    }
}
