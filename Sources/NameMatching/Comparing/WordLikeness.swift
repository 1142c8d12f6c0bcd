/// How alike a word of the asked name and a word of a list are.
struct WordLikeness {
    /// How alike two words are, 0 to 1, and how that comes about.
    struct Result {
        var value: Float
        var relation: NameRelation
    }

    /// From this likeness on two words may be one.
    static let least: Float = 0.62

    /// A part of the asked name in the sounds of a list.
    private struct AskedWord {
        var isRead = false
        /// The check of its letters.
        var check: UInt16 = 0
        var whole: SoundDistance.AskedWord = 0..<0
        /// Without the ending of a surname.
        var bare: SoundDistance.AskedWord = 0..<0
        /// Without endings that a case may have given it.
        var stems: [SoundDistance.AskedWord] = []
    }

    private var distance = SoundDistance()
    private var asked: [AskedWord] = []

    /// Begins a new asked name of some parts, to be compared with the words of one list.
    mutating func ask(for partCount: Int) {
        distance.removeAll()
        while asked.count < partCount { asked.append(AskedWord()) }
        for place in asked.indices { asked[place].isRead = false }
    }

    private mutating func read(_ units: [NameUnit], _ place: Int, _ forms: borrowing NameForms) {
        asked[place].isRead = true
        asked[place].check = NameForms.check(of: units[place].folded)
        asked[place].whole = distance.read(units[place].sounds, in: forms.alphabet)
        asked[place].bare = distance.read(units[place].bare, in: forms.alphabet)
        asked[place].stems.removeAll(keepingCapacity: true)
        for stem in units[place].stems {
            asked[place].stems.append(distance.read(stem, in: forms.alphabet))
        }
    }

    /// The likeness of a part and a form, 0 to 1, and how it comes about; `nil` below `least`.
    mutating func likeness(
        _ units: [NameUnit], _ place: Int, _ form: UInt32, in forms: borrowing NameForms
    ) -> Result? {
        if !asked[place].isRead { read(units, place, forms) }
        if forms.isSpelt(form, units[place].folded, check: asked[place].check) {
            return Result(value: 1, relation: .exact)
        }
        let sounds = forms.sounds(form)
        let whole = asked[place].whole
        guard !whole.isEmpty, !sounds.isEmpty else { return nil }
        let outline = forms.forms[Int(form)].outline
        var best = distance.likeness(
            whole, sounds, outline, in: forms.alphabet, least: Self.least)
        var relation: NameRelation = best > Self.sameWord ? .spelling : .typo
        best *= Self.otherSpelling
        func take(_ value: Float, _ factor: Float, _ how: NameRelation) {
            // An ending counts only where the rest fits.
            if value > Self.sameWord, value * factor > best {
                best = value * factor
                relation = how
            }
        }
        if best < 0.95 {
            for stem in asked[place].stems {
                take(same(stem, sounds, outline, forms), 0.97, .inflected)
            }
            let ownBare = asked[place].bare
            let bare = forms.bare(form)
            let bareOutline = forms.forms[Int(form)].bareOutline
            switch (ownBare.isEmpty, bare.isEmpty) {
            case (true, false): take(same(whole, bare, bareOutline, forms), 0.92, .ending)
            case (false, true): take(same(ownBare, sounds, outline, forms), 0.92, .ending)
            case (false, false): take(same(ownBare, bare, bareOutline, forms), 0.93, .inflected)
            case (true, true): break
            }
        }
        guard best >= Self.least else { return nil }
        // What is no spelling of the word is hardly the word: a consonant makes another name.
        return Result(
            value: relation == .typo ? Self.doubtful(best) : best, relation: relation)
    }

    /// Whether a form may be more than a near word for a part.
    ///
    /// That is the same word in another spelling, in another case, with another ending; `likeness`
    /// says so of no others.
    mutating func mayBeSame(
        _ units: [NameUnit], _ place: Int, _ form: UInt32, in forms: borrowing NameForms
    ) -> Bool {
        if !asked[place].isRead { read(units, place, forms) }
        if forms.isSpelt(form, units[place].folded, check: asked[place].check) { return true }
        let sounds = forms.sounds(form)
        let whole = asked[place].whole
        guard !whole.isEmpty, !sounds.isEmpty else { return false }
        let outline = forms.forms[Int(form)].outline
        if same(whole, sounds, outline, forms) > Self.sameWord { return true }
        for stem in asked[place].stems where same(stem, sounds, outline, forms) > Self.sameWord {
            return true
        }
        let ownBare = asked[place].bare
        let bare = forms.bare(form)
        if ownBare.isEmpty, bare.isEmpty { return false }
        let (left, right) = (ownBare.isEmpty ? whole : ownBare, bare.isEmpty ? sounds : bare)
        let rightOutline = bare.isEmpty ? outline : forms.forms[Int(form)].bareOutline
        return same(left, right, rightOutline, forms) > Self.sameWord
    }

    /// From here on two sound shapes are one word in two spellings.
    private static let sameWord: Float = 0.88
    /// Another spelling is never as sure as the very letters.
    private static let otherSpelling: Float = 0.98

    /// Stretches likenesses of near words: those that are just near are worth nothing.
    private static func doubtful(_ value: Float) -> Float {
        max(0.02, (value - least) / (sameWord - least) * sameWord)
    }

    /// The likeness of words that are worth nothing unless they are one.
    private mutating func same(
        _ left: SoundDistance.AskedWord, _ right: ArraySlice<SoundAlphabet.Code>,
        _ outline: SoundOutline, _ forms: borrowing NameForms
    ) -> Float {
        distance.likeness(left, right, outline, in: forms.alphabet, least: Self.sameWord)
    }

    /// The likeness of the sounds alone; of less than `least` nothing is said but that it is less.
    mutating func likeness(
        _ left: [NameSound], _ right: ArraySlice<SoundAlphabet.Code>, _ forms: borrowing NameForms,
        least: Float
    ) -> Float {
        let word = distance.read(left, in: forms.alphabet)
        return distance.likeness(word, right, in: forms.alphabet, least: least)
    }
}
