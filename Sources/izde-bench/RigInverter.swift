import InvertedIndex
import JSON
import TextAnalysis

/// Inverts one part of a corpus on one thread, into as many segments as its memory asks for.
struct RigInverter {
    /// Twice as many words as are remembered for searches: there are more misses than words if a
    /// common one has to be found anew again and again.
    private static let rememberedWordCount = 230_000
    /// How many tokens ahead the builder is told of a term.
    private static let lookahead = 8

    private let schema: IndexSchema
    private let places: [SegmentDestination]
    private let builderByteCount: Int
    private let analyzer: Analyzer?
    private let reader = JSONReader()
    private var builder: SegmentBuilder
    private var text: [UInt8] = []
    private var stream = TokenStream()
    private var segments: [SegmentDescriptor] = []

    /// More places than segments can come of a part: a builder holds more than 4 MiB of text.
    static func places(for part: Range<Int>, of writer: IndexWriter) -> [SegmentDestination] {
        (0..<(part.count >> 22) + 2).map { _ in writer.makeDestination() }
    }

    /// An inverter of the documents of one part.
    ///
    /// - Parameters:
    ///   - schema: the fields.
    ///   - isRaw: whether texts are analysed, or split at blanks.
    ///   - places: where segments are written, one after the other.
    ///   - builderByteCount: the memory of a builder; a full one becomes a segment.
    /// - Throws: `AnalysisError` where texts cannot be analysed.
    init(
        schema: IndexSchema, isRaw: Bool, places: [SegmentDestination], builderByteCount: Int
    ) throws {
        self.schema = schema
        self.places = places
        self.builderByteCount = builderByteCount
        analyzer =
            isRaw
            ? try Analyzer(
                tables: AnalysisTables(), rememberedWordCount: Self.rememberedWordCount) : nil
        builder = SegmentBuilder(schema: schema)
    }

    /// Inverts the documents of a part, or evenly so many percent of them.
    mutating func run(
        _ file: BenchCorpus, _ part: Range<Int>, share: Int = 100
    ) throws -> [SegmentDescriptor] {
        var due = 0
        try file.forEachLine(in: part) { line throws(any Error) in
            due += share
            if due < 100 { return }
            due -= 100
            try add(line)
        }
        try flush()
        return segments
    }

    private mutating func add(_ line: Span<UInt8>) throws {
        guard let parts = BenchLine(line) else {
            throw BenchCorpus.Failure(description: "a line is not {\"id\": N, \"text\": \"…\"}")
        }
        builder.beginDocument(key: line.extracting(parts.id))
        if let analyzer {
            // With its quotes.
            let string = line.extracting(parts.text.lowerBound - 1..<parts.text.upperBound + 1)
            try analyze(string, analyzer)
        } else {
            splitAtBlanks(line.extracting(parts.text))
        }
        builder.endDocument(stored: Span())
        if builder.byteCount >= builderByteCount { try flush() }
    }

    private func splitAtBlanks(_ text: Span<UInt8>) {
        var position: UInt32 = 0
        var start = 0
        for index in 0...text.count where index == text.count || text[index] == 0x20 {
            if index > start {
                builder.add(
                    term: text.extracting(start..<index), field: RigIndex.text, position: position)
                position += 1
            }
            start = index + 1
        }
    }

    private mutating func analyze(_ string: Span<UInt8>, _ analyzer: Analyzer) throws {
        // Taken out, so that it is not held while the stream changes.
        var text: [UInt8] = []
        swap(&text, &self.text)
        defer { swap(&text, &self.text) }
        text.removeAll(keepingCapacity: true)
        try reader.readString(string, into: &text)
        stream.removeAll()
        // The rig has no field for the language of a document.
        analyzer.analyze(text.span, judgesShortText: false, into: &stream)
        let bytes = stream.bytes.span
        builder.use(numbering: stream.numbering)
        let tokens = stream.tokens.span
        for index in tokens.indices {
            if index + Self.lookahead < tokens.count {
                let later = tokens[index + Self.lookahead]
                builder.expect(number: later.exactNumber, field: RigIndex.text)
                builder.expect(number: later.stemNumber, field: RigIndex.stem)
            }
            let token = tokens[index]
            builder.add(
                term: bytes.extracting(token.exact.range), number: token.exactNumber,
                field: RigIndex.text, position: token.position)
            builder.add(
                term: bytes.extracting(token.stem.range), number: token.stemNumber,
                field: RigIndex.stem, position: token.position)
            if !token.otherStem.isEmpty {
                builder.add(
                    term: bytes.extracting(token.otherStem.range),
                    number: token.otherStemNumber, field: RigIndex.stem,
                    position: token.position)
            }
        }
    }

    private mutating func flush() throws {
        guard builder.documentCount > 0 else { return }
        guard segments.count < places.count else {
            throw BenchCorpus.Failure(description: "more segments than places for them")
        }
        segments.append(try places[segments.count].write(builder, effort: .least))
        builder.removeAll()
    }
}
