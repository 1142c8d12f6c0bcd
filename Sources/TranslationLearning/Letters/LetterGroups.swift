import SearchEngine
import TextAnalysis

/// Groups of letters that stand for each other in aligned pairs of words, and how often.
struct LetterGroups {
    private struct Group: Hashable {
        var first: String
        var second: String
    }

    /// How often a group of either side has stood for one of the other.
    private struct Counts {
        var forward = 0
        var backward = 0
    }

    /// Most letters of a group on either side, ends of words among them: `^auto`, `ation$`.
    private static let longest = 6
    /// How often a group of several letters has to be seen.
    private let leastCount: Int
    /// What is taken from each count for what was not seen.
    private static let discount: Float = 0.5
    /// What a letter counts that was seen once.
    private static let seenOnce: Float = 0.3
    /// Most groups that one is replaced by.
    private static let mostChoices = 12
    /// What is less likely is 0 in a table.
    private static let leastProbability: Float = 0.0005

    private var counts: [Group: Counts] = [:]

    /// No groups yet; those of several letters have to be seen so often.
    init(leastCount: Int) { self.leastCount = leastCount }

    /// Adds the groups of a pair: all that its units make one after the other.
    mutating func add(_ units: [LetterAlignment.Unit]) {
        guard !units.isEmpty else { return }
        let sides =
            [("^", "^")]
            + units.map {
                (
                    String(decoding: $0.first, as: UTF16.self),
                    String(decoding: $0.second, as: UTF16.self)
                )
            } + [("$", "$")]
        for start in sides.indices {
            var group = Group(first: "", second: "")
            for side in sides[start...] {
                group.first += side.0
                group.second += side.1
                guard group.first.count <= Self.longest, group.second.count <= Self.longest else {
                    break
                }
                guard !group.first.isEmpty, !group.second.isEmpty else { continue }
                // A letter that stands for none belongs to the group before it.
                if !sides[start].0.isEmpty { counts[group, default: Counts()].forward += 1 }
                if !sides[start].1.isEmpty { counts[group, default: Counts()].backward += 1 }
            }
        }
    }

    /// The groups of two languages with their probabilities, in no order.
    func rows(_ languages: (Language, Language)) -> [LearntTable.Row] {
        let forward = probabilities(
            counts.map { ($0.key.first, $0.key.second, $0.value.forward) })
        let backward = probabilities(
            counts.map { ($0.key.second, $0.key.first, $0.value.backward) })
        return counts.compactMap { group, counts in
            let probability = forward[Group(first: group.first, second: group.second)] ?? 0
            let reverse = backward[Group(first: group.second, second: group.first)] ?? 0
            guard probability > 0 || reverse > 0 else { return nil }
            return LearntTable.Row(
                languages: languages, word: group.first, translation: group.second,
                probability: probability, reverseProbability: reverse,
                count: max(counts.forward, counts.backward))
        }
    }

    /// How likely each group is in the place of another, of the likeliest ones.
    private func probabilities(_ seen: [(from: String, to: String, count: Int)])
        -> [Group: Float]
    {
        var choices: [String: [(to: String, count: Int)]] = [:]
        for row in seen where row.count > 0 {
            choices[row.from, default: []].append((row.to, row.count))
        }
        var result: [Group: Float] = [:]
        for (from, all) in choices {
            let total = Float(all.reduce(0) { $0 + $1.count }) + Self.discount
            let kept = all.filter { $0.count >= leastCount || from.count == 1 }
                .sorted { $0.count != $1.count ? $0.count > $1.count : $0.to < $1.to }
            for choice in kept.prefix(Self.mostChoices) {
                let count =
                    choice.count > 1 ? Float(choice.count) - Self.discount : Self.seenOnce
                guard count / total >= Self.leastProbability else { continue }
                // As the table has it, so that its order is that of the rows.
                result[Group(first: from, second: choice.to)] =
                    (count / total * 1000).rounded() / 1000
            }
        }
        return result
    }
}
