/// How two spellings of one key relate.
public enum ScriptRelation {
    /// How well a found term agrees, letter by letter, with a typed one, 0…1.
    ///
    /// 1 where each letter is the other's in its script (`ұлттық`, `ūlttyq`), less for each letter
    /// in doubt (`tarbie` for `тәрбие`, `казак` for `қазақ`).
    ///
    /// - Parameters:
    ///   - typed: A folded term.
    ///   - found: A folded term.
    /// - Returns: `nil` if they contradict: `түс` and `тұс` are two words, though `тус` may be
    ///   either; also for terms of different keys.
    public static func agreement(typed: Span<UInt8>, found: Span<UInt8>) -> Float? {
        var left = ScriptReader(sink: ReadingSink())
        var right = ScriptReader(sink: ReadingSink())
        guard left.read(typed), right.read(found) else { return nil }
        if left.scripts == .cyrillic, right.scripts == .cyrillic {
            return cyrillicAgreement(typed, found)
        }
        if let value = agreement(left.sink, right.sink) { return value }
        // `ý` and `x` may mean something else.
        for (flipsTyped, flipsFound) in [(true, false), (false, true)] {
            var left = ScriptReader(sink: ReadingSink())
            var right = ScriptReader(sink: ReadingSink())
            left.takesOtherReadings = flipsTyped
            right.takesOtherReadings = flipsFound
            guard left.read(typed), right.read(found) else { return nil }
            if let value = agreement(left.sink, right.sink) { return value * otherReading }
        }
        return nil
    }

    /// What a spelling is worth if `ý` or `x` is not what its word suggests.
    private static let otherReading: Float = 0.8

    private static func agreement(_ left: ReadingSink, _ right: ReadingSink) -> Float? {
        guard left.sounds == right.sounds else { return nil }
        var value: Float = 1
        for index in left.readings.indices {
            guard let part = left.readings[index].agreement(with: right.readings[index]) else {
                return nil
            }
            value *= part
        }
        return max(value, leastAgreement)
    }

    /// A spelling of many doubtful letters is still one.
    private static let leastAgreement: Float = 0.1

    // MARK: - Cyrillic

    /// A Kazakh letter where the other word has its Russian neighbour.
    private static let plainLetter: Float = 0.97
    /// A word typed with Kazakh letters and found without any: texts are written so, but the found
    /// one may well be another word.
    private static let foundPlain: Float = 0.65
    /// A Kazakh letter missed by someone who has typed another: a slip (`қаракат`).
    private static let slip: Float = 0.5

    /// Either word may be the plain typing of the other, not each in part: `қолды` and `көлді`
    /// contradict.
    private static func cyrillicAgreement(
        _ typed: borrowing Span<UInt8>, _ found: borrowing Span<UInt8>
    ) -> Float? {
        var typedCounts = LetterCounts()
        var foundCounts = LetterCounts()
        var left = 0
        var right = 0
        while left < typed.count, right < found.count {
            let first = scalar(typed, &left)
            let second = scalar(found, &right)
            if first == second {
                if isKazakh(first) {
                    typedCounts.shared += 1
                    foundCounts.shared += 1
                }
            } else if isPlain(first, of: second) {
                foundCounts.own += 1
                skipG(second, typed, &left, found, right)
            } else if isPlain(second, of: first) {
                typedCounts.own += 1
                skipG(first, found, &right, typed, left)
            } else {
                return nil
            }
        }
        guard left == typed.count, right == found.count else { return nil }
        guard typedCounts.own == 0 || foundCounts.own == 0 else { return nil }
        if typedCounts.shared > 0 { return power(slip, typedCounts.own + foundCounts.own) }
        return (typedCounts.own > 0 ? foundPlain : 1)
            * power(plainLetter, typedCounts.own + foundCounts.own)
    }

    /// Kazakh letters of one of two words.
    private struct LetterCounts {
        /// Those that the other word has too.
        var shared = 0
        /// Those that the other word has not.
        var own = 0
    }

    private static func power(_ base: Float, _ count: Int) -> Float {
        var value: Float = 1
        for _ in 0..<count { value *= base }
        return value
    }

    /// Skips the г of нг, which is typed for ң.
    private static func skipG(
        _ letter: UInt16, _ plain: borrowing Span<UInt8>, _ index: inout Int,
        _ other: borrowing Span<UInt8>, _ otherIndex: Int
    ) {
        if letter == 0x4A3, startsWithG(plain, index), !startsWithG(other, otherIndex) {
            _ = scalar(plain, &index)
        }
    }

    /// The next letter of a word of Cyrillic letters, which have two bytes each.
    private static func scalar(_ word: borrowing Span<UInt8>, _ index: inout Int) -> UInt16 {
        defer { index += 2 }
        guard index + 1 < word.count else { return 0 }
        return UInt16(word[index] & 0x1F) << 6 | UInt16(word[index + 1] & 0x3F)
    }

    private static func startsWithG(_ word: borrowing Span<UInt8>, _ index: Int) -> Bool {
        var index = index
        guard index < word.count else { return false }
        let letter = scalar(word, &index)
        return letter == 0x433 || letter == 0x493
    }

    /// Whether a letter is one that Russian does not have.
    private static func isKazakh(_ letter: UInt16) -> Bool {
        letter == 0x456 || (letter >= 0x490 && letter < 0x500)
    }

    /// Whether a letter is what is typed for a Kazakh one without its key.
    private static func isPlain(_ plain: UInt16, of letter: UInt16) -> Bool {
        switch letter {
        case 0x4D9: plain == 0x430 || plain == 0x44D  // ә
        case 0x493: plain == 0x433  // ғ
        case 0x49B: plain == 0x43A  // қ
        case 0x4A3: plain == 0x43D  // ң
        case 0x4E9: plain == 0x43E  // ө
        case 0x4B1, 0x4AF: plain == 0x443  // ұ, ү
        case 0x4BB: plain == 0x445  // һ
        case 0x456: plain == 0x438 || plain == 0x44B  // і
        case 0x44A: plain == 0x44C  // ъ
        default: false
        }
    }
}

/// Sounds with what each may stand for.
struct ReadingSink: SoundSink {
    var sounds: [UInt8] = []
    var readings: [ScriptLetter.Reading] = []

    var count: Int { sounds.count }
    subscript(index: Int) -> UInt8 { sounds[index] }
    mutating func append(_ sound: UInt8, _ reading: ScriptLetter.Reading) {
        sounds.append(sound)
        readings.append(reading)
    }
    mutating func removeLast() {
        sounds.removeLast()
        readings.removeLast()
    }
    mutating func reread(_ reading: ScriptLetter.Reading) {
        if !readings.isEmpty { readings[readings.count - 1] = reading }
    }
}
