/// A word of a name: where it stands, its folded letters, and what its shape tells.
public struct NameToken: Sendable, Equatable {
    /// Where it stands in the text, in UTF-8 bytes.
    public var source: ByteRange
    /// Its folded letters or digits, bytes in `NameTokens.bytes`; never empty.
    public var folded: ByteRange
    /// How many letters or digits it has, at least 1.
    public var letterCount: Int
    /// How many of its letters are capitals.
    public var capitalCount: Int
    /// What its shape tells.
    public var shape: Shape
    /// The script of its letters.
    public var script: Script

    /// What the letters around a word and its own tell.
    public struct Shape: OptionSet, Sendable {
        /// The bits.
        public let rawValue: UInt16

        /// A set of bits.
        public init(rawValue: UInt16) { self.rawValue = rawValue }

        /// Digits, perhaps with letters.
        public static let number = Shape(rawValue: 1)
        /// A hyphen stands between it and the word before.
        public static let followsHyphen = Shape(rawValue: 2)
        /// A full stop stands right behind it.
        public static let precedesStop = Shape(rawValue: 4)
        /// A comma stands right behind it.
        public static let precedesComma = Shape(rawValue: 8)
        /// Its first letter is a capital.
        public static let capitalized = Shape(rawValue: 16)
        /// A sign that ends a sentence or a clause, or a line break, stands before it.
        public static let startsClause = Shape(rawValue: 32)
        /// A quotation mark stands right before it.
        public static let opensQuote = Shape(rawValue: 64)
        /// A quotation mark stands right behind it.
        public static let closesQuote = Shape(rawValue: 128)
        /// Signs stand before it that no name goes across: `;`, `:`, `(`, `!`, `?`.
        public static let followsBreak = Shape(rawValue: 256)
    }

    /// Scripts that names are read in.
    public enum Script: UInt8, Sendable {
        case cyrillic, latin, arabic, other
    }

    /// Whether all its letters are capitals.
    public var isCapitals: Bool { capitalCount == letterCount && !shape.contains(.number) }
}

/// The words of a text as names are read, and the bytes of their letters; reused from text to text.
public struct NameTokens: Sendable {
    /// The words in the order of the text.
    public var tokens: [NameToken] = []
    /// The arena of folded letters, UTF-8.
    public var bytes: [UInt8] = []

    /// Whether any word has a capital; who types none says nothing by it.
    public var hasCapitals: Bool { tokens.contains { $0.capitalCount > 0 } }

    /// An empty list.
    public init() {}

    /// The folded letters of a word.
    public func folded(_ token: NameToken) -> ArraySlice<UInt8> { bytes[token.folded.range] }

    mutating func removeAll() {
        tokens.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }
}

/// Cuts a text into words as names need them: initials apart, parts of compounds apart, apostrophes
/// dropped, look-alikes of another script repaired, letters folded.
///
/// Not thread-safe, since ICU's normaliser is not: one for each thread. Unlike `Analyzer` it asks
/// for no language, drops nothing and stems nothing, so that it costs well below a microsecond a
/// word.
public final class NameTokenizer {
    /// The longest word, in letters; further letters are dropped.
    public static let longestWord = 64

    private let icu: ICUHandle
    private let table = CharacterTable.shared
    private var normalizer = TextNormalizer()
    private var clean = CleanText()
    private var word: [UInt16] = []
    private var scratch: [UInt16] = []

    /// A tokenizer.
    ///
    /// - Throws: `AnalysisError.unavailable` if ICU cannot be opened.
    public init() throws(AnalysisError) {
        icu = try ICUHandle()
    }

    /// Fills `result` with the words of a text.
    ///
    /// - Parameters:
    ///   - text: Any bytes of less than 4 GiB; what is not UTF-8 parts words.
    ///   - mostTokens: Words beyond so many are left out.
    ///   - result: The words; what it had before is removed.
    public func tokenize(
        _ text: Span<UInt8>, mostTokens: Int = .max, into result: inout NameTokens
    ) {
        result.removeAll()
        normalizer.clean(text, range: 0..<text.count, icu: icu, into: &clean)
        var index = 0
        var shape: NameToken.Shape = [.startsClause]
        while index < clean.count, result.tokens.count < mostTokens {
            let flags = table.flags(clean.units[index])
            if flags.isDisjoint(with: [.letter, .digit]), !isLetterBeyond(index) {
                separate(clean.units[index], flags, &shape, &result)
                index += 1
                continue
            }
            let start = index
            index = end(of: start)
            add(start..<index, shape, &result)
            shape = []
        }
    }

    /// The words of a string; for tests and tables.
    public func tokenize(_ text: String) -> NameTokens {
        var result = NameTokens()
        tokenize(Array(text.utf8).span, into: &result)
        return result
    }

    /// Letters that the table does not hold: only ICU can tell.
    private func isLetterBeyond(_ index: Int) -> Bool {
        let unit = clean.units[index]
        return Int(unit) >= CharacterTable.limit && unit & 0xF800 != 0xD800
            && CharacterTable.properties(UInt32(unit)).contains(.letter)
    }

    private func end(of start: Int) -> Int {
        var index = start
        var isDigit = table.flags(clean.units[start]).contains(.digit)
        while index < clean.count {
            let flags = table.flags(clean.units[index])
            if flags.contains(.letter) || isLetterBeyond(index) {
                isDigit = false
            } else if flags.contains(.digit) {
                isDigit = true
            } else if flags.contains(.mark) {
                // Belongs to the letter before it.
            } else if flags.contains(.apostrophe), !isDigit, index + 1 < clean.count,
                clean.units[index] == 0x27,
                table.flags(clean.units[index + 1]).contains(.letter)
            {
                // Dropped when the word is folded.
            } else {
                break
            }
            index += 1
        }
        return index
    }

    /// Notes what a sign says of the words beside it.
    private func separate(
        _ unit: UInt16, _ flags: CharacterFlags, _ shape: inout NameToken.Shape,
        _ result: inout NameTokens
    ) {
        let isBehindWord = shape.isEmpty && !result.tokens.isEmpty
        let last = result.tokens.count - 1
        switch unit {
        case 0x2D:
            if isBehindWord { shape.insert(.followsHyphen) } else { shape.remove(.followsHyphen) }
        case 0x2E:
            if isBehindWord {
                result.tokens[last].shape.insert(.precedesStop)
                if result.tokens[last].letterCount > 3 { shape.insert(.startsClause) }
            }
        case 0x2C:
            if isBehindWord { result.tokens[last].shape.insert(.precedesComma) }
        case 0xAB, 0x201C, 0x201E, 0x22, 0xBB, 0x201D:
            if isBehindWord, unit != 0xAB, unit != 0x201E {
                result.tokens[last].shape.insert(.closesQuote)
            } else {
                shape.insert(.opensQuote)
            }
        case 0x3B, 0x3A, 0x28, 0x29, 0x21, 0x3F, 0x2026, 0x5B, 0x5D, 0x2014:
            shape.remove(.followsHyphen)
            shape.insert(.followsBreak)
            if unit == 0x21 || unit == 0x3F { shape.insert(.startsClause) }
        default:
            shape.remove(.followsHyphen)
            if flags.contains(.newline) || unit == 0x0A {
                shape.insert([.startsClause, .followsBreak])
            }
        }
    }

    private func add(_ range: Range<Int>, _ shape: NameToken.Shape, _ result: inout NameTokens) {
        word.removeAll(keepingCapacity: true)
        var flags: CharacterFlags = []
        var capitals = 0
        for index in range {
            let unit = clean.units[index]
            if unit == 0x27 { continue }
            let own = table.flags(unit)
            flags.formUnion(own)
            if own.contains(.upper) { capitals += 1 }
            word.append(unit)
        }
        let isCapitalized = word.first.map { table.flags($0).contains(.upper) } ?? false
        if flags.contains(.variant) || flags.contains(.latin) && flags.contains(.cyrillic) {
            _ = Letters.repairLookAlikes(&word)
            _ = Letters.repairVariants(&word)
        }
        if !flags.isDisjoint(with: [.foldedByICU, .mark]) {
            icu.fold(&word, scratch: &scratch)
        }
        var token = NameToken(
            source: ByteRange(
                start: clean.starts[range.lowerBound],
                count: clean.ends[range.upperBound - 1] - clean.starts[range.lowerBound]),
            folded: ByteRange(start: UInt32(result.bytes.count), count: 0), letterCount: 0,
            capitalCount: capitals, shape: shape, script: .other)
        var scripts: CharacterFlags = []
        for unit in word.prefix(Self.longestWord) {
            var folded = unit
            if Int(unit) < CharacterTable.limit {
                folded = table.folded(unit)
                scripts.formUnion(table.flags(unit))
            }
            if folded == 0 || scripts.contains(.mark) && table.flags(unit).contains(.mark) {
                continue
            }
            token.letterCount += 1
            append(folded, &result.bytes)
        }
        token.folded.count = UInt32(result.bytes.count) - token.folded.start
        guard token.letterCount > 0 else { return }
        token.capitalCount = min(capitals, token.letterCount)
        if flags.contains(.digit) { token.shape.insert(.number) }
        if isCapitalized { token.shape.insert(.capitalized) }
        token.script =
            scripts.contains(.cyrillic)
            ? .cyrillic
            : scripts.contains(.latin) ? .latin : scripts.contains(.arabic) ? .arabic : .other
        result.tokens.append(token)
    }

    private func append(_ unit: UInt16, _ bytes: inout [UInt8]) {
        if unit < 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: unit))
        } else if unit < 0x800 {
            bytes.append(UInt8(truncatingIfNeeded: 0xC0 | unit >> 6))
            bytes.append(UInt8(truncatingIfNeeded: 0x80 | unit & 0x3F))
        } else if unit & 0xF800 != 0xD800 {
            bytes.append(UInt8(truncatingIfNeeded: 0xE0 | unit >> 12))
            bytes.append(UInt8(truncatingIfNeeded: 0x80 | unit >> 6 & 0x3F))
            bytes.append(UInt8(truncatingIfNeeded: 0x80 | unit & 0x3F))
        }
    }
}
