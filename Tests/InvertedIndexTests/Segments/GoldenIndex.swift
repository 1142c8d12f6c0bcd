import TestSupport

@testable import InvertedIndex

/// A small index of which every byte is known: no clock, no random number is in it.
///
/// Its first segment is the worked example of `index/README.md`.
struct GoldenIndex {
    static let schema = IndexSchema(fields: [
        IndexField(name: "body", kind: .text(hasPositions: true, lengthOf: nil)),
        IndexField(name: "language", kind: .keyword),
        IndexField(name: "date", kind: .number),
    ])
    static let body = FieldID(rawValue: 0)
    static let language = FieldID(rawValue: 1)
    static let date = FieldID(rawValue: 2)
    static let uuid = [UInt8](0xA0...0xAF)
    static let example = "seg-" + String(repeating: "1", count: 32)
    static let larger = "seg-" + String(repeating: "2", count: 32)

    /// A document of blank-separated words.
    private static func add(
        _ key: String, _ text: String, language: String, date: Int64, stored: String,
        to builder: SegmentBuilder
    ) {
        builder.beginDocument(key: Array(key.utf8).span)
        for (position, word) in text.split(separator: " ").enumerated() {
            builder.add(term: Array(word.utf8).span, field: body, position: UInt32(position))
        }
        builder.add(keyword: Array(language.utf8).span, field: self.language)
        builder.add(number: date, field: self.date)
        builder.endDocument(stored: Array(stored.utf8).span)
    }

    /// The worked example: two documents, too short to compress.
    static func exampleBuilder() -> SegmentBuilder {
        let builder = SegmentBuilder(schema: schema)
        add("a", "қала мен қала", language: "kk", date: 20_240_501, stored: "Қала", to: builder)
        add("b", "қала", language: "ru", date: 20_240_503, stored: "Мен", to: builder)
        return builder
    }

    /// Blocks, skip entries, several documents of one key, and a compressed block.
    static func largerBuilder() -> SegmentBuilder {
        let builder = SegmentBuilder(schema: schema)
        for number in 0..<300 {
            var words = ["город"]
            for divisor in 2...20 where number % divisor == 0 { words.append("d\(divisor)") }
            if number % 7 == 0 { words.append("город") }
            add(
                "key/\(number % 290)", words.joined(separator: " "),
                language: ["kk", "ru", "en"][number % 3], date: Int64(number * number) - 5000,
                stored: String(repeating: "Текст \(number). ", count: number % 5 * 20), to: builder)
        }
        return builder
    }

    /// Writes all files.
    static func write(to directory: any Directory) throws {
        var segments: [SegmentDescriptor] = []
        for (name, builder) in [(example, exampleBuilder()), (larger, largerBuilder())] {
            segments.append(try builder.write(to: directory, name: name, indexUUID: uuid))
        }
        let commit = CommitPoint(
            indexUUID: uuid, generation: 1, parent: 0, segments: segments, walSequence: 0,
            schema: schema, fingerprint: "golden", userData: "")
        try directory.createFile(named: commit.fileName).write(commit.bytes)
        let log = try directory.createFile(named: IndexFileName.writeAheadLog(1))
        try log.write(FileEnvelope.header(kind: .writeAheadLog, indexUUID: uuid))
        for (sequence, payload) in [(1, "first"), (2, "second")] as [(UInt64, String)] {
            let bytes = Array(payload.utf8)
            try log.write(
                LogFile.recordHeader(type: .first, sequence: sequence, payload: bytes.span.bytes))
            try log.write(bytes)
        }
    }
}
