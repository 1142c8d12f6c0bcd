/// A reading of the end of a word as that of a verb.
struct VerbEnding {
    /// Number of letters before the ending.
    var base: Int
    /// Whether the ending is -ып, -іп, before which п becomes у.
    var isPastConverb = false
    /// Whether a listed verb with an ending that no noun has; such a reading wins.
    var isSure = false
    /// Whether the lists know the verb.
    var isKnown = false
    /// Whether the й of the root is written in the ending: қой, қояды.
    var restoresGlide = false
}

extension KazakhStemmer {
    /// The verb ending of the first `length` letters: the longest after a verb that the lists
    /// know, or else the longest that is certain enough.
    func verbal(
        _ word: borrowing KazakhWord, _ length: Int, _ found: Endings
    ) -> VerbEnding? {
        if let ending = glided(word, length, found) { return ending }
        guard found.holds(slots.verb) else { return nil }
        var candidates = found
        while let match = slots.table.next(slots.verb, in: &candidates) {
            let base = length - match.length
            guard isVerbBase(word, base), allows(match, word, base),
                !match.isDoubtful || isPlausible(match, word, length)
            else { continue }
            if isKnown(word, base) || !match.isDoubtful && negatesKnown(word, base)
                || word[base] == letters.i && isKnownNarrow(word, base)
            {
                var ending = ending(match, word, length, found)
                ending.isKnown = true
                return ending
            }
        }
        candidates = found
        while let match = slots.table.next(slots.verb, in: &candidates) {
            let base = length - match.length
            guard !match.isDoubtful, isVerbBase(word, base), allows(match, word, base) else {
                continue
            }
            if word.letter(at: base, in: letters.open), match.length > 2 {
                // барма-ды, not барм-ады.
                if word.letter(at: base - 1, in: letters.negating),
                    let root = strip(slots.negation, word, base + 1, atLeast: 2),
                    isVerbBase(word, root)
                {
                    return VerbEnding(base: base + 1)
                }
                // қара-ды, not қар-ады; a known root of three letters was found above.
                if base == 3 { continue }
                // үкімет-ін, not үкім-етін.
                if match.length == 4, word.last(length) == letters.n,
                    !endings(word, base).holds(slots.verbal)
                {
                    continue
                }
            }
            return ending(match, word, length, found)
        }
        return nil
    }

    /// Whether a doubtful ending is worth a look: жер is no aorist of же-, жетістік no past of
    /// жетіс-, бақа no converb of бақ-, whose қ would be voiced.
    private func isPlausible(_ match: SuffixMatch, _ word: borrowing KazakhWord, _ length: Int)
        -> Bool
    {
        let base = length - match.length
        let endsNarrow = word.letter(at: length - 2, in: letters.narrow)
        if match.length == 3, endsNarrow { return word.verbs.contains(base) }
        let isVowel = word.letter(at: base, in: letters.open)
        if isVowel, word.letter(at: base - 1, in: letters.voicing),
            word.letter(at: base - 2, in: letters.vowels)
        {
            return false
        }
        return base >= 3 || isVowel || match.length > 1
    }

    private func ending(
        _ match: SuffixMatch, _ word: borrowing KazakhWord, _ length: Int, _ found: Endings
    ) -> VerbEnding {
        let base = length - match.length
        return VerbEnding(
            base: base,
            isPastConverb: match.length == 2 && word.last(length) == letters.p
                && word.letter(at: base, in: letters.narrow),
            isSure: !match.isDoubtful && match.length > 1 && isListed(word, base)
                && !found.holds(slots.imperative))
    }

    /// Whether the lists hold the verb, or the verb that it negates.
    ///
    /// Of verbs that are only made of a listed one, the longer are sure: қабылдан-.
    private func isListed(_ word: borrowing KazakhWord, _ length: Int) -> Bool {
        if word.verbs.contains(length) { return true }
        if length >= 6, isKnown(word, length) { return true }
        guard let base = strip(slots.negation, word, length, atLeast: 2) else { return false }
        return word.verbs.contains(base)
    }

    /// Whether a verb in ы or і is known, which with й is written и: дамиды, ести.
    private func isKnownNarrow(_ word: borrowing KazakhWord, _ length: Int) -> Bool {
        word.verbsWithNarrow.contains(length)
    }

    /// An ending that begins with я or ю, after a root in й that the lists know.
    func glided(
        _ word: borrowing KazakhWord, _ length: Int, _ found: Endings
    ) -> VerbEnding? {
        guard found.holds(slots.glided) else { return nil }
        var found = found
        while let match = slots.table.next(slots.glided, in: &found) {
            let base = length - match.length
            if base >= 2, word.verbsWithShort.contains(base) {
                return VerbEnding(base: base, restoresGlide: true)
            }
            if word.last(base) == letters.i, isKnown(word, base) {
                return VerbEnding(base: base)
            }
        }
        return nil
    }

    /// The root of a verb without ending, negation and passive.
    func root(_ word: inout KazakhWord, _ verb: VerbEnding) -> Int {
        if verb.restoresGlide {
            word[verb.base] = letters.short
            return verb.base + 1
        }
        let base = withoutNegation(word, verb.base)
        if verb.isPastConverb, base == 3, word.last(3) == letters.u,
            endings(word, 3).holds(slots.labial)
        {
            word[2] = letters.p
        }
        return withoutVoice(word, base)
    }

    private func isVerbBase(_ word: borrowing KazakhWord, _ length: Int) -> Bool {
        length >= 3 || word.roots2.contains(length)
    }

    /// Whether the lists hold the verb, or what it is made of by -ыл, -ін, -дыр and the like.
    func isKnown(_ word: borrowing KazakhWord, _ length: Int, depth: Int = 0) -> Bool {
        if word.verbs.contains(length) { return true }
        guard depth < 2, length >= 4, slots.voice.mayEnd(word, length) else { return false }
        var found = endings(word, length)
        while let match = slots.table.next(slots.voice, in: &found) {
            let base = length - match.length
            if base >= 2, allows(match, word, base), isKnown(word, base, depth: depth + 1) {
                return true
            }
        }
        return false
    }

    private func negatesKnown(_ word: borrowing KazakhWord, _ length: Int) -> Bool {
        guard let base = strip(slots.negation, word, length, atLeast: 2) else { return false }
        return isKnown(word, base)
    }

    /// Whether the first `length` letters are a participle, -ған or -атын.
    func isParticiple(
        _ word: borrowing KazakhWord, _ length: Int, _ found: Endings
    ) -> Bool {
        var found = found
        while let match = slots.table.next(slots.participle, in: &found) {
            let base = length - match.length
            guard base >= 2, allows(match, word, base) else { continue }
            if isKnown(word, base) || negatesKnown(word, base) { return true }
            // -айтын ends no noun; a verb that no list holds looks like one.
            let startsOpen = word.letter(at: base, in: letters.open)
            if match.length == 4, !startsOpen { return true }
            if match.length == 5, base >= 4, endings(word, base).holds(slots.verbal) { return true }
        }
        return false
    }

    /// The listed verb whose bare negation the first `length` letters are: айтпа.
    func negated(_ word: borrowing KazakhWord, _ length: Int) -> Int? {
        guard let base = strip(slots.negation, word, length, atLeast: 2), word.verbs.contains(base)
        else { return nil }
        return base
    }

    private func withoutNegation(_ word: borrowing KazakhWord, _ length: Int) -> Int {
        if let base = strip(slots.negativeAorist, word, length, atLeast: 2),
            isVerbBase(word, base)
        {
            return base
        }
        if let base = strip(slots.negation, word, length, atLeast: 2), isVerbBase(word, base) {
            return base
        }
        return length
    }

    func withoutVoice(_ word: borrowing KazakhWord, _ length: Int) -> Int {
        guard length >= 4, !word.verbs.contains(length),
            word.last(length) == letters.l || word.last(length) == letters.n
        else { return length }
        let found = endings(word, length)
        if let base = strip(slots.passive, word, length, found) {
            if word.last(length) == letters.l { return base }
            // After л the passive is -ын: алынды, бөлінді.
            if word.last(base) == letters.l, word.verbs.contains(base) {
                return base
            }
        }
        // After л of the root it is -н: төленді, бағаланды.
        if word.last(length) == letters.n, word.verbs.contains(length - 1) {
            return length - 1
        }
        if length >= 5, word.last(length) == letters.l,
            word.letter(at: length - 2, in: letters.open)
        {
            return length - 1
        }
        if length >= 6, found.holds(slots.reflexive) { return length - 1 }
        return length
    }
}
