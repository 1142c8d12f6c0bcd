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
    func allows(_ match: SuffixMatch, _ word: KazakhWord, _ length: Int) -> Bool {
        length > 0 && word.hasSyllable(length) && fits(word, length, match.context)
            && harmonizes(word, length, match.harmony)
    }

    private func fits(_ word: KazakhWord, _ length: Int, _ context: SuffixContext) -> Bool {
        var last = word.last(length)
        if last == letters.soft, length > 1 { last = word.last(length - 1) }
        if !contexts[Int(last)].isDisjoint(with: context) { return true }
        if context.contains(.subject), word.letter(at: length - 1, in: letters.narrow),
            word.lists[length].contains(.unstemmed) || slots.agent.ends(word, length)
        {
            return true
        }
        return context.contains(.speaker) && length >= 6 && slots.speaker.ends(word, length)
    }

    private func harmonizes(_ word: KazakhWord, _ length: Int, _ harmony: Harmony) -> Bool {
        if harmony == .either || slots.neutralSurname.ends(word, length) { return true }
        var index = length - 1
        var isLoan = false
        while index >= 0 {
            if index < length - 1, word.letter(at: index, in: letters.neutral) { return true }
            // к and г stand after a back vowel only in loans, which take either: банкке.
            if word.letter(at: index, in: letters.velar) { isLoan = true }
            if word.letter(at: index, in: letters.back) {
                return harmony == .back || isLoan
            }
            if word.letter(at: index, in: letters.front) { return harmony == .front }
            // Loans from Arabic and Persian in ә take either: күнәлар.
            if word.letters[index] == letters.ae { return true }
            index -= 1
        }
        return true
    }
}

// MARK: - Canonical ending

extension KazakhStemmer {
    /// Gives remainders that differ only by the rules of sound one ending.
    func canonical(_ word: inout KazakhWord, _ whole: Int) -> Int {
        var length = whole
        if !word.lists[length].contains(.unstemmed) {
            if length >= 3, word.letter(at: length - 1, in: letters.narrow),
                length > 3 || word.lists[2].contains(.roots2)
            {
                length -= 1
            }
            if word.last(length) == letters.soft { length -= 1 }
            if length >= 5, word.letter(at: length - 1, in: letters.open) { length -= 1 }
        }
        if length >= 3 || word.lists[length].contains(.roots2),
            word.letter(at: length - 1, in: letters.voiced)
        {
            word.letters[length - 1] = letters.devoiced(word.last(length))
        }
        // Russian writes процесс, Kazakh процесі.
        if length > 4, word.last(length) == letters.s,
            word.last(length - 1) == letters.s
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
        var node = LetterTrie.root
        for index in 0..<length {
            guard let next = elisions.child(of: node, by: word.letters[index]) else {
                return length
            }
            node = next
        }
        guard elisions.value(at: node) != nil else { return length }
        word.letters[length - 2] = word.letters[length - 1]
        return length - 1
    }
}
