import InvertedIndex
import JSON
import TextAnalysis

/// Turns checked documents into terms of a segment.
///
/// Not synchronised: it has an analyzer of its own, so one belongs to one thread at a time.
final class DocumentEncoder {
    /// How many positions lie between two values of one member, so that no phrase spans them.
    static let valueGap: UInt32 = 100

    private let layout: CollectionLayout
    private let analyzer: Analyzer
    private let knowledge: NameKnowledge
    private var stream = TokenStream()
    private var languageCounts = LanguageCounts()

    /// An encoder for one collection.
    ///
    /// - Throws: `EngineError.analysisUnavailable`.
    init(
        layout: CollectionLayout, analyzer: Analyzer, knowledge: NameKnowledge
    ) throws(EngineError) {
        self.layout = layout
        self.analyzer = analyzer
        self.knowledge = knowledge
    }

    /// Adds a document to a segment; an earlier one of its key in the same segment is replaced.
    func encode(_ document: CheckedDocument, into builder: SegmentBuilder) {
        builder.beginDocument(key: Array(document.key.utf8).span)
        languageCounts = LanguageCounts()
        let given = document.language.flatMap { Language(code: $0) }
        var field = -1
        var base: UInt32 = 0
        for text in document.texts {
            if text.field != field {
                field = text.field
                base = 0
            }
            let language = text.language.flatMap { Language(code: $0) } ?? given
            addText(text.text, language: language, from: &base, layout.textFields[field], builder)
        }
        for (field, value) in document.keywords {
            builder.add(keyword: Array(value.utf8).span, field: field)
        }
        for (field, value) in document.numbers { builder.add(number: value, field: field) }
        if let hash = layout.hash {
            builder.add(number: Int64(bitPattern: document.hash), field: hash)
        }
        builder.endDocument(stored: stored(document, builder).span)
    }

    /// The JSON that is given back, with the language that was found where none was given.
    private func stored(_ document: CheckedDocument, _ builder: SegmentBuilder) -> [UInt8] {
        guard let field = layout.language, document.language == nil,
            let code = languageCounts.code
        else { return document.json }
        builder.add(keyword: Array(code.utf8).span, field: field)
        var members = document.members
        members[CollectionLayout.languageName] = .string(code)
        return JSONValue.object(members).bytes
    }

    private func addText(
        _ text: String, language: Language?, from base: inout UInt32,
        _ field: CollectionLayout.TextField, _ builder: SegmentBuilder
    ) {
        analyzer.analyze(Array(text.utf8).span, language: language, into: &stream)
        languageCounts.add(stream)
        let arena = stream.bytes
        let bytes = arena.span
        for token in stream.tokens {
            let position = base + token.position
            builder.add(
                term: bytes.extracting(token.exact.range), field: field.exact, position: position)
            builder.add(
                term: bytes.extracting(token.stem.range), field: field.stem, position: position)
            if !token.otherStem.isEmpty, !areEqual(token.otherStem, token.stem) {
                builder.add(
                    term: bytes.extracting(token.otherStem.range), field: field.stem,
                    position: position)
            }
            if token.isIndexedExactly, !areEqual(token.exact, token.stem),
                token.otherStem.isEmpty || !areEqual(token.exact, token.otherStem)
            {
                builder.add(
                    term: bytes.extracting(token.exact.range), field: field.stem,
                    position: position)
            }
        }
        base += stream.positionCount + Self.valueGap
    }

    private func areEqual(_ left: ByteRange, _ right: ByteRange) -> Bool {
        left == right
            || left.count == right.count
                && stream.bytes[left.range].elementsEqual(stream.bytes[right.range])
    }
}

extension Token {
    /// Whether its exact form stands among the stems too, since it is never cut in a query.
    var isIndexedExactly: Bool { kind == .acronym || kind == .date || kind == .compound }
}

/// Counts the words of a document by language, over all its texts.
struct LanguageCounts {
    private var counts = [Int](repeating: 0, count: Language.allCases.count)

    /// Counts the words of a text; those in no language do not count.
    mutating func add(_ stream: TokenStream) {
        for language in Language.allCases where language != .other {
            counts[Int(language.rawValue)] += stream.wordCount(in: language)
        }
    }

    /// The code of the language of nine tenths of the words, else `mixed`; `nil` without any.
    var code: String? {
        let total = counts.reduce(0, +)
        guard total > 0 else { return nil }
        return Language.allCases.first { counts[Int($0.rawValue)] * 10 >= total * 9 }?.code
            ?? "mixed"
    }
}
