import InvertedIndex
import TestSupport

/// The same random documents in an index on disk and in a reference index.
final class RandomIndex {
    static let schema = IndexSchema(fields: [
        IndexField(name: "body", kind: .text(hasPositions: true, lengthOf: nil)),
        IndexField(name: "title", kind: .text(hasPositions: true, lengthOf: nil)),
        IndexField(
            name: "stems", kind: .text(hasPositions: false, lengthOf: FieldID(rawValue: 0))),
        IndexField(name: "tags", kind: .keyword),
        IndexField(name: "year", kind: .number),
        IndexField(
            name: "keys",
            kind: .termKeys(of: [1, 0, 2].map { FieldID(rawValue: $0) })),
        IndexField(name: "keys of titles", kind: .termKeys(of: [FieldID(rawValue: 1)])),
    ])
    static let body = FieldID(rawValue: 0)
    static let title = FieldID(rawValue: 1)
    static let stems = FieldID(rawValue: 2)
    static let tags = FieldID(rawValue: 3)
    static let year = FieldID(rawValue: 4)
    static let keys = FieldID(rawValue: 5)
    static let keysOfTitles = FieldID(rawValue: 6)

    static let scoring = Scoring(
        k1: 1.2,
        fields: [
            title: Scoring.FieldWeight(boost: 2.5, b: 0.4),
            stems: Scoring.FieldWeight(boost: 0.6, b: 0.3),
        ])

    var reference: ReferenceIndex
    /// Where the index is.
    var directory: any Directory { writer.directory }
    private(set) var searcher: Searcher
    private let folder: TemporaryDirectory
    private let writer: IndexWriter
    private var generator: SeededGenerator
    private var keyCount = 0

    /// Words with few letters, so that prefixes and edits meet; frequent ones first.
    let words: [[UInt8]]

    init(seed: UInt64, wordCount: Int = 60, order: DocumentOrder = .added) throws {
        generator = SeededGenerator(seed: seed)
        let letters = Array("abcде қ".unicodeScalars).filter { $0 != " " }
        var words: Set<String> = []
        while words.count < wordCount {
            let count = Int.random(in: 1...6, using: &generator)
            var word = String.UnicodeScalarView()
            for _ in 0..<count {
                word.append(letters[Int.random(in: 0..<letters.count, using: &generator)])
            }
            words.insert(String(word))
        }
        self.words = words.sorted().shuffled(using: &generator).map { Array($0.utf8) }
        folder = try TemporaryDirectory()
        writer = try IndexWriter(
            directory: try folder.open(), schema: Self.schema, fingerprint: "test",
            keying: TermKeyModel.keying, options: .init(fullMergeOrder: order))
        reference = ReferenceIndex(schema: Self.schema, scoring: Self.scoring)
        searcher = Searcher(snapshot: writer.snapshot, scoring: Self.scoring)
    }

    deinit { writer.close() }

    // MARK: - Writing

    /// Adds a segment of random documents, some of them replacing earlier ones.
    func addSegment(documentCount: Int, maximumLength: Int = 30) throws {
        let builder = writer.makeBuilder()
        var documents: [ReferenceDocument] = []
        for _ in 0..<documentCount {
            var number = keyCount
            if keyCount > 0, generator.once(in: 12) {
                number = Int.random(in: 0..<keyCount, using: &generator)
            } else {
                keyCount += 1
            }
            let document = randomDocument(key: Array("k\(number)".utf8), maximumLength)
            documents.append(document)
            Self.add(document, to: builder)
        }
        try writer.add(builder)
        reference.add(documents)
    }

    /// Deletes some random documents.
    func deleteSome(_ count: Int) throws {
        for _ in 0..<count {
            guard let key = reference.liveKeys.randomElement(using: &generator) else { return }
            _ = try writer.delete(key: key.span)
            reference.delete(key)
        }
    }

    /// Deletes documents of the present searcher.
    func delete(_ addresses: [DocumentAddress]) throws {
        for address in addresses {
            let key = try searcher.snapshot.key(at: address)
            _ = try writer.delete(key: key.span)
            reference.delete(key)
        }
    }

    /// Makes everything visible to `searcher`.
    func commit() throws {
        let snapshot = try writer.commit(walSequence: 0, userData: "")
        searcher = Searcher(snapshot: snapshot, scoring: Self.scoring)
        reference.dropEmptySegments()
    }

    /// Merges into one segment without deleted documents and commits.
    func mergeAll() throws {
        try writer.mergeAll()
        try commit()
        var addresses: [[UInt8]: DocumentAddress] = [:]
        for key in reference.liveKeys {
            addresses[key] = try searcher.snapshot.address(ofKey: key.span)
        }
        reference.mergeAll { addresses[$0] }
    }

    private static func add(_ document: ReferenceDocument, to builder: SegmentBuilder) {
        builder.beginDocument(key: document.key.span)
        for (field, tokens) in document.tokens.sorted(by: { $0.key < $1.key }) {
            for token in tokens {
                builder.add(term: token.term.span, field: field, position: token.position)
            }
        }
        for (field, values) in document.keywords {
            for value in values { builder.add(keyword: value.span, field: field) }
        }
        for (field, number) in document.numbers { builder.add(number: number, field: field) }
        builder.endDocument(stored: document.key.span)
    }

    // MARK: - Random parts

    /// A word; the first are the most frequent.
    func randomWord() -> [UInt8] {
        let share = Double.random(in: 0..<1, using: &generator)
        return words[Int(Double(words.count) * share * share * share)]
    }

    private func randomDocument(key: [UInt8], _ maximumLength: Int) -> ReferenceDocument {
        var document = ReferenceDocument(key: key)
        for (field, limit) in [(Self.body, maximumLength), (Self.title, 5)] {
            if generator.once(in: 8) { continue }
            var tokens: [ReferenceDocument.Occurrence] = []
            var position: UInt32 = 0
            for _ in 0..<Int.random(in: 1...limit, using: &generator) {
                tokens.append(.init(term: randomWord(), position: position))
                // Now and then two words at one place, or a hole.
                position += generator.once(in: 6) ? 0 : generator.once(in: 9) ? 3 : 1
            }
            document.tokens[field] = tokens
        }
        document.tokens[Self.stems] = (document.tokens[Self.body] ?? []).map {
            .init(term: Array($0.term.prefix(2)), position: $0.position)
        }
        if !generator.once(in: 4) {
            document.keywords[Self.tags] = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
                Array("tag\(Int.random(in: 0..<6, using: &generator))".utf8)
            }
        }
        if !generator.once(in: 4) {
            document.numbers[Self.year] =
                generator.once(in: 10)
                ? [Int64.min, Int64.max, 0].randomElement(using: &generator)
                : Int64.random(in: 1990...2000, using: &generator)
        }
        return document
    }

    /// A query tree.
    func randomQuery(depth: Int = 3) -> Query {
        switch Int.random(in: 0..<(depth > 0 ? 16 : 10), using: &generator) {
        case 0, 1: return .group(randomGroup())
        case 2: return .group(TermGroup(alternatives: [randomAlternative()]))
        case 3, 4: return .phrase(randomPhrase())
        case 5:
            return .prefix(randomField(), Array(randomWord().prefix(generator.once(in: 2) ? 1 : 3)))
        case 6:
            return .fuzzy(
                randomField(), randomWord(), distance: Int.random(in: 0...2, using: &generator))
        case 7:
            return .keyword(
                Self.tags,
                anyOf: (0..<Int.random(in: 0...2, using: &generator)).map { _ in
                    Array("tag\(Int.random(in: 0..<8, using: &generator))".utf8)
                })
        case 8:
            let first = Int64.random(in: 1988...2001, using: &generator)
            return .range(Self.year, first...(generator.once(in: 4) ? .max : first + 3))
        case 9: return randomSimpleQuery()
        case 10:
            return .boosted(
                randomQuery(depth: depth - 1), by: Float.random(in: 0...3, using: &generator))
        default: return randomBoolean(depth: depth - 1)
        }
    }

    private func randomSimpleQuery() -> Query {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: return .everything
        case 1: return .nothing
        case 2:
            let fields = [Self.tags, Self.year, Self.title, Self.stems]
            return .exists(fields[Int.random(in: 0..<fields.count, using: &generator)])
        default:
            return .keys(
                (0..<3).map { _ in Array("k\(Int.random(in: 0...keyCount, using: &generator))".utf8)
                })
        }
    }

    private func randomBoolean(depth: Int) -> Query {
        func some(_ limit: Int) -> [Query] {
            (0..<Int.random(in: 0...limit, using: &generator)).map { _ in randomQuery(depth: depth)
            }
        }
        return .boolean(
            must: some(2), should: some(4), mustNot: generator.once(in: 3) ? some(2) : [],
            filter: generator.once(in: 3) ? some(1) : [],
            minimumShould: generator.once(in: 2) ? 0 : Int.random(in: 0...3, using: &generator))
    }

    /// Queries of the forms that have loops of their own.
    func randomPlainQuery() -> Query {
        func terms(_ count: ClosedRange<Int>) -> [Query] {
            (0..<Int.random(in: count, using: &generator)).map { _ in
                .group(
                    TermGroup(
                        alternatives: [
                            .init(
                                field: generator.once(in: 4) ? Self.title : Self.body,
                                term: randomWord())
                        ], weight: generator.once(in: 3) ? 0.5 : 1))
            }
        }
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: return terms(1...1)[0]
        case 1: return .boolean(must: terms(2...4))
        case 2: return .boolean(should: terms(2...5))
        case 3: return .boolean(should: terms(2...5), minimumShould: 1)
        default:
            let count = Int.random(in: 2...3, using: &generator)
            return .phrase(
                Phrase(
                    fields: [Self.body],
                    slots: (0..<count).map { (offset: UInt32($0), terms: [randomWord()]) }))
        }
    }

    private func randomField() -> FieldID {
        [Self.body, Self.title, Self.stems][Int.random(in: 0..<3, using: &generator)]
    }

    private func randomAlternative() -> TermGroup.Alternative {
        let field = randomField()
        let word = field == Self.stems ? Array(randomWord().prefix(2)) : randomWord()
        return .init(
            field: field, term: generator.once(in: 10) ? [0xFF] : word,
            weight: generator.once(in: 2) ? 1 : Float.random(in: 0.1...2, using: &generator))
    }

    private func randomGroup() -> TermGroup {
        TermGroup(
            alternatives: (0..<Int.random(in: 0...5, using: &generator)).map { _ in
                randomAlternative()
            }, weight: generator.once(in: 2) ? 1 : Float.random(in: 0...2, using: &generator))
    }

    private func randomPhrase() -> Phrase {
        var offset: UInt32 = 0
        let slots = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
            defer { offset += generator.once(in: 4) ? 2 : 1 }
            return (
                offset: offset,
                terms: (0..<Int.random(in: 1...3, using: &generator)).map { _ in randomWord() }
            )
        }
        return Phrase(
            fields: generator.once(in: 3) ? [Self.body, Self.title] : [Self.body], slots: slots,
            slop: generator.once(in: 2) ? 0 : Int.random(in: 1...4, using: &generator),
            weight: generator.once(in: 2) ? 1 : 1.5)
    }

    /// What to collect.
    func randomOptions() -> SearchOptions {
        var options = SearchOptions(
            limit: [0, 1, 3, 10, 1000][Int.random(in: 0..<5, using: &generator)])
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: options.order = .number(Self.year, descending: true)
        case 1: options.order = .number(Self.year, descending: false)
        default: break
        }
        options.countsAll = !generator.once(in: 3)
        if generator.once(in: 3) { options.facets = [Self.tags] }
        if generator.once(in: 3) { options.numberRanges = [Self.year] }
        return options
    }
}

extension SeededGenerator {
    /// True once in `count` times.
    mutating func once(in count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }
}
