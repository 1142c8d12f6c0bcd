/// A letter of Cyrillic, Latin or Arabic script: its class of sound, and which Kazakh letters of
/// that class it may stand for.
struct ScriptLetter {
    /// The scripts of Kazakh.
    struct Scripts: OptionSet {
        let rawValue: UInt8

        static let cyrillic = Scripts(rawValue: 1)
        static let latin = Scripts(rawValue: 2)
        static let arabic = Scripts(rawValue: 4)
    }

    /// What letters do to their neighbours.
    enum Role: UInt8 {
        case none
        /// й, and `y`, which is й, ы, or no sound of its own before е.
        case glide
        /// я and ю: two sounds.
        case iotated
        // Letters of digraphs.
        case c, g, h, k, p, s, z
        /// `ks`, or х.
        case x
        /// `ý`: у in the alphabet of 2018, й in older ones.
        case acuteY
        /// `ı`: ы, і, и or й.
        case dotless
    }

    /// The class of its sound, a capital letter; `0` for what is no letter of these scripts.
    var sound: UInt8 = 0
    var role = Role.none
    var scripts: Scripts = []
    /// What it may stand for.
    var reading = Reading()
    /// What it tells of the other letters of its word.
    var cues: Cues = []

    /// The letters of a class that something may stand for, a bit each, by how likely that is.
    struct Reading {
        var certain: UInt8 = 1
        var possible: UInt8 = 0
        var unlikely: UInt8 = 0

        /// Bits of the class `I`.
        static let hardI: UInt8 = 1
        static let softI: UInt8 = 2
        static let longI: UInt8 = 4
        static let shortI: UInt8 = 8
        /// Several of them in a row.
        static let run: UInt8 = 16
        /// н and г together in the class `N`, с and ш in `W`.
        static let cluster: UInt8 = 4

        /// How well two readings agree, 0…1; `nil` if they have no letter in common.
        func agreement(with other: Reading) -> Float? {
            if certain & other.certain != 0 { return 1 }
            if certain & other.possible != 0 || possible & other.certain != 0 { return 0.96 }
            if possible & other.possible != 0 { return 0.92 }
            if (certain | possible) & other.unlikely != 0
                || unlikely & (other.certain | other.possible) != 0
            {
                return 0.6
            }
            return nil
        }
    }

    /// What the letters of a word tell of its spelling.
    struct Cues: OptionSet {
        let rawValue: UInt8

        /// ä ö ü ş ç ñ ğ ï w: the Turkic alphabets, 2019, 2021.
        static let turkic = Cues(rawValue: 1)
        /// á ó ú ń ǵ: the alphabet of 2018.
        static let acute = Cues(rawValue: 2)
        /// `q`: then `k` is no қ.
        static let q = Cues(rawValue: 4)
        /// `y`, which the Turkic alphabets have for й alone.
        static let y = Cues(rawValue: 8)
        /// A Cyrillic letter that Russian does not have.
        static let kazakh = Cues(rawValue: 16)
        /// A mark of front vowels in Arabic script: hamza, ە, ك, گ.
        static let front = Cues(rawValue: 32)
        /// `ū`: the alphabet of 2021.
        static let macron = Cues(rawValue: 64)

        /// Written in an alphabet of Kazakh, not in plain ASCII.
        static let proper: Cues = [.turkic, .acute, .macron]
    }

    /// A letter that has no sound: ь, ъ, hamza, apostrophe.
    static let silent = UInt8(ascii: "-")

    /// First scalar beyond the table.
    static let limit = 0x700

    /// The letters by scalar.
    static let table: [ScriptLetter] = makeTable()
}

extension ScriptLetter {
    /// A row of the table: letters, their class, and which letters of the class they stand for.
    private typealias Row = (letters: String, sound: Character, certain: UInt8, possible: UInt8)

    // Bits: ы1 і2 и4 й8 · у1 ұ2 ү4 · а1 ә2 · о1 ө2 · к1 қ2 · г1 ғ2 · н1 ң2 · х1 һ2 · е1 э2 · ш1 щ2.
    private static let cyrillic: [Row] = [
        ("а", "A", 1, 2), ("ә", "A", 2, 0), ("б", "B", 1, 0), ("в", "V", 1, 0), ("г", "G", 1, 2),
        ("ғ", "G", 2, 0), ("д", "D", 1, 0), ("е", "E", 1, 0), ("э", "E", 2, 0), ("ж", "J", 1, 0),
        ("з", "Z", 1, 0), ("и", "I", 4, 2), ("й", "I", 8, 0), ("к", "K", 1, 2), ("қ", "K", 2, 0),
        ("л", "L", 1, 0), ("м", "M", 1, 0), ("н", "N", 1, 2), ("ң", "N", 2, 0), ("о", "O", 1, 2),
        ("ө", "O", 2, 0), ("п", "P", 1, 0), ("р", "R", 1, 0), ("с", "S", 1, 0), ("т", "T", 1, 0),
        ("у", "U", 1, 6), ("ұ", "U", 2, 0), ("ү", "U", 4, 0), ("ф", "F", 1, 0), ("х", "H", 1, 2),
        ("һ", "H", 2, 0), ("ц", "C", 1, 0), ("ч", "Q", 1, 0), ("ш", "W", 1, 0), ("щ", "W", 2, 0),
        ("ъь", "-", 0, 0), ("ы", "I", 1, 2), ("і", "I", 2, 0), ("ю", "U", 1, 0), ("я", "A", 1, 0),
    ]
    private static let latin: [Row] = [
        ("a", "A", 1, 2), ("äáəǎ", "A", 2, 0), ("àâãåā", "A", 1, 0), ("b", "B", 1, 0),
        ("c", "K", 1, 0), ("çčćĉ", "Q", 1, 0), ("dďđ", "D", 1, 0), ("e", "E", 3, 0),
        ("éèêëėēěę", "E", 3, 0), ("f", "F", 1, 0), ("g", "G", 1, 2), ("ğǵġģ", "G", 2, 0),
        ("h", "H", 3, 0), ("i", "I", 6, 9), ("ı", "I", 3, 12), ("ïī", "I", 4, 8),
        ("íìî", "I", 2, 4), ("jž", "J", 1, 0), ("k", "K", 1, 2), ("q", "K", 2, 0),
        ("lłĺľ", "L", 1, 0), ("m", "M", 1, 0), ("n", "N", 1, 2), ("ñńŋňņ", "N", 2, 0),
        ("o", "O", 1, 2), ("öóőɵ", "O", 2, 0), ("òôõō", "O", 1, 0), ("p", "P", 1, 0),
        ("rřŕ", "R", 1, 0), ("s", "S", 1, 0), ("şšŝśș", "W", 1, 2), ("tťţț", "T", 1, 0),
        ("u", "U", 3, 4), ("ū", "U", 2, 1), ("üúű", "U", 4, 0), ("ùûů", "U", 1, 2),
        ("v", "V", 1, 0), ("w", "U", 1, 0), ("x", "H", 1, 2), ("y", "I", 9, 6), ("ÿ", "I", 8, 0),
        ("ý", "U", 1, 0), ("zźż", "Z", 1, 0), ("'", "-", 0, 0),
    ]
    private static let arabic: [Row] = [
        ("اآأ", "A", 1, 0), ("ە", "E", 3, 0), ("ىی", "I", 1, 0), ("ي", "I", 12, 0),
        ("و", "O", 1, 0), ("ۇ", "U", 2, 0), ("ۋؤ", "U", 1, 0), ("ب", "B", 1, 0), ("ۆ", "V", 1, 0),
        ("گ", "G", 1, 0), ("عغ", "G", 2, 0), ("د", "D", 1, 0), ("ج", "J", 1, 0), ("ز", "Z", 1, 0),
        ("كک", "K", 1, 0), ("ق", "K", 2, 0), ("ل", "L", 1, 0), ("م", "M", 1, 0), ("ن", "N", 1, 0),
        ("ڭ", "N", 2, 0), ("پ", "P", 1, 0), ("ر", "R", 1, 0), ("س", "S", 1, 0), ("ت", "T", 1, 0),
        ("ف", "F", 1, 0), ("حخ", "H", 1, 2), ("ھہه", "H", 2, 1), ("چ", "Q", 1, 0),
        ("ش", "W", 3, 0), ("ءٴئ", "-", 0, 0),
    ]

    private static let roles: [(String, Role)] = [
        ("й", .glide), ("y", .glide), ("я", .iotated), ("ю", .iotated), ("c", .c), ("g", .g),
        ("h", .h), ("k", .k), ("p", .p), ("s", .s), ("z", .z), ("x", .x), ("ý", .acuteY),
        ("ı", .dotless),
    ]
    private static let cueLetters: [(String, Cues)] = [
        ("äöüşçñğïw", .turkic), ("áóúńǵ", .acute), ("q", .q), ("y", .y), ("ū", .macron),
        ("әғқңөұүһі", .kazakh), ("ءٴەكکگ", .front),
    ]

    private static func makeTable() -> [ScriptLetter] {
        var table = [ScriptLetter](repeating: ScriptLetter(), count: limit)
        func add(_ rows: [Row], _ script: Scripts) {
            for row in rows {
                for scalar in row.letters.unicodeScalars where scalar.value < limit {
                    var letter = ScriptLetter()
                    letter.sound = row.sound.asciiValue ?? 0
                    letter.scripts = letter.sound == silent && script == .latin ? [] : script
                    letter.reading = Reading(certain: row.certain, possible: row.possible)
                    table[Int(scalar.value)] = letter
                }
            }
        }
        add(cyrillic, .cyrillic)
        add(latin, .latin)
        add(arabic, .arabic)
        for (letters, role) in roles {
            for scalar in letters.unicodeScalars { table[Int(scalar.value)].role = role }
        }
        for (letters, cues) in cueLetters {
            for scalar in letters.unicodeScalars { table[Int(scalar.value)].cues.insert(cues) }
        }
        return table
    }
}
