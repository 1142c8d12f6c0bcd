import Foundation
import TestSupport
import Testing

@testable import InvertedIndex

/// Terms that come with numbers make the same segment as without, byte for byte.
struct NumberedTermsTests {
    private static let schema = IndexSchema(fields: [
        IndexField(name: "text", kind: .text(hasPositions: true, lengthOf: nil)),
        IndexField(
            name: "stem", kind: .text(hasPositions: false, lengthOf: FieldID(rawValue: 0))),
    ])

    /// An occurrence of a word in a field.
    private struct Occurrence {
        var word: Int
        var field: FieldID
        var position: UInt32
        /// Whether its number is told.
        var hasNumber: Bool
    }

    private static func segment(
        of documents: [[Occurrence]], _ words: [[UInt8]], numberings: [UInt64]?
    ) throws -> Data {
        let builder = SegmentBuilder(schema: schema)
        add(documents, words, numberings: numberings, to: builder)
        return try written(builder)
    }

    private static func written(_ builder: SegmentBuilder) throws -> Data {
        let folder = try TemporaryDirectory()
        _ = try builder.write(
            to: try folder.open(), name: "seg-0", indexUUID: [UInt8](repeating: 7, count: 16))
        return try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/seg-0.izs"))
    }

    private static func add(
        _ documents: [[Occurrence]], _ words: [[UInt8]], numberings: [UInt64]?,
        to builder: SegmentBuilder
    ) {
        for (index, document) in documents.enumerated() {
            builder.beginDocument(key: Array("\(index)".utf8).span)
            let numbering = numberings.map { $0[index] } ?? 0
            if numberings != nil { builder.use(numbering: numbering) }
            for occurrence in document {
                let word = words[occurrence.word]
                if numberings != nil, occurrence.hasNumber {
                    // Each numbering gives other numbers to the words.
                    let number = (occurrence.word + Int(numbering) * 7) % words.count
                    builder.expect(number: UInt32(number), field: occurrence.field)
                    builder.add(
                        term: word.span, number: UInt32(number), field: occurrence.field,
                        position: occurrence.position)
                } else {
                    builder.add(
                        term: word.span, field: occurrence.field, position: occurrence.position)
                }
            }
            builder.endDocument(stored: Span())
        }
    }

    @Test(arguments: SeededGenerator.seeds())
    func `A segment is the same with numbers, without and with some`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let words = (0..<200).map { number in
            let count = Int.random(in: 1...40, using: &random)
            return Array("\(number)".utf8) + [UInt8](repeating: 0x61, count: count)
        }
        let documents = (0..<150).map { _ in
            var position: UInt32 = 0
            return (0..<Int.random(in: 0...90, using: &random)).map { _ in
                position += UInt32.random(in: 0...2, using: &random)
                let word = Int.random(in: 0..<200, using: &random)
                return Occurrence(
                    word: min(word, Int.random(in: 0..<200, using: &random)),
                    field: FieldID(rawValue: UInt16.random(in: 0...1, using: &random)),
                    position: position, hasNumber: Int.random(in: 0..<8, using: &random) > 0)
            }
        }
        // 0, where numbers say nothing, comes between; an old numbering never comes again.
        let numberings = documents.indices.map { $0 % 11 == 5 ? 0 : UInt64($0 / 40 + 1) }
        let plain = try Self.segment(of: documents, words, numberings: nil)
        let numbered = try Self.segment(of: documents, words, numberings: numberings)
        #expect(plain == numbered)
        // A builder that was emptied is as good as a new one.
        let builder = SegmentBuilder(schema: Self.schema)
        Self.add(documents.shuffled(using: &random), words, numberings: numberings, to: builder)
        _ = try Self.written(builder)
        builder.removeAll()
        Self.add(documents, words, numberings: numberings, to: builder)
        #expect(try Self.written(builder) == plain)
    }

    @Test func `A term that is too long is left out with its number too`() {
        let builder = SegmentBuilder(schema: Self.schema)
        let long = [UInt8](repeating: 0x61, count: SegmentLimits.termByteCount + 1)
        builder.beginDocument(key: Array("a".utf8).span)
        builder.use(numbering: 1)
        for _ in 0..<2 {
            builder.add(term: long.span, number: 3, field: FieldID(rawValue: 0), position: 0)
        }
        builder.endDocument(stored: Span())
        #expect(builder.droppedTermCount == 2)
    }
}
