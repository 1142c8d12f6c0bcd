/// Which sounds letters stand for.
///
/// A row: letters, a space, their sounds one after another; readings of one sound that are less
/// likely stand in brackets behind it. A digit tells letters of one sound apart. `-` is no sound.
/// - Source: `linguistics.md` 1.2, 1.4 and 3.2, with the readings of foreign names.
enum SoundTables {
    /// Cyrillic letters of Kazakh, Russian and their neighbours.
    static let cyrillic = parsed(
        """
        а A1(E)|ә A2(E)|б B|в V(U)|г G1(H)|ғ G2|д D|е E(OI)|ж J|з Z(C)|и I4|й I3|к K1|қ K2|л L|м M|н N1
        ң N2|о O1(A)|ө O2(U)|п P|р R|с S(Z)|т T|у U1(VO)|ұ U2(O)|ү U3(O)|ф F|х H1(K)|һ H2|ц C1(ZS)|ч Q
        ш W(S)|щ W|ъ -|ы I2|і I1|ь -|э E2(A)|ю IU|я IA|ї I|є E|ґ G|ў U(V)|җ J|ӯ U(O)|ѓ G|ќ K|ј I
        """)

    /// Kazakh letters of Arabic script.
    static let arabic = parsed(
        """
        ا A|آ A|أ A|ە E|ى I|ي I|و O(U)|ۇ U(O)|ۋ U1(V)|ؤ U|ب B|ۆ V|گ G|ع G2|غ G2|د D|ج J|ز Z|ك K
        ق K2|ل L|م M|ن N|ڭ N2|پ P|ر R|س S|ت T|ف F|ح H|خ H|ھ H2|ہ H|ه H(E)|چ Q|ش W|ء -|ٴ -|ئ -
        """)

    /// Latin letters and groups of them; of groups that begin alike the longest is read.
    static let latin = parsed(
        """
        tzh TJ|shch W|sch W(S)|tsch Q(JW)|dzh J|dsch J|dj J|zh J|kh H1(K)|gh G2|sh W(S)|ch Q(HKW)|ph F
        th T(FS)|ts C|tz C|ck K|ng N2|ou U(O)|oo U(O)|x KS|cz Q|sz W(S)|szcz W|szh SJ|rzh RJ|ngh N|tsh TW|dz Z|ll L(I)
        cc K(Q)|sc S(W)|gn N|que KE|qui KI|ee I(E)|ea I(EA)|tch Q|tj Q(T)|sj W|wh V|chr KR|chl KL|oix UA|aux O|eau O(U)|eaux O|ault O
        ş W|š W|ș W|ś W|ç Q(S)|č Q|ć Q|ž J|ź Z|ż J|ğ G2|ǵ G2|ģ G|ġ G|ñ N2|ń N2|ŋ N2|ň N|ņ N
        ä A2(E)|ə A2(E)|á A2|ā A|â A|à A|å O(A)|ã A|ă A(E)|æ E(A)|ą A|ö O2(E)|ó O2(U)|ô O|ò O|ō O
        õ O|ø E(O)|ő O(E)|œ E|ü U3(I)|ú U3|ū U1|û U|ù U|ů U|ű U(I)|ý U(I)|ÿ I|ı I2|ï I4|î I|í I|ì I
        ī I4|į I|ė E|ë E3(O)|é E|è E|ê E|ē E|ę E|ě E|ħ H|ķ K|ț T|ţ T|ť T|ł L|ľ L|ļ L|ř R
        ß S|đ D|ď D|ð D|þ T
        a A(EO)|b B|c K(CSQ)|d D|e E(IA)|f F|g G(JH)|h H(G)|i I(A)|j J(IH)|k K|l L|m M|n N|o O(AU)
        p P|q K2|r R|s S(ZW)|t T|u U(OI)|v V(FB)|w V(U)|y I(U)|z Z(CS)
        """)

    private static func parsed(_ rows: String) -> [String: [NameSound]] {
        var table: [String: [NameSound]] = [:]
        for row in rows.split(whereSeparator: { $0 == "|" || $0 == "\n" }) {
            let parts = row.split(separator: " ")
            guard parts.count == 2 else { preconditionFailure("a row has letters and sounds") }
            table[String(parts[0])] = sounds(parts[1])
        }
        return table
    }

    private static func sounds(_ text: Substring) -> [NameSound] {
        var sounds: [NameSound] = []
        var isInBrackets = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-"): continue
            case UInt8(ascii: "("): isInBrackets = true
            case UInt8(ascii: ")"): isInBrackets = false
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if !sounds.isEmpty { sounds[sounds.count - 1].detail = byte - 0x30 }
            default:
                guard let sound = NameSound.Class(letter: byte) else {
                    preconditionFailure("no class of sounds: \(text)")
                }
                if isInBrackets, !sounds.isEmpty {
                    sounds[sounds.count - 1].others |= sound.bit
                } else {
                    sounds.append(NameSound(sound))
                }
            }
        }
        return sounds
    }
}

/// The tables laid out for reading: a letter by its code, groups by their first letter.
struct SoundIndex: Sendable {
    /// A group of letters and its sounds.
    struct Group: Sendable {
        var letters: [UInt16]
        var sounds: [NameSound]
    }

    /// The index of this process.
    static let shared = SoundIndex()

    /// First unit that has no sounds.
    static let limit = 0x700

    /// The sounds of single letters; empty for what is none.
    private(set) var single: [[NameSound]]
    /// Groups that begin with an ASCII letter, the longest first.
    private(set) var groups: [[Group]]

    private init() {
        single = Array(repeating: [], count: Self.limit)
        groups = Array(repeating: [], count: 128)
        for table in [SoundTables.cyrillic, SoundTables.arabic, SoundTables.latin] {
            for (letters, sounds) in table {
                let units = Array(letters.utf16)
                if units.count == 1 {
                    single[Int(units[0])] = sounds
                } else {
                    groups[Int(units[0])].append(Group(letters: units, sounds: sounds))
                }
            }
        }
        for place in groups.indices {
            groups[place].sort { $0.letters.count > $1.letters.count }
        }
    }
}
