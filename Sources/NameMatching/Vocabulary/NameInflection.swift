import TextAnalysis

/// The forms in which a word of a name stands in a text: Russian cases, Kazakh possession and cases.
///
/// Made when the tables are read, so that a word is looked up once. Some forms that no text has are
/// among them; they do no harm, since keys of words that exist do not meet them. Letters are UTF-16
/// units, since tens of thousands of forms are made at start.
enum NameInflection {
    typealias Letters = [UInt16]

    /// All forms of a word of one language in small letters, itself among them.
    static func forms(of word: Letters, _ language: Language) -> [Letters] {
        switch language {
        case .kazakh: kazakh(word)
        case .russian: russian(word)
        case .english, .other: [word, word + [0x73]]
        }
    }

    /// The forms of a name of one place: it has no plural unless it is one, so that Ливанов is no
    /// form of Ливан and Доминик none of Доминика.
    static func formsOfPlace(_ word: Letters, _ language: Language) -> [Letters] {
        language == .russian ? russianPlace(word) : forms(of: word, language)
    }

    /// All forms of a word of one language, as texts.
    static func forms(of word: String, _ language: Language) -> [String] {
        forms(of: Array(word.utf16), language).map { String(decoding: $0, as: UTF16.self) }
    }

    private static func letters(_ words: String) -> [Letters] {
        words.split(separator: " ").map { $0 == "-" ? [] : Array($0.utf16) }
    }

    // MARK: Russian

    /// Endings of the nominative, and those that stand in their place; `-` is none.
    private static let adjectives: [(ending: Letters, others: [Letters])] = [
        (Array("ый".utf16), letters("ого ому ым ом ая ой ую ое ые ых ыми")),
        (
            Array("ий".utf16),
            letters("ого его ому ему им ом ем ая яя ой ей ую юю ое ее ие их ими")
        ),
        (Array("ой".utf16), letters("ого ому ым ом ая ой ую ое ые ых ыми")),
        (Array("ая".utf16), letters("ой ую ою")),
        (Array("ое".utf16), letters("ого ому ым ом")),
        (Array("ые".utf16), letters("ых ым ыми")),
    ]
    private static let nouns: [(ending: Letters, others: [Letters])] = [
        (Array("ия".utf16), letters("ии ию ией ий иям иями иях")),
        (Array("ие".utf16), letters("ия ию ием ии ий иям иями иях их им ими")),
        (Array("а".utf16), letters("ы и е у ой - ам ами ах")),
        (Array("я".utf16), letters("и е ю ей ь ям ями ях")),
        (Array("о".utf16), letters("а у ом е - ам ами ах")),
        (Array("е".utf16), letters("я ю ем й ям ями ях")),
        (Array("ь".utf16), letters("я ю ем и е ью ей ям ями ях")),
        (Array("й".utf16), letters("я ю ем е и ев ям ями ях")),
        (Array("ы".utf16), letters("- ов ам ами ах")),
        (Array("и".utf16), letters("- ей ов ам ами ах ям ями ях")),
    ]
    private static let bare = letters("а у ом е ы и ов ам ами ах")

    private static func russian(_ word: Letters) -> [Letters] {
        // «аль-» is no noun.
        guard word.count > 2, word.count > 3 || word.last != 0x44C else { return [word] }
        for (ending, others) in adjectives where word.count > 4 && ends(word, ending) {
            let stem = word.dropLast(2)
            return [word] + others.map { stem + $0 }
        }
        for (ending, others) in nouns where ends(word, ending) {
            let stem = word.dropLast(ending.count)
            return [word] + others.map { stem + $0 }
        }
        return [word] + bare.map { word + $0 }
    }

    /// Endings of names that are singular.
    private static let places: [(ending: Letters, others: [Letters])] = [
        (Array("ия".utf16), letters("ии ию ией")),
        (Array("а".utf16), letters("ы и е у ой")),
        (Array("я".utf16), letters("и е ю ей")),
        (Array("о".utf16), letters("а у ом е")),
        (Array("ь".utf16), letters("я ю ем и е ью ей")),
        (Array("й".utf16), letters("я ю ем е и")),
    ]
    private static let singular = letters("а у ом е")
    private static let endingsOfPlurals = ["ы", "и", "ие", "ые", "е"].map { Array($0.utf16) }
    private static let russianVowels = Set("аеёиоуыэюя".utf16)

    private static func russianPlace(_ word: Letters) -> [Letters] {
        guard word.count > 3, !adjectives.contains(where: { ends(word, $0.ending) }),
            !endingsOfPlurals.contains(where: { ends(word, $0) })
        else { return russian(word) }
        // Самоа, Никарагуа.
        if ends(word, [0x430]), russianVowels.contains(word[word.count - 2]) { return [word] }
        for (ending, others) in places where ends(word, ending) {
            return [word] + others.map { word.dropLast(ending.count) + $0 }
        }
        var forms = [word] + singular.map { word + $0 }
        // Семипалатинск: семипалатинский.
        if ends(word, Array("ск".utf16)) {
            forms.append(word + Array("ий".utf16))
            forms += adjectives[1].others.map { word + $0 }
        }
        return forms
    }

    private static func ends(_ word: Letters, _ ending: Letters) -> Bool {
        word.count > ending.count && word.suffix(ending.count).elementsEqual(ending)
    }

    // MARK: Kazakh

    private static let vowels = Set("аәеиоөуұүыіэюя".utf16)
    private static let front = Set("әеөүіэ".utf16)
    private static let back = Set("аоұыяю".utf16)
    private static let voiceless = Set("пкқстфхцчшщбвгд".utf16)
    private static let nasals = Set("мнң".utf16)
    private static let sibilants = Set("зж".utf16)

    /// Endings in back vowels, then in front ones.
    private struct Endings {
        var narrow: UInt16
        var broad: UInt16
        var pluralL: Letters
        var pluralD: Letters
        var pluralT: Letters
        /// Cases behind the possession of a third person.
        var possessedCases: [Letters]

        init(narrow: String, broad: String) {
            func letters(_ text: String) -> Letters { Array(text.utf16) }
            self.narrow = letters(narrow)[0]
            self.broad = letters(broad)[0]
            pluralL = letters("л\(broad)р")
            pluralD = letters("д\(broad)р")
            pluralT = letters("т\(broad)р")
            possessedCases = [
                "н\(narrow)ң", "н\(broad)", "н", "нд\(broad)", "н\(broad)н", "мен",
                "нд\(broad)ғ\(narrow)", "нд\(broad)г\(narrow)",
            ].map(letters)
        }
    }

    private static let backEndings = Endings(narrow: "ы", broad: "а")
    private static let frontEndings = Endings(narrow: "і", broad: "е")

    private static func kazakh(_ word: Letters) -> [Letters] {
        guard word.count > 1, let last = word.last else { return [word] }
        let endings = isFront(word) ? frontEndings : backEndings
        let possessed = possessed(word, last, endings)
        let plural = word + plural(last, endings)
        let possessedPlural = plural + [endings.narrow]
        var forms = [word, plural, possessedPlural] + possessed
        for base in [word, plural] { forms += cases(of: base, endings).map { base + $0 } }
        // Names of places are possessed in the table: облысы, ауданы.
        let isPossessed = last == 0x44B || last == 0x456
        for base in possessed + [possessedPlural] + (isPossessed ? [word] : []) {
            forms += endings.possessedCases.map { base + $0 }
        }
        return forms
    }

    /// The last vowel that tells; loans follow it too.
    private static func isFront(_ word: Letters) -> Bool {
        // к and г stand beside front vowels alone; loans take them for that: банкі, педагогі.
        if let last = word.last, last == 0x43A || last == 0x433 { return true }
        for letter in word.reversed() {
            if front.contains(letter) { return true }
            if back.contains(letter) { return false }
        }
        return word.contains(0x438)
    }

    /// His university: университеті, академиясы, орталығы, орны.
    private static func possessed(_ word: Letters, _ last: UInt16, _ endings: Endings)
        -> [Letters]
    {
        if vowels.contains(last), last != 0x443, last != 0x438 {
            return [word + [0x441, endings.narrow]]
        }
        var stem = word
        switch last {
        case 0x43F: stem[stem.count - 1] = 0x431  // п, б
        case 0x49B: stem[stem.count - 1] = 0x493  // қ, ғ
        case 0x43A: stem[stem.count - 1] = 0x433  // к, г
        default: break
        }
        var forms = [stem + [endings.narrow]]
        if stem != word { forms.append(word + [endings.narrow]) }
        // орын: орны, халық: халқы.
        if word.count >= 4, [0x44B, 0x456].contains(word[word.count - 2]),
            !vowels.contains(word[word.count - 3])
        {
            forms.append(word.dropLast(2) + [last, endings.narrow])
        }
        return forms
    }

    /// Our correspondent: тілшіміз, әріптесіміз.
    static func ours(_ word: String) -> String {
        let letters = Array(word.utf16)
        guard let last = letters.last else { return word }
        let endings = isFront(letters) ? frontEndings : backEndings
        let possessed = possessed(letters, last, endings)
        // Behind a vowel there is no other one: тілшісі, but тілшіміз.
        let stem = vowels.contains(last) ? letters : possessed.first ?? letters
        return String(
            decoding: stem + [0x43C, endings.narrow, 0x437], as: UTF16.self)
    }

    private static func plural(_ last: UInt16, _ endings: Endings) -> Letters {
        if vowels.contains(last) || last == 0x440 || last == 0x439 { return endings.pluralL }
        if nasals.contains(last) || sibilants.contains(last) || last == 0x43B {
            return endings.pluralD
        }
        return endings.pluralT
    }

    private static func cases(of base: Letters, _ endings: Endings) -> [Letters] {
        guard let last = base.last else { return [] }
        let isVowel = vowels.contains(last)
        let isVoiceless = voiceless.contains(last)
        let isNasal = nasals.contains(last)
        let isFront = endings.broad == 0x435
        let dental: UInt16 = isVoiceless ? 0x442 : 0x434
        let n: UInt16 = 0x43D
        let velar: UInt16 =
            isVoiceless ? (isFront ? 0x43A : 0x49B) : (isFront ? 0x433 : 0x493)
        let instrumental: UInt16 =
            isVoiceless ? 0x43F : (sibilants.contains(last) ? 0x431 : 0x43C)
        return [
            [isVowel || isNasal ? n : dental, endings.narrow, 0x4A3],
            [velar, endings.broad],
            [isVowel ? n : dental, endings.narrow],
            [dental, endings.broad],
            [isNasal ? n : dental, endings.broad, n],
            [instrumental, 0x435, n],
            [dental, endings.broad, 0x493, endings.narrow],
            [dental, endings.broad, 0x433, endings.narrow],
        ]
    }
}
