import TextAnalysis

/// The words of a document, all its texts one after another.
///
/// Invariants: 1. Words ascend. 2. No name goes across a text, since each begins with a break.
/// Its buffers are reused from document to document; not thread-safe.
final class MentionText {
    /// A word of the document.
    struct Word {
        /// Where it stands among the bytes of all texts.
        var start: UInt32
        var end: UInt32
        var number: TextWords.WordID
        var shape: NameToken.Shape
        var letterCount: UInt8
        var capitalCount: UInt8
        /// Where its form of several words of the vocabulary is; negative without one.
        var phrase: Int32 = -1
        /// Whether capitals tell nothing here: a line of capitals.
        var isShouted = false
        /// Whether nearly all words of its line have capitals: an English title.
        var isTitled = false

        var isCapitalized: Bool { capitalCount > 0 && shape.contains(.capitalized) }
        var isCapitals: Bool { capitalCount == letterCount && !shape.contains(.number) }
    }

    /// Several words that stand for one thing.
    struct Phrase {
        var count: Int
        var concepts: [NameVocabulary.ConceptID]
    }

    /// Words beyond so many of a document are left out.
    static let mostWords = 1 << 20

    private(set) var words: [Word] = []
    private(set) var phrases: [Phrase] = []
    private(set) var bytes: [UInt8] = []
    /// Where each text begins among the bytes.
    private(set) var fields: [UInt32] = []
    private(set) var isKazakh = false

    private let vocabulary: NameVocabulary
    private let tokenizer: NameTokenizer
    private var tokens = NameTokens()
    /// Pairs of words that no form begins with, by their hash.
    private var barren: [UInt64]

    init(_ vocabulary: NameVocabulary) throws(AnalysisError) {
        self.vocabulary = vocabulary
        tokenizer = try NameTokenizer()
        barren = [UInt64](repeating: 0, count: 1 << 14)
    }

    /// Forgets the document.
    func removeAll() {
        words.removeAll(keepingCapacity: true)
        phrases.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        fields.removeAll(keepingCapacity: true)
        isKazakh = false
    }

    /// Forgets what was kept of the numbers of words.
    func forgetPairs() {
        for index in barren.indices { barren[index] = 0 }
    }

    /// Adds a text to the document.
    func add(_ text: Span<UInt8>, _ known: TextWords) {
        let base = UInt32(bytes.count)
        fields.append(base)
        bytes.reserveCapacity(bytes.count + text.count)
        for index in text.indices { bytes.append(text[index]) }
        tokenizer.tokenize(text, mostTokens: Self.mostWords - words.count, into: &tokens)
        let first = words.count
        for token in tokens.tokens {
            guard let number = known.number(of: token, in: tokens) else { break }
            var shape = token.shape
            if words.count == first { shape.insert([.startsClause, .followsBreak]) }
            words.append(
                Word(
                    start: base + token.source.start,
                    end: base + token.source.start + token.source.count, number: number,
                    shape: shape, letterCount: UInt8(min(token.letterCount, 255)),
                    capitalCount: UInt8(min(token.capitalCount, 255))))
            if known.traits(number).contains(.kazakh) { isKazakh = true }
        }
        markLines(first, known)
        for place in first..<words.count
        where known.traits(words[place].number).contains(.startsForm) {
            findPhrase(place, known)
        }
    }

    /// Marks lines of capitals and titles of capitalised words.
    private func markLines(_ first: Int, _ known: TextWords) {
        var start = first
        while start < words.count {
            var end = start
            var long = 0
            var capitals = 0
            var capitalized = 0
            var latin = 0
            repeat {
                let word = words[end]
                if word.letterCount > 3, !word.shape.contains(.number) {
                    long += 1
                    if known.words[Int(word.number)].script == .latin { latin += 1 }
                    if word.isCapitals { capitals += 1 }
                    if word.capitalCount > 0 { capitalized += 1 }
                }
                end += 1
            } while end < words.count && !startsLine(end)
            if long >= 3 {
                let isShouted = capitals * 2 > long
                let isTitled = long >= 4 && latin * 2 > long && capitalized * 10 > long * 7
                if isShouted || isTitled {
                    for place in start..<end {
                        words[place].isShouted = isShouted
                        words[place].isTitled = isTitled
                    }
                }
            }
            start = end
        }
    }

    private func startsLine(_ place: Int) -> Bool {
        words[place].shape.isSuperset(of: [.startsClause, .followsBreak])
    }

    private func findPhrase(_ place: Int, _ known: TextWords) {
        guard place + 1 < words.count, !isBreak(place + 1) else { return }
        let pair = UInt64(words[place].number) << 32 | UInt64(words[place + 1].number)
        let slot = Int(truncatingIfNeeded: (pair &* 0x9E37_79B9_7F4A_7C15) >> 50)
        if barren[slot] == pair &+ 1 { return }
        var nodes = known.words[Int(words[place].number)].nodes
        var best: Phrase?
        var end = place + 1
        while end < words.count, end - place < NameVocabulary.longestForm, !isBreak(end) {
            let key = known.words[Int(words[end].number)].key
            if key.isEmpty { break }
            nodes = vocabulary.trie.next(
                nodes, NameVocabulary.lookupKey(key, known.folded(words[end].number)),
                takesAcronyms: words[end].capitalCount > 1)
            if nodes.isEmpty { break }
            end += 1
            let concepts = vocabulary.trie.concepts(nodes)
            if !concepts.isEmpty { best = Phrase(count: end - place, concepts: concepts) }
        }
        if end == place + 1 { barren[slot] = pair &+ 1 }
        guard let best else { return }
        words[place].phrase = Int32(phrases.count)
        phrases.append(best)
    }

    /// Whether no name goes on at a word: another clause, a bracket.
    func isBreak(_ place: Int) -> Bool {
        !words[place].shape.isDisjoint(with: [.followsBreak, .startsClause])
    }

    /// The form of several words that begins at a word.
    func phrase(at place: Int) -> Phrase? {
        let phrase = words[place].phrase
        return phrase < 0 ? nil : phrases[Int(phrase)]
    }

    /// The bytes of a range of words.
    func source(_ range: Range<Int>) -> Range<Int> {
        Int(words[range.lowerBound].start)..<Int(words[range.upperBound - 1].end)
    }

    /// The text that a byte is of, and where that text begins.
    func field(at byte: UInt32) -> (number: Int, base: UInt32) {
        var number = fields.count - 1
        while number > 0, fields[number] > byte { number -= 1 }
        return (number, fields.isEmpty ? 0 : fields[number])
    }

    /// The text of a range of words as it is written.
    func string(_ range: Range<Int>) -> String {
        String(decoding: bytes[source(range)], as: UTF8.self)
    }
}
