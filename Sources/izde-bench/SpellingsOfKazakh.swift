/// The ways in which a Kazakh word is written in Latin letters, for the training of the model.
///
/// One table a spelling: the alphabets of 2021, 2018 and 2019, the common Turkic one, and two ways
/// without diacritics, as in passports and in messages.
enum SpellingsOfKazakh {
    private static let cyrillic = Array("абвгғдежзийкқлмнңоөпрстуұүфхһцчшщыіэюяәё")

    /// The Latin letters of each spelling, in the order of `cyrillic`.
    private static let spellings = [
        "a b v g ğ d e j z i i k q l m n ñ o ö p r s t u ū ü f h h ts ch ş şş y ı e iu ia ä io",
        "a b v g ǵ d e j z ı ı k q l m n ń o ó p r s t ý u ú f h h ts ch sh sh y i e ıý ıa á ıo",
        "a b v g ğ d e j z ı ı k q l m n ŋ o ö p r s t w u ü f h h ts ç ş ş y i e ıw ıa ä ıo",
        "a b v g ğ d e j z ï y k q l m n ñ o ö p r s t w u ü f x h c ç ş ş ı i é yu ya ä yo",
        "a b v g g d e zh z i y k k l m n n o o p r s t u u u f kh h ts ch sh shch y i e yu ya a yo",
        "a b v g gh d e j z i i k q l m n n o o p r s t u u u f h h ts ch sh sh y i e yu ya a yo",
    ].map { $0.split(separator: " ").map(Array.init) }

    /// A small Cyrillic word in every spelling, without its ъ and ь.
    static func latin(_ word: [Character]) -> [[Character]] {
        spellings.map { spelling in
            word.flatMap { letter -> [Character] in
                if letter == "ь" || letter == "ъ" { return [] }
                return cyrillic.firstIndex(of: letter).map { spelling[$0] } ?? [letter]
            }
        }
    }

    /// A small word as it is typed on a Russian keyboard, in both ways for `і`.
    static func typed(_ word: String) -> [String] {
        let waysForI: [Character] = ["и", "ы"]
        return waysForI.map { i in
            String(
                word.map { (letter: Character) -> Character in
                    switch letter {
                    case "ә": "а"
                    case "ғ": "г"
                    case "қ": "к"
                    case "ң": "н"
                    case "ө": "о"
                    case "ұ", "ү": "у"
                    case "һ": "х"
                    case "і": i
                    default: letter
                    }
                })
        }
    }
}
