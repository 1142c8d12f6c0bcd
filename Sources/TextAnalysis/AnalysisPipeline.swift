/// The stages of analysis over one chunk of text after another, and their buffers.
struct AnalysisPipeline: ~Copyable {
    /// Longest chunk in bytes: small enough for the cache, long enough that a chunk's overhead and
    /// the words it might part do not count.
    static let longestChunk = 1 << 15
    /// Most parts of one compound: beyond it lie rows of hyphens, not words.
    static let mostParts = 8

    let icu: ICUHandle
    let stemmers: Stemmers
    var normalizer = TextNormalizer()
    var clean = CleanText()
    var tokenizer = WordTokenizer()
    var folder = TermFolder()
    var identifier: LanguageIdentifier
    var codeSwitching = CodeSwitching()
    var recognizer = DateRecognizer()
    var cache: WordCache
    /// The number of each word of the chunk in the cache.
    var entryRow = GrowingRow<Int32>()
    var entries: UnsafeMutableBufferPointer<Int32> { entryRow.elements }
    private var waiting = GrowingRow<WordNumbers<WordCache.Note>.Waiting>()
    /// One folded word or compound.
    var term = TermBytes()
    /// The folded words of the chunk, then the other terms of its tokens, before they are added to
    /// those of the stream.
    var terms = TermBytes(capacity: 1 << 12)
    /// The tokens of the chunk, before they are added to those of the stream.
    var tokens = GrowingRow<Token>()
    /// The language of the text so far.
    var languageBefore: Language?
    /// Whether the text is short, and whether it is typed without capitals: then a word says less
    /// about itself, and gets the stems of both languages.
    var isShort = false
    var isTyped = false

    init(
        tables: AnalysisTables, rememberedWordCount: Int = Analyzer.usualRememberedWordCount
    ) throws(AnalysisError) {
        let handle = try ICUHandle()
        let stemmers = try Stemmers(tables: tables)
        icu = handle
        self.stemmers = stemmers
        identifier = LanguageIdentifier(tables: tables)
        cache = WordCache(limit: rememberedWordCount)
    }

    /// Analyses a text of any length, chunk by chunk.
    mutating func analyze(
        _ text: borrowing Span<UInt8>, language: Language?, judgesShortText: Bool = true,
        into stream: inout TokenStream
    ) {
        stream.removeAll()
        languageBefore = nil
        cache.makeRoom()
        stream.numbering = cache.numbering
        var start = 0
        while start < text.count {
            let end = Self.endOfChunk(text, from: start)
            cache.makeRoom()
            // The numbers of the chunks before are worth nothing then.
            if stream.numbering != cache.numbering { stream.numbering = 0 }
            findWords(text, start..<end, stream: &stream)
            findLanguages(language, isWhole: start == 0 && end == text.count)
            recognizer.find(tokenizer.words, digitWords: tokenizer.candidates.numbers, clean)
            appendRuns(to: &stream, known: language)
            if judgesShortText, language == nil, start == 0, end == text.count {
                judgeWords(of: &stream)
            }
            appendTokens(to: &stream)
            start = end
        }
        finishRuns(&stream, byteCount: text.count, known: language)
    }

    /// Where the chunk from `start` ends: after a line break if there is one in its second half,
    /// else after a space, else between two scalars.
    static func endOfChunk(_ text: borrowing Span<UInt8>, from start: Int) -> Int {
        guard text.count - start > longestChunk else { return text.count }
        let limit = start + longestChunk
        var space: Int?
        var index = limit
        while index > start + longestChunk / 2 {
            if text[index - 1] == 0x0A { return index }
            if space == nil, text[index - 1] == 0x20 { space = index }
            index -= 1
        }
        if let space { return space }
        index = limit
        // Three continuation bytes at most belong to one scalar.
        while index > limit - 3, text[index] & 0xC0 == 0x80 { index -= 1 }
        return text[index] & 0xC0 == 0x80 ? limit : index
    }

    /// First half: clean text, words, exact forms.
    mutating func findWords(
        _ text: borrowing Span<UInt8>, _ range: Range<Int>, stream: inout TokenStream
    ) {
        normalizer.clean(text, range: range, icu: icu, into: &clean)
        terms.truncate()
        tokenizer.tokenize(clean, icu: icu, into: &terms)
        let words = tokenizer.words
        waiting.truncate()
        for index in words.indices {
            if !words[index].isFolded, fold(&words[index], isLatinKazakh: false) {
                stream.truncatedTokenCount += 1
            }
            if words[index].term.isEmpty { words[index].isDropped = true }
            waiting.append(cache.waiting(words[index].term, of: terms))
        }
        entryRow.truncate()
        cache.intern(waiting.elements, of: terms, into: &entryRow)
    }

    /// Folds a word.
    ///
    /// - Returns: Whether its term was cut to the longest allowed length.
    private mutating func fold(_ word: inout Word, isLatinKazakh: Bool) -> Bool {
        let start = terms.count
        let isCut = folder.fold(
            clean, word, isLatinKazakh: isLatinKazakh, icu: icu, into: &terms)
        word.term = terms.range(from: start)
        return isCut
    }

    /// Folds one word again; one of which nothing is left is no token.
    mutating func foldAgain(_ index: Int, isLatinKazakh: Bool) {
        let words = tokenizer.words
        _ = fold(&words[index], isLatinKazakh: isLatinKazakh)
        if words[index].term.isEmpty { words[index].isDropped = true }
        find(index)
    }

    /// Finds the entry of a word that has another term now.
    mutating func find(_ index: Int) {
        term.truncate()
        term.append(terms.bytes(tokenizer.words[index].term), isPadded: true)
        entries[index] = Int32(truncatingIfNeeded: cache.intern(term))
    }

    /// Second half: the language of each sentence.
    mutating func findLanguages(_ known: Language?, isWhole: Bool) {
        identifier.score(tokenizer.words, entries: entries, clean, cache: &cache)
        if let known {
            identifier.decide(on: known)
        } else {
            languageBefore = identifier.decide(after: languageBefore)
        }
        let words = tokenizer.words
        isShort = isWhole && words.count <= 3 && words.count(where: { !$0.isDropped }) <= 2
        isTyped = isWhole && words.count <= 12 && words.allSatisfy { $0.upperCount == 0 }
        for segment in identifier.segments
        where segment.hasKazakhLatin && segment.isLatinKazakh && segment.language == .kazakh {
            for index in segment.words where words[index].flags.contains(.upper) {
                foldAgain(index, isLatinKazakh: true)
            }
        }
    }

    /// Finds out whether a short text is in Kazakh and Russian at once.
    private mutating func judgeWords(of stream: inout TokenStream) {
        guard tokenizer.words.count <= CodeSwitching.longestText else { return }
        stream.isJudgedByWords = true
        stream.isCodeSwitched = codeSwitching.isMixed(
            tokenizer.words, entries: entries, lines: tokenizer.lines,
            hasQuotes: tokenizer.hasQuotes, clean, cache: &cache,
            identifier)
    }

    // MARK: - Runs

    private func appendRuns(to stream: inout TokenStream, known: Language?) {
        for segment in identifier.segments {
            let words = tokenizer.words[segment.words]
            stream.countWords(words.count(where: { !$0.isDropped }), in: segment.language)
            guard let first = words.first, known == nil else { continue }
            if let last = stream.runs.last, last.language == segment.language { continue }
            let start = stream.runs.isEmpty ? 0 : clean.starts[Int(first.start)]
            stream.runs.append((ByteRange(start: start, count: 0), segment.language))
        }
    }

    /// Gives every run its length, now that the start of the next one is known.
    private func finishRuns(
        _ stream: inout TokenStream, byteCount: Int, known: Language?
    ) {
        guard byteCount > 0 else { return }
        if stream.runs.isEmpty {
            stream.runs.append((.empty, known ?? .other))
        }
        for index in stream.runs.indices {
            let start = stream.runs[index].source.start
            let end =
                index + 1 < stream.runs.count
                ? stream.runs[index + 1].source.start : UInt32(byteCount)
            stream.runs[index].source = ByteRange(start: start, count: end - start)
        }
    }
}
