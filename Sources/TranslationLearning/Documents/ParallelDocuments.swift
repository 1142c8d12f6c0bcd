public import SearchEngine
public import TextAnalysis

/// Documents among which translations are found, and in these the sentences that translate each
/// other.
///
/// Not thread-safe: it holds an analyzer.
public final class ParallelDocuments {
    /// Two sentences, or several in a row, that translate each other.
    public struct SentencePair: Sendable, Equatable {
        /// The languages, in the order of `TranslationLearner.languages`.
        public var languages: (Language, Language)
        /// The text of the first language.
        public var first: String
        /// The text of the second.
        public var second: String

        /// Whether languages and texts agree.
        public static func == (left: SentencePair, right: SentencePair) -> Bool {
            left.languages == right.languages && left.first == right.first
                && left.second == right.second
        }
    }

    /// What became of the documents.
    public struct Counts: Sendable, Equatable {
        /// Documents with text in one of the three languages.
        public var documents = 0
        /// Pairs of documents that name each other.
        public var linked = 0
        /// Pairs of documents whose addresses differ in the language alone.
        public var addressed = 0
        /// Pairs of documents that hold the same numbers, dates and names.
        public var alike = 0
        /// Pairs that are too long to be aligned.
        public var tooLong = 0

        /// No documents.
        public init() {}
    }

    /// The most sentences of a document; aligning takes time and memory by their product.
    private static let longestDocument = 1000

    private let analyzer: Analyzer
    private var reader: AnchorReader
    private let byteLimit: Int
    private var texts: [PairedText] = []
    /// What became of the documents.
    public private(set) var counts = Counts()
    /// The memory that the documents take, about.
    public private(set) var byteCount = 0

    /// No documents yet.
    ///
    /// - Throws: `LearningError.analysisUnavailable`.
    public init(tables: AnalysisTables, byteLimit: Int) throws(LearningError) {
        analyzer = try Analyzer.forLearning(tables)
        reader = try AnchorReader(tables: tables)
        self.byteLimit = byteLimit
    }

    /// Takes in a document; one without text or in another language is passed over.
    ///
    /// - Throws: `LearningError.memoryExceeded`.
    public func add(_ document: Document) throws(LearningError) {
        guard let text = PairedText(document, identify: { analyzer.identify($0) }) else { return }
        byteCount += text.byteCount
        guard byteCount <= byteLimit else {
            throw .memoryExceeded(needed: byteCount, limit: byteLimit)
        }
        texts.append(text)
        counts.documents += 1
    }

    /// Pairs the documents and calls `body` with their sentences, in the order of the documents.
    public func forEachPair<Failure: Error>(
        _ body: (SentencePair) throws(Failure) -> Void
    ) throws(Failure) {
        let pairs = DocumentPairing.pairs(of: texts) { place in
            reader.anchors(
                of: texts[place].paragraphs.joined(separator: "\n"), texts[place].language)
        }
        for pair in pairs {
            switch pair.way {
            case .link: counts.linked += 1
            case .address: counts.addressed += 1
            case .likeness: counts.alike += 1
            }
            try align(texts[pair.first], texts[pair.second], body)
        }
    }

    private func align<Failure: Error>(
        _ first: PairedText, _ second: PairedText,
        _ body: (SentencePair) throws(Failure) -> Void
    ) throws(Failure) {
        let sentences = [first, second].map { SentenceSplitter.sentences(of: $0.paragraphs) }
        guard sentences.allSatisfy({ $0.count <= Self.longestDocument }) else {
            counts.tooLong += 1
            return
        }
        let beads = SentenceAligner.align(
            measured(sentences[0], first.language), measured(sentences[1], second.language))
        for bead in beads where !bead.first.isEmpty && !bead.second.isEmpty {
            try body(
                SentencePair(
                    languages: (first.language, second.language),
                    first: sentences[0][bead.first].joined(separator: " "),
                    second: sentences[1][bead.second].joined(separator: " ")))
        }
    }

    private func measured(_ sentences: [String], _ language: Language)
        -> [SentenceAligner.Sentence]
    {
        sentences.map {
            SentenceAligner.Sentence(
                length: $0.unicodeScalars.count, anchors: reader.anchors(of: $0, language))
        }
    }
}
