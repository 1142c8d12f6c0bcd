/// Strips the inflection of one Kazakh word, so that the forms of a word share a key.
///
/// The key need not be a word. Rules of suffix order, letter context and vowel harmony do the
/// work; closed lists decide where they cannot, and without lists the rules still run.
///
/// - Shape: a word is a row of letters; every step only shortens it (until the canonical ending),
///   so that a remainder is a number of letters and nothing is copied.
/// - Cost: some twenty suffix look-ups a word, no allocation.
struct KazakhStemmer: Sendable {
    let letters = KazakhLetters.shared
    let slots = KazakhSlots.shared
    let contexts = SuffixContext.byLetter
    let elisions: LetterTrie
    private let lexicon: LetterTrie
    private let ownStems: [[UInt8]]

    /// A stemmer with the closed lists of the language: the words of `unstemmed` and `stems`, and
    /// the lists `roots2`, `verbs`, `temporal`, `elisions`.
    init(tables: LanguageTables) {
        var lists: [String: WordLists] = [:]
        func add(_ words: [String]?, as list: WordLists) {
            for word in words ?? [] { lists[word, default: []].insert(list) }
        }
        add(tables.unstemmed, as: .unstemmed)
        add(tables.lists["roots2"], as: .roots2)
        add(tables.lists["verbs"], as: .verbs)
        add(tables.lists["temporal"], as: .temporal)

        var ownStems: [[UInt8]] = []
        var ownStemOf: [String: Int] = [:]
        for (word, stem) in tables.stems {
            ownStemOf[word] = ownStems.count
            ownStems.append(Array(stem.utf8))
            add([word], as: .stems)
        }

        var entries: [[UInt8]: UInt32] = [:]
        func enter(_ codes: [UInt8], _ lists: WordLists) {
            entries[codes, default: 0] |= UInt32(lists.rawValue)
        }
        for (word, lists) in lists {
            guard var codes = KazakhLetters.codes(word), let last = codes.last else { continue }
            enter(codes, lists)
            entries[codes, default: 0] |= UInt32(ownStemOf[word] ?? 0) << 16
            if lists.contains(.verbs), codes.count > 1 {
                let root = Array(codes.dropLast())
                if last == letters.short { enter(root, .verbsWithShort) }
                if letters.narrow >> UInt64(last) & 1 != 0 { enter(root, .verbsWithNarrow) }
            }
            // п, к, қ are voiced before a vowel; the word is listed as it stands there too.
            if let letter = letters.voiced(last) {
                codes[codes.count - 1] = letter
                enter(codes, lists.subtracting(.stems))
            }
        }
        lexicon = LetterTrie(entries.map { ($0.key, $0.value) })
        elisions = LetterTrie(
            (tables.lists["elisions"] ?? []).compactMap { word in
                KazakhLetters.codes(word).map { ($0, 0) }
            })
        self.ownStems = ownStems
    }

    /// Appends the stem of one folded word in Cyrillic letters.
    ///
    /// A word with anything but Kazakh letters, or of more than 63, is appended as it is.
    func stem(_ word: Span<UInt8>, into output: inout [UInt8]) {
        KazakhWord.withWord { spelled in
            guard spelled.read(word, letters) else {
                for index in word.indices { output.append(word[index]) }
                return
            }
            if let own = lookUp(&spelled) {
                output.append(contentsOf: ownStems[own])
                return
            }
            let length = stem(&spelled)
            spelled.write(length, letters, to: &output)
        }
    }

    /// The number of letters of the stem; its last letters may be changed in place.
    private func stem(_ word: inout KazakhWord) -> Int {
        var whole = word.count
        if whole <= 3 { return shortStem(&word) }
        if word.unstemmed.contains(whole) { return canonical(&word, whole) }
        var found = endings(word, whole)
        if found.isEmpty { return canonical(&word, whole) }
        if word.verbs.contains(whole) { return canonical(&word, whole) }
        // The bare passive: ашыл.
        if word.last(whole) == letters.l, isKnown(word, whole) {
            return canonical(&word, withoutVoice(word, whole))
        }
        if whole >= 6, found.holds(slots.feminineSurname) {
            whole -= 1
            found = endings(word, whole)
        }

        // Participles and nouns in -у are nominals, so the verb is tried under them as well.
        var verb = verbal(word, whole, found)
        if let verb, verb.isSure { return canonical(&word, root(&word, verb)) }
        let isNounlike = found.holds(slots.nounlike)
        let base = nominal(word, whole, &found)
        if word.unstemmed.contains(base) { return canonical(&word, base) }
        if base < whole, let inner = verbal(word, base, found), inner.base <= verb?.base ?? .max {
            verb = inner
        }
        if let verb, verb.base <= base || verb.isSure {
            // материал-ды: an unknown verb in the past is a noun in the accusative.
            if verb.base == base, !verb.isKnown, isNounlike, endsLikeNoun(word, base) {
                return canonical(&word, base)
            }
            return canonical(&word, root(&word, verb))
        }
        if let verb = negated(word, base) { return canonical(&word, verb) }
        return canonical(&word, base)
    }

    /// Whether the first `length` letters end in -ал, -ел that is no passive of a verb in -ла:
    /// материал, but сипаттал.
    private func endsLikeNoun(_ word: borrowing KazakhWord, _ length: Int) -> Bool {
        word.last(length) == letters.l && word.letter(at: length - 2, in: letters.open)
            && strip(slots.denominal, word, length) == nil
    }

    private func shortStem(_ word: inout KazakhWord) -> Int {
        guard word.count == 3 else { return word.count }
        if word.last(3) == letters.u, word.roots2.contains(2) { return 2 }
        if word.letter(at: 2, in: letters.open), word.verbs.contains(2),
            !word.unstemmed.contains(3), !word.verbs.contains(3)
        {
            return 2
        }
        if word.last(3) == letters.yu, let verb = glided(word, 3, endings(word, 3)) {
            return root(&word, verb)
        }
        return canonical(&word, 3)
    }

    /// Marks which beginnings of the word are in the lists; the index of its own stem if any.
    private func lookUp(_ word: inout KazakhWord) -> Int? {
        var place = lexicon.root
        for index in 0..<word.count {
            guard lexicon.step(&place, by: word[index]) else { return nil }
            guard let value = place.value else { continue }
            let length = index + 1
            let lists = WordLists(rawValue: UInt16(truncatingIfNeeded: value))
            if lists.contains(.unstemmed) { word.unstemmed.insert(length) }
            if lists.contains(.roots2) { word.roots2.insert(length) }
            if lists.contains(.verbs) { word.verbs.insert(length) }
            if lists.contains(.temporal) { word.temporal.insert(length) }
            if lists.contains(.verbsWithShort) { word.verbsWithShort.insert(length) }
            if lists.contains(.verbsWithNarrow) { word.verbsWithNarrow.insert(length) }
            if length == word.count, lists.contains(.stems) { return Int(value >> 16) }
        }
        return nil
    }
}

/// The closed lists of words that the rules ask.
struct WordLists: OptionSet {
    let rawValue: UInt16

    /// Not to be cut.
    static let unstemmed = WordLists(rawValue: 1)
    /// Roots of two letters.
    static let roots2 = WordLists(rawValue: 2)
    /// Verb stems.
    static let verbs = WordLists(rawValue: 4)
    /// Words of time that take -ғы, -гі.
    static let temporal = WordLists(rawValue: 8)
    /// Verb stems without their last й, which is written in the ending: қо(й).
    static let verbsWithShort = WordLists(rawValue: 16)
    /// Verb stems without their last ы or і: дам(ы).
    static let verbsWithNarrow = WordLists(rawValue: 32)
    /// Words with a stem of their own.
    static let stems = WordLists(rawValue: 64)
}
