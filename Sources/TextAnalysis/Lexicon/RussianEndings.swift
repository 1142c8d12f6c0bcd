/// The ending sets of Russian inflection; a stem of a paradigm takes some of them.
///
/// The sets follow the last letter of the stem: hard, velar (г к х), husher (ж ч ш щ ц) or soft.
struct RussianEndings: OptionSet {
    let rawValue: UInt128

    private init(bit: UInt128) { rawValue = 1 << bit }

    init(rawValue: UInt128) { self.rawValue = rawValue }

    /// The stem is a whole form.
    static let bare = Self(bit: 0)

    // MARK: Nouns

    static let masculineHard = Self(bit: 1)
    static let masculineHusher = Self(bit: 2)
    static let masculineSoft = Self(bit: 3)
    /// The prepositional case of -ий, -ия and -ие.
    static let locative = Self(bit: 4)
    static let pluralHard = Self(bit: 5)
    static let pluralVelar = Self(bit: 6)
    static let pluralSoft = Self(bit: 7)
    static let pluralInA = Self(bit: 8)
    static let pluralInYa = Self(bit: 9)
    static let pluralInE = Self(bit: 10)
    static let genitiveOv = Self(bit: 11)
    static let genitiveEv = Self(bit: 12)
    static let genitiveEy = Self(bit: 13)
    static let genitiveSoft = Self(bit: 14)
    static let genitiveY = Self(bit: 15)
    static let genitiveIy = Self(bit: 16)
    /// A genitive plural without an ending.
    static let genitiveBare = Self(bit: 17)
    static let feminineHard = Self(bit: 18)
    static let feminineVelar = Self(bit: 19)
    static let feminineHusher = Self(bit: 20)
    static let feminineTs = Self(bit: 21)
    static let feminineSoft = Self(bit: 22)
    static let thirdOblique = Self(bit: 23)
    static let thirdInstrumental = Self(bit: 24)
    static let neuterHard = Self(bit: 25)
    static let neuterSoft = Self(bit: 26)
    static let neuterHusher = Self(bit: 27)
    /// The singular of время and of путь.
    static let neuterInMya = Self(bit: 28)
    static let instrumentalSoft = Self(bit: 29)

    // MARK: Adjectives

    static let adjectiveHard = Self(bit: 32)
    static let adjectiveVelar = Self(bit: 33)
    static let adjectiveHusher = Self(bit: 34)
    static let adjectiveSoft = Self(bit: 35)
    static let adjectivePossessive = Self(bit: 36)
    static let adjectiveInY = Self(bit: 37)
    static let adjectiveInI = Self(bit: 38)
    static let shortHard = Self(bit: 39)
    static let shortVelar = Self(bit: 40)
    static let shortHusher = Self(bit: 41)
    static let shortSoft = Self(bit: 42)
    static let comparative = Self(bit: 43)
    static let comparativeInE = Self(bit: 44)
    /// A short masculine form.
    static let shortBare = Self(bit: 45)

    // MARK: Verbs

    static let presentFirst = Self(bit: 48)
    static let presentSecond = Self(bit: 49)
    static let presentU = Self(bit: 50)
    static let presentYu = Self(bit: 51)
    static let presentUt = Self(bit: 52)
    static let presentYut = Self(bit: 53)
    static let presentAt = Self(bit: 54)
    static let presentYat = Self(bit: 55)
    /// дам, дашь, даст; ем, ешь, ест.
    static let presentOld = Self(bit: 56)
    /// дадим, дадите; хотим, хотите.
    static let presentOldPlural = Self(bit: 57)
    static let past = Self(bit: 58)
    static let pastWithoutMasculine = Self(bit: 59)
    static let gerundYa = Self(bit: 60)
    static let gerundA = Self(bit: 61)
    static let gerundV = Self(bit: 62)
    static let gerundShi = Self(bit: 63)
    static let imperativeI = Self(bit: 64)
    static let imperativeY = Self(bit: 65)
    static let imperativeSoft = Self(bit: 66)
    static let imperativeBare = Self(bit: 67)
    static let infinitive = Self(bit: 68)

    // MARK: Participles

    static let activeU = Self(bit: 70)
    static let activeYu = Self(bit: 71)
    static let activeA = Self(bit: 72)
    static let activeYa = Self(bit: 73)
    static let passivePresentE = Self(bit: 74)
    static let passivePresentI = Self(bit: 75)
    static let activePastV = Self(bit: 76)
    static let activePast = Self(bit: 77)
    static let passiveN = Self(bit: 78)
    static let passiveEn = Self(bit: 79)
    static let passiveT = Self(bit: 80)

    // MARK: Marks

    /// The forms end with -ся or -сь.
    static let reflexive = Self(bit: 127)

    /// Sets of a stem that most forms are made of.
    static let representative: Self = [
        .masculineHard, .masculineHusher, .masculineSoft, .pluralHard, .pluralVelar, .pluralSoft,
        .pluralInA, .pluralInYa, .pluralInE, .feminineHard, .feminineVelar, .feminineHusher,
        .feminineTs, .feminineSoft, .thirdOblique, .neuterHard, .neuterSoft, .neuterHusher,
        .neuterInMya, .adjectiveHard, .adjectiveVelar, .adjectiveHusher, .adjectiveSoft,
        .adjectivePossessive, .past, .pastWithoutMasculine,
    ]

    /// Active participles.
    static let active: Self = [.activeU, .activeYu, .activeA, .activeYa, .activePastV, .activePast]

    /// All participles.
    static let participles = Self.active.union([
        .passivePresentE, .passivePresentI, .passiveN, .passiveEn, .passiveT,
    ])

    /// Plurals of nouns.
    static let plural: Self = [
        .pluralHard, .pluralVelar, .pluralSoft, .pluralInA, .pluralInYa, .pluralInE,
    ]

    /// Nouns in -а and -я.
    static let firstDeclension: Self = [
        .feminineHard, .feminineVelar, .feminineHusher, .feminineTs, .feminineSoft,
    ]

    /// Short forms of adjectives, in which adverbs end too.
    static let short: Self = [.shortHard, .shortVelar, .shortHusher, .shortSoft]

    /// Finite forms that a passive voice in -ся has, and its participles.
    static let passiveVoice: Self = [
        .bare, .infinitive, .presentFirst, .presentSecond, .presentUt, .presentYut, .presentAt,
        .presentYat,
        .past, .activeU, .activeYu, .activeA, .activeYa, .activePastV,
    ]

    /// Sets whose forms are rare beside a form of another word that looks the same.
    static let rare: Self = [
        .imperativeI, .imperativeY, .imperativeSoft, .imperativeBare, .gerundYa, .gerundA,
        .gerundShi, .comparativeInE, .instrumentalSoft, .shortBare,
    ]
    /// Sets between the rare and the common ones.
    static let uncommon: Self = [
        .shortHard, .shortVelar, .shortHusher, .shortSoft, .comparative, .genitiveBare,
        .passiveN, .passiveEn, .passiveT, .passivePresentE, .passivePresentI,
    ]
}

extension RussianEndings {
    private static let hardCases = [
        "ого", "ому", "ым", "ом", "ая", "ой", "ую", "ою", "ое", "ые", "ых", "ыми",
    ]
    private static let velarCases = [
        "ого", "ому", "им", "ом", "ая", "ой", "ую", "ою", "ое", "ие", "их", "ими",
    ]
    private static let husherCases = [
        "его", "ему", "им", "ем", "ая", "ей", "ую", "ею", "ее", "ие", "их", "ими",
    ]
    private static let softCases = [
        "его", "ему", "им", "ем", "яя", "ей", "юю", "ею", "ее", "ие", "их", "ими",
    ]

    private static func active(_ suffix: String) -> [String] {
        (["ий"] + husherCases).map { suffix + $0 }
    }

    private static func passive(_ long: String, _ short: String) -> [String] {
        (["ый"] + hardCases).map { long + $0 } + ["", "а", "о", "ы"].map { short + $0 }
    }

    /// Every set with its endings.
    static let all: [(set: RussianEndings, endings: [String])] = [
        (.bare, [""]),
        (.masculineHard, ["а", "у", "ом", "е"]),
        (.masculineHusher, ["а", "у", "ом", "ем", "е"]),
        (.masculineSoft, ["я", "ю", "ем", "е"]),
        (.locative, ["и"]),
        (.pluralHard, ["ы", "ам", "ами", "ах"]),
        (.pluralVelar, ["и", "ам", "ами", "ах"]),
        (.pluralSoft, ["и", "ям", "ями", "ях"]),
        (.pluralInA, ["а", "ам", "ами", "ах"]),
        (.pluralInYa, ["я", "ям", "ями", "ях"]),
        (.pluralInE, ["е", "ам", "ами", "ах"]),
        (.genitiveOv, ["ов"]),
        (.genitiveEv, ["ев"]),
        (.genitiveEy, ["ей"]),
        (.genitiveSoft, ["ь"]),
        (.genitiveY, ["й"]),
        (.genitiveIy, ["ий"]),
        (.genitiveBare, [""]),
        (.feminineHard, ["а", "ы", "е", "у", "ой", "ою"]),
        (.feminineVelar, ["а", "и", "е", "у", "ой", "ою"]),
        (.feminineHusher, ["а", "и", "е", "у", "ей", "ею", "ой", "ою"]),
        (.feminineTs, ["а", "ы", "е", "у", "ей", "ею", "ой"]),
        (.feminineSoft, ["я", "и", "е", "ю", "ей", "ею"]),
        (.thirdOblique, ["и"]),
        (.thirdInstrumental, ["ью"]),
        (.neuterHard, ["о", "а", "у", "ом", "е"]),
        (.neuterSoft, ["е", "я", "ю", "ем"]),
        (.neuterHusher, ["е", "а", "у", "ем"]),
        (.neuterInMya, ["и", "ем"]),
        (.instrumentalSoft, ["ьми"]),
        (.adjectiveHard, hardCases),
        (.adjectiveVelar, velarCases),
        (.adjectiveHusher, husherCases),
        (.adjectiveSoft, softCases),
        (
            .adjectivePossessive,
            ["ьего", "ьему", "ьим", "ьем", "ья", "ьей", "ью", "ьею", "ье", "ьи", "ьих", "ьими"]
        ),
        (.adjectiveInY, ["ый"]),
        (.adjectiveInI, ["ий"]),
        (.shortHard, ["а", "о", "ы"]),
        (.shortVelar, ["а", "о", "и"]),
        (.shortHusher, ["а", "о", "е", "и"]),
        (.shortSoft, ["я", "е", "и"]),
        (.comparative, ["ее"]),
        (.comparativeInE, ["е", "ей"]),
        (.shortBare, [""]),
        (.presentFirst, ["ешь", "ет", "ем", "ете"]),
        (.presentSecond, ["ишь", "ит", "им", "ите"]),
        (.presentU, ["у"]),
        (.presentYu, ["ю"]),
        (.presentUt, ["ут"]),
        (.presentYut, ["ют"]),
        (.presentAt, ["ат"]),
        (.presentYat, ["ят"]),
        (.presentOld, ["м", "шь", "ст"]),
        (.presentOldPlural, ["им", "ите"]),
        (.past, ["л", "ла", "ло", "ли"]),
        (.pastWithoutMasculine, ["ла", "ло", "ли"]),
        (.gerundYa, ["я"]),
        (.gerundA, ["а"]),
        (.gerundV, ["в", "вши"]),
        (.gerundShi, ["ши"]),
        (.imperativeI, ["и", "ите"]),
        (.imperativeY, ["й", "йте"]),
        (.imperativeSoft, ["ь", "ьте"]),
        (.imperativeBare, ["", "те"]),
        (.infinitive, ["ть"]),
        (.activeU, active("ущ")),
        (.activeYu, active("ющ")),
        (.activeA, active("ащ")),
        (.activeYa, active("ящ")),
        (.passivePresentE, passive("ем", "ем")),
        (.passivePresentI, passive("им", "им")),
        (.activePastV, active("вш")),
        (.activePast, active("ш")),
        (.passiveN, passive("нн", "н")),
        (.passiveEn, passive("енн", "ен")),
        (.passiveT, passive("т", "т")),
    ]
}
