import TextAnalysis

/// In which language and letters an acronym is made of words.
///
/// Institutions of Kazakhstan bear in Latin letters the acronym of their English name or, letter by
/// letter, that of their Russian or Kazakh one: `ZKMU` is ЗКМУ.
enum AcronymSpelling: CaseIterable {
    case english, kazakh, russian, kazakhInLatin, russianInLatin

    /// The language of its words.
    var language: Language {
        switch self {
        case .english: .english
        case .kazakh, .kazakhInLatin: .kazakh
        case .russian, .russianInLatin: .russian
        }
    }

    /// Those that names are found by; Latin letters of Kazakh words are seldom an acronym that
    /// those of English or Russian are not.
    static let written: [AcronymSpelling] = [.kazakh, .russian, .english, .russianInLatin]

    /// Whether its letters are Latin.
    var isLatin: Bool { self != .kazakh && self != .russian }

    /// The spellings of a script, the likeliest first.
    static func of(_ script: NameToken.Script) -> [AcronymSpelling] {
        script == .latin
            ? [.english, .russianInLatin, .kazakhInLatin] : [.kazakh, .russian]
    }

    // MARK: Letters

    /// Small Cyrillic letters of Kazakh and Russian in Latin ones; others have none.
    ///
    /// - Source: the practice of English texts of Kazakhstan, close to BGN/PCGN.
    static func inLatin(_ letters: some Sequence<UInt16>) -> [UInt16] {
        letters.flatMap { latin[$0] ?? [] }
    }

    private static let latin: [UInt16: [UInt16]] = {
        let pairs = """
            а a ә a б b в v г g ғ g д d е e ё e ж zh з z и i й i к k қ k л l м m н n ң n о o ө o п p
            р r с s т t у u ұ u ү u ф f х kh һ h ц ts ч ch ш sh щ sh ы y і i э e ю yu я ya
            """
            .split(whereSeparator: { $0 == " " || $0 == "\n" }).map { Array($0.utf16) }
        var table: [UInt16: [UInt16]] = [:]
        for place in stride(from: 0, to: pairs.count, by: 2) {
            table[pairs[place][0]] = pairs[place + 1]
        }
        return table
    }()

    // MARK: Compounds

    /// The two parts of a compound, each of which may have its letter: КазАТУ has А and Т for
    /// агро-технический; `nil` for other words.
    static func compound(_ word: [UInt16]) -> [[UInt16]]? {
        for first in combining where word.count > first.count + 3 && word.starts(with: first) {
            return [first, Array(word.dropFirst(first.count))]
        }
        return nil
    }

    /// Combining forms of Greek and Latin that words of institutions begin with.
    private static let combining: [[UInt16]] =
        """
        агро авиа авто аэро био вело гео гидро зоо радио социо тепло термо техно фото электро энерго
        agro avia auto aero bio geo hydro zoo radio socio thermo techno photo electro
        """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { Array($0.utf16) }
}
