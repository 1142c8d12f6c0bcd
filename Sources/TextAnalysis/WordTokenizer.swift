/// Cuts clean text into words.
///
/// Plain words are found by the character table alone; a run between spaces that holds anything the
/// table cannot judge (marks, ideographs, `_`, `@`) goes to ICU as a whole. Breaking at spaces is
/// always safe for words, so both ways give the same words; a test holds them together.
struct WordTokenizer {
    /// The words of the chunk, in order.
    var words: [Word] = []
    /// Letters and capitals of each line of the chunk.
    var lines: [LineCase] = []
    /// Whether to ask ICU for every run: slower, with the same result; for tests.
    var asksICUAlways = false

    private let table = CharacterTable.shared
    private var scratch = PieceScratch()
    private var pieces: [Range<Int>] = []

    /// Finds the words of `text`.
    mutating func tokenize(_ text: borrowing CleanText, icu: ICUHandle) {
        words.removeAll(keepingCapacity: true)
        lines.removeAll(keepingCapacity: true)
        lines.append(LineCase())
        var index = 0
        while index < text.count {
            let flags = table.flags(text.units[index])
            if flags.contains(.space) {
                if flags.contains(.newline) { lines.append(LineCase()) }
                index += 1
                continue
            }
            index = tokenizeRun(text, from: index, icu: icu)
        }
        joinGroupedNumbers(text)
        dropSuffixes(text)
        findNumerals(text)
    }

    /// Finds the words of one run without spaces.
    ///
    /// - Returns: The end of the run.
    private mutating func tokenizeRun(
        _ text: borrowing CleanText, from runStart: Int, icu: ICUHandle
    ) -> Int {
        let wordCount = words.count
        let line = lines[lines.count - 1]
        var index = runStart
        if !asksICUAlways {
            while index < text.count {
                let flags = table.flags(text.units[index])
                if !flags.isDisjoint(with: [.space, .special]) { break }
                if flags.isDisjoint(with: [.letter, .digit]) {
                    index += 1
                    continue
                }
                index = tokenizePlainWord(text, from: index, first: flags)
            }
            if index == text.count || table.flags(text.units[index]).contains(.space) {
                return index
            }
            words.removeSubrange(wordCount...)
            lines[lines.count - 1] = line
        }
        var runEnd = index
        while runEnd < text.count, !table.flags(text.units[runEnd]).contains(.space) {
            runEnd += 1
        }
        // Taken out, so that the room is not copied while it is filled.
        var found: [Range<Int>] = []
        swap(&found, &pieces)
        found.removeAll(keepingCapacity: true)
        icu.forEachPiece(of: text.units, in: runStart..<runEnd, scratch: &scratch) {
            piece, isWord in
            if isWord { found.append(piece) }
        }
        for piece in found { addPiece(text, piece) }
        pieces = found
        return runEnd
    }

    /// Adds the word that begins at `start` by the rules of UAX 29 for letters, digits and what
    /// may stand between them.
    ///
    /// - Returns: The end of the word.
    @inline(__always)
    private mutating func tokenizePlainWord(
        _ text: borrowing CleanText, from start: Int, first: CharacterFlags
    ) -> Int {
        var index = start
        var union = CharacterFlags()
        var last = first
        var capitals = 0
        while index < text.count {
            let flags = table.flags(text.units[index])
            if !flags.isDisjoint(with: [.letter, .digit]) {
                union.formUnion(flags)
                if flags.contains(.upper) { capitals += 1 }
                last = flags
                index += 1
                continue
            }
            guard index + 1 < text.count,
                !flags.isDisjoint(with: [.middle, .middleNumber, .apostrophe])
            else { break }
            let next = table.flags(text.units[index + 1])
            let joinsLetters =
                last.contains(.letter) && next.contains(.letter) && !flags.contains(.middleNumber)
            let joinsDigits = last.contains(.digit) && next.contains(.digit)
            guard joinsLetters || joinsDigits else { break }
            union.formUnion(flags)
            index += 1
        }
        addWord(text, start..<index, flags: union, capitals: capitals)
        return index
    }

    /// Adds a piece that ICU found.
    private mutating func addPiece(_ text: borrowing CleanText, _ piece: Range<Int>) {
        var union = CharacterFlags()
        var capitals = 0
        for index in piece {
            var flags = table.flags(text.units[index])
            if Int(text.units[index]) >= CharacterTable.limit {
                flags.formUnion(Self.properties(text, at: index))
            }
            if flags.contains(.upper) { capitals += 1 }
            union.formUnion(flags)
        }
        addWord(text, piece, flags: union, capitals: capitals)
    }

    /// Properties of the code point at a unit beyond the table.
    static func properties(
        _ text: borrowing CleanText, at index: Int
    ) -> CharacterFlags {
        let unit = UInt32(text.units[index])
        guard unit & 0xFC00 == 0xD800, index + 1 < text.count else {
            return unit & 0xFC00 == 0xDC00 ? [] : CharacterTable.properties(unit)
        }
        let low = UInt32(text.units[index + 1])
        return CharacterTable.properties(0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF))
    }

    /// Adds a word as it is if it is plain, else cut by `split`.
    private mutating func addWord(
        _ text: borrowing CleanText, _ range: Range<Int>, flags: CharacterFlags, capitals: Int
    ) {
        let isPlain = flags.isDisjoint(
            with: [.digit, .middle, .middleNumber, .apostrophe, .special])
        if isPlain {
            append(text, range, flags: flags, capitals: capitals)
        } else {
            split(text, range)
        }
    }

    /// Appends a whole word and notes how it hangs on the one before.
    mutating func append(
        _ text: borrowing CleanText, _ range: Range<Int>, flags: CharacterFlags, capitals: Int,
        link: Word.Link? = nil
    ) {
        var word = Word(
            start: Int32(truncatingIfNeeded: range.lowerBound),
            end: Int32(truncatingIfNeeded: range.upperBound), flags: flags,
            upperCount: UInt16(clamping: capitals),
            line: Int32(truncatingIfNeeded: lines.count - 1))
        word.isCapitalized = table.flags(text.units[range.lowerBound]).contains(.upper)
        if range.count == 1, range.upperBound < text.count {
            markSpecial(&word, text)
        }
        if let last = words.last {
            if last.line != word.line {
                word.startsSentence = true
            } else {
                hang(&word, after: last, text)
            }
        } else {
            word.startsSentence = true
        }
        if let link { word.link = link }
        if !flags.isDisjoint(with: .letter) {
            lines[lines.count - 1].letters += range.count
            lines[lines.count - 1].capitals += capitals
        }
        words.append(word)
    }

    /// Judges what stands between a word and the one before it on the same line.
    @inline(__always)
    private func hang(_ word: inout Word, after last: Word, _ text: borrowing CleanText) {
        let gap = Int(last.end)..<Int(word.start)
        if gap.count == 1 {
            switch text.units[gap.lowerBound] {
            case 0x20, 0xA0, 0x202F, 0x2007, 0x2009: word.link = .space
            case 0x2D: word.link = .hyphen
            default: break
            }
            return
        }
        if gap.count == 2, text.units[gap.lowerBound + 1] == 0x2D {
            switch text.units[gap.lowerBound] {
            case 0x25, 0xB0, 0xBB, 0x22, 0x201C, 0x201D: word.link = .suffixHyphen
            default: break
            }
        }
        var sawStop = false
        for index in gap {
            switch text.units[index] {
            case 0x2E, 0x21, 0x3F, 0x2026: sawStop = true
            case 0x20, 0xA0: if sawStop { word.startsSentence = true }
            default: break
            }
        }
    }

    /// Makes `C++`, `C#` and `F#` whole again; `С` may be Cyrillic.
    private func markSpecial(_ word: inout Word, _ text: borrowing CleanText) {
        let end = Int(word.end)
        let letter = text.units[end - 1]
        let isC = letter == 0x43 || letter == 0x63 || letter == 0x421 || letter == 0x441
        if isC, text.units[end] == 0x2B, end + 1 < text.count, text.units[end + 1] == 0x2B {
            word.special = .cPlusPlus
            word.end += 2
        } else if text.units[end] == 0x23 {
            if isC {
                word.special = .cSharp
                word.end += 1
            } else if letter == 0x46 || letter == 0x66 {
                word.special = .fSharp
                word.end += 1
            }
        }
    }

    /// Joins numbers written in groups: `1 000 000,5`.
    private mutating func joinGroupedNumbers(_ text: borrowing CleanText) {
        let first = words.indices.first {
            words[$0].link == .space && words[$0].isNumber && $0 > 0 && words[$0 - 1].isNumber
        }
        guard let first else { return }
        var kept = first
        for index in first..<words.count {
            let word = words[index]
            if word.link == .space, word.isNumber, continues(words[kept - 1], word, text) {
                words[kept - 1].end = word.end
                words[kept - 1].flags.formUnion(word.flags)
                words[kept - 1].isGrouped = true
            } else {
                words[kept] = word
                kept += 1
            }
        }
        words.removeSubrange(kept...)
    }

    /// Whether `next` is a further group of three digits of `number`.
    private func continues(_ number: Word, _ next: Word, _ text: borrowing CleanText) -> Bool {
        guard number.isNumber, number.flags.isDisjoint(with: [.middle, .middleNumber]),
            number.link != .hyphen, number.isGrouped || number.range.count <= 3,
            text.units[Int(number.start)] != 0x30
        else { return false }
        var digits = 0
        for index in next.range {
            guard table.flags(text.units[index]).contains(.digit) else { break }
            digits += 1
        }
        guard digits == 3 else { return false }
        // The rest is a decimal fraction: one separator, then digits to the end.
        if next.range.count > 3 {
            let rest = (Int(next.start) + 4)..<max(Int(next.start) + 4, Int(next.end))
            return rest.allSatisfy { table.flags(text.units[$0]).contains(.digit) }
        }
        return true
    }
}
