/// Cuts clean text into words.
///
/// Plain words are found by the character table alone; a run between spaces that holds anything the
/// table cannot judge (marks, ideographs, `@`) goes to ICU as a whole. Breaking at spaces is
/// always safe for words, so both ways give the same words; a test holds them together.
struct WordTokenizer: ~Copyable {
    /// The words of the chunk, in order; in place until the next chunk.
    var words: UnsafeMutableBufferPointer<Word> { row.elements }
    /// Letters and capitals of each line of the chunk.
    private(set) var lines: [LineCase] = []
    /// Those of them that may be more than they are themselves.
    private(set) var candidates = WordCandidates()
    /// Whether quotation marks may stand between words.
    private(set) var hasQuotes = false
    /// Whether to ask ICU for every run: slower, with the same result; for tests.
    var asksICUAlways = false

    private let table = CharacterTable.shared
    var row = GrowingRow<Word>()
    /// The line at hand.
    private var line = LineCase()
    private var scratch = PieceScratch()
    private var pieces: [Range<Int>] = []
    /// The parts of the piece that is cut.
    var atoms: [Atom] = []

    /// Finds the words of `text`, and appends the folded forms of most to `terms`: of those that
    /// the table can fold unit by unit.
    mutating func tokenize(
        _ text: borrowing CleanText, icu: ICUHandle, into terms: inout TermBytes
    ) {
        row.truncate()
        lines.removeAll(keepingCapacity: true)
        line = LineCase()
        hasQuotes = false
        candidates.removeAll()
        findWords(text, icu: icu, into: &terms)
        lines.append(line)
        if joinGroupedNumbers(text) {
            candidates.removeAll()
            for index in words.indices { candidates.add(index, of: words, text) }
        }
        dropSuffixes(text)
        findNumerals(text)
    }

    /// Finds the words of all runs between spaces.
    private mutating func findWords(
        _ text: borrowing CleanText, icu: ICUHandle, into terms: inout TermBytes
    ) {
        let count = text.count
        guard count > 0, let units = text.units.baseAddress else { return }
        // Ends the last word; there is room behind the units.
        units[count] = 0x20
        // No unit takes more than the three bytes by which an entry may go on.
        let room = terms.reserve(3 &* count)
        let roomStart = terms.count
        var target = room
        var index = 0
        var run = Run()
        while index < count {
            let first = table.entry(units[index]).flags
            if !first.isDisjoint(with: [.space, .special]) {
                if first.contains(.space) {
                    if first.contains(.newline) {
                        lines.append(line)
                        line = LineCase()
                    }
                    index &+= 1
                    run = Run(start: index, wordCount: row.count, line: line)
                } else {
                    index = tokenizeByICU(text, run, from: index, icu: icu)
                }
                continue
            }
            if asksICUAlways {
                index = tokenizeByICU(text, run, from: index, icu: icu)
                continue
            }
            if first.isDisjoint(with: [.letter, .digit]) {
                if first.contains(.joiner) {
                    index = tokenizeJoinedWord(text, from: index)
                    continue
                }
                if first.contains(.quote) { hasQuotes = true }
                index &+= 1
                continue
            }
            // All units of the word at once: what they are and what they fold to.
            let start = index
            let termStart = target
            var entry = table.entry(units[index])
            var union = CharacterFlags()
            var capitals = 0
            repeat {
                union.formUnion(entry.flags)
                capitals &+= entry.flags.contains(.upper) ? 1 : 0
                let folded = entry.folded
                UnsafeMutableRawPointer(target).storeBytes(
                    of: folded.bytes.littleEndian, as: UInt16.self)
                target += folded.count
                index &+= 1
                entry = table.entry(units[index])
            } while !entry.flags.isDisjoint(with: [.letter, .digit])
            let mayJoin = !entry.flags.isDisjoint(with: Self.joining)
            if (mayJoin && joins(text, at: index)) || Self.isSplit(union) {
                target = termStart
                index = tokenizeJoinedWord(text, from: start)
                continue
            }
            let word = row.extend(by: 1)
            word.initialize(
                to: Word(
                    start..<index, flags: union, upperCount: capitals,
                    isCapitalized: first.contains(.upper), line: lines.count))
            if Self.isFoldedByTable(union, index &- start) {
                word.pointee.term = ByteRange(
                    start: UInt32(truncatingIfNeeded: roomStart &+ (termStart - room)),
                    count: UInt32(truncatingIfNeeded: target - termStart))
            } else {
                target = termStart
            }
            place(word, text, link: nil)
        }
        terms.extend(by: target - room)
    }

    /// A stretch without spaces, and what there was before it.
    private struct Run {
        var start = 0
        var wordCount = 0
        var line = LineCase()
    }

    /// What may stand inside a word beside letters and digits.
    private static let joining: CharacterFlags = [
        .middle, .middleNumber, .apostrophe, .joiner,
    ]

    /// Whether a word of such units may have to be cut: it is not of letters or of digits alone.
    @inline(__always)
    private static func isSplit(_ union: CharacterFlags) -> Bool {
        union.contains(.special) || union.isSuperset(of: [.letter, .digit])
    }

    /// Whether the bytes of the table are the folded form of a word of such units.
    @inline(__always)
    private static func isFoldedByTable(_ union: CharacterFlags, _ unitCount: Int) -> Bool {
        !union.contains(.foldedApart) && !union.isSuperset(of: [.latin, .cyrillic])
            && unitCount <= TermFolder.longestTerm
    }

    /// Whether a sign at `index` joins what is beside it into one word.
    @inline(__always)
    private func joins(_ text: borrowing CleanText, at index: Int) -> Bool {
        let sign = table.flags(text.units[index])
        if sign.contains(.joiner) { return true }
        guard index &+ 1 < text.count else { return false }
        let last = table.flags(text.units[index &- 1])
        let next = table.flags(text.units[index &+ 1])
        let joinsLetters =
            last.contains(.letter) && next.contains(.letter) && !sign.contains(.middleNumber)
        return joinsLetters || (last.contains(.digit) && next.contains(.digit))
    }

    /// Finds the words of a run by ICU, which tells what special units join.
    ///
    /// Up to `index`, a unit of the run, there are no special ones.
    ///
    /// - Returns: The end of the run.
    @inline(never)
    private mutating func tokenizeByICU(
        _ text: borrowing CleanText, _ run: Run, from index: Int, icu: ICUHandle
    ) -> Int {
        row.truncate(to: run.wordCount)
        line = run.line
        candidates.removeAll(from: run.wordCount)
        hasQuotes = true
        var runEnd = index
        while runEnd < text.count, !table.flags(text.units[runEnd]).contains(.space) {
            runEnd += 1
        }
        // Taken out, so that the room is not copied while it is filled.
        var found: [Range<Int>] = []
        swap(&found, &pieces)
        found.removeAll(keepingCapacity: true)
        icu.forEachPiece(of: text.units, in: run.start..<runEnd, scratch: &scratch) {
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
    @inline(never)
    private mutating func tokenizeJoinedWord(_ text: borrowing CleanText, from start: Int) -> Int {
        var index = start
        var union = CharacterFlags()
        var capitals = 0
        while index < text.count {
            let flags = table.flags(text.units[index])
            if !flags.isDisjoint(with: [.letter, .digit]) {
                if flags.contains(.upper) { capitals += 1 }
            } else if flags.isDisjoint(with: Self.joining) || !joins(text, at: index) {
                break
            }
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
            with: Self.joining.union([.digit, .special]))
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
        let isCapitalized = table.flags(text.units[range.lowerBound]).contains(.upper)
        let word = row.extend(by: 1)
        word.initialize(
            to: Word(
                range, flags: flags, upperCount: capitals, isCapitalized: isCapitalized,
                line: lines.count))
        place(word, text, link: link)
    }

    /// Notes how the last word hangs on the one before, unless that is known, and what it may be.
    ///
    /// It is changed where it stands: a copy of what was just written would wait for the writes.
    @inline(__always)
    private mutating func place(
        _ word: UnsafeMutablePointer<Word>, _ text: borrowing CleanText, link: Word.Link?
    ) {
        let unitCount = word.pointee.end &- word.pointee.start
        if unitCount == 1, Int(word.pointee.end) < text.count { markSpecial(&word.pointee, text) }
        if row.count > 1 {
            let last = word - 1
            if last.pointee.line != word.pointee.line {
                word.pointee.startsSentence = true
            } else if word.pointee.start &- last.pointee.end == 1,
                text.units[Int(last.pointee.end)] == 0x20
            {
                word.pointee.link = .space
            } else {
                hang(&word.pointee, after: last, text)
            }
        } else {
            word.pointee.startsSentence = true
        }
        if let link { word.pointee.link = link }
        if word.pointee.flags.contains(.letter) {
            line.letters &+= unitCount
            line.capitals &+= Int32(word.pointee.upperCount)
        }
        if asksICUAlways || WordCandidates.mayBe(word) {
            candidates.add(row.count &- 1, of: words, text)
        }
    }

    // MARK: - Surroundings

    /// Judges what stands between a word and the one before it on the same line.
    @inline(never)
    private func hang(
        _ word: inout Word, after last: UnsafeMutablePointer<Word>, _ text: borrowing CleanText
    ) {
        let gap = Int(last.pointee.end)..<Int(word.start)
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
    @inline(__always)
    private func markSpecial(_ word: inout Word, _ text: borrowing CleanText) {
        let end = Int(word.end)
        guard text.units[end] == 0x2B || text.units[end] == 0x23 else { return }
        let letter = text.units[end - 1]
        let isC = letter == 0x43 || letter == 0x63 || letter == 0x421 || letter == 0x441
        if isC, text.units[end] == 0x2B, end + 1 < text.count, text.units[end + 1] == 0x2B {
            makeSpecial(&word, .cPlusPlus, signs: 2)
        } else if text.units[end] == 0x23 {
            if isC {
                makeSpecial(&word, .cSharp, signs: 1)
            } else if letter == 0x46 || letter == 0x66 {
                makeSpecial(&word, .fSharp, signs: 1)
            }
        }
    }

    private func makeSpecial(_ word: inout Word, _ special: Word.Special, signs: Int32) {
        word.special = special
        word.end += signs
        word.forgetTerm()
    }
}
