// MARK: - Letters around a suffix

extension SuffixContext {
    /// What a letter is to the suffix after it, by its code.
    static let byLetter: [SuffixContext] = {
        let letters = KazakhLetters.shared
        var contexts = [SuffixContext](repeating: [], count: 64)
        func add(_ mask: UInt64, _ context: SuffixContext) {
            for code in contexts.indices where mask >> UInt64(code) & 1 != 0 {
                contexts[code].formUnion(context)
            }
        }
        add(letters.vowels, .vowel)
        add(letters.vowels & ~letters.narrow, [.openVowel, .subject])
        add(letters.narrow, .thirdPerson)
        add(letters.glides, .glide)
        add(KazakhLetters.mask("рл"), .liquid)
        add(letters.nasals, .nasal)
        add(KazakhLetters.mask("жз"), .sibilant)
        add(KazakhLetters.mask("пфкқтсшщчцхһбвгғд"), .voiceless)
        return contexts
    }()
}

extension KazakhStemmer {
    /// Whether a suffix may follow the first `length` letters.
    @inline(__always)
    func allows(_ match: SuffixMatch, _ word: borrowing KazakhWord, _ length: Int) -> Bool {
        length > 0 && word.hasSyllable(length)
            && (word.allows(match.harmony, length) || isSurname(word, length))
            && fits(word, length, match.context)
    }

    /// Whether the first `length` letters end in -ев, which takes either harmony: Тоқаевтың,
    /// Әлиевтің.
    private func isSurname(_ word: borrowing KazakhWord, _ length: Int) -> Bool {
        length > 1 && word.last(length) == letters.v && word.last(length - 1) == letters.e
    }

    private func fits(
        _ word: borrowing KazakhWord, _ length: Int, _ context: SuffixContext
    ) -> Bool {
        var last = word.last(length)
        if last == letters.soft, length > 1 { last = word.last(length - 1) }
        // No word ends in these: мазмұн-ы, not мазмұ-ны.
        if word.letter(at: length - 1, in: letters.inner), length > 2 { return false }
        if !contexts[Int(last)].isDisjoint(with: context) { return true }
        if context.contains(.subject), word.letter(at: length - 1, in: letters.narrow),
            word.unstemmed.contains(length) || endings(word, length).holds(slots.agent)
                // Loans in -кт take і before endings: факт, фактісі.
                || word.unstemmed.contains(length - 1) && word.last(length - 1) == letters.t
        {
            return true
        }
        return context.contains(.speaker) && (length >= 6 || word.unstemmed.contains(length - 2))
            && endings(word, length).holds(slots.speaker)
    }
}

// MARK: - Canonical ending

extension KazakhStemmer {
    /// Gives remainders that differ only by the rules of sound one ending.
    func canonical(_ word: inout KazakhWord, _ whole: Int) -> Int {
        var length = whole
        if !word.unstemmed.contains(length) {
            if length >= 3, word.letter(at: length - 1, in: letters.narrow),
                length > 3 || word.roots2.contains(2)
            {
                length -= 1
            }
            if word.last(length) == letters.soft { length -= 1 }
            if length >= 5, word.letter(at: length - 1, in: letters.open) { length -= 1 }
        }
        if length >= 3 || word.roots2.contains(length),
            word.letter(at: length - 1, in: letters.voiced)
        {
            word[length - 1] = letters.devoiced(word.last(length))
        }
        // Russian writes процесс, металл, Kazakh процесі, металы.
        if length > 4, word.letter(at: length - 1, in: letters.doubled),
            word.last(length) == word.last(length - 1)
        {
            return length - 1
        }
        // Before the plural the т of -ист is written once: турист, туристер.
        if length > 5, word.last(length) == letters.t, word.last(length - 1) == letters.s,
            word.last(length - 2) == letters.i
        {
            return length - 1
        }
        return elide(&word, length)
    }

    /// Drops the vowel of the last syllable where it drops before endings: орын, орны.
    private func elide(_ word: inout KazakhWord, _ length: Int) -> Int {
        guard length >= 4, word.letter(at: length - 2, in: letters.narrow) else {
            return length
        }
        var place = elisions.root
        for index in 0..<length {
            guard elisions.step(&place, by: word[index]) else { return length }
        }
        guard place.value != nil else { return length }
        word[length - 2] = word[length - 1]
        return length - 1
    }
}
