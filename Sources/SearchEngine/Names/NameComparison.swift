import TextAnalysis

/// How alike two names are, word by word, in whatever scripts.
///
/// Each word of the asked name takes the word of the other that is most like it; no order is asked
/// for. Words that the other name has beside count a little against it.
struct NameComparison {
    /// A word of a name, its script-neutral key and how much it counts.
    struct Part {
        var text: String
        var form: [UInt8]
        var key: [UInt8]
        var letterCount: Int
    }

    /// What unmatched words of the found name count beside those of the asked one.
    private static let surplusWeight: Float = 0.3
    /// Least likeness of two words that are taken for one.
    private static let leastLikeness: Float = 0.6
    /// The likeness of words of one key that contradict each other in letters.
    private static let contradiction: Float = 0.8
    /// Two words of one key are at least so alike.
    private static let sameKey: Float = 0.9

    let asked: [Part]

    /// Compares with a name.
    init(asked: [QueryWord]) { self.asked = Self.parts(of: asked) }

    /// The words of a name.
    static func parts(of words: [QueryWord]) -> [Part] {
        words.map { word in
            let form = word.exact.first ?? []
            return Part(
                text: word.typed, form: form, key: ScriptKey.key(of: form),
                letterCount: max(1, form.count { $0 & 0xC0 != 0x80 }))
        }
    }

    /// The likeness, 0 to 1, and the words that were taken for one.
    func score(_ found: [Part]) -> (score: Float, explanations: [NameResponse.Explanation]) {
        var pairs: [(asked: Int, found: Int, likeness: Float, kind: String)] =
            []
        for (left, part) in asked.enumerated() {
            for (right, other) in found.enumerated() {
                guard let (likeness, kind) = Self.likeness(part, other),
                    likeness >= Self.leastLikeness
                else { continue }
                pairs.append((left, right, likeness, kind))
            }
        }
        pairs.sort { ($1.likeness, $0.asked, $0.found) < ($0.likeness, $1.asked, $1.found) }
        let total = Float(asked.reduce(0) { $0 + $1.letterCount })
        guard total > 0 else { return (0, []) }
        var matched: Float = 0
        var usedAsked: Set<Int> = []
        var usedFound: Set<Int> = []
        var explanations: [NameResponse.Explanation] = []
        for pair in pairs
        where !usedAsked.contains(pair.asked) && !usedFound.contains(pair.found) {
            usedAsked.insert(pair.asked)
            usedFound.insert(pair.found)
            let weight = Float(asked[pair.asked].letterCount) / total
            matched += weight * pair.likeness
            explanations.append(
                .init(
                    query: asked[pair.asked].text, result: found[pair.found].text,
                    kind: pair.kind, score: pair.likeness, weight: weight))
        }
        let surplus = found.enumerated().reduce(0) {
            $0 + (usedFound.contains($1.offset) ? 0 : $1.element.letterCount)
        }
        return (matched / (1 + Self.surplusWeight * Float(surplus) / total), explanations)
    }

    private static func likeness(_ left: Part, _ right: Part)
        -> (Float, String)?
    {
        if left.form == right.form { return (1, "exact") }
        guard !left.key.isEmpty, !right.key.isEmpty else { return nil }
        if left.key == right.key {
            let agreement = ScriptRelation.agreement(
                typed: left.form.span, found: right.form.span)
            return (agreement.map { sameKey + (1 - sameKey) * $0 } ?? contradiction, "scripts")
        }
        let longest = max(left.key.count, right.key.count)
        guard longest >= 4 else { return nil }
        let distance = KeyDistance.between(left.key, right.key, limit: longest / 4)
        return distance.map { (sameKey * (1 - Float($0) / Float(longest)), "typo") }
    }
}

/// The edit distance of two keys, which have one byte a sound.
enum KeyDistance {
    /// Insertions, deletions, substitutions and exchanges of neighbours; `nil` beyond the limit.
    static func between(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int? {
        guard abs(left.count - right.count) <= limit else { return nil }
        var before: [Int] = []
        var previous = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                var distance = min(
                    previous[column + 1] + 1, current[column] + 1,
                    previous[column] + (left[row] == right[column] ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1],
                    left[row - 1] == right[column]
                {
                    distance = min(distance, before[column - 1] + 1)
                }
                current.append(distance)
            }
            before = previous
            previous = current
        }
        let distance = previous[right.count]
        return distance <= limit ? distance : nil
    }
}
