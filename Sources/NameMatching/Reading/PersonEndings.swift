/// Endings by which words of a person's name are known, in folded letters of three scripts.
enum PersonEndings {
    /// Endings of patronymics, the longest first.
    ///
    /// -ыч and -ич stand alone only behind a consonant and a long base (`Ильич`): see `isShort`.
    private static let patronymics = WordEndings(
        """
        ұлы улы ули оглы оғлы ұлының ұлына ұлынан ұлымен ұлында uly ūly uli ulı úly ugli oglu
        oğlu uғly қызы кызы кизи қызының қызына қызынан қызымен қызында qyzy kyzy kyzı qızı
        qyzı qizi kizi gizi гызы ұлы_ ۇلى قىزى
        ович евич ьевич иевич овича евича овичу евичу овичем евичем овиче евиче ovich evich yevich
        ievich iyevich ovych evych ovitch evitch owitsch ewitsch owicz ewicz ovič evič
        овна евна ьевна иевна овны евны овне евне овной евной овну евну ovna evna yevna ievna
        iyevna owna ewna
        инична ична ичны ичне ичной ичну ichna inichna
        """)
    /// Cases that end short words which are no patronymics: Үшқұлын.
    private static let cases = WordEndings("ұлын қызын")
    private static let short = WordEndings("ич ыч ich ych")

    /// Endings of surnames and of villages, with those of their cases, the longest first.
    private static let surnames = WordEndings(
        """
        ов ова ову овым ове овой овы овых овыми ев ева еву евым еве евой евы евых евыми
        ин ина ину иным ине иной ины иных ын ына ыну ыным ыне ыной
        ский ского скому ским ском ская скую ской ские цкий цкого цкому цким цкая цкую цкой
        ов_ ovich_ ov ova ow owa off eff ev eva ew ewa yev yeva iev ieva jew jewa jev jeva
        in ina sky skiy skii ski skaya skaia tsky tskiy ۆ ەۆ وۆ ۆا
        ко енко чук юк
        ынский ынское ynskiy ynskoye
        овка евка ёвка инка ово ево ёво ино овское евское инское ское овский евский инский
        ovka evka yevka inka ovo evo yevo ino ovskoe evskoe inskoe skoe ovskoye yevskoye inskoye
        skoye ovskiy yevskiy evskiy inskiy skīy ovskīy evskīy
        """)

    /// How many bytes of a word are the father's name; `nil` for no patronymic.
    static func patronymicBase(of word: ArraySlice<UInt8>) -> Int? {
        patronymics.base(of: word, leastLetters: 2) ?? cases.base(of: word, leastLetters: 4)
            ?? short.base(of: word, leastLetters: 4)
    }

    /// How many bytes of a word stand before the ending of a surname; `nil` without one.
    static func surnameBase(of word: ArraySlice<UInt8>) -> Int? {
        surnames.base(of: word, leastLetters: 3)
    }

    /// How many bytes of a word stand before an ending of villages that surnames do not have:
    /// Альжанка, Добровольное; `nil` without one.
    static func villageBase(of word: ArraySlice<UInt8>) -> Int? {
        villages.base(of: word, leastLetters: 4)
    }

    /// Whether an ending tells that a vowel before it belongs to the base.
    ///
    /// Алма-Ата, алматинский; Ольга, Ольгинка. Names that end in a consonant have -ский.
    static func hidesVowel(_ ending: ArraySlice<UInt8>) -> Bool {
        hiding.contains { ending.starts(with: $0) }
    }

    private static let hiding = "инск ынск инка insk ynsk inka īnsk".split(separator: " ").map {
        Array($0.utf8)
    }

    private static let villages = WordEndings(
        """
        ка ное ный ная ные ka noe noye nyy nyi naya
        """)

    /// Whether a word has the ending of an adjective, which surnames share: -ский.
    static func isAdjective(_ word: ArraySlice<UInt8>) -> Bool {
        adjectives.areIn(word)
    }

    /// Whether a word has the ending -ский, as names of districts do.
    static func isMasculineAdjective(_ word: ArraySlice<UInt8>) -> Bool {
        masculine.areIn(word)
    }

    /// Whether a word has the ending -ское, as names of villages do.
    static func isNeuterAdjective(_ word: ArraySlice<UInt8>) -> Bool { neuter.areIn(word) }

    private static let neuter = WordEndings("ское цкое skoe skoye skoje")

    private static let masculine = WordEndings("ский цкий skiy skii sky skīy")

    private static let adjectives = WordEndings(
        """
        ский ского скому ским ском ская скую ской ские цкий цкого цкому цким цкая цкую цкой sky
        skiy skii ski skaya skaia tsky tskiy
        """)

    /// Whether a surname has the ending of a woman's.
    static func isFeminine(_ surname: ArraySlice<UInt8>) -> Bool {
        feminine.areIn(surname)
    }

    private static let feminine = WordEndings(
        "ова ева ина ына ская цкая ova eva ina owa ewa jewa jeva skaya skaia tskaya ۆا")

    /// Whether a word is the genitive of a man's name: Тимура of Тимур, Абая of Абай.
    static func isGenitive(_ word: ArraySlice<UInt8>, of name: ArraySlice<UInt8>) -> Bool {
        for (ending, nominative) in genitives where word.suffix(ending.count).elementsEqual(ending)
        {
            let stem = word.dropLast(ending.count)
            guard name.count == stem.count + nominative.count, name.starts(with: stem),
                name.suffix(nominative.count).elementsEqual(nominative),
                let last = name.last, let before = name.dropLast().last
            else { continue }
            // Али, Мұса: what ends in a vowel does not take the ending.
            if !vowels.contains(UInt16(before) << 8 | UInt16(last)) { return true }
        }
        return false
    }

    private static let genitives: [(ending: [UInt8], nominative: [UInt8])] = [
        (Array("а".utf8), []), (Array("я".utf8), Array("й".utf8)),
        (Array("я".utf8), Array("ь".utf8)),
    ]

    private static let vowels = Set(
        "аәеёиоөуұүыіэюя".map { letter in
            letter.utf8.reduce(UInt16(0)) { $0 << 8 | UInt16($1) }
        })

    /// Whether a word is «son of» or «daughter of» as a word of its own.
    static func isSeparate(_ word: ArraySlice<UInt8>) -> Bool {
        word.count <= longestSeparate && separate.contains(Array(word))
    }

    private static let longestSeparate = separate.reduce(0) { max($0, $1.count) }
    private static let separate: Set<[UInt8]> = Set(
        "ұлы улы uly ūly ulı қызы кызы qyzy kyzy qızı".split(separator: " ").map {
            Array($0.utf8)
        })
}
