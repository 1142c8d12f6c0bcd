/// The endings that stems take, as trees that many stems go on in.
///
/// A tree has the last letter of the stem before the endings, since a form without an ending ends
/// with it.
struct EndingTrees {
    /// The sets of endings a stem takes, with -ся or without, and its last letter.
    private struct Key: Hashable {
        var sets: UInt128
        var isReflexive: Bool
        var penalty: Int
        var stemEnd: [UInt8]
    }

    private var parts: [Key: WordTrie.Part] = [:]

    /// The weight of a form as frequent as any; rarer ones have less.
    private static let base = 128

    /// What a form says, and so which prefixes make other words of it.
    enum Kind: Int, CaseIterable { case thing, action, participle, quality }

    /// Some sets of endings of a stem, and what their forms lose in weight.
    struct Group {
        var kind: Kind
        var sets: RussianEndings
        var isReflexive: Bool
        var penalty = 0
    }

    /// The sets of a stem in groups: participles, which are qualities, apart from the forms of a
    /// verb, and the passive voice that it has beside them.
    static func groups(
        of sets: RussianEndings, _ wordClass: LexiconRow.WordClass
    ) -> [Group] {
        let isReflexive = sets.contains(.reflexive)
        let plain = sets.subtracting(.reflexive)
        switch wordClass {
        case .adjective, .adverb:
            return [Group(kind: .quality, sets: plain, isReflexive: isReflexive)]
        case .verb:
            let forms = Group(
                kind: .action, sets: plain.subtracting(.participles), isReflexive: isReflexive)
            let participles = Group(
                kind: .participle, sets: plain.intersection(.participles), isReflexive: isReflexive)
            let passive = Group(
                kind: .action, sets: plain.intersection(.passiveVoice), isReflexive: true,
                penalty: passivePenalty)
            return isReflexive ? [forms, participles] : [forms, participles, passive]
        default: return [Group(kind: .thing, sets: plain, isReflexive: isReflexive)]
        }
    }

    /// The tree of a group of endings behind the last letter of a stem; `nil` without any.
    mutating func part(
        _ group: Group, stemEnd: ArraySlice<UInt8>, _ builder: inout WordTrie.Builder
    ) -> WordTrie.Part? {
        let stemEnd = Array(stemEnd)
        let key = Key(
            sets: group.sets.rawValue, isReflexive: group.isReflexive, penalty: group.penalty,
            stemEnd: stemEnd)
        if let part = parts[key] { return part }
        var isEmpty = true
        for (set, endings) in RussianEndings.all where !set.isDisjoint(with: group.sets) {
            // Where the imperative ends with -й, the stress is not known and -и is listed too.
            if set == .imperativeI, group.sets.contains(.imperativeY) { continue }
            let weight = Self.base - Self.penalty(of: set) - group.penalty
            for ending in endings {
                var form = stemEnd
                form.append(contentsOf: ending.utf8)
                if group.isReflexive { form = RussianReflexive.appended(to: form, set) }
                let rare = ending == "ою" || ending == "ею" ? Self.oldPenalty : 0
                builder.add(form.span, weight: UInt8(weight - rare))
                isEmpty = false
            }
        }
        guard !isEmpty else { return nil }
        let part = builder.finishPart()
        parts[key] = part
        return part
    }

    // How much rarer forms are than the common ones, in eighths of a power of two.
    private static let passivePenalty = 20
    private static let oldPenalty = 40

    private static func penalty(of set: RussianEndings) -> Int {
        if !set.isDisjoint(with: [.imperativeSoft, .imperativeBare, .gerundShi]) { return 20 }
        if !set.isDisjoint(with: [.gerundYa, .gerundA, .gerundV]) { return 16 }
        if !set.isDisjoint(with: .active) { return 18 }
        if !set.isDisjoint(with: .participles) { return 12 }
        if !set.isDisjoint(with: .rare) { return 12 }
        return set.isDisjoint(with: .uncommon) ? 0 : 6
    }
}
