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
    /// Finds whom documents mention; `nil` for a kind that does not say it.
    private let linker: DocumentLinker?
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
        linker = layout.mentions == nil ? nil : try DocumentLinker(knowledge: knowledge)
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
        let mentions = mentions(in: document)
        add(mentions, of: document, to: builder)
        builder.endDocument(stored: stored(document, mentions, builder).span)
    }

    /// The JSON that is given back: with the language that was found where none was given, and with
    /// whom the document mentions.
    private func stored(
        _ document: CheckedDocument, _ mentions: [DocumentMention], _ builder: SegmentBuilder
    ) -> [UInt8] {
        var members = document.members
        var isChanged = false
        if let field = layout.language, document.language == nil, let code = languageCounts.code {
            builder.add(keyword: Array(code.utf8).span, field: field)
            members[CollectionLayout.languageName] = .string(code)
            isChanged = true
        }
        if linker != nil {
            let given = members[CollectionLayout.mentionsName]
            let kept = Self.given(given)
            if !mentions.isEmpty || kept.count != Self.elements(given).count {
                members[CollectionLayout.mentionsName] = .array(
                    kept + mentions.prefix(DocumentLinker.mostMentions).map(\.json))
                isChanged = true
            }
        }
        return isChanged ? JSONValue.object(members).bytes : document.json
    }

    // MARK: Mentions

    /// Whom a document mentions.
    ///
    /// Where the names of another collection cannot be read, the document is taken without its
    /// links: that its text is kept matters more, and who asks for names is told of the damage.
    private func mentions(in document: CheckedDocument) -> [DocumentMention] {
        guard let linker else { return [] }
        var counts: [Int: Int] = [:]
        let texts = document.texts.map { text in
            let value = counts[text.field, default: 0]
            counts[text.field] = value + 1
            return (field: layout.textFields[text.field].name, value: value, text: text.text)
        }
        do throws(EngineError) {
            return try linker.mentions(in: texts)
        } catch {
            return []
        }
    }

    /// Makes a document findable by those whom it mentions: each once as a value, and as a term as
    /// often as it is mentioned.
    private func add(
        _ mentions: [DocumentMention], of document: CheckedDocument, to builder: SegmentBuilder
    ) {
        guard let values = layout.mentions else { return }
        let given = document.keywords.filter { $0.field == values }.map(\.value)
        var known = Set(given)
        for mention in mentions where known.insert(mention.id).inserted {
            builder.add(keyword: Array(mention.id.utf8).span, field: values)
        }
        guard let terms = layout.mentionTerms else { return }
        for (position, id) in (given + mentions.map(\.id)).enumerated() {
            builder.add(
                term: Array(id.utf8).span, field: terms,
                position: UInt32(truncatingIfNeeded: position))
        }
    }

    /// The mentions that the sender of a document has found himself.
    private static func given(_ member: JSONValue?) -> [JSONValue] {
        elements(member).filter { !DocumentMention.isFound($0) }
    }

    private static func elements(_ member: JSONValue?) -> [JSONValue] {
        switch member {
        case nil, .null: []
        case .array(let elements): elements
        case .some(let value): [value]
        }
    }

    private func addText(
        _ text: String, language: Language?, from base: inout UInt32,
        _ field: CollectionLayout.TextField, _ builder: SegmentBuilder
    ) {
        // The language of a document is told by its words in each, not by single ones.
        analyzer.analyze(
            Array(text.utf8).span, language: language, judgesShortText: false, into: &stream)
        languageCounts.add(stream)
        let arena = stream.bytes
        let bytes = arena.span
        builder.use(numbering: stream.numbering)
        for token in stream.tokens {
            let position = base + token.position
            builder.add(
                term: bytes.extracting(token.exact.range), number: token.exactNumber,
                field: field.exact, position: position)
            builder.add(
                term: bytes.extracting(token.stem.range), number: token.stemNumber,
                field: field.stem, position: position)
            if !token.otherStem.isEmpty, !areEqual(token.otherStem, token.stem) {
                builder.add(
                    term: bytes.extracting(token.otherStem.range),
                    number: token.otherStemNumber, field: field.stem, position: position)
            }
            if token.isIndexedExactly, !areEqual(token.exact, token.stem),
                token.otherStem.isEmpty || !areEqual(token.exact, token.otherStem)
            {
                builder.add(
                    term: bytes.extracting(token.exact.range), number: token.exactNumber,
                    field: field.stem, position: position)
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
