import TextAnalysis

/// The forms in which a word of a name stands in a text: Russian cases, Kazakh possession and cases.
///
/// Made when the tables are read, so that a word is looked up once. Some forms that no text has are
/// among them; they do no harm, since keys of words that exist do not meet them.
enum NameInflection {
    /// All forms of a word of one language, itself among them.
    static func forms(of word: String, _ language: Language) -> [String] {
        switch language {
        case .kazakh: kazakh(word)
        case .russian: russian(word)
        case .english, .other: [word, word + "s"]
        }
    }

    // MARK: Russian

    private static let adjectives: [(ending: String, others: [String])] = [
        ("ый", ["ого", "ому", "ым", "ом", "ая", "ой", "ую", "ое", "ые", "ых", "ыми"]),
        (
            "ий",
            [
                "ого", "его", "ому", "ему", "им", "ом", "ем", "ая", "яя", "ой", "ей", "ую", "юю",
                "ое", "ее", "ие", "их", "ими",
            ]
        ),
        ("ой", ["ого", "ому", "ым", "ом", "ая", "ой", "ую", "ое", "ые", "ых", "ыми"]),
        ("ая", ["ой", "ую", "ою"]),
    ]
    private static let nouns: [(ending: String, others: [String])] = [
        ("ия", ["ии", "ию", "ией", "ий", "иям", "иями", "иях"]),
        ("ие", ["ия", "ию", "ием", "ии", "ий", "иям", "иями", "иях"]),
        ("а", ["ы", "и", "е", "у", "ой", "", "ам", "ами", "ах"]),
        ("я", ["и", "е", "ю", "ей", "ь", "ям", "ями", "ях"]),
        ("о", ["а", "у", "ом", "е", "", "ам", "ами", "ах"]),
        ("е", ["я", "ю", "ем", "й", "ям", "ями", "ях"]),
        ("ь", ["я", "ю", "ем", "и", "е", "ью", "ей", "ям", "ями", "ях"]),
        ("й", ["я", "ю", "ем", "е", "и", "ев", "ям", "ями", "ях"]),
        ("ы", ["", "ов", "ам", "ами", "ах"]),
        ("и", ["", "ей", "ов", "ам", "ами", "ах", "ям", "ями", "ях"]),
    ]
    private static let bare = ["а", "у", "ом", "е", "ы", "и", "ов", "ам", "ами", "ах"]

    private static func russian(_ word: String) -> [String] {
        guard word.count > 2 else { return [word] }
        for (ending, others) in adjectives where word.hasSuffix(ending) && word.count > 4 {
            let stem = word.dropLast(2)
            return [word] + others.map { stem + $0 }
        }
        for (ending, others) in nouns where word.hasSuffix(ending) {
            let stem = word.dropLast(ending.count)
            return [word] + others.map { stem + $0 }
        }
        return [word] + bare.map { word + $0 }
    }

    // MARK: Kazakh

    private static let vowels = Set("аәеиоөуұүыіэюя")
    private static let front = Set("әеөүіэ")
    private static let back = Set("аоұыяю")

    private static func kazakh(_ word: String) -> [String] {
        guard word.count > 1, let last = word.last else { return [word] }
        let isFront = isFront(word)
        var bases = [word]
        let possessed = possessed(word, last, isFront)
        bases += possessed
        let plural = word + plural(last, isFront)
        bases += [plural, plural + (isFront ? "і" : "ы")]
        var forms = bases
        for base in bases {
            let isPossessed = base != word && base != plural
            forms += cases(base, isFront, isPossessed: isPossessed).map { base + $0 }
            // Names of places are possessed in the table: облысы, ауданы.
            if base == word, last == "ы" || last == "і" {
                forms += cases(base, isFront, isPossessed: true).map { base + $0 }
            }
        }
        return forms
    }

    /// The last vowel that tells; loans follow it too.
    private static func isFront(_ word: String) -> Bool {
        for letter in word.reversed() {
            if front.contains(letter) { return true }
            if back.contains(letter) { return false }
        }
        return word.contains("и")
    }

    /// His university: университеті, академиясы, орталығы, орны.
    private static func possessed(_ word: String, _ last: Character, _ isFront: Bool) -> [String] {
        let vowel = isFront ? "і" : "ы"
        if vowels.contains(last), last != "у", last != "и" { return [word + "с" + vowel] }
        var stem = word
        switch last {
        case "п": stem = word.dropLast() + "б"
        case "қ": stem = word.dropLast() + "ғ"
        case "к": stem = word.dropLast() + "г"
        default: break
        }
        var forms = [stem + vowel]
        if stem != word { forms.append(word + vowel) }
        let letters = Array(word)
        // орын: орны, халық: халқы.
        if letters.count >= 4,
            letters[letters.count - 2] == "ы" || letters[letters.count - 2] == "і",
            !vowels.contains(letters[letters.count - 3])
        {
            forms.append(String(letters.dropLast(2)) + String(last) + vowel)
        }
        return forms
    }

    private static func plural(_ last: Character, _ isFront: Bool) -> String {
        let vowel = isFront ? "е" : "а"
        switch last {
        case _ where vowels.contains(last), "р", "й": return "л" + vowel + "р"
        case "м", "н", "ң", "л", "з", "ж": return "д" + vowel + "р"
        default: return "т" + vowel + "р"
        }
    }

    private static func cases(_ base: String, _ isFront: Bool, isPossessed: Bool) -> [String] {
        let narrow = isFront ? "і" : "ы"
        let broad = isFront ? "е" : "а"
        if isPossessed {
            return [
                "н" + narrow + "ң", "н" + broad, "н", "нд" + broad, "н" + broad + "н", "мен",
                "нд" + broad + "ғ" + narrow, "нд" + broad + "г" + narrow,
            ]
        }
        guard let last = base.last else { return [] }
        let isVowel = vowels.contains(last)
        let isVoiceless = "пкқстфхцчшщбвгд".contains(last)
        let isNasal = "мнң".contains(last)
        let dental = isVoiceless ? "т" : "д"
        let genitive = isVowel || isNasal ? "н" : dental
        let dative = (isVoiceless ? (isFront ? "к" : "қ") : (isFront ? "г" : "ғ")) + broad
        let ablative = (isNasal ? "н" : dental) + broad + "н"
        let instrumental = isVoiceless ? "пен" : ("зж".contains(last) ? "бен" : "мен")
        return [
            genitive + narrow + "ң", dative, (isVowel ? "н" : dental) + narrow, dental + broad,
            ablative, instrumental, dental + broad + "ғ" + narrow, dental + broad + "г" + narrow,
        ]
    }
}
