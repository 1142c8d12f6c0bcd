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

        // п, к, қ are voiced before a vowel; the word is listed as it stands there too. The
        // plain words come last, since of equal entries the last wins.
        var plain: [LetterTrie.Entry] = []
        var voiced: [LetterTrie.Entry] = []
        for (word, lists) in lists {
            guard var codes = KazakhLetters.codes(word), let last = codes.last else { continue }
            plain.append((codes, UInt32(ownStemOf[word] ?? 0) << 8 | UInt32(lists.rawValue)))
            if let letter = letters.voiced(last) {
                codes[codes.count - 1] = letter
                voiced.append((codes, UInt32(lists.subtracting(.stems).rawValue)))
            }
        }
        lexicon = LetterTrie(voiced + plain)
        elisions = LetterTrie(
            (tables.lists["elisions"] ?? []).compactMap { word in
                KazakhLetters.codes(word).map { ($0, 0) }
            })
        self.ownStems = ownStems
    }

    /// Appends the stem of one folded word in Cyrillic letters.
    ///
    /// A word with anything but Kazakh letters, or of more than 64, is appended as it is.
    func stem(_ word: Span<UInt8>, into output: inout [UInt8]) {
        var spelled = KazakhWord()
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

    /// The number of letters of the stem; its last letters may be changed in place.
    private func stem(_ word: inout KazakhWord) -> Int {
        var whole = word.count
        if whole <= 3 { return shortStem(&word) }
        if word.lists[whole].contains(.unstemmed) { return canonical(&word, whole) }
        // баста; but жолда is more often on the way than send.
        if word.lists[whole].contains(.verbs), !slots.locative.ends(word, whole) {
            return canonical(&word, whole)
        }
        if whole >= 6, slots.feminineSurname.ends(word, whole) { whole -= 1 }

        // Participles and nouns in -у are nominals, so the verb is tried under them as well.
        var verb = verbal(word, whole)
        if let verb, verb.isSure { return canonical(&word, root(&word, verb)) }
        let base = nominal(word, whole)
        if word.lists[base].contains(.unstemmed) { return canonical(&word, base) }
        if base < whole, let inner = verbal(word, base), inner.base <= verb?.base ?? .max {
            verb = inner
        }
        if let verb, verb.base <= base || verb.isSure {
            return canonical(&word, root(&word, verb))
        }
        return canonical(&word, base)
    }

    private func shortStem(_ word: inout KazakhWord) -> Int {
        guard word.count == 3 else { return word.count }
        if word.last(3) == letters.u, word.lists[2].contains(.roots2) { return 2 }
        if word.last(3) == letters.yu, let verb = glided(word, 3) {
            return root(&word, verb)
        }
        return canonical(&word, 3)
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

    /// The lists that hold the first `length` letters with one more letter after them.
    func lists(_ word: KazakhWord, _ length: Int, with letter: UInt8) -> WordLists {
        var node = LetterTrie.root
        for index in 0...length {
            let code = index < length ? word.letters[index] : letter
            guard let next = lexicon.child(of: node, by: code) else { return [] }
            node = next
        }
        return WordLists(rawValue: UInt8(truncatingIfNeeded: lexicon.value(at: node) ?? 0))
    }
}
