import TestSupport

@testable import InvertedIndex

/// A small index of which every byte is known: no clock, no random number is in it.
///
/// Its first segment is the worked example of `index/README.md`. In format 2 it has keys of terms,
/// in format 3 so many documents that a term has best postings, in format 4 blocks of every kind,
/// in format 5 so many terms that their ends are told, and a third segment, merged, of which the
/// stored bytes have a dictionary; in format 6 a short block of which the first document is far, and
/// one of the positions.
struct GoldenIndex {
    /// The format.
    let format: Int

    /// The documents of the larger segment; ten of them are replaced by later ones.
    var largerCount: Int { format > 2 ? 1000 : 300 }

    var schema: IndexSchema {
        var fields = [
            IndexField(name: "body", kind: .text(hasPositions: true, lengthOf: nil)),
            IndexField(name: "language", kind: .keyword),
            IndexField(name: "date", kind: .number),
        ]
        if format > 1 {
            fields.append(IndexField(name: "keys", kind: .termKeys(of: [Self.body])))
        }
        return IndexSchema(fields: fields)
    }
    static let body = FieldID(rawValue: 0)
    static let language = FieldID(rawValue: 1)
    static let date = FieldID(rawValue: 2)
    static let keys = FieldID(rawValue: 3)
    /// Letter by letter; ASCII as it is.
    private static let keying = TermKeying { term, key in
        let letters: [Character: Character] = [
            "а": "a", "г": "g", "д": "d", "е": "e", "к": "k", "қ": "k", "л": "l", "м": "m",
            "н": "n", "о": "o", "р": "r",
        ]
        let word = String(decoding: (0..<term.count).map { term[$0] }, as: UTF8.self)
        key.append(contentsOf: String(word.map { letters[$0] ?? $0 }).utf8)
    }
    static let uuid = [UInt8](0xA0...0xAF)
    static let example = "seg-" + String(repeating: "1", count: 32)
    static let larger = "seg-" + String(repeating: "2", count: 32)
    static let merged = "seg-" + String(repeating: "3", count: 32)
    /// The documents of the merged segment.
    static let mergedCount = 120

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
    func exampleBuilder() -> SegmentBuilder {
        let builder = SegmentBuilder(schema: schema, keying: Self.keying)
        Self.add(
            "a", "қала мен қала", language: "kk", date: 20_240_501, stored: "Қала", to: builder)
        Self.add("b", "қала", language: "ru", date: 20_240_503, stored: "Мен", to: builder)
        return builder
    }

    /// Blocks, skip entries, several documents of one key, and a compressed block.
    func largerBuilder() -> SegmentBuilder {
        let builder = SegmentBuilder(schema: schema, keying: Self.keying)
        for number in 0..<largerCount {
            var words = ["город"]
            for divisor in 2...20 where number % divisor == 0 { words.append("d\(divisor)") }
            if number % 7 == 0 { words.append("город") }
            if format > 1, number % 50 == 0 { words += ["gorod", "n\(number)"] }
            if format > 3 { words += Self.unevenWords(number) }
            if format > 4 { words.append("слово\(number * 7919 % 1000)") }
            if format > 5, number > 900, number % 2 == 0 { words.append("far") }
            Self.add(
                "key/\(number % (largerCount - 10))", words.joined(separator: " "),
                language: ["kk", "ru", "en"][number % 3], date: Int64(number * number) - 5000,
                stored: String(repeating: "Текст \(number). ", count: number % 5 * 20), to: builder)
        }
        return builder
    }

    /// Words of many but not of all neighbours, and one with a few far jumps and great frequencies.
    private static func unevenWords(_ number: Int) -> [String] {
        var words: [String] = []
        if number * number % 13 < 5 { words.append("dense") }
        if number % 3 == 0, number / 120 % 3 != 1 {
            words += [String](repeating: "uneven", count: number % 99 == 0 ? 40 : 1)
        }
        return words
    }

    /// The stored bytes of a document of the merged segment.
    static func mergedText(_ number: Int) -> String {
        "{\"title\":\"Хабарлама \(number * 7)\",\"body\":\"Бұл \(number) мәтін барлығына ортақ.\"}"
    }

    /// Makes one segment of one, with a dictionary for as few bytes as there are.
    private func writeMerged(to directory: any Directory) throws -> SegmentDescriptor {
        let builder = SegmentBuilder(schema: schema, keying: Self.keying)
        for number in 0..<Self.mergedCount {
            Self.add(
                "merged/\(number)", "m\(number % 3)", language: "kk", date: Int64(number),
                stored: Self.mergedText(number), to: builder)
        }
        let source = try builder.write(
            to: directory, name: "seg-" + String(repeating: "4", count: 32), indexUUID: Self.uuid)
        let segment = try Segment.open(
            directory: directory, descriptor: source, indexUUID: Self.uuid, schema: schema)
        let merged = try SegmentMerger.merge(
            [segment], to: directory, name: Self.merged, indexUUID: Self.uuid, schema: schema,
            dictionaryRule: StoredDictionaryRule(leastStreamByteCount: 1, byteCount: 512))
        try directory.remove(source.fileName)
        guard let merged else { preconditionFailure("nobody stops it") }
        return merged.descriptor
    }

    /// Writes all files.
    func write(to directory: any Directory) throws {
        var segments: [SegmentDescriptor] = []
        for (name, builder) in [(Self.example, exampleBuilder()), (Self.larger, largerBuilder())] {
            segments.append(try builder.write(to: directory, name: name, indexUUID: Self.uuid))
        }
        if format > 4 { segments.append(try writeMerged(to: directory)) }
        let commit = CommitPoint(
            indexUUID: Self.uuid, generation: 1, parent: 0, segments: segments, walSequence: 0,
            schema: schema, fingerprint: "golden", userData: "")
        try directory.createFile(named: commit.fileName).write(commit.bytes)
        let log = try directory.createFile(named: IndexFileName.writeAheadLog(1))
        try log.write(FileEnvelope.header(kind: .writeAheadLog, indexUUID: Self.uuid))
        for (sequence, payload) in [(1, "first"), (2, "second")] as [(UInt64, String)] {
            let bytes = Array(payload.utf8)
            try log.write(
                LogFile.recordHeader(type: .first, sequence: sequence, payload: bytes.span.bytes))
            try log.write(bytes)
        }
    }
}
