/// Strips the inflection of one Kazakh word, so that the forms of a word share a key.
///
/// The key need not be a word. Rules of suffix order, letter context and vowel harmony do the
/// work; closed lists decide where they cannot, and without lists the rules still run.
///
/// - Shape: a word is a row of letters; every step only shortens it (until the canonical ending),
///   so that a remainder is a number of letters and nothing is copied.
/// - Cost: about twenty suffix look-ups a word, no allocation.
struct KazakhStemmer: Sendable {
    private let slots = KazakhSlots()
    private let lexicon: LetterTrie
    private let elisions: LetterTrie
    private let ownStems: [[UInt8]]
    /// What may stand before a suffix, by the last letter.
    private let contexts: [SuffixContext]

    /// A stemmer with the closed lists of the language.
    init(tables: LanguageTables) {
        var lists: [String: WordLists] = [:]
        func add(_ words: [String]?, as list: WordLists) {
            for word in words ?? [] { lists[word, default: []].insert(list) }
        }
        add(tables.unstemmed, as: .unstemmed)
        add(tables.lists["roots2"], as: .roots2)
        add(tables.lists["roots3"], as: .roots3)
        add(tables.lists["converbs3"], as: .converbs3)
        add(tables.lists["temporal"], as: .temporal)
        add(tables.lists["passive-exceptions"], as: .passiveExceptions)

        var ownStems: [[UInt8]] = []
        var ownStemOf: [String: Int] = [:]
        for (word, stem) in tables.stems {
            ownStemOf[word] = ownStems.count
            ownStems.append(Array(stem.utf8))
            add([word], as: .stems)
        }
        lexicon = LetterTrie(
            lists.compactMap { word, lists in
                guard let codes = KazakhLetters.codes(word) else { return nil }
                return (codes, UInt32(ownStemOf[word] ?? 0) << 8 | UInt32(lists.rawValue))
            })
        elisions = LetterTrie(
            (tables.lists["elisions"] ?? []).compactMap {
                KazakhLetters.codes($0).map { ($0, 0) }
            })
        self.ownStems = ownStems
        contexts = Self.contextsByLetter()
    }

    /// Appends the stem of one folded word in Cyrillic letters.
    ///
    /// A word with anything but Kazakh letters, or of more than 64, is appended as it is.
    func stem(_ word: Span<UInt8>, into output: inout [UInt8]) {
        var letters = KazakhWord()
        guard letters.read(word) else {
            for index in word.indices { output.append(word[index]) }
            return
        }
        if let own = lookUp(&letters) {
            output.append(contentsOf: ownStems[own])
            return
        }
        let length = stem(&letters)
        letters.write(length, to: &output)
    }
}

// MARK: - The order of the steps

extension KazakhStemmer {
    /// The number of letters of the stem; its last letters may be changed in place.
    private func stem(_ word: inout KazakhWord) -> Int {
        var whole = word.count
        if whole <= 3 {
            guard whole == 3 else { return whole }
            if word.last(3) == KazakhLetters.u, word.lists[2].contains(.roots2) { return 2 }
            return canonical(&word, 3)
        }
        if word.lists[whole].contains(.unstemmed) { return canonical(&word, whole) }
        if whole >= 6, isFeminineSurname(word) { whole -= 1 }

        // Participles and nouns in -у are nominals, so the verb is tried under them as well.
        var (base, stripped) = nominal(word, whole)
        var verb: VerbEnding?
        if !word.lists[base].contains(.unstemmed) {
            verb = verbal(word, whole)
            if stripped, let inner = verbal(word, base), inner.base <= verb?.base ?? .max {
                verb = inner
            }
        }
        if let verb, verb.base <= base {
            base = withoutNegation(word, verb.base)
            if verb.isPastConverb { restoreLabial(&word, base) }
            base = withoutVoice(word, base)
        } else if base == 4, word.letter(at: 3, in: KazakhLetters.open),
            word.lists[3].contains(.converbs3)
        {
            base = 3
        }
        return canonical(&word, base)
    }

    /// Marks which beginnings of the word are in the lists; the index of its own stem if any.
    private func lookUp(_ word: inout KazakhWord) -> Int? {
        var node = LetterTrie.root
        for index in 0..<word.count {
            guard let next = lexicon.child(of: node, by: word.letters[index]) else { return nil }
            node = next
            guard let value = lexicon.value(at: node) else { continue }
            word.lists[index + 1] = WordLists(rawValue: UInt8(truncatingIfNeeded: value))
            if index + 1 == word.count, word.lists[index + 1].contains(.stems) {
                return Int(value >> 8)
            }
        }
        return nil
    }
}

// MARK: - Nominal slots

extension KazakhStemmer {
    /// Strips case, possessive and plural until nothing changes.
    private func nominal(_ word: KazakhWord, _ whole: Int) -> (base: Int, stripped: Bool) {
        var length = whole
        for _ in 0..<4 {
            let next = nominalRound(word, length)
            if next == length { break }
            length = next
        }
        return (length, length < whole)
    }

    private func nominalRound(_ word: KazakhWord, _ whole: Int) -> Int {
        var length = whole
        // шығын-ы, not шығы-ны.
        if word.letter(at: length - 1, in: KazakhLetters.narrow),
            word.lists[length - 1].contains(.unstemmed)
        {
            return length - 1
        }
        if word.lists[length].contains(.unstemmed) { return length }
        if let base = strip(slots.person, word, length, atLeast: 4),
            length - base > 3 || endsWithPersonBearer(word, base)
        {
            length = base
        }
        for _ in 0..<2 {
            if let base = strip(slots.relational, word, length) {
                length = base
            } else if word.lists[length].contains(.unstemmed) {
                return length
            } else if let base = strip(slots.grammaticalCase, word, length) {
                length = base
            }
            if word.lists[length].contains(.unstemmed) { return length }
            if let base = strip(slots.possessive, word, length), isPossessed(word, base, length) {
                length = base
            }
            if word.lists[length].contains(.unstemmed) { return length }
            if let base = strip(slots.plural, word, length) { length = base }
            if let base = strip(slots.comparative, word, length, atLeast: 4) { length = base }
            if length > 2, word.lists[length - 2].contains(.temporal),
                slots.temporal.ends(word, length)
            {
                length -= 2
            }
            // What stands before -дағы may be inflected itself: үйлеріндегілерге.
            if !slots.local.ends(word, length) { break }
        }
        return length
    }

    /// A possessive of one letter, or of the first or second person, needs a longer remainder.
    private func isPossessed(_ word: KazakhWord, _ base: Int, _ length: Int) -> Bool {
        let isShort = length - base == 1 && !word.letter(at: length - 1, in: KazakhLetters.narrow)
        let isSpeaker = length - base == 2 && word.letter(at: length - 1, in: KazakhLetters.nasals)
        return base >= 5 || !(isShort || isSpeaker)
    }

    private func endsWithPersonBearer(_ word: KazakhWord, _ length: Int) -> Bool {
        slots.personBearing.ends(word, length)
    }

    /// The remainder without one suffix of a slot: the longest that fits its context.
    private func strip(
        _ slot: SuffixSlot, _ word: KazakhWord, _ length: Int,
        atLeast minimum: Int = 3
    ) -> Int? {
        var matches = slot.matches(word, length)
        while let match = matches.next() {
            let base = length - match.length
            guard word.hasSyllable(base) else { continue }
            if base < minimum, minimum > 3 || !word.lists[base].contains(.roots2) { continue }
            guard fits(word, base, match.context), harmonizes(word, base, match.harmony)
            else { continue }
            return base
        }
        return nil
    }
}

// MARK: - Verbal endings

extension KazakhStemmer {
    private struct VerbEnding {
        var base: Int
        /// Whether the ending is -ып, -іп, before which п becomes у.
        var isPastConverb: Bool
    }

    private func verbal(_ word: KazakhWord, _ length: Int) -> VerbEnding? {
        var matches = slots.verb.matches(word, length)
        while let match = matches.next() {
            let base = length - match.length
            guard isVerbBase(word, base), word.hasSyllable(base),
                fits(word, base, match.context), harmonizes(word, base, match.harmony)
            else { continue }
            if word.letter(at: base, in: KazakhLetters.open) {
                // барма-ды, not барм-ады.
                if word.letter(at: base - 1, in: KazakhLetters.negating),
                    let root = strip(slots.negation, word, base + 1, atLeast: 2),
                    isVerbBase(word, root)
                {
                    return VerbEnding(base: base + 1, isPastConverb: false)
                }
                // қара-ды, not қар-ады.
                if base == 3, match.length > 2, !word.lists[3].contains(.roots3) { continue }
            }
            let isPastConverb =
                match.length == 2 && word.last(length) == KazakhLetters.p
                && word.letter(at: base, in: KazakhLetters.narrow)
            return VerbEnding(base: base, isPastConverb: isPastConverb)
        }
        return nil
    }

    private func isVerbBase(_ word: KazakhWord, _ length: Int) -> Bool {
        length >= 3 || word.lists[length].contains(.roots2)
    }

    private func withoutNegation(_ word: KazakhWord, _ length: Int) -> Int {
        for slot in [slots.negativeAorist, slots.negation] {
            if let base = strip(slot, word, length, atLeast: 2), isVerbBase(word, base) {
                return base
            }
        }
        return length
    }

    /// тап- and its like write у before -ып.
    private func restoreLabial(_ word: inout KazakhWord, _ length: Int) {
        if length == 3, word.last(3) == KazakhLetters.u, slots.labial.ends(word, 3) {
            word.letters[2] = KazakhLetters.p
        }
    }

    private func withoutVoice(_ word: KazakhWord, _ length: Int) -> Int {
        guard length >= 4, !word.lists[length].contains(.passiveExceptions) else { return length }
        let isLateral = word.last(length) == KazakhLetters.l
        if isLateral, let base = strip(slots.passive, word, length) { return base }
        if length >= 5, isLateral, word.letter(at: length - 2, in: KazakhLetters.open) {
            return length - 1
        }
        if length >= 6, slots.reflexive.ends(word, length) { return length - 1 }
        return length
    }
}

// MARK: - Letters around a suffix

extension KazakhStemmer {
    private static func contextsByLetter() -> [SuffixContext] {
        var contexts = [SuffixContext](repeating: [], count: 64)
        func add(_ mask: UInt64, _ context: SuffixContext) {
            for code in contexts.indices where mask >> UInt64(code) & 1 != 0 {
                contexts[code].formUnion(context)
            }
        }
        add(KazakhLetters.vowels, .vowel)
        add(KazakhLetters.vowels & ~KazakhLetters.narrow, [.openVowel, .subject])
        add(KazakhLetters.narrow, .thirdPerson)
        add(KazakhLetters.glides, .glide)
        add(KazakhLetters.mask("рл"), .liquid)
        add(KazakhLetters.nasals, .nasal)
        add(KazakhLetters.mask("жз"), .sibilant)
        add(KazakhLetters.mask("пфкқтсшщчцхһбвгғд"), .voiceless)
        return contexts
    }

    /// Whether a suffix of this context may follow the first `length` letters.
    private func fits(
        _ word: KazakhWord, _ length: Int, _ context: SuffixContext
    ) -> Bool {
        var last = word.last(length)
        if last == KazakhLetters.soft, length > 1 { last = word.last(length - 1) }
        if !contexts[Int(last)].isDisjoint(with: context) { return true }
        if context.contains(.subject), slots.agent.ends(word, length) { return true }
        return context.contains(.speaker) && length >= 6 && slots.speaker.ends(word, length)
    }

    /// Whether a suffix of this harmony may follow the first `length` letters.
    private func harmonizes(
        _ word: KazakhWord, _ length: Int, _ harmony: Harmony
    ) -> Bool {
        if harmony == .either || slots.neutralSurname.ends(word, length) { return true }
        var index = length - 1
        while index >= 0 {
            if index < length - 1, word.letter(at: index, in: KazakhLetters.neutral) { return true }
            if word.letter(at: index, in: KazakhLetters.back) { return harmony == .back }
            if word.letter(at: index, in: KazakhLetters.front) { return harmony == .front }
            // Loans from Arabic and Persian in ә take either: күнәлар.
            if word.letters[index] == KazakhLetters.ae { return true }
            index -= 1
        }
        return true
    }

    private func isFeminineSurname(_ word: KazakhWord) -> Bool {
        slots.feminineSurname.ends(word, word.count)
    }
}

// MARK: - Canonical ending

extension KazakhStemmer {
    /// Gives remainders that differ only by the rules of sound one ending.
    private func canonical(_ word: inout KazakhWord, _ whole: Int) -> Int {
        var length = whole
        if length >= 3, word.letter(at: length - 1, in: KazakhLetters.narrow),
            length > 3 || word.lists[2].contains(.roots2)
        {
            length -= 1
        }
        if word.last(length) == KazakhLetters.soft { length -= 1 }
        if length >= 5, word.letter(at: length - 1, in: KazakhLetters.open) { length -= 1 }
        if length >= 3, word.letter(at: length - 1, in: KazakhLetters.voiced) {
            word.letters[length - 1] = KazakhLetters.devoiced(word.last(length))
        }
        return elide(&word, length)
    }

    /// Drops the vowel of the last syllable where it drops before endings: орын, орны.
    private func elide(_ word: inout KazakhWord, _ length: Int) -> Int {
        guard length >= 4, word.letter(at: length - 2, in: KazakhLetters.narrow) else {
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
