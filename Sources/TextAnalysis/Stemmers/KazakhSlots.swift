/// The slots of the Kazakh word, from the root outward.
///
/// Contexts: V vowel, A vowel other than ы і, S the same or -шы, G и у ю й, L р л, N м н ң, Z ж з,
/// T voiceless, P third person possessive, M first and second person possessive.
struct KazakhSlots: Sendable {
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

    // Ends of remainders that a rule asks for; their contexts do not matter.

    /// The relation -дағы, without what stands before it.
    let local = SuffixSlot([("дағы дегі тағы тегі", "")])

    /// Nouns in ы or і that take -сы, -сі.
    let agent = SuffixSlot([("шы ші кісі қазы", "")])

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
    let verb = SuffixSlot(Self.verbEndings)

    private static let verbEndings: [(suffixes: String, context: String)] = {
        var lines: [(suffixes: String, context: String)] = []
        for (back, front, context) in [("ды", "ді", "GLNZV"), ("ты", "ті", "T")] {
            // -дық, -тік of the first person plural are far more often derivation.
            lines += join(back, " м ң ңыз ңдар ңыздар", context)
            lines += join(front, " м ң ңіз ңдер ңіздер", context)
        }
        lines += join("са", " м ң қ ңыз ңдар ңыздар", "AGLNZT")
        lines += join("се", " м ң к ңіз ңдер ңіздер", "AGLNZT")
        let backTail = " бын сың сыз быз сыңдар сыздар дай ша дықтан дық"
        let frontTail = " бін сің сіз біз сіңдер сіздер дей ше діктен дік"
        lines += join("ған", backTail, "VGLNZ") + join("ген", frontTail, "VGLNZ")
        lines += join("қан", backTail, "T") + join("кен", frontTail, "T")

        let backPerson = "ды мын сың сыз мыз сыңдар сыздар тын"
        let frontPerson = "ді мін сің сіз міз сіңдер сіздер тін"
        lines += join("а", backPerson, "GLNZT") + join("е", frontPerson, "GLNZT")
        lines += join("й", backPerson, "V") + join("й", frontPerson, "V")
        // A verb stem in ы or і and й are written и.
        lines += join("и", backPerson, "LNZT") + join("и", frontPerson, "LNZT")
        lines += join("ар", "мын сың сыз мыз", "GLNZT") + join("ер", "мін сің сіз міз", "GLNZT")
        lines += join("р", "мын сың сыз мыз", "A") + join("р", "мін сің сіз міз", "A")

        let backEvidence = " ты пын сың сыз пыз"
        let frontEvidence = " ті пін сің сіз піз"
        lines += join("п", backEvidence, "V") + join("п", frontEvidence, "V")
        lines += join("ып", backEvidence, "GLNZT") + join("іп", frontEvidence, "GLNZT")

        lines += [
            ("ғалы гелі", "VGLNZ"), ("қалы келі", "T"),
            ("мақ мек мақшы мекші", "VGL"), ("бақ бек бақшы бекші", "NZ"),
            ("пақ пек пақшы пекші", "T"),
            ("айық ейік айын ейін", "GLNZT"), ("йық йік йын йін", "V"), ("сын сін", "AGLNZT"),
            ("ыңыз іңіз ыңдар іңдер ыңыздар іңіздер", "GLNZT"), ("ңыз ңіз ңдар ңдер", "V"),
            ("май мей", "VGL"), ("бай бей", "NZ"), ("пай пей", "T"),
            ("у", "VLNZT"),
        ]
        return lines
    }()

    /// A beginning with each of several tails; a leading space means also with none.
    private static func join(
        _ beginning: String, _ tails: String, _ context: String
    ) -> [(suffixes: String, context: String)] {
        tails.split(separator: " ", omittingEmptySubsequences: false).map {
            (beginning + $0, context)
        }
    }
}
