import TextAnalysis

/// What a word may be derived from, as stems: `концертный` from концерт, `хронологиялық` from
/// хронология, `обвиняться` from обвинять.
///
/// Other languages often have no word of their own for the derived one, and say what they have for
/// its base; a document about the one is about the other. Asked only for words that no lexicon has,
/// so that a base that is none does no harm unless the lexicon happens to have it.
struct WordBases {
    /// One way of deriving: what a stem ends with, and what its base has instead.
    private struct Rule {
        var ending: [UInt8]
        var replacement: [UInt8]

        init(_ ending: String, _ replacement: String = "") {
            (self.ending, self.replacement) = (Array(ending.utf8), Array(replacement.utf8))
        }
    }

    /// Fewest bytes of a base: four letters, in Latin script too.
    private static let fewestBytes = 4
    /// The rules of each language, by its place in `TranslationLexicon.languages`; of a language
    /// those first that say more.
    private static let rules = [kazakh, russian, english]

    /// The bases of a stem of a language, the likeliest first.
    ///
    /// - Cost: A comparison a rule.
    static func bases(of stem: [UInt8], language: Int) -> [[UInt8]] {
        var bases: [[UInt8]] = []
        for rule in rules[language] {
            let kept = stem.count - rule.ending.count
            let isCyrillic = (stem.first ?? 0) >= 0x80
            guard kept + rule.replacement.count >= (isCyrillic ? 2 : 1) * fewestBytes,
                stem[max(0, kept)...].elementsEqual(rule.ending)
            else { continue }
            bases.append(stem[..<kept] + rule.replacement)
        }
        return bases
    }

    /// What makes adjectives and verbs of nouns.
    private static let kazakh: [Rule] =
        ["лық", "лік", "дық", "дік", "тық", "тік", "лы", "лі", "ды", "ді", "ты", "ті"].map {
            Rule($0)
        }
        + ["сыз", "сіз", "шы", "ші", "лан", "лен", "дан", "ден", "тан", "тен"].map { Rule($0) }
        + ["ла", "ле", "да", "де", "та", "те", "л", "д", "т", "ш"].map { Rule($0) }

    private static let russian: [Rule] =
        // Passives and reflexives.
        [Rule("ться"), Rule("иться"), Rule("аться", "а"), Rule("яться", "я"), Rule("тись", "т")]
        // Women by their trade and country.
        + [
            Rule("тельниц", "тел"), Rule("ниц", "ник"), Rule("истк", "ист"), Rule("янк", "янин"),
            Rule("анк", "анец"), Rule("анк", "анин"), Rule("антк", "ант"), Rule("к", "ец"),
        ]
        // Adjectives from nouns.
        + [
            Rule("ионн"), Rule("ическ", "ик"), Rule("ическ", "и"), Rule("ическ"), Rule("альн"),
            Rule("ийск"), Rule("овск"), Rule("очн", "к"), Rule("ечн", "к"), Rule("ев"),
            Rule("ов"), Rule("ск"), Rule("н"),
        ]
        // Nouns from adjectives and verbs.
        + [
            Rule("ост"), Rule("ован", "ова"), Rule("ыван", "ыва"), Rule("иван", "ива"),
            Rule("щен", "т"), Rule("щен", "ст"), Rule("жен", "д"), Rule("жен", "з"),
            Rule("шен", "с"), Rule("чен", "т"), Rule("лен"), Rule("ен"), Rule("ан", "а"),
            Rule("ян", "я"),
        ]
        // Lasting verbs from finished ones.
        + [
            Rule("ыва", "а"), Rule("ива", "и"), Rule("ыва"), Rule("ива"), Rule("вля", "в"),
            Rule("пля", "п"), Rule("бля", "б"), Rule("мля", "м"), Rule("ща", "т"),
            Rule("ща", "ст"), Rule("жда", "д"), Rule("ня", "н"), Rule("ря", "р"), Rule("а"),
        ]

    private static let english: [Rule] = [
        Rule("ili", "i"), Rule("li"), Rule("ness"), Rule("less"), Rule("er"), Rule("or"),
    ]
}
