import Foundation

/// How well mentions agree with labels.
struct MentionQuality {
    /// A mention that the daemon found.
    struct Found: Decodable {
        var id: String
        var type: String
        var surface: String

        /// Whether a list holds it.
        var isListed: Bool { !id.hasPrefix("unlisted:") }
    }

    /// A document with what was found in it.
    struct Document: Decodable {
        var id: String
        var mentions: [Found]?
    }

    /// The share of what was found that is right, and of what is there that was found.
    struct Share {
        var right = 0
        var found = 0
        var reached = 0
        var known = 0

        var precision: Double { found == 0 ? 1 : Double(right) / Double(found) }
        var recall: Double { known == 0 ? 1 : Double(reached) / Double(known) }
        var f1: Double {
            precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall)
        }
    }

    /// Labels by document.
    private var labels: [String: [MentionLabels.Label]] = [:]
    /// What was found, by document, each surface once.
    private var found: [String: [Found]] = [:]
    /// The stems of each surface.
    private let stems: [String: [String]]

    /// - Parameters:
    ///   - labels: The labels of some documents.
    ///   - documents: These documents; others are left out.
    ///   - stems: The stems of the words of all surfaces of the labels.
    init(
        _ labels: [MentionLabels.Label], _ documents: [Document], stems: [String: [String]]
    ) {
        for label in labels { self.labels[label.document, default: []].append(label) }
        for document in documents {
            var known: Set<String> = []
            found[document.id] = (document.mentions ?? []).filter {
                known.insert("\($0.id)\t\($0.surface)").inserted
            }
        }
        self.stems = stems
    }

    /// Whether two stretches are one, or one is a part of the other.
    private static func meet(_ left: String, _ right: String) -> Bool {
        left == right || left.contains(right) || right.contains(left)
    }

    // MARK: Linking

    /// Mentions of a kind against its labels.
    ///
    /// `isListed` says whether mentions of lists are asked for, or those of people whom none holds;
    /// `names` are the names of the lists as stems: only labels that are one of them can be
    /// reached, `nil` for all labels.
    func share(_ kind: MentionLabels.Kind, isListed: Bool?, names: Set<[String]>?) -> Share {
        var share = Share()
        for (document, found) in found {
            let own = (labels[document] ?? []).filter { $0.kind == kind }
            let mentions = found.filter {
                $0.type == kind.rawValue && (isListed == nil || $0.isListed == isListed)
            }
            share.found += mentions.count
            share.right += mentions.count { mention in
                own.contains { Self.meet($0.surface, mention.surface) }
            }
            for label in own {
                if let names, !names.contains(stems[label.surface] ?? []) { continue }
                share.known += 1
                if mentions.contains(where: { Self.meet($0.surface, label.surface) }) {
                    share.reached += 1
                }
            }
        }
        return share
    }

    // MARK: Grouping

    /// Whether the spellings of one person have one id, and those of two have two: counted over
    /// pairs of labelled people whom no list holds.
    ///
    /// Labels do not say who is who. Two full names of the same stems count as one person, and so
    /// does a lone surname with the one full name of its document that ends in it. Two names of
    /// which one may be a shorter form of the other, or whose stems are nearly alike, are left out.
    func grouping() -> Share {
        var persons: [[String]: [String: Int]] = [:]
        var groups: [String: [[String]: Int]] = [:]
        for (document, labels) in labels {
            let people = labels.filter { $0.kind == .person }
            let full = Set(people.compactMap { stems[$0.surface] }.filter { $0.count > 1 })
            for label in people {
                guard let own = stems[label.surface], let last = own.last else { continue }
                var key = own
                if own.count == 1 {
                    let bearers = full.filter { $0.last == last }
                    guard bearers.count == 1, let bearer = bearers.first else { continue }
                    key = bearer
                }
                let mention = (found[document] ?? []).first {
                    $0.type == "person" && Self.meet($0.surface, label.surface)
                }
                if let mention, mention.isListed { continue }
                // Who was not found is in a group of its own.
                let id = mention?.id ?? "none:\(document):\(label.surface)"
                persons[key, default: [:]][id, default: 0] += 1
                groups[id, default: [:]][key, default: 0] += 1
            }
        }
        var share = Share()
        for ids in persons.values {
            let all = ids.values.reduce(0, +)
            share.known += Self.pairs(all)
            share.reached += ids.values.reduce(0) { $0 + Self.pairs($1) }
        }
        for people in groups.values {
            let keys = Array(people)
            for (place, left) in keys.enumerated() {
                share.right += Self.pairs(left.value)
                share.found += Self.pairs(left.value)
                for right in keys[(place + 1)...] where Self.differ(left.key, right.key) {
                    share.found += left.value * right.value
                }
            }
        }
        return share
    }

    private static func pairs(_ count: Int) -> Int { count * (count - 1) / 2 }

    /// Whether two full names are surely of two people; names in two scripts cannot be compared by
    /// stems.
    private static func differ(_ left: [String], _ right: [String]) -> Bool {
        guard isASCII(left) == isASCII(right) else { return false }
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        return !short.allSatisfy { word in long.contains { isAlike(word, $0) } }
    }

    /// Whether the letters of a name are Latin: all but a few of them are ASCII.
    private static func isASCII(_ words: [String]) -> Bool {
        let letters = words.joined().unicodeScalars
        return letters.count { $0.isASCII } * 2 > letters.count
    }

    /// Whether two stems may be of one name: but for their last letters the same, or an initial.
    private static func isAlike(_ left: String, _ right: String) -> Bool {
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        if short.count == 1 { return long.hasPrefix(short) }
        return long.hasPrefix(short.dropLast()) && long.count - short.count < 3
    }
}
