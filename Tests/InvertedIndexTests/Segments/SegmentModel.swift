import TestSupport
import Testing

@testable import InvertedIndex

/// Documents in arrays and dictionaries, and how a segment of them has to answer.
struct SegmentModel {
    struct Document {
        var key: [UInt8]
        /// By field, the tokens in the order in which they are added.
        var texts: [UInt16: [(term: [UInt8], position: UInt32)]] = [:]
        var keywords: [UInt16: [[UInt8]]] = [:]
        var numbers: [UInt16: Int64] = [:]
        var stored: [UInt8] = []
    }

    static let schema = IndexSchema(fields: [
        IndexField(name: "body", kind: .text(hasPositions: true, lengthOf: nil)),
        IndexField(
            name: "stems", kind: .text(hasPositions: true, lengthOf: FieldID(rawValue: 0))),
        IndexField(name: "title", kind: .text(hasPositions: false, lengthOf: nil)),
        IndexField(name: "tags", kind: .keyword),
        IndexField(name: "language", kind: .keyword),
        IndexField(name: "date", kind: .number),
        IndexField(name: "absent", kind: .text(hasPositions: true, lengthOf: nil)),
        IndexField(name: "no tags", kind: .keyword),
        IndexField(name: "no number", kind: .number),
        IndexField(
            name: "keys", kind: .termKeys(of: [FieldID(rawValue: 2), FieldID(rawValue: 0)])),
        IndexField(name: "no keys", kind: .termKeys(of: [FieldID(rawValue: 6)])),
    ])
    static let uuid = [UInt8](0..<16)

    var documents: [Document] = []

    // MARK: - Making

    /// Random documents; frequent words are in almost all of them.
    init(
        seed: UInt64, documentCount: Int, wordCount: Int = 400, greatestLength: Int = 30,
        repeatsKeys: Bool = true
    ) {
        var generator = SeededGenerator(seed: seed)
        let words = (0..<wordCount).map { number -> [UInt8] in
            let length = Int.random(in: 0...20, using: &generator)
            let letters = Array("абвқ".utf8) + [0, 255, 97, 98]
            let tail = (0..<length).map { _ in letters.randomElement(using: &generator) ?? 0 }
            return tail + Array("\(number)".utf8)
        }
        for number in 0..<documentCount {
            let isRepeated = repeatsKeys && Int.random(in: 0..<20, using: &generator) == 0
            let keyNumber = isRepeated ? Int.random(in: 0...number, using: &generator) : number
            var document = Document(key: Array("document/\(keyNumber)".utf8))
            for field: UInt16 in [0, 1, 2]
            where field == 0 || Int.random(in: 0..<3, using: &generator) > 0 {
                let count = Int.random(in: 0...greatestLength, using: &generator)
                var position = UInt32.random(in: 0...3, using: &generator)
                document.texts[field] = (0..<count).map { _ in
                    // A product of two random numbers favours the first words.
                    let word =
                        Int.random(in: 0..<wordCount, using: &generator)
                        * Int.random(in: 0..<wordCount, using: &generator) / wordCount
                    position += UInt32.random(in: 0...9, using: &generator) / 4
                    return (words[word], position)
                }
            }
            if Int.random(in: 0..<4, using: &generator) > 0 {
                document.keywords[3] = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                    words[Int.random(in: 0..<min(wordCount, 300), using: &generator)]
                }
                document.keywords[4] = [Array(["kk", "ru", "en"][number % 3].utf8)]
            }
            if Int.random(in: 0..<4, using: &generator) > 0 {
                document.numbers[5] = Int64.random(in: -1000...100_000, using: &generator)
            }
            let size = Int.random(in: 0..<40, using: &generator)
            document.stored = (0..<size * size).map { _ in
                UInt8.random(in: 97...101, using: &generator)
            }
            documents.append(document)
        }
    }

    /// The documents of several models one after the other.
    init(_ models: [SegmentModel]) { documents = models.flatMap(\.documents) }

    func builder() -> SegmentBuilder {
        let builder = SegmentBuilder(schema: Self.schema, keying: SegmentModel.keying)
        for document in documents {
            builder.beginDocument(key: document.key.span)
            for (field, tokens) in document.texts.sorted(by: { $0.key < $1.key }) {
                for token in tokens {
                    builder.add(
                        term: token.term.span, field: FieldID(rawValue: field),
                        position: token.position)
                }
            }
            for (field, values) in document.keywords.sorted(by: { $0.key < $1.key }) {
                for value in values {
                    builder.add(keyword: value.span, field: FieldID(rawValue: field))
                }
            }
            for (field, number) in document.numbers.sorted(by: { $0.key < $1.key }) {
                builder.add(number: number, field: FieldID(rawValue: field))
            }
            builder.endDocument(stored: document.stored.span)
        }
        return builder
    }

    func segment(in directory: any Directory, name: String) throws -> Segment {
        let descriptor = try builder().write(
            to: directory, name: name, indexUUID: Self.uuid)
        return try Segment.open(
            directory: directory, descriptor: descriptor, indexUUID: Self.uuid,
            schema: Self.schema)
    }

    /// The same, of which about a quarter is deleted if some are to be.
    func segment(
        in directory: any Directory, name: String, deletingSome: Bool,
        _ generator: inout SeededGenerator
    ) throws -> Segment {
        let segment = try segment(in: directory, name: name)
        guard deletingSome else { return segment }
        let deleted = (0..<segment.documentCount).filter { _ in
            Int.random(in: 0..<4, using: &generator) == 0
        }
        return segment.withDeletions(
            Deletions(documentCount: segment.documentCount).deleting(deleted))
    }

    /// The model without the documents that are deleted.
    func without(_ deletions: Deletions?) -> SegmentModel {
        var rest = self
        rest.documents = documents.enumerated().filter {
            !(deletions?.contains(UInt32($0.offset)) ?? false)
        }.map(\.element)
        return rest
    }

    // MARK: - Checking

    /// Like the macro of that name, but cheap enough for each posting.
    private func expect(_ condition: Bool, at place: SourceLocation = #_sourceLocation) {
        if !condition { Issue.record("the segment answers otherwise", sourceLocation: place) }
    }

    /// What postings a term has: documents and positions.
    typealias Postings = [(document: UInt32, positions: [UInt32])]

    func postings(of field: UInt16) -> [[UInt8]: Postings] {
        var postings: [[UInt8]: Postings] = [:]
        for (number, document) in documents.enumerated() {
            for token in document.texts[field] ?? [] {
                var list = postings.removeValue(forKey: token.term) ?? []
                if let last = list.last, last.document == UInt32(number) {
                    list[list.count - 1].positions.append(token.position)
                } else {
                    list.append((UInt32(number), [token.position]))
                }
                postings[token.term] = list
            }
            for value in Set(document.keywords[field] ?? []) {
                postings[value, default: []].append((UInt32(number), [0]))
            }
        }
        return postings
    }

    func check(_ segment: Segment, totalsAreExact: Bool = true) throws {
        expect(segment.documentCount == UInt32(documents.count))
        try segment.verify()
        for (number, field) in Self.schema.fields.enumerated() where field.kind != .number {
            try checkTerms(segment, FieldID(rawValue: UInt16(number)))
        }
        try checkLengths(segment, totalsAreExact: totalsAreExact)
        try checkColumns(segment)
        try checkTermKeys(segment)
        var lastWithKey: [[UInt8]: UInt32] = [:]
        for (number, document) in documents.enumerated() {
            try expect(segment.key(of: UInt32(number)) == document.key)
            try expect(segment.stored(UInt32(number)) == document.stored)
            lastWithKey[document.key] = UInt32(number)
        }
        for (key, number) in lastWithKey {
            try expect(segment.document(withKey: key.span) == number)
        }
        try expect(segment.document(withKey: Array("document/".utf8).span) == nil)
    }

    private func checkTerms(_ segment: Segment, _ field: FieldID) throws {
        let expected = postings(of: field.rawValue)
        let sorted = expected.keys.sorted { $0.lexicographicallyPrecedes($1) }
        expect(segment.termCount(field) == UInt64(sorted.count))
        var cursor = try segment.terms(field, from: [])
        for term in sorted {
            try expect(cursor.next())
            expect(cursor.term == term)
            let entry = try #require(try segment.lookup(field, term.span))
            expect(entry == cursor.entry)
            try checkPostings(segment, field, entry, expected[term] ?? [])
            // Neighbours that are not there.
            for other in [term + [0], Array(term.dropLast()), term + [255]]
            where expected[other] == nil {
                try expect(segment.lookup(field, other.span) == nil)
            }
        }
        try expect(!cursor.next())
        for start in stride(from: 0, to: sorted.count, by: max(1, sorted.count / 7)) {
            let from = start % 2 == 0 ? sorted[start] : Array(sorted[start].dropLast())
            let first = sorted.first { !$0.lexicographicallyPrecedes(from) }
            var cursor = try segment.terms(field, from: from)
            try expect(cursor.next())
            expect(cursor.term == first)
        }
        var past = try segment.terms(field, from: [UInt8](repeating: 255, count: 50))
        try expect(!past.next())
    }

    private func checkPostings(
        _ segment: Segment, _ field: FieldID, _ entry: TermEntry, _ expected: Postings
    ) throws {
        let kind = Self.schema[field].kind
        var hasPositions = false
        if case .text(let positions, _) = kind { hasPositions = positions }
        expect(entry.documentFrequency == UInt32(expected.count))
        expect(entry.totalFrequency == UInt64(expected.reduce(0) { $0 + $1.positions.count }))
        var cursor = try segment.postings(entry, field)
        let lengths = segment.lengths(field)
        let counted = Self.counted(expected, segment, field)
        try checkBest(cursor, expected, counted, lengths)
        var place = 0
        var positions: [UInt32] = []
        while try cursor.nextBlock() {
            let block = expected[place..<min(place + 128, expected.count)]
            expect(cursor.count == block.count)
            expect(cursor.blockLastDocument == block.last?.document)
            expect(cursor.blockFirstBound <= block.first?.document ?? 0)
            expect(Int(cursor.blockMaxFrequency) == block.map(\.positions.count).max())
            let codes = block.map { lengths?[$0.document] ?? 0 }
            expect(cursor.blockMinLength == codes.min())
            let most = counted[place..<place + block.count].max() ?? 0
            // A term with a single block has no impact.
            expect(expected.count <= 128 || cursor.blockImpact <= most * 1.001)
            expect(cursor.blockImpact >= most)
            try cursor.decodeDocuments()
            try cursor.decodeFrequencies()
            for (index, posting) in block.enumerated() {
                expect(cursor.documents[index] == posting.document)
                expect(Int(cursor.frequencies[index]) == posting.positions.count)
                guard hasPositions, index % 3 != 1 else { continue }
                try cursor.positions(at: index, into: &positions)
                expect(positions == posting.positions)
            }
            place += cursor.count
        }
        expect(place == expected.count)
        try checkSkipping(segment, field, entry, expected)
    }

    /// What each posting counts with the standard weights.
    private static func counted(
        _ postings: Postings, _ segment: Segment, _ field: FieldID
    ) -> [Float] {
        let lengths = segment.lengths(field)
        let statistics = segment.statistics(field)
        let average =
            statistics.documentCount == 0
            ? 1 : Float(Double(statistics.totalLength) / Double(statistics.documentCount))
        return postings.map { posting in
            let length = FieldLengths.decode[Int(lengths?[posting.document] ?? 0)]
            // A field without lengths has the average 0.
            let share = length == 0 ? 0 : 0.75 * length / average
            return Float(posting.positions.count) * (1 / (0.25 + share))
        }
    }

    private func checkBest(
        _ cursor: PostingsCursor, _ expected: Postings, _ counted: [Float],
        _ lengths: FieldLengths?
    ) throws {
        expect(cursor.hasBest == (expected.count > 7 * 128))
        guard cursor.hasBest else { return }
        let order = expected.indices.sorted {
            counted[$0] != counted[$1] ? counted[$0] > counted[$1] : $0 < $1
        }
        for (place, index) in order.prefix(10).enumerated() {
            let best = try cursor.best(at: place)
            expect(best.document == expected[index].document)
            expect(Int(best.frequency) == expected[index].positions.count)
            expect(best.lengthCode == lengths?[best.document] ?? 0)
        }
    }

    private func checkSkipping(
        _ segment: Segment, _ field: FieldID, _ entry: TermEntry, _ expected: Postings
    ) throws {
        let step = UInt32(max(1, documents.count / 5))
        for offset: UInt32 in [0, 1] {
            var cursor = try segment.postings(entry, field)
            var target = offset
            while true {
                let index = expected.firstIndex { $0.document >= target }
                try expect(cursor.skipToBlock(containing: target) == (index != nil))
                guard let index else { break }
                expect(cursor.blockIndex == index / 128)
                expect(cursor.blockFirstBound <= expected[index / 128 * 128].document)
                try cursor.decodeDocuments()
                expect(cursor.documents[index % 128] == expected[index].document)
                target += step
            }
        }
    }

    private func checkLengths(_ segment: Segment, totalsAreExact: Bool) throws {
        for (field, source) in [(0, 0), (1, 0), (2, 2)] as [(UInt16, UInt16)] {
            var count: UInt64 = 0
            var total: UInt64 = 0
            let lengths = segment.lengths(FieldID(rawValue: field))
            for (number, document) in documents.enumerated() {
                let length = Set((document.texts[source] ?? []).map(\.position)).count
                expect(lengths?[UInt32(number)] ?? 0 == FieldLengthCode.code(of: UInt32(length)))
                count += length > 0 ? 1 : 0
                total += UInt64(length)
            }
            let statistics = segment.statistics(FieldID(rawValue: field))
            expect(statistics.documentCount == count)
            if totalsAreExact { expect(statistics.totalLength == total) }
        }
        expect(segment.lengths(FieldID(rawValue: 6)) == nil)
    }

    private func checkColumns(_ segment: Segment) throws {
        for field: UInt16 in [3, 4, 7] {
            let column = try segment.keywords(FieldID(rawValue: field))
            var found = false
            for (number, document) in documents.enumerated() {
                let values = Set(document.keywords[field] ?? []).sorted {
                    $0.lexicographicallyPrecedes($1)
                }
                found = found || !values.isEmpty
                let ordinals = column.map { Array($0.ordinals(of: UInt32(number))) } ?? []
                try expect(ordinals.map { try column?.value($0) } == values)
            }
            expect((column != nil) == found)
        }
        let column = try segment.numbers(FieldID(rawValue: 5))
        for (number, document) in documents.enumerated() {
            expect(column?.value(of: UInt32(number)) == document.numbers[5])
        }
        let numbers = documents.compactMap { $0.numbers[5] }
        expect(column?.bounds.lowerBound == numbers.min())
        expect(column?.bounds.upperBound == numbers.max())
        try expect(segment.numbers(FieldID(rawValue: 8)) == nil)
    }
}
