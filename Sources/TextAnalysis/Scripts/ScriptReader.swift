/// Where the sounds of a word are put, one after another.
protocol SoundSink {
    /// How many sounds the word has.
    var count: Int { get }
    /// The sound at a place that exists.
    subscript(index: Int) -> UInt8 { get }
    /// Adds a sound.
    mutating func append(_ sound: UInt8, _ reading: ScriptLetter.Reading)
    /// Takes the last sound back.
    mutating func removeLast()
    /// Changes what the last sound may stand for.
    mutating func reread(_ reading: ScriptLetter.Reading)
}

/// Reads the sounds of a folded word of Cyrillic, Latin or Arabic letters, so that all spellings
/// of one Kazakh word sound alike.
///
/// Digraphs are one sound, whatever the script; what one alphabet writes with two letters and
/// another with one is one sound in all.
struct ScriptReader<Sink: SoundSink> {
    typealias Reading = ScriptLetter.Reading

    var sink: Sink
    /// Reads `ý` and `x` the other way than the word suggests.
    var takesOtherReadings = false

    private(set) var scripts: ScriptLetter.Scripts = []
    private(set) var letterCount = 0
    private var cues: ScriptLetter.Cues = []
    /// The role of the letter before.
    private var role = ScriptLetter.Role.none
    /// Whether the last sound is a lone й or `y`, which is no sound of its own before е.
    private var endsInGlide = false

    /// Whether the last sound is two of `s`.
    private var isDoubleS = false

    /// The longest word that is read: longer ones are no words.
    static var longestWord: Int { 64 }

    init(sink: Sink) { self.sink = sink }

    /// Reads a whole word.
    ///
    /// - Returns: `false`, with nothing read, for what is no word of these scripts.
    mutating func read(_ word: borrowing Span<UInt8>) -> Bool {
        guard survey(word) else { return false }
        let table = ScriptLetter.table
        var index = 0
        while index < word.count {
            let scalar = Self.scalar(word, &index)
            // -хана, a place, after п and с: kitaphana, ashana.
            if scalar == 0x68, startsPlace(word, index) { role = .none }
            add(table[scalar], next: index < word.count ? word[index] : 0)
        }
        return true
    }

    /// The scalar of one or two bytes at `index`, which moves behind it; what the table has no
    /// room for is 0, a letter of no script.
    @inline(__always)
    private static func scalar(_ word: borrowing Span<UInt8>, _ index: inout Int) -> Int {
        let lead = word[index]
        index += 1
        if lead < 0x80 { return Int(lead) }
        guard lead >= 0xC2, lead < 0xDC, index < word.count, word[index] & 0xC0 == 0x80 else {
            return 0
        }
        let scalar = Int(lead & 0x1F) << 6 | Int(word[index] & 0x3F)
        index += 1
        return scalar
    }

    /// Looks at all letters before any is read.
    private mutating func survey(_ word: borrowing Span<UInt8>) -> Bool {
        let table = ScriptLetter.table
        var index = 0
        var before = ScriptLetter()
        var followsConsonant = false
        var mayBeTurkic = false
        while index < word.count {
            let scalar = Self.scalar(word, &index)
            guard scalar < ScriptLetter.limit else { return false }
            let letter = table[scalar]
            guard letter.sound != 0 else { return false }
            letterCount += 1
            if letterCount > Self.longestWord { return false }
            scripts.formUnion(letter.scripts)
            cues.formUnion(letter.cues)
            // я is ıa in 2018, ю ıý or ıw. Else ı after a consonant is nearly always ы, so not of
            // 2018; sh and ch are not Turkic.
            if before.role == .dotless {
                if scalar == 0x61 {
                    cues.insert(.acute)
                } else if mayBeTurkic, letter.sound != UInt8(ascii: "U") {
                    followsConsonant = true
                }
            }
            mayBeTurkic =
                letter.role == .dotless && before.sound != 0 && !Self.isVowel(before.sound)
            if letter.role == .h, before.role == .s || before.role == .c { cues.insert(.acute) }
            before = letter
        }
        if followsConsonant || mayBeTurkic, !cues.contains(.acute) { cues.insert(.turkic) }
        return !scripts.isEmpty
    }

    /// Whether `ana` follows, and a vowel and one letter stand before.
    private func startsPlace(_ word: borrowing Span<UInt8>, _ index: Int) -> Bool {
        guard role == .p || role == .s, sink.count > 1,
            Self.isVowel(sink[sink.count - 2]), index + 2 < word.count
        else { return false }
        return word[index] == 0x61 && word[index + 1] == 0x6E && word[index + 2] == 0x61
    }

    private static func isVowel(_ sound: UInt8) -> Bool {
        switch sound {
        case UInt8(ascii: "A"), UInt8(ascii: "E"), UInt8(ascii: "I"), UInt8(ascii: "O"),
            UInt8(ascii: "U"):
            true
        default: false
        }
    }

    // MARK: - Letters

    private var last: UInt8 { sink.count > 0 ? sink[sink.count - 1] : 0 }

    private mutating func add(_ letter: ScriptLetter, next: UInt8) {
        let before = role
        if letter.sound == ScriptLetter.silent { return }
        role = letter.role
        switch letter.role {
        case .h: return addH(letter, after: before)
        case .k where before == .c: return
        case .x: return addX(letter, next: next)
        case .acuteY: return addAcuteY(letter)
        case .iotated:
            put(UInt8(ascii: "I"), Reading(certain: Reading.shortI, possible: Reading.longI))
            return put(letter.sound, letter.reading)
        default: break
        }
        let isSoft = letter.sound == UInt8(ascii: "E") || letter.sound == UInt8(ascii: "I")
        if before == .c, isSoft || cues.contains(.turkic), letter.scripts == .latin,
            last == UInt8(ascii: "K")
        {
            sink.removeLast()
            put(UInt8(ascii: "C"), Reading())
        }
        if letter.sound == UInt8(ascii: "O"), letter.scripts == .latin, endsInGlide,
            sink.count > 1, !Self.isVowel(sink[sink.count - 2])
        {
            // Fyodorov
            sink.removeLast()
            return put(UInt8(ascii: "E"), Reading())
        }
        if letter.sound == UInt8(ascii: "G"), last == UInt8(ascii: "N") {
            // ng is one letter or two where the alphabet has no ñ.
            let mayBeOne =
                letter.role == .g && !cues.contains(where: .proper)
                && letter.scripts == .latin
            return sink.reread(
                mayBeOne
                    ? Reading(certain: Reading.cluster | 2)
                    : Reading(certain: Reading.cluster, unlikely: 2))
        }
        let isGlide = letter.role == .glide && last != UInt8(ascii: "I")
        put(letter.sound, adjusted(letter))
        endsInGlide = isGlide
    }

    /// What a letter may stand for, in view of the other letters of the word.
    private func adjusted(_ letter: ScriptLetter) -> Reading {
        var reading = letter.reading
        switch letter.scripts {
        case .cyrillic:
            if cues.contains(.kazakh) {
                reading.unlikely |= reading.possible
                reading.possible = 0
            }
        case .latin:
            adjustLatin(&reading, letter.sound)
        case .arabic:
            adjustArabic(&reading, letter.sound)
        default: break
        }
        return reading
    }

    private func adjustLatin(_ reading: inout Reading, _ sound: UInt8) {
        let isAfterVowel = Self.isVowel(last)
        switch (sound, reading.certain) {
        case (UInt8(ascii: "I"), 9):
            // y: й after vowels, else ы.
            let certain = isAfterVowel || sink.count == 0 ? Reading.shortI : Reading.hardI
            reading = Reading(certain: certain, possible: Reading.softI | Reading.longI)
            reading.unlikely = 9 & ~certain
        case (UInt8(ascii: "I"), 6):
            // i: й after vowels only.
            if !isAfterVowel { reading = Reading(certain: 6, possible: 1, unlikely: 8) }
        case (UInt8(ascii: "I"), 3):
            if isAfterVowel {
                reading = Reading(certain: 12, possible: 3)
            } else if cues.contains(.acute) {
                reading = Reading(certain: Reading.longI, possible: 3)
            } else if cues.contains(.macron) || cues.contains(.y) {
                reading = Reading(certain: Reading.softI, possible: Reading.longI, unlikely: 1)
            } else if cues.contains(.turkic) {
                reading = Reading(certain: Reading.hardI, possible: Reading.softI)
            }
        case (UInt8(ascii: "K"), 1) where cues.contains(.q),
            (_, 1) where cues.contains(where: .proper) && sound != UInt8(ascii: "K"):
            reading.unlikely |= reading.possible
            reading.possible = 0
        case (UInt8(ascii: "U"), 3) where cues.contains(where: .proper):
            let isLater = cues.contains(.macron)
            reading = Reading(
                certain: isLater ? 1 : 3, possible: isLater ? 2 : 0, unlikely: 4)
        default: break
        }
    }

    /// Arabic script has one letter for a front and a back vowel; the word tells which.
    private func adjustArabic(_ reading: inout Reading, _ sound: UInt8) {
        let (back, front): (UInt8, UInt8)
        switch (sound, reading.certain) {
        case (UInt8(ascii: "A"), _), (UInt8(ascii: "O"), _): (back, front) = (1, 2)
        case (UInt8(ascii: "U"), 2): (back, front) = (2, 4)
        case (UInt8(ascii: "I"), 1): (back, front) = (Reading.hardI, Reading.softI)
        default: return
        }
        if cues.contains(.front) {
            reading = Reading(certain: front, possible: back)
        } else {
            reading = Reading(certain: back, unlikely: front)
        }
    }

    private mutating func addH(_ letter: ScriptLetter, after before: ScriptLetter.Role) {
        switch before {
        case .s:
            if last == UInt8(ascii: "C") {
                // t + sh, taken for ts before.
                sink.removeLast()
                sink.append(UInt8(ascii: "T"), Reading())
            } else if !isDoubleS {
                sink.removeLast()
            }
            put(UInt8(ascii: "W"), Reading(certain: 1, possible: 2))
        case .c:
            sink.removeLast()
            put(UInt8(ascii: "Q"), Reading())
        case .k:
            sink.removeLast()
            put(UInt8(ascii: "H"), Reading(certain: 1, possible: 2))
        case .g:
            if last == UInt8(ascii: "G") { sink.reread(Reading(certain: 2, unlikely: 1)) }
        case .z:
            sink.removeLast()
            put(UInt8(ascii: "J"), Reading())
        case .p:
            sink.removeLast()
            put(UInt8(ascii: "F"), Reading())
        default: put(letter.sound, letter.reading)
        }
    }

    /// `x` is х in the Turkic alphabets and at the beginning, else `ks` (Alexandr).
    private mutating func addX(_ letter: ScriptLetter, next: UInt8) {
        // kitapxana, but not Marx
        let isInside = !Self.isVowel(last) && next == UInt8(ascii: "a")
        let isTurkic = sink.count == 0 || isInside || cues.contains(.turkic) || cues.contains(.q)
        if isTurkic != takesOtherReadings {
            put(letter.sound, letter.reading)
        } else {
            put(UInt8(ascii: "K"), Reading())
            put(UInt8(ascii: "S"), Reading())
        }
    }

    /// `ý` is у in the alphabet of 2018 and й in older ones, which have it after vowels only.
    private mutating func addAcuteY(_ letter: ScriptLetter) {
        let isVowel =
            !Self.isVowel(last)
            || (!cues.contains(.turkic)
                && (cues.contains(.acute) || cues.contains(.y) || last == UInt8(ascii: "I")))
        let mayBeEither = Self.isVowel(last)
        if isVowel != (takesOtherReadings && mayBeEither) {
            put(letter.sound, letter.reading)
        } else {
            put(UInt8(ascii: "I"), Reading(certain: Reading.shortI))
        }
    }

    // MARK: - Sounds

    /// Adds a sound, or lets it melt into the one before.
    private mutating func put(_ sound: UInt8, _ reading: Reading) {
        let last = last
        endsInGlide = endsInGlide && sound == UInt8(ascii: "E")
        isDoubleS = false
        switch sound {
        case UInt8(ascii: "I"), UInt8(ascii: "U"):
            if last == sound {
                return sink.reread(Reading(certain: Reading.run, unlikely: 0x0F))
            }
        case UInt8(ascii: "E"):
            // Токаев, Tokayev, توقايەۆ; ye- is е.
            if last == UInt8(ascii: "I"),
                endsInGlide || (sink.count > 1 && Self.isVowel(sink[sink.count - 2]))
            {
                sink.removeLast()
            }
            endsInGlide = false
        case UInt8(ascii: "W"):
            if last == UInt8(ascii: "S") {
                // Where ss is s, ssh cannot be told from sh.
                sink.removeLast()
                return sink.append(sound, Reading(certain: Reading.cluster, unlikely: 3))
            }
            if last == UInt8(ascii: "W") { return sink.reread(Reading(certain: 2, possible: 1)) }
            if last == UInt8(ascii: "T") {
                sink.removeLast()
                return sink.append(UInt8(ascii: "Q"), Reading())
            }
        case UInt8(ascii: "Q"):
            if last == UInt8(ascii: "W") { return sink.reread(Reading(certain: 2)) }
        case UInt8(ascii: "S"), UInt8(ascii: "C"):
            if last == UInt8(ascii: "S"), sound == last {
                isDoubleS = true
                let isLatin = scripts == .latin
                return sink.reread(
                    Reading(certain: 2, possible: isLatin ? 1 : 0, unlikely: isLatin ? 0 : 1))
            }
            if last == UInt8(ascii: "T") {
                sink.removeLast()
                return sink.append(UInt8(ascii: "C"), Reading())
            }
        case UInt8(ascii: "J"):
            if last == UInt8(ascii: "D") { sink.removeLast() }
        default: break
        }
        sink.append(sound, reading)
    }
}

extension ScriptLetter.Cues {
    /// Whether any of several cues is given.
    fileprivate func contains(where any: ScriptLetter.Cues) -> Bool { !isDisjoint(with: any) }
}
