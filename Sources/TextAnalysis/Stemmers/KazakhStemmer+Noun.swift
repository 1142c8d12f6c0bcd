extension KazakhStemmer {
    /// Strips person, case, possessive and plural until nothing changes; the endings become
    /// those of what is left.
    func nominal(
        _ word: borrowing KazakhWord, _ whole: Int, _ found: inout Endings
    ) -> Int {
        var length = whole
        for _ in 0..<4 {
            let next = nominalRound(word, length, &found)
            if next == length { break }
            length = next
        }
        return length
    }

    /// One round, with the endings of the word, which become those of what is left.
    private func nominalRound(
        _ word: borrowing KazakhWord, _ whole: Int, _ found: inout Endings
    ) -> Int {
        var length = whole
        if found.isEmpty || isWhole(word, length, found) { return length }
        // шығын-ы and барған-ы, not шығы-ны and барға-ны.
        if word.letter(at: length - 1, in: letters.narrow), isWhole(word, length - 1) {
            found = endings(word, length - 1)
            return length - 1
        }
        if let base = strip(slots.person, word, length, found) {
            let inner = endings(word, base)
            if base >= 4 && (length - base > 3 || inner.holds(slots.personBearing))
                || inner.holds(slots.position)
            {
                length = base
                found = inner
            }
        }
        // Within a word -дай is the present of a verb in -да: баяндайды.
        if length == word.count, let base = strip(slots.equative, word, length, found) {
            length = base
            found = endings(word, length)
        }
        for _ in 0..<2 {
            if let base = strip(slots.relational, word, length, found) {
                length = base
                found = endings(word, length)
            } else if isWhole(word, length, found) {
                return length
            } else if let base = strip(slots.grammaticalCase, word, length, found) {
                length = base
                found = endings(word, length)
            }
            if isWhole(word, length, found) { return length }
            // Before the possessive: бүгін-гі, not бүгінг-і.
            if found.holds(slots.temporal), length > 4, word.temporal.contains(length - 2) {
                found = endings(word, length - 2)
                return length - 2
            }
            // тұқымдас-ы, not тұқымда-сы; but командасы, if the lists know команда.
            if strip(slots.companion, word, length, found, atLeast: 4) != nil,
                !word.unstemmed.contains(length - 2)
            {
                length -= 1
                found = endings(word, length)
            } else if let base = strip(slots.possessive, word, length, found),
                isPossessed(word, base, length)
            {
                // сайлаушы-м, not сайлауш-ым.
                length = length - base > 1 && isWhole(word, base + 1) ? base + 1 : base
                found = endings(word, length)
                if isWhole(word, length, found) { return length }
            }
            if let base = strip(slots.plural, word, length, found) {
                length = base
                found = endings(word, length)
            }
            if let base = strip(slots.comparative, word, length, found, atLeast: 4) {
                length = base
                found = endings(word, length)
            }
            // What stands before -дағы may be inflected itself: үйлеріндегілерге.
            if !found.holds(slots.local) { break }
        }
        return length
    }

    private func isWhole(_ word: borrowing KazakhWord, _ length: Int) -> Bool {
        if word.unstemmed.contains(length) { return true }
        guard slots.actor.mayEnd(word, length) || slots.participle.mayEnd(word, length) else {
            return false
        }
        return isWhole(word, length, endings(word, length))
    }

    /// Whether no nominal suffix is to be cut: a listed word, or a participle.
    private func isWhole(
        _ word: borrowing KazakhWord, _ length: Int, _ found: Endings
    ) -> Bool {
        word.unstemmed.contains(length) || length >= 5 && found.holds(slots.actor)
            || length >= 8 && found.holds(slots.country)
            || isParticiple(word, length, found)
    }

    /// A possessive of one letter, or of the first person, needs a longer remainder: білім.
    private func isPossessed(_ word: borrowing KazakhWord, _ base: Int, _ length: Int) -> Bool {
        if word.unstemmed.contains(base) { return true }
        let isNarrow = word.letter(at: length - 1, in: letters.narrow)
        let isNasal = word.letter(at: length - 1, in: letters.nasals)
        if length - base == 1, !isNarrow { return base >= 5 }
        if length - base == 2, isNasal { return base >= 4 && !isKnown(word, base) }
        return true
    }

    /// The suffixes that the first `length` letters end in.
    @inline(__always)
    func endings(_ word: borrowing KazakhWord, _ length: Int) -> Endings {
        slots.table.endings(word, length)
    }

    /// The remainder without one suffix of a slot: the longest that fits its context.
    @inline(__always)
    func strip(
        _ slot: SuffixSlot, _ word: borrowing KazakhWord, _ length: Int,
        _ found: Endings, atLeast minimum: Int = 3
    ) -> Int? {
        found.holds(slot) ? stripped(slot, word, length, found, minimum) : nil
    }

    /// The same where the endings are not known yet.
    @inline(__always)
    func strip(
        _ slot: SuffixSlot, _ word: borrowing KazakhWord, _ length: Int,
        atLeast minimum: Int = 3
    ) -> Int? {
        guard slot.mayEnd(word, length) else { return nil }
        return strip(slot, word, length, endings(word, length), atLeast: minimum)
    }

    private func stripped(
        _ slot: SuffixSlot, _ word: borrowing KazakhWord, _ length: Int,
        _ found: Endings, _ minimum: Int
    ) -> Int? {
        var found = found
        var longest: Int?
        while let match = slots.table.next(slot, in: &found) {
            let base = length - match.length
            if base < minimum, minimum > 3 || !word.roots2.contains(base) { continue }
            guard allows(match, word, base) else { continue }
            // ерін-де, not ер-і-нде, if the lists know ерін.
            if word.unstemmed.contains(base) { return base }
            if longest == nil {
                if word.unstemmed.isEmpty { return base }
                longest = base
            }
        }
        return longest
    }
}
