extension KazakhSlots {
    /// Endings that begin with й and a vowel, written я and ю: қой, қояды, қою.
    static let glidedEndings: [Line] =
        join("я", " ды мын сың сыз мыз сыңдар сыздар тын рмын рсың рсыз рмыз йық йын", "V")
        + [("ю", "V")]

    /// Whole endings of the verb, person included.
    static let certainEndings: [Line] = {
        var lines: [Line] = []
        for (back, front, context) in [("ды", "ді", "GLNZV"), ("ты", "ті", "T")] {
            lines += join(back, " м ң ңыз ңдар ңыздар", context)
            lines += join(front, " м ң ңіз ңдер ңіздер", context)
        }
        lines += join("са", " м ң қ ңыз ңдар ңыздар", "AGLNZT")
        lines += join("се", " м ң к ңіз ңдер ңіздер", "AGLNZT")
        let backTail = " бын мын сың сыз быз мыз сыңдар сыздар дай ша дықтан дық"
        let frontTail = " бін мін сің сіз біз міз сіңдер сіздер дей ше діктен дік"
        lines += join("ған", backTail, "VGLNZ") + join("ген", frontTail, "VGLNZ")
        lines += join("қан", backTail, "T") + join("кен", frontTail, "T")

        let backPerson = "ды мын сың сыз мыз сыңдар сыздар тын"
        let frontPerson = "ді мін сің сіз міз сіңдер сіздер тін"
        lines += join("а", backPerson, "GLNZT") + join("е", frontPerson, "GLNZT")
        lines += join("й", backPerson, "V") + join("й", frontPerson, "V")
        // A verb stem in ы or і and й are written и.
        lines += join("и", backPerson, "LNZT") + join("и", frontPerson, "LNZT")

        let backAorist = "мын сың сыз мыз сыңдар сыздар"
        let frontAorist = "мін сің сіз міз сіңдер сіздер"
        lines += join("ар", backAorist, "GLNZT") + join("ер", frontAorist, "GLNZT")
        lines += join("р", backAorist, "A") + join("р", frontAorist, "A")
        for (back, front, context) in negatives {
            lines += join(back + "с", "пын сың сыз пыз сыңдар сыздар", context)
            lines += join(front + "с", "пін сің сіз піз сіңдер сіздер", context)
        }

        let backEvidence = " ты пын сың сыз пыз сыңдар сыздар"
        let frontEvidence = " ті пін сің сіз піз сіңдер сіздер"
        lines += join("п", backEvidence, "V") + join("п", frontEvidence, "V")
        lines += join("ып", backEvidence, "GLNZT") + join("іп", frontEvidence, "GLNZT")

        lines += [
            ("ғалы гелі", "VGLNZ"), ("қалы келі", "T"),
            ("мақшы мекші", "VGL"), ("бақшы бекші", "NZ"), ("пақшы пекші", "T"),
            ("айық ейік айын ейін", "GLNZT"), ("йық йік йын йін", "V"), ("сын сін", "AGLNZT"),
            ("ыңыз іңіз ыңдар іңдер ыңыздар іңіздер", "GLNZT"),
            ("ңыз ңіз ңдар ңдер ңыздар ңіздер", "V"),
            ("май мей", "VGL"), ("пай пей", "T"),
            ("у", "VLNZT"),
        ]
        return lines
    }()

    /// Endings that more nouns end in than verbs.
    static let doubtfulEndings: [Line] = {
        var lines: [Line] = [
            ("а е ар ер", "GLNZT"), ("р й", "V"),
            ("мақ мек", "VGL"), ("бақ бек", "NZ"), ("пақ пек", "T"), ("бай бей", "NZ"),
            ("дық дік", "VGLNZ"), ("тық тік", "T"), ("и", "LNZT"),
            ("ғысы гісі ғым гім ғың гің", "VGLNZ"), ("қысы кісі қым кім қың кің", "T"),
        ]
        lines += negatives.map { ("\($0.back)с \($0.front)с", $0.context) }
        return lines
    }()

    private static let negatives: [(back: String, front: String, context: String)] = [
        ("ма", "ме", "VGL"), ("ба", "бе", "NZ"), ("па", "пе", "T"),
    ]

    /// Suffixes with the contexts after which they stand.
    typealias Line = (suffixes: String, context: String)

    /// A beginning with each of several tails; a leading space means also with none.
    private static func join(_ beginning: String, _ tails: String, _ context: String) -> [Line] {
        tails.split(separator: " ", omittingEmptySubsequences: false).map {
            (beginning + $0, context)
        }
    }
}
