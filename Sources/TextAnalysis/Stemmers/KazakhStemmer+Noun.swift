extension KazakhStemmer {
    /// Strips person, case, possessive and plural until nothing changes.
    func nominal(_ word: KazakhWord, _ whole: Int) -> Int {
        var length = whole
        for _ in 0..<4 {
            let next = nominalRound(word, length)
            if next == length { break }
            length = next
        }
        return length
    }

    private func nominalRound(_ word: KazakhWord, _ whole: Int) -> Int {
        var length = whole
        if isWhole(word, length) { return length }
        // шығын-ы and барған-ы, not шығы-ны and барға-ны.
        if word.letter(at: length - 1, in: letters.narrow), isWhole(word, length - 1) {
            return length - 1
        }
        if let base = strip(slots.person, word, length, atLeast: 4),
            length - base > 3 || slots.personBearing.ends(word, base)
        {
            length = base
        }
        // Within a word -дай is the present of a verb in -да: баяндайды.
        if length == word.count, let base = strip(slots.equative, word, length) { length = base }
        for _ in 0..<2 {
            if let base = strip(slots.relational, word, length) {
                length = base
            } else if isWhole(word, length) {
                return length
            } else if let base = strip(slots.grammaticalCase, word, length) {
                length = base
            }
            if isWhole(word, length) { return length }
            // Before the possessive: бүгін-гі, not бүгінг-і.
            if length > 4, word.lists[length - 2].contains(.temporal),
                slots.temporal.ends(word, length)
            {
                return length - 2
            }
            if let base = strip(slots.possessive, word, length), isPossessed(word, base, length) {
                // сайлаушы-м, not сайлауш-ым.
                length = length - base > 1 && isWhole(word, base + 1) ? base + 1 : base
            }
            if isWhole(word, length) { return length }
            if let base = strip(slots.plural, word, length) { length = base }
            if let base = strip(slots.comparative, word, length, atLeast: 4) { length = base }
            // What stands before -дағы may be inflected itself: үйлеріндегілерге.
            if !slots.local.ends(word, length) { break }
        }
        return length
    }

    /// Whether no nominal suffix is to be cut: a listed word, or a participle.
    private func isWhole(_ word: KazakhWord, _ length: Int) -> Bool {
        word.lists[length].contains(.unstemmed) || isParticiple(word, length)
            || length >= 5 && slots.actor.ends(word, length)
    }

    /// A possessive of one letter, or of the first person, needs a longer remainder: білім.
    private func isPossessed(_ word: KazakhWord, _ base: Int, _ length: Int) -> Bool {
        if word.lists[base].contains(.unstemmed) { return true }
        let isNarrow = word.letter(at: length - 1, in: letters.narrow)
        let isNasal = word.letter(at: length - 1, in: letters.nasals)
        if length - base == 1, !isNarrow { return base >= 5 }
        if length - base == 2, isNasal { return base >= 4 && !isKnown(word, base) }
        return true
    }

    /// The remainder without one suffix of a slot: the longest that fits its context.
    @inline(__always)
    func strip(
        _ slot: SuffixSlot, _ word: KazakhWord, _ length: Int, atLeast minimum: Int = 3
    ) -> Int? {
        slot.mayEnd(word, length) ? stripped(slot, word, length, minimum) : nil
    }

    private func stripped(
        _ slot: SuffixSlot, _ word: KazakhWord, _ length: Int, _ minimum: Int
    ) -> Int? {
        var matches = slot.matches(word, length)
        while let match = matches.next() {
            let base = length - match.length
            if base < minimum, minimum > 3 || !word.lists[base].contains(.roots2) { continue }
            if allows(match, word, base) { return base }
        }
        return nil
    }
}
