/// Endings by which words of a person's name are known, in folded letters of three scripts.
enum PersonEndings {
    /// Endings of patronymics, the longest first.
    ///
    /// -ыч and -ич stand alone only behind a consonant and a long base (`Ильич`): see `isShort`.
    private static let patronymics: [[UInt8]] = sorted(
        """
        ұлы улы ули оглы оғлы ұлының ұлына ұлынан ұлымен ұлын ұлында uly ūly uli ulı úly ugli oglu
        oğlu uғly қызы кызы кизи қызының қызына қызынан қызымен қызын қызында qyzy kyzy kyzı qızı
        qyzı qizi kizi gizi гызы ұлы_ ۇلى قىزى
        ович евич ьевич иевич овича евича овичу евичу овичем евичем овиче евиче ovich evich yevich
        ievich iyevich ovych evych ovitch evitch owitsch ewitsch owicz ewicz ovič evič
        овна евна ьевна иевна овны евны овне евне овной евной овну евну ovna evna yevna ievna
        iyevna owna ewna
        инична ична ичны ичне ичной ичну ichna inichna
        """)
    private static let kazakhCases: Set<[UInt8]> = Set(sorted("ұлын қызын"))
    private static let short: [[UInt8]] = sorted("ич ыч ich ych")

    /// Endings of surnames and of villages, with those of their cases, the longest first.
    private static let surnames: [[UInt8]] = sorted(
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

    private static func sorted(_ words: String) -> [[UInt8]] {
        words.split(whereSeparator: { $0 == " " || $0 == "\n" }).filter { !$0.hasSuffix("_") }
            .map { Array($0.utf8) }.sorted { $0.count > $1.count }
    }

    /// How many bytes of a word are the father's name; `nil` for no patronymic.
    static func patronymicBase(of word: ArraySlice<UInt8>) -> Int? {
        for ending in patronymics where has(word, ending, leastLetters: 2) {
            // Үшқұлын: a short word is hardly a patronymic in a case.
            if kazakhCases.contains(ending), !has(word, ending, leastLetters: 4) { continue }
            return word.count - ending.count
        }
        for ending in short where has(word, ending, leastLetters: 4) {
            return word.count - ending.count
        }
        return nil
    }

    /// How many bytes of a word stand before the ending of a surname; `nil` without one.
    static func surnameBase(of word: ArraySlice<UInt8>) -> Int? {
        for ending in surnames where has(word, ending, leastLetters: 3) {
            return word.count - ending.count
        }
        return nil
    }

    /// How many bytes of a word stand before an ending of villages that surnames do not have:
    /// Альжанка, Добровольное; `nil` without one.
    static func villageBase(of word: ArraySlice<UInt8>) -> Int? {
        for ending in villages where has(word, ending, leastLetters: 4) {
            return word.count - ending.count
        }
        return nil
    }

    private static let villages: [[UInt8]] = sorted(
        """
        ка ное ный ная ные ka noe noye nyy nyi naya
        """)

    /// Whether a word has the ending of an adjective, which surnames share: -ский.
    static func isAdjective(_ word: ArraySlice<UInt8>) -> Bool {
        adjectives.contains { word.suffix($0.count).elementsEqual($0) }
    }

    /// Whether a word has the ending -ский, as names of districts do.
    static func isMasculineAdjective(_ word: ArraySlice<UInt8>) -> Bool {
        masculine.contains { word.suffix($0.count).elementsEqual($0) }
    }

    private static let masculine: [[UInt8]] = sorted("ский цкий skiy skii sky skīy")

    private static let adjectives: [[UInt8]] = sorted(
        """
        ский ского скому ским ском ская скую ской ские цкий цкого цкому цким цкая цкую цкой sky
        skiy skii ski skaya skaia tsky tskiy
        """)

    /// Whether a surname has the ending of a woman's.
    static func isFeminine(_ surname: ArraySlice<UInt8>) -> Bool {
        feminine.contains { surname.suffix($0.count).elementsEqual($0) }
    }

    private static let feminine: [[UInt8]] = sorted(
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

    /// Whether a word ends so, with at least some letters before it.
    private static func has(_ word: ArraySlice<UInt8>, _ ending: [UInt8], leastLetters: Int) -> Bool
    {
        guard word.count > ending.count, word.suffix(ending.count).elementsEqual(ending) else {
            return false
        }
        let base = word.dropLast(ending.count)
        return base.count { $0 & 0xC0 != 0x80 } >= leastLetters
    }

    /// «son of» and «daughter of» as words of their own.
    static let separate: Set<[UInt8]> = Set(
        "ұлы улы uly ūly ulı қызы кызы qyzy kyzy qızı".split(separator: " ").map {
            Array($0.utf8)
        })
}
