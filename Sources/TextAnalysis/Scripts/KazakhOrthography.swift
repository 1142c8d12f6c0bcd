/// The Latin alphabets of Kazakh, told apart by their letters.
enum KazakhOrthography: UInt8 {
    /// Plain letters: passports, chats, foreign texts.
    case plain
    /// Before 2017: `ı` is ы, `y` or `ý` is й, `ï` is и, `w` is у.
    case turkic
    /// The decree of October 2017, with apostrophes.
    case decree2017
    /// February 2018, with acute accents.
    case decree2018
    /// November 2019: `w` is у.
    case draft2019
    /// January 2021: `ū` is ұ, `u` is у, `ı` is і.
    case draft2021

    /// Counts of the letters that tell the alphabets apart.
    struct Evidence {
        private var acute = 0
        private var macron = 0
        private var diaeresis = 0
        private var apostrophes = 0
        private var dotlessAfterConsonant = 0
        private var letterY = 0
        private var letterYAfterConsonant = 0
        private var letterW = 0
        private var diaeresisI = 0

        /// Counts the letters of one word, in either case; apostrophes are U+0027.
        mutating func add(_ units: some Sequence<UInt16>) {
            var before: UInt16 = 0
            for unit in units {
                let letter = unit == 0x27 ? unit : Self.lower(unit)
                switch letter {
                case 0xE1, 0xF3, 0xFA, 0x144, 0x1F5: acute += 1  // á ó ú ń ǵ
                case 0x16B: macron += 1
                case 0xE4, 0xF6, 0xFC, 0xF1, 0x15F, 0xE7, 0x11F: diaeresis += 1
                case 0xEF: diaeresisI += 1
                case 0x27: if KazakhOrthography.letter2017(before) != nil { apostrophes += 1 }
                case 0x131: if !Self.isVowel(before) { dotlessAfterConsonant += 1 }
                case 0x79:
                    letterY += 1
                    if before != 0, !Self.isVowel(before) { letterYAfterConsonant += 1 }
                case 0x77: letterW += 1
                default: break
                }
                before = letter
            }
        }

        /// The alphabet that the letters are most likely of.
        var orthography: KazakhOrthography {
            if acute > diaeresis, acute >= macron { return .decree2018 }
            if diaeresis + macron + diaeresisI == 0 {
                if dotlessAfterConsonant > letterYAfterConsonant { return .turkic }
                return apostrophes > 1 && letterW == 0 ? .decree2017 : .plain
            }
            if diaeresisI > 0 || dotlessAfterConsonant > letterYAfterConsonant {
                return macron > 0 && letterW == 0 && diaeresisI == 0 ? .draft2021 : .turkic
            }
            return letterW > macron ? .draft2019 : .draft2021
        }

        private static func lower(_ unit: UInt16) -> UInt16 {
            CharacterTable.shared.folded(unit)
        }

        private static func isVowel(_ letter: UInt16) -> Bool {
            switch letter {
            case 0x61, 0x65, 0x69, 0x6F, 0x75, 0xE4, 0xF6, 0xFC, 0x131, 0x16B, 0xEF, 0xE1, 0xF3,
                0xFA:
                true
            default: false
            }
        }
    }

    /// The letter of one sign that a letter of 2017 with its apostrophe is like in sound.
    static func letter2017(_ letter: UInt16) -> UInt16? {
        switch letter {
        case 0x61: 0xE4  // a' ä
        case 0x63: 0xE7  // c' ç
        case 0x67: 0x11F  // g' ğ
        case 0x69: 0xEF  // i' ï
        case 0x6E: 0xF1  // n' ñ
        case 0x6F: 0xF6  // o' ö
        case 0x73: 0x15F  // s' ş
        case 0x75: 0xFC  // u' ü
        case 0x79: 0x77  // y' w
        default: nil
        }
    }
}
