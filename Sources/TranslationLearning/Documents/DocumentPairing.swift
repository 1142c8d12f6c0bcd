import Glibc
import TextAnalysis

/// Finds documents that are translations of each other.
///
/// First by what they say: links, and addresses that differ in the language alone. What is left is
/// compared with what appeared on the same site on the same day, by numbers, dates and names.
struct DocumentPairing {
    /// How two documents were found to be translations.
    enum Way: Int, CaseIterable {
        case link, address, likeness
    }

    /// Two documents by their places, the first in the language that comes first.
    struct Pair: Equatable {
        var first: Int
        var second: Int
        var way: Way
    }

    /// The least likeness of translations, 0 to 1; by judgement.
    private static let leastLikeness: Float = 0.3
    /// The least number of anchors that translations share where nothing else speaks for them.
    private static let leastShared = 3
    /// The most documents of a site and day; they are compared each with each.
    private static let largestDay = 1000
    /// How many times as long as the other a translation may be.
    private static let longestRatio = 2.0

    private let texts: [PairedText]
    /// The group of each document, by the place of its first member.
    private var groups: [Int]

    /// The pairing of some documents.
    private init(_ texts: [PairedText]) {
        self.texts = texts
        groups = Array(texts.indices)
    }

    /// The pairs, by first and second place.
    ///
    /// - Parameters:
    ///   - texts: The documents.
    ///   - anchors: What would stand in the translation of the document at a place alike; asked for
    ///     documents that nothing else pairs.
    /// - Returns: The pairs.
    static func pairs(of texts: [PairedText], anchors: (Int) -> [[UInt8]]) -> [Pair] {
        var pairing = DocumentPairing(texts)
        var pairs: [Pair] = []
        pairing.join(pairing.links())
        pairs += pairing.groupPairs(.link)
        let linked = Set(pairs.flatMap { [$0.first, $0.second] })
        pairing.join(pairing.addresses(but: linked))
        pairs += pairing.groupPairs(.address).filter {
            !linked.contains($0.first) && !linked.contains($0.second)
        }
        let paired = Set(pairs.flatMap { [$0.first, $0.second] })
        pairs += pairing.likePairs(but: paired, anchors: anchors)
        return pairs.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    }

    // MARK: What documents say

    /// Documents that name each other as translations.
    private func links() -> [(Int, Int)] {
        var places: [String: Int] = [:]
        for (place, text) in texts.enumerated() {
            for name in [text.key, text.address] where !name.isEmpty && places[name] == nil {
                places[name] = place
            }
        }
        return texts.enumerated().flatMap { place, text in
            text.links.compactMap { places[$0] }.filter { $0 != place }.map { (place, $0) }
        }
    }

    /// Documents whose addresses differ in the language alone.
    private func addresses(but taken: Set<Int>) -> [(Int, Int)] {
        var first: [String: Int] = [:]
        var result: [(Int, Int)] = []
        for (place, text) in texts.enumerated() where !taken.contains(place) {
            guard let pattern = PageAddress.pattern(text.address) else { continue }
            if let known = first[pattern] {
                result.append((known, place))
            } else {
                first[pattern] = place
            }
        }
        return result
    }

    private mutating func join(_ links: [(Int, Int)]) {
        for (left, right) in links {
            let (one, other) = (root(left), root(right))
            groups[max(one, other)] = min(one, other)
        }
    }

    private func root(_ place: Int) -> Int {
        var place = place
        while groups[place] != place { place = groups[place] }
        return place
    }

    /// The pairs of groups: the first document of each language with those of the others.
    private func groupPairs(_ way: Way) -> [Pair] {
        var members: [Int: [Int]] = [:]
        for place in texts.indices { members[root(place), default: []].append(place) }
        return texts.indices.flatMap { place -> [Pair] in
            guard let group = members[place], group.count > 1 else { return [] }
            let first = TranslationLearner.languages.compactMap { language in
                group.first { texts[$0].language == language }
            }
            return first.indices.flatMap { left in
                first.indices.dropFirst(left + 1).map {
                    Pair(first: first[left], second: first[$0], way: way)
                }
            }
        }
    }

    // MARK: What documents hold

    /// Documents of one site and day that are more like each other than like any other there.
    private func likePairs(but paired: Set<Int>, anchors: (Int) -> [[UInt8]]) -> [Pair] {
        var days: [String: [Int]] = [:]
        for (place, text) in texts.enumerated() where !paired.contains(place) && !text.day.isEmpty {
            days["\(text.day) \(text.site)", default: []].append(place)
        }
        let buckets = days.values
            .filter { bucket in
                bucket.count <= Self.largestDay
                    && Set(bucket.map { texts[$0].language }).count > 1
            }
            .sorted { $0[0] < $1[0] }
        var own: [Int: Set<[UInt8]>] = [:]
        var frequencies: [[UInt8]: Int] = [:]
        for place in buckets.joined() {
            own[place] = Set(anchors(place))
            for anchor in own[place] ?? [] { frequencies[anchor, default: 0] += 1 }
        }
        // What stands in all documents tells nothing.
        let rarity = frequencies.mapValues { log(Float(1 + own.count) / Float($0)) }
        func weight(_ anchors: Set<[UInt8]>) -> Float {
            // In a fixed order, so that the sum is the same in every run.
            anchors.map { rarity[$0] ?? 0 }.sorted().reduce(0) { $0 + $1 * $1 }
        }
        let weights = own.mapValues(weight)
        // The cosine of two documents by their anchors, 0 where they share too few.
        return buckets.flatMap { bucket in
            pairs(of: bucket) { left, right in
                guard let first = own[left], let second = own[right] else { return 0 }
                let shared = first.intersection(second)
                let whole = (weights[left] ?? 0) * (weights[right] ?? 0)
                guard shared.count >= Self.leastShared, whole > 0 else { return 0 }
                return weight(shared) / whole.squareRoot()
            }
        }
    }

    /// The pairs of a day of which each document is the likest to the other.
    private func pairs(of bucket: [Int], likeness: (Int, Int) -> Float) -> [Pair] {
        var result: [Pair] = []
        for (number, language) in TranslationLearner.languages.enumerated() {
            for other in TranslationLearner.languages.dropFirst(number + 1) {
                var best: [Int: (place: Int, likeness: Float)] = [:]
                for left in bucket where texts[left].language == language {
                    for right in bucket where texts[right].language == other {
                        let value = likeness(left, right)
                        guard value >= Self.leastLikeness, isAsLong(left, right) else { continue }
                        for (one, two) in [(left, right), (right, left)]
                        where value > best[one]?.likeness ?? 0 {
                            best[one] = (two, value)
                        }
                    }
                }
                for left in bucket where texts[left].language == language {
                    guard let right = best[left]?.place, best[right]?.place == left else {
                        continue
                    }
                    result.append(Pair(first: left, second: right, way: .likeness))
                }
            }
        }
        return result
    }

    private func isAsLong(_ left: Int, _ right: Int) -> Bool {
        let counts = [left, right].map { place in
            Double(texts[place].paragraphs.reduce(0) { $0 + $1.unicodeScalars.count })
        }
        return max(counts[0], counts[1]) <= min(counts[0], counts[1]) * Self.longestRatio
    }
}
