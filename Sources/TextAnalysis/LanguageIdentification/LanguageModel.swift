/// What the letters of a word say about its language.
///
/// Five classes of words: Kazakh as written, Kazakh typed with Russian letters and Russian share
/// Cyrillic; English and Kazakh in Latin letters share Latin.
public struct LanguageModel: Sendable {
    /// Kazakh, Kazakh typed with Russian letters, Russian.
    let cyrillic: NgramModel
    /// English, Kazakh in any of its Latin spellings.
    let latin: NgramModel

    /// The model of the `ngrams` tables; one without tables finds every word as likely.
    init(_ languages: [Language: LanguageTables]) {
        func counts(_ language: Language, _ name: String) -> NgramCounts {
            languages[language]?.ngrams[name] ?? NgramCounts()
        }
        let kazakh = counts(.kazakh, "ngrams")
        cyrillic = NgramModel([
            kazakh, kazakh.replacing(Self.typed(i: "и"), Self.typed(i: "ы")),
            counts(.russian, "ngrams"),
        ])
        latin = NgramModel([counts(.english, "ngrams"), counts(.kazakh, "ngrams-latin")])
    }

    /// Kazakh letters as they are typed on a Russian keyboard; `і` has two ways.
    private static func typed(i: Character) -> [UInt16: UInt16] {
        var letters: [UInt16: UInt16] = [:]
        for (kazakh, russian) in zip("әңғқүұөһі".utf16, "ангкууох\(i)".utf16) {
            letters[kazakh] = russian
        }
        return letters
    }

    /// How well a word fits a language, by its letters alone.
    ///
    /// The average log-probability of a letter in nats, border of the word included: about -2 for
    /// a word of the language, below -4 for what nobody writes (`rfpfrcnfy`). Kazakh is the best
    /// of its spellings.
    ///
    /// - Parameters:
    ///   - word: A folded word in UTF-8.
    ///   - language: The language it is held against.
    /// - Returns: `0` without tables, for `.other`, and for what is no letters of one script;
    ///   -16 for a word in another script than any spelling of the language.
    public func plausibility(of word: [UInt8], as language: Language) -> Float {
        var units: [UInt16] = []
        guard let script = Self.letters(of: word, into: &units) else { return 0 }
        let model = script == .cyrillic ? cyrillic : latin
        guard !model.isEmpty else { return 0 }
        let scores = model.score(units)
        let sum: Int32? =
            switch (language, script) {
            case (.kazakh, .cyrillic): max(scores[0], scores[1])
            case (.russian, .cyrillic): scores[2]
            case (.english, .latin): scores[0]
            case (.kazakh, .latin): scores[1]
            default: nil
            }
        if language == .other { return 0 }
        return sum.map { Float($0) / NgramModel.scale / Float(units.count + 1) } ?? -16
    }

    /// The scripts that the model knows.
    enum Script {
        case cyrillic
        case latin
    }

    /// The units of a folded word.
    ///
    /// - Returns: Its script, `nil` if it is not letters of one of the two.
    static func letters(of word: [UInt8], into units: inout [UInt16]) -> Script? {
        units.removeAll(keepingCapacity: true)
        var hasCyrillic = false
        var hasLatin = false
        var index = 0
        while index < word.count {
            guard let unit = NgramCounts.unit(word, &index) else { return nil }
            switch unit {
            case 0x61...0x7A, 0xDF...0x24F: hasLatin = true
            case 0x430...0x52F: hasCyrillic = true
            default: return nil
            }
            units.append(unit)
        }
        guard hasCyrillic != hasLatin else { return nil }
        return hasCyrillic ? .cyrillic : .latin
    }
}
