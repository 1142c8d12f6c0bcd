/// The slots of the Kazakh word, from the root outward.
///
/// Contexts: V vowel, A vowel other than ы і, S the same or -шы, G и у ю й, L р л, N м н ң, Z ж з,
/// T voiceless, P third person possessive, M first and second person possessive.
struct KazakhSlots: Sendable {
    /// The slots, built once.
    static let shared = KazakhSlots()

    /// All suffixes of all slots.
    let table: SuffixTable

    let plural: SuffixSlot
    let possessive: SuffixSlot
    let grammaticalCase: SuffixSlot
    /// What makes an adjective of a place or an owner and may take cases again.
    let relational: SuffixSlot
    /// Likeness: күндей, барғандай.
    let equative: SuffixSlot
    let comparative: SuffixSlot
    /// The person of a predicate on nouns and participles.
    let person: SuffixSlot
    /// Endings after which a short person suffix is one.
    let personBearing: SuffixSlot
    let temporal: SuffixSlot
    let negation: SuffixSlot
    let negativeAorist: SuffixSlot
    let passive: SuffixSlot
    /// What makes a verb of a verb; such a verb is as well known as its root.
    let voice: SuffixSlot
    /// Participles, which take possessives and cases like a noun.
    let participle: SuffixSlot
    /// The past and what looks like it on a noun: accusative and genitive.
    let nounlike: SuffixSlot

    /// What shows a verb made of a noun: сипатта-л.
    let denominal: SuffixSlot

    /// Verbs of position, which take the person without a tense: отырмын.
    let position: SuffixSlot

    /// Names of countries, whose end only looks like an ablative.
    let country: SuffixSlot

    /// Companions, whose -с looks like the beginning of -сы: тұқымдасы.
    let companion: SuffixSlot

    /// How a verb of four letters or more ends in a consonant.
    let verbal: SuffixSlot
    /// Imperatives that are possessives of a noun as well: ойыңыз, жолдасын.
    let imperative: SuffixSlot
    // Ends of remainders that a rule asks for; their contexts do not matter.
    /// The locative, which a bare verb stem may look like.
    let locative: SuffixSlot
    /// The relation -дағы, without what stands before it.
    let local: SuffixSlot
    /// Nouns in ы or і that take -сы, -сі: agents, results, tools.
    let agent: SuffixSlot
    /// Agents of verbs.
    let actor: SuffixSlot
    /// Possessives of the first and second person.
    let speaker: SuffixSlot
    let feminineSurname: SuffixSlot
    /// Passive and reflexive stems of derived verbs.
    let reflexive: SuffixSlot
    /// Roots in п as they are written before -ып.
    let labial: SuffixSlot
    /// Whole endings of the verb, person included.
    let verb: SuffixSlot
    /// Endings that begin with й and a vowel, written я and ю: қой, қояды, қою.
    let glided: SuffixSlot

    private init() {
        var table = SuffixTable.Builder()
        plural = table.add([("лар лер", "VGL"), ("дар дер", "NZL"), ("тар тер", "T")])
        possessive = table.add([
            ("ымыз іміз ыңыз іңіз", "LNZTG"), ("мыз міз ңыз ңіз", "V"), ("сы сі", "S"),
            ("ы і", "LNZTG"), ("ым ім ың ің", "LNZTG"), ("м ң", "V"),
        ])
        grammaticalCase = table.add([
            ("ның нің", "VNP"), ("дың дің", "GLZ"), ("тың тің", "T"),
            ("нда нде", "P"), ("нан нен", "NP"), ("дан ден", "VGLZ"), ("тан тен", "T"),
            ("мен", "VGLN"), ("бен", "Z"), ("пен", "T"),
            ("ға ге", "VGLNZ"), ("қа ке", "T"), ("на не", "P"),
            ("ны ні", "V"), ("ды ді", "GLNZ"), ("ты ті", "T"),
            ("да де", "VGLNZ"), ("та те", "T"), ("н", "P"), ("а е", "M"),
        ])
        relational = table.add([
            ("ндағы ндегі", "P"), ("дағы дегі", "VGLNZ"), ("тағы тегі", "T"),
            ("нікі", "VN"), ("дікі", "GLZ"), ("тікі", "T"),
        ])
        equative = table.add([("дай дей", "VGLNZ"), ("тай тей", "T")])
        comparative = table.add([("ырақ ірек", "LNZTG")])
        person = table.add([
            ("сыңдар сіңдер сыздар сіздер", "VGLNZT"), ("мын мін", "VGLN"), ("бын бін", "NZ"),
            ("пын пін", "T"), ("мыз міз", "GLV"), ("быз біз", "NZ"), ("пыз піз", "T"),
            ("сың сің сыз сіз", "VGLNZT"),
        ])
        personBearing = table.add([
            ("лар лер дар дер тар тер шы ші тын тін ған ген қан кен мақ мек", "")
        ])
        temporal = table.add([("ғы гі қы кі", "VGLNZT")])
        negation = table.add([("ма ме", "VGL"), ("ба бе", "NZ"), ("па пе", "T")])
        negativeAorist = table.add([("мас мес", "VGL"), ("бас бес", "NZ"), ("пас пес", "T")])
        passive = table.add([("ыл іл ын ін", "LNZTG")])
        voice = table.add([
            ("ыл іл ын ін ыс іс", "LNZTG"), ("л н с т", "V"), ("т", "LG"), ("дыр дір", "VGLNZ"),
            ("тыр тір", "T"), ("ғыз гіз", "VGLNZ"), ("қыз кіз", "T"),
        ])
        nounlike = table.add([("ды ді ты ті дың дің тың тің", "")])
        denominal = table.add([
            ("лал лел", "VGL"), ("дал дел", "GLNZ"), ("тал тел", "T"),
        ])
        position = table.add([("отыр тұр жүр жатыр", "")])
        country = table.add([("қстан кстан хстан ғстан гстан нстан зстан", "")])
        companion = table.add([("дасы десі", "GLNZ"), ("тасы тесі", "T")])
        participle = table.add([
            ("ған ген", "VGLNZ"), ("қан кен", "T"), ("атын етін", "GLNZT"), ("йтын йтін", "V"),
            ("итын итін", "LNZT"),
        ])
        verbal = table.add([
            (
                "ыл іл ал ел ол өл ын ін ан ен ыс іс ас ес дыр дір тыр тір ғыз гіз қыз кіз "
                    + "ар ер ыр ір ат ет арт ерт", ""
            )
        ])
        imperative = table.add([("сын сін ңыз ңіз ңдар ңдер", "")])
        locative = table.add([("да де та те", "")])
        local = table.add([("дағы дегі тағы тегі", "")])
        agent = table.add([("шы ші кісі қазы нды нді ғы гі қы кі", "")])
        actor = table.add([("ушы уші", "")])
        speaker = table.add([("ым ім ың ің мыз міз ңыз ңіз", "")])
        feminineSurname = table.add([("ова ева", "")])
        reflexive = table.add([("лан лен дан ден тан тен", "")])
        labial = table.add([("тау жау шау қау сеу кеу теу көу", "")])
        verb = table.add(Self.certainEndings, doubtful: Self.doubtfulEndings)
        glided = table.add(Self.glidedEndings)
        self.table = SuffixTable(table)
    }
}
