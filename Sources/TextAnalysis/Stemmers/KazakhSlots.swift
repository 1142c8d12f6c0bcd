/// The slots of the Kazakh word, from the root outward.
///
/// Contexts: V vowel, A vowel other than ы і, S the same or -шы, G и у ю й, L р л, N м н ң, Z ж з,
/// T voiceless, P third person possessive, M first and second person possessive.
struct KazakhSlots: Sendable {
    /// The slots, built once.
    static let shared = KazakhSlots()

    let plural = SuffixSlot([("лар лер", "VGL"), ("дар дер", "NZL"), ("тар тер", "T")])

    let possessive = SuffixSlot([
        ("ымыз іміз ыңыз іңіз", "LNZTG"), ("мыз міз ңыз ңіз", "V"), ("сы сі", "S"),
        ("ы і", "LNZTG"), ("ым ім ың ің", "LNZTG"), ("м ң", "V"),
    ])

    let grammaticalCase = SuffixSlot([
        ("ның нің", "VNP"), ("дың дің", "GLZ"), ("тың тің", "T"),
        ("нда нде", "P"), ("нан нен", "NP"), ("дан ден", "VGLZ"), ("тан тен", "T"),
        ("мен", "VGLN"), ("бен", "Z"), ("пен", "T"),
        ("ға ге", "VGLNZ"), ("қа ке", "T"), ("на не", "P"),
        ("ны ні", "V"), ("ды ді", "GLNZ"), ("ты ті", "T"),
        ("да де", "VGLNZ"), ("та те", "T"), ("н", "P"), ("а е", "M"),
    ])

    /// What makes an adjective of a place or an owner and may take cases again.
    let relational = SuffixSlot([
        ("ндағы ндегі", "P"), ("дағы дегі", "VGLNZ"), ("тағы тегі", "T"),
        ("нікі", "VN"), ("дікі", "GLZ"), ("тікі", "T"),
    ])

    /// Likeness: күндей, барғандай.
    let equative = SuffixSlot([("дай дей", "VGLNZ"), ("тай тей", "T")])

    let comparative = SuffixSlot([("ырақ ірек", "LNZTG")])

    /// The person of a predicate on nouns and participles.
    let person = SuffixSlot([
        ("сыңдар сіңдер сыздар сіздер", "VGLNZT"), ("мын мін", "VGL"), ("бын бін", "NZ"),
        ("пын пін", "T"), ("мыз міз", "GLV"), ("быз біз", "NZ"), ("пыз піз", "T"),
        ("сың сің сыз сіз", "VGLNZT"),
    ])

    /// Endings after which a short person suffix is one.
    let personBearing = SuffixSlot([
        ("лар лер дар дер тар тер шы ші тын тін ған ген қан кен мақ мек", "")
    ])

    let temporal = SuffixSlot([("ғы гі қы кі", "VGLNZT")])

    let negation = SuffixSlot([("ма ме", "VGL"), ("ба бе", "NZ"), ("па пе", "T")])

    let negativeAorist = SuffixSlot([("мас мес", "VGL"), ("бас бес", "NZ"), ("пас пес", "T")])

    let passive = SuffixSlot([("ыл іл ын ін", "LNZTG")])

    /// What makes a verb of a verb; such a verb is as well known as its root.
    let voice = SuffixSlot([
        ("ыл іл ын ін ыс іс", "LNZTG"), ("л н с т", "V"), ("т", "LG"), ("дыр дір", "VGLNZ"),
        ("тыр тір", "T"), ("ғыз гіз", "VGLNZ"), ("қыз кіз", "T"),
    ])

    /// Participles, which take possessives and cases like a noun.
    let participle = SuffixSlot([
        ("ған ген", "VGLNZ"), ("қан кен", "T"), ("атын етін", "GLNZT"), ("йтын йтін", "V"),
        ("итын итін", "LNZT"),
    ])

    /// How a verb of four letters or more ends in a consonant.
    let verbal = SuffixSlot([
        (
            "ыл іл ал ел ол өл ын ін ан ен ыс іс ас ес дыр дір тыр тір ғыз гіз қыз кіз "
                + "ар ер ыр ір ат ет арт ерт", ""
        )
    ])

    /// Imperatives that are possessives of a noun as well: ойыңыз, жолдасын.
    let imperative = SuffixSlot([("сын сін ңыз ңіз ңдар ңдер", "")])

    // Ends of remainders that a rule asks for; their contexts do not matter.

    /// The locative, which a bare verb stem may look like.
    let locative = SuffixSlot([("да де та те", "")])

    /// The relation -дағы, without what stands before it.
    let local = SuffixSlot([("дағы дегі тағы тегі", "")])

    /// Nouns in ы or і that take -сы, -сі: agents, results, tools.
    let agent = SuffixSlot([("шы ші кісі қазы нды нді ғы гі қы кі", "")])

    /// Agents of verbs.
    let actor = SuffixSlot([("ушы уші", "")])

    /// Possessives of the first and second person.
    let speaker = SuffixSlot([("ым ім ың ің мыз міз ңыз ңіз", "")])

    /// Surnames that take either harmony: Тоқаевтың, Әлиевтің.
    let neutralSurname = SuffixSlot([("ев", "")])

    let feminineSurname = SuffixSlot([("ова ева", "")])

    /// Passive and reflexive stems of derived verbs.
    let reflexive = SuffixSlot([("лан лен дан ден тан тен", "")])

    /// Roots in п as they are written before -ып.
    let labial = SuffixSlot([("тау жау шау қау сеу кеу теу көу", "")])

    /// Whole endings of the verb, person included.
    let verb = Self.verbEndings

    /// Endings that begin with й and a vowel, written я and ю: қой, қояды, қою.
    let glided = Self.glidedEndings
}
