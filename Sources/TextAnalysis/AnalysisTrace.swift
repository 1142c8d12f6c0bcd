/// The stages that a text goes through, each as text with the bytes of the original it came from.
public struct AnalysisTrace: Sendable {
    /// One stage and what came out of it.
    public struct Stage: Sendable {
        /// Name of the stage: `languages`, `clean`, `words`, `exact`, `stems`, `tokens`.
        public var name: String
        /// What came out, in the order of the text.
        public var items: [Item]
    }

    /// One piece that a stage put out.
    public struct Item: Sendable {
        /// The piece as the stage has it.
        public var text: String
        /// The bytes of the original text that it stands for.
        public var source: Range<Int>
        /// What the stage found out about it, such as a language or a kind; may be empty.
        public var note: String
    }

    /// The stages in the order of the analysis.
    public var stages: [Stage]
    /// What the analysis put out in the end.
    public var tokens: TokenStream
}

extension AnalysisPipeline {
    /// Analyses a text and keeps what each stage put out.
    mutating func trace(_ text: [UInt8], language: Language?) -> AnalysisTrace {
        var cleaned: [AnalysisTrace.Item] = []
        var words: [AnalysisTrace.Item] = []
        var exact: [AnalysisTrace.Item] = []
        var unused = TokenStream()
        var start = 0
        while start < text.count {
            let end = Self.endOfChunk(text.span, from: start)
            findWords(text.span, start..<end, stream: &unused)
            cleaned.append(
                .init(
                    text: String(decoding: clean.units[..<clean.count], as: UTF16.self),
                    source: start..<end, note: ""))
            for (index, word) in tokenizer.words.enumerated() {
                let source =
                    Int(clean.starts[Int(word.start)])..<Int(clean.ends[Int(word.end) - 1])
                let written = String(decoding: clean.units[word.range], as: UTF16.self)
                words.append(.init(text: written, source: source, note: Self.note(word)))
                guard !word.isDropped else { continue }
                let bytes = cache.bytes(of: Int(entries[index]))
                exact.append(
                    .init(text: String(decoding: bytes, as: UTF8.self), source: source, note: ""))
            }
            start = end
        }
        var stream = TokenStream()
        analyze(text.span, language: language, into: &stream)
        return AnalysisTrace(
            stages: [
                .init(name: "clean", items: cleaned), .init(name: "words", items: words),
                .init(name: "exact", items: exact),
                .init(name: "languages", items: Self.runs(stream, text)),
                .init(name: "stems", items: Self.stems(stream)),
                .init(name: "tokens", items: Self.tokens(stream)),
            ], tokens: stream)
    }

    private static func note(_ word: Word) -> String {
        if word.isDropped { return "suffix, dropped" }
        return switch word.link {
        case .hyphen, .suffixHyphen: "on a hyphen"
        case .host: "label of a host"
        case .initials: "initial"
        case .none, .space: word.isGrouped ? "grouped number" : ""
        }
    }

    private static func runs(_ stream: TokenStream, _ text: [UInt8]) -> [AnalysisTrace.Item] {
        stream.runs.map { run in
            .init(
                text: String(decoding: text[run.source.range], as: UTF8.self),
                source: run.source.range, note: run.language.code)
        }
    }

    private static func stems(_ stream: TokenStream) -> [AnalysisTrace.Item] {
        stream.tokens.filter { $0.kind != .date }.map { token in
            let other = token.otherStem.isEmpty ? "" : ", also " + stream.string(token.otherStem)
            return .init(
                text: stream.string(token.stem), source: token.source.range,
                note: token.language.code + other)
        }
    }

    private static func tokens(_ stream: TokenStream) -> [AnalysisTrace.Item] {
        stream.tokens.map { token in
            .init(
                text: stream.string(token.exact), source: token.source.range,
                note: "position \(token.position), \(token.kind)")
        }
    }
}
