/// A stretch of bytes: half open, in the text or the arena that its owner names.
public struct ByteRange: Sendable, Hashable, BitwiseCopyable {
    /// Where it begins.
    public var start: UInt32
    /// How long it is.
    public var count: UInt32

    /// A stretch of `count` bytes from `start`.
    public init(start: UInt32, count: UInt32) {
        self.start = start
        self.count = count
    }

    /// No bytes at all.
    public static let empty = ByteRange(start: 0, count: 0)

    /// Whether it holds no bytes.
    public var isEmpty: Bool { count == 0 }

    /// The same stretch as a range of indexes.
    public var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

/// One occurrence of a word in a text.
///
/// Several tokens may share a position: the parts and the joined form of a compound, a date and its
/// day. Positions never descend within one analysed text.
public struct Token: Sendable, BitwiseCopyable {
    /// Where it stands in the *original* text, in UTF-8 bytes; never empty, on scalar borders.
    public var source: ByteRange
    /// Its place among the words of the text, from 0.
    public var position: UInt32
    /// Its exact form, folded: bytes in `TokenStream.bytes`; never empty.
    public var exact: ByteRange
    /// Its stem in `language`: bytes in `TokenStream.bytes`; equal bytes to `exact` where there is
    /// nothing to cut.
    public var stem: ByteRange
    /// A second stem where the language is in doubt (a name, a word of two letters), else empty.
    public var otherStem: ByteRange
    /// The language of the run of text in which it stands.
    public var language: Language
    /// What kind of token it is.
    public var kind: Kind
    /// The number of its exact form among all terms, in the numbering of its stream.
    public internal(set) var exactNumber: UInt32 = 0
    /// The number of its stem.
    public internal(set) var stemNumber: UInt32 = 0
    /// The number of its second stem, if it has one.
    public internal(set) var otherStemNumber: UInt32 = 0

    /// Kinds of tokens.
    public enum Kind: UInt8, Sendable, BitwiseCopyable {
        /// A word of letters.
        case word
        /// A number, or letters with digits.
        case number
        /// Several capitals that are not part of an all-capitals line: `ҚазҰУ`, `EKTU`.
        case acronym
        /// A canonical date, `d:2021-11-17`, beside the words it was read from.
        case date
        /// The joined form of a compound, beside its parts: `қасымжомарт`.
        case compound
    }

    /// A token with the given parts.
    public init(
        source: ByteRange, position: UInt32, exact: ByteRange, stem: ByteRange,
        otherStem: ByteRange = .empty, language: Language, kind: Kind
    ) {
        self.source = source
        self.position = position
        self.exact = exact
        self.stem = stem
        self.otherStem = otherStem
        self.language = language
        self.kind = kind
    }
}

/// The tokens of one text and the bytes of their terms; reused from text to text.
public struct TokenStream: Sendable {
    /// The tokens in the order of the text.
    public var tokens: [Token] = []
    /// The arena of the terms, UTF-8.
    public var bytes: [UInt8] = []
    /// The runs of one language, in order, without gaps, in UTF-8 bytes of the original text.
    public var runs: [(source: ByteRange, language: Language)] = []
    /// How many positions the text has: one more than the last token's position.
    public var positionCount: UInt32 = 0
    /// A name for the numbers of the terms: as long as it is the same, equal numbers are equal
    /// terms, in this text and others; `0` where the numbers say nothing.
    ///
    /// So what is known of a term need not be looked up by its bytes again.
    public internal(set) var numbering: UInt64 = 0
    /// How many tokens were cut to the longest allowed length (128 scalars).
    public var truncatedTokenCount = 0
    /// Words by the language of their run, by raw value.
    private var wordCounts = SIMD4<UInt32>()
    /// Whether the text was short enough to be judged by its single words.
    var isJudgedByWords = false
    /// Whether single words of a short text stand surely for Kazakh and for Russian.
    var isCodeSwitched = false

    /// An empty stream.
    public init() {}

    /// Empties the stream and keeps its room.
    public mutating func removeAll() {
        tokens.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        runs.removeAll(keepingCapacity: true)
        positionCount = 0
        numbering = 0
        truncatedTokenCount = 0
        wordCounts = SIMD4()
        isJudgedByWords = false
        isCodeSwitched = false
    }

    /// Counts words of a run.
    mutating func countWords(_ count: Int, in language: Language) {
        wordCounts[Int(language.rawValue)] &+= UInt32(truncatingIfNeeded: count)
    }

    /// How many words stand in runs of a language.
    public func wordCount(in language: Language) -> Int {
        Int(wordCounts[Int(language.rawValue)])
    }

    /// The bytes of a term as a string; for messages and tests, not for hot loops.
    public func string(_ range: ByteRange) -> String {
        String(decoding: bytes[range.range], as: UTF8.self)
    }

    /// The language of the whole text, `nil` for a mixed text; `.other` where no run has a language.
    ///
    /// A text of up to 96 words is mixed if single words stand surely for Kazakh and for Russian,
    /// or if a tenth of its words stand in English runs and a tenth in others; a longer one if no
    /// language has nine tenths of its words.
    public var language: Language? {
        let languages = [Language.kazakh, .russian, .english]
        let total = languages.reduce(0) { $0 + wordCount(in: $1) }
        guard total > 0 else { return .other }
        if isCodeSwitched { return nil }
        if isJudgedByWords {
            let local = max(wordCount(in: .kazakh), wordCount(in: .russian))
            let english = wordCount(in: .english)
            if english * 10 >= total, (total - english) * 10 >= total { return nil }
            if english > local { return .english }
            return wordCount(in: .kazakh) == local ? .kazakh : .russian
        }
        return languages.first { wordCount(in: $0) * 10 >= total * 9 }
    }
}
