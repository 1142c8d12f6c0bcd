import NameMatching
import Testing

@Suite struct LabelledPairTests {
    @Test func atLeast400PairsAreLabelledAndEachTypeHasBothLabels() {
        #expect(LabelledPair.all.count >= 400)
        for type in ["person", "organization", "place"] {
            for isMatch in [true, false] {
                #expect(
                    LabelledPair.all.contains { $0.type == type && $0.isMatch == isMatch },
                    "\(type), \(isMatch)")
            }
        }
    }

    @Test func nearlyAllPairsAreJudgedAsAnEditorWould() throws {
        let matcher = try NameMatcher(vocabulary: ShippedNames.vocabulary)
        var wrong: [String] = []
        for pair in LabelledPair.all {
            let score = matcher.likeness(pair.left, pair.right).score
            if (score >= 0.7) != pair.isMatch {
                wrong.append("\(pair.rule): \(pair.left) | \(pair.right) \(score)")
            }
        }
        #expect(
            wrong.count * 100 <= LabelledPair.all.count * 3,
            "\(wrong.count) of \(LabelledPair.all.count):\n\(wrong.joined(separator: "\n"))")
    }

    @Test func matchingIsNearlySymmetric() throws {
        let matcher = try NameMatcher(vocabulary: ShippedNames.vocabulary)
        let differing = LabelledPair.all.filter { pair in
            (matcher.likeness(pair.left, pair.right).score >= 0.7)
                != (matcher.likeness(pair.right, pair.left).score >= 0.7)
        }
        #expect(
            differing.count * 100 <= LabelledPair.all.count * 3,
            "\(differing.map { "\($0.left) | \($0.right)" })")
    }
}
