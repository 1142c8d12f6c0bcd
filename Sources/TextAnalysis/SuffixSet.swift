/// The closed set of endings that are written behind a hyphen after an acronym or a number.
struct SuffixSet: Sendable {
    static let shared = SuffixSet()

    private let kazakh: Set<[UInt16]>
    private let russianOrdinals: Set<[UInt16]>

    /// Whether the units of a word, in either case, are such an ending.
    func contains(_ units: some Sequence<UInt16>, afterNumber: Bool) -> Bool {
        let folded = units.map { CharacterTable.shared.folded($0) }
        return kazakh.contains(folded) || (afterNumber && russianOrdinals.contains(folded))
    }

    private init() {
        // Case endings after every class of sound; possessive forms of acronyms that are read as
        // words (ҚазҰУ-ы, ЖОО-сы) with their cases; plural; ordinal numbers.
        var endings = """
            ның нің дың дің тың тің ға ге қа ке на не а е ны ні ды ді ты ті да де та те нда нде
            дан ден тан тен нан нен мен бен пен дағы дегі тағы тегі ндағы ндегі нікі дікі тікі
            ы і сы сі ын ін сын сін ына іне сына сіне ында інде сында сінде ының інің сының сінің
            ынан інен сынан сінен ымен імен сымен сімен лық лік дық дік тық тік
            ші шы інші ыншы нші ншы
            """.split { $0 == " " || $0 == "\n" }.map(String.init)
        for plural in ["лар", "лер", "дар", "дер", "тар", "тер"] {
            endings.append(plural)
            let isBack = plural.contains("а")
            endings += (isBack ? ["дың", "ға", "ды", "да", "дан", "мен", "ы"] : [])
                .map { plural + $0 }
            endings += (isBack ? [] : ["дің", "ге", "ді", "де", "ден", "мен", "і"])
                .map { plural + $0 }
        }
        // Kazakh decades and ordinals take cases too: 90-шы жылдар, 3-шісі.
        let ordinals = """
            й я е х м ы го му ми мя ти та ая ое ые ый ой ую ых ым ом ей ю
            """.split { $0 == " " || $0 == "\n" }.map(String.init)
        kazakh = Set(endings.map { Array($0.utf16) })
        russianOrdinals = Set(ordinals.map { Array($0.utf16) })
    }
}
