import TextAnalysis

/// What a word may be derived from, as stems: `концертный` from концерт, `хронологиялық` from
/// хронология, `обвиняться` from обвинять, `кинофорум` from форум.
///
/// Other languages often have no word of their own for the derived one, and say what they have for
/// its base; a document about the one is about the other. Asked only for words that no lexicon has,
/// so that a base that is none does no harm unless the lexicon happens to have it.
struct WordBases {
    /// One way of deriving: what a stem ends with, and what its base has instead.
    private struct Rule {
        var ending: [UInt8]
        var replacement: [UInt8]
        /// Fewest letters of the base.
        var fewestLetters: Int

        init(_ ending: String, _ replacement: String = "", fewestLetters: Int = 4) {
            (self.ending, self.replacement) = (Array(ending.utf8), Array(replacement.utf8))
            self.fewestLetters = fewestLetters
        }
    }

    /// Fewest letters of a base that stands behind a beginning.
    private static let fewestLetters = 4
    /// Letters of a base and what was cut from it, together at least: a short ending or beginning is
    /// cut from long words only.
    private static let fewestLettersOfWhole = 7
    /// The rules of each language, by its place in `TranslationLexicon.languages`; of a language
    /// those first that say more.
    private static let rules = [kazakh, russian, english]
    /// What stands before a word and leaves a document about it one about the word, likewise.
    private static let beginnings = [kazakhBeginnings, russianBeginnings, englishBeginnings]

    /// The bases of a stem of a language, the likeliest first: without their ends, then without
    /// their beginnings.
    ///
    /// - Cost: A comparison a rule.
    static func bases(of stem: [UInt8], language: Int) -> [[UInt8]] {
        var bases: [[UInt8]] = []
        let bytesOfLetter = (stem.first ?? 0) >= 0x80 ? 2 : 1
        for rule in rules[language] {
            let kept = stem.count - rule.ending.count
            guard kept + rule.replacement.count >= bytesOfLetter * rule.fewestLetters,
                stem[max(0, kept)...].elementsEqual(rule.ending)
            else { continue }
            bases.append(stem[..<kept] + rule.replacement)
        }
        guard stem.count >= bytesOfLetter * fewestLettersOfWhole else { return bases }
        for beginning in beginnings[language] {
            let kept = stem.count - beginning.count
            guard kept >= bytesOfLetter * fewestLetters, stem.starts(with: beginning) else {
                continue
            }
            bases.append(Array(stem.suffix(kept)))
        }
        return bases
    }

    /// What makes adjectives and verbs of nouns, nouns of participles, those who do something of what
    /// they do; then endings that the stemmer leaves: `мәліметінше` (by what it says), the wish of
    /// `тексергіңіз` and the accusative of `қаржыны`.
    private static let kazakh: [Rule] =
        ["аралық", "ішілік", "шылық", "шілік"].map { Rule($0) }
        + [
            "атындық", "етіндік", "йтындық", "йтіндік", "ғандық", "гендік", "қандық", "кендік",
            "лық", "лік", "дық", "дік", "тық", "тік", "сыз", "сіз",
            "дыр", "дір", "тыр", "тір", "ғыз", "гіз", "қыз", "кіз",
        ].map { Rule($0, fewestLetters: 3) }
        + ["дас", "дес", "тас", "тес", "ушы", "уші", "уш", "інш", "ынш"].map { Rule($0) }
        + ["лы", "лі", "ды", "ді", "ты", "ті", "шы", "ші"].map { Rule($0) }
        + ["лан", "лен", "дан", "ден", "тан", "тен"].map { Rule($0) }
        + ["ла", "ле", "да", "де", "та", "те", "л", "д", "т", "ш", "к", "қ"].map { Rule($0) }
        + [Rule("ын", "ы"), Rule("ін", "і")]

    private static let russian: [Rule] =
        // Passives and reflexives.
        [Rule("ться"), Rule("иться"), Rule("аться", "а"), Rule("яться", "я"), Rule("тись", "т")]
        // Women by their trade and country.
        + [
            Rule("тельниц", "тел"), Rule("ниц", "ник"), Rule("истк", "ист"), Rule("янк", "янин"),
            Rule("анк", "анец"), Rule("анк", "анин"), Rule("антк", "ант"), Rule("к", "ец"),
        ]
        // Genitives of many.
        + [Rule("ок", "к"), Rule("ек", "к")]
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
        Rule("ship"), Rule("hood"), Rule("wise"), Rule("woman", "man"), Rule("women", "men"),
        Rule("woman"), Rule("abl"), Rule("abl", "e"), Rule("ibl"), Rule("iz"), Rule("ist"),
        Rule("ism"), Rule("ment"),
    ]

    // MARK: Beginnings

    private static let kazakhBeginnings = list(
        """
        авиа авто агро аудио аэро әуе бейне био вело веб видео гео гидро интернет кибер кино медиа \
        мега микро мини моно мото мульти нано нейро радио супер теле ультра фото электр энерго этно
        """)

    private static let russianBeginnings = list(
        """
        авиа авто агро аудио аэро био вело веб видео внутри высоко гео гидро гос еже кибер кино \
        макро медиа меж мега микро мини много моно мото мульти нано нейро ново обще перво радио само \
        сверх спец супер теле транс ультра фото электро энерго эко этно экс анти контр псевдо полу \
        двух трех четырех пяти шести семи восьми десяти зам суб под недо без бес не пере дис де ре по
        """)

    private static let englishBeginnings = list(
        """
        anti auto aero bio counter cyber eco electro hydro hyper inter intra macro mega meta micro \
        mini mono multi nano neuro non over photo pseudo semi sub super tele trans ultra \
        under video mis dis un re de
        """)

    private static func list(_ text: String) -> [[UInt8]] {
        text.utf8.split { $0 == UInt8(ascii: " ") }.map { Array($0) }
    }
}
