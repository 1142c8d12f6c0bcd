/// How alike a word of the asked name and a word of a list are.
struct WordLikeness {
    /// How alike two words are, 0 to 1, and how that comes about.
    struct Result {
        var value: Float
        var relation: NameRelation
    }

    /// From this likeness on two words may be one.
    static let least: Float = 0.62

    private var distance = SoundDistance()

    /// The likeness, 0 to 1, and how it comes about; `nil` below `least`.
    mutating func likeness(_ unit: NameUnit, _ form: UInt32, in forms: borrowing NameForms)
        -> Result?
    {
        if forms.isSpelt(form, unit.folded) { return Result(value: 1, relation: .exact) }
        let sounds = forms.sounds(form)
        guard !unit.sounds.isEmpty, !sounds.isEmpty else { return nil }
        var best = distance.likeness(unit.sounds[...], sounds, least: Self.least)
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
            for stem in unit.stems { take(same(stem[...], sounds), 0.97, .inflected) }
            let bare = forms.bare(form)
            switch (unit.bare.isEmpty, bare.isEmpty) {
            case (true, false): take(same(unit.sounds[...], bare), 0.92, .ending)
            case (false, true): take(same(unit.bare[...], sounds), 0.92, .ending)
            case (false, false): take(same(unit.bare[...], bare), 0.93, .inflected)
            case (true, true): break
            }
        }
        guard best >= Self.least else { return nil }
        // What is no spelling of the word is hardly the word: a consonant makes another name.
        return Result(
            value: relation == .typo ? Self.doubtful(best) : best, relation: relation)
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
        _ left: ArraySlice<NameSound>, _ right: ArraySlice<NameSound>
    ) -> Float {
        distance.likeness(left, right, least: Self.sameWord)
    }

    /// The likeness of the sounds alone.
    mutating func likeness(_ left: ArraySlice<NameSound>, _ right: ArraySlice<NameSound>) -> Float {
        distance.likeness(left, right)
    }
}
