import Glibc
import TestSupport
import Testing

@testable import InvertedIndex

/// Whatever the bytes of a segment are, they throw or answer; they never trap or loop.
struct HostileSegmentTests {
    /// A segment with all kinds of fields, blocks and stored bytes in as few bytes as possible.
    private static func smallSegment() throws -> [UInt8] {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        var model = SegmentModel(
            seed: 8, documentCount: 8, wordCount: 6, greatestLength: 5, repeatsKeys: false)
        for index in model.documents.indices {
            model.documents[index].stored = [UInt8](repeating: UInt8(index), count: index * 9)
        }
        _ = try model.segment(in: directory, name: "seg-0")
        return try directory.read("seg-0.izs")
    }

    /// A segment whose most frequent term has skip entries.
    private static func largerSegment() throws -> [UInt8] {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        var model = SegmentModel(
            seed: 8, documentCount: 300, wordCount: 2, greatestLength: 2, repeatsKeys: false)
        for index in model.documents.indices { model.documents[index].stored = [] }
        _ = try model.segment(in: directory, name: "seg-0")
        return try directory.read("seg-0.izs")
    }

    /// A segment of which the stored bytes have a dictionary.
    private static func segmentWithDictionary() throws -> [UInt8] {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        var model = SegmentModel(
            seed: 8, documentCount: 40, wordCount: 2, greatestLength: 2, repeatsKeys: false)
        for index in model.documents.indices {
            model.documents[index].stored = Array(
                "{\"title\":\"\(index * index) title of all\",\"body\":\"as others\"}".utf8)
        }
        let segment = try model.segment(in: directory, name: "seg-0")
        let rule = StoredDictionaryRule(leastStreamByteCount: 1, byteCount: 512)
        let merged = try SegmentMerger.merge(
            [segment], to: directory, name: "seg-1", indexUUID: SegmentModel.uuid,
            schema: SegmentModel.schema, dictionaryRule: rule)
        #expect(merged != nil)
        let bytes = try directory.read("seg-1.izs")
        let written = try Segment.open(file: MappedFile(name: "seg-1", copying: bytes))
        #expect(!written.content.store.dictionaryBytes.isEmpty)
        return bytes
    }

    /// A segment of format 5, which has all keys once more and other lists of exceptions.
    private static func olderSegment() throws -> [UInt8] {
        let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        return try FileSystemDirectory(path: "/\(tests)/Golden/format-5")
            .read("\(GoldenIndex.example).izs")
    }

    /// Calls everything; what throws is fine.
    private static func exercise(_ bytes: [UInt8]) {
        do throws(IndexError) {
            let segment = try Segment.open(file: MappedFile(name: "hostile", copying: bytes))
            attempt { () throws(IndexError) in try segment.verify() }
            for number in segment.schema.fields.indices {
                let field = FieldID(rawValue: UInt16(number))
                if segment.schema[field].kind == .number {
                    attempt { () throws(IndexError) in try readNumbers(segment, field) }
                } else {
                    attempt { () throws(IndexError) in try readTerms(segment, field) }
                }
                attempt { () throws(IndexError) in try readKeywords(segment, field) }
                if case .termKeys = segment.schema[field].kind { readKeys(segment, field) }
            }
            for document in 0..<min(segment.documentCount, 40) {
                attempt { () throws(IndexError) in
                    let key = try segment.key(of: document)
                    _ = try segment.document(withKey: key.span)
                }
                attempt { () throws(IndexError) in _ = try segment.stored(document) }
            }
        } catch _ {}
    }

    private static func attempt(_ body: () throws(IndexError) -> Void) {
        do throws(IndexError) { try body() } catch _ {}
    }

    private static func readTerms(_ segment: Segment, _ field: FieldID) throws(IndexError) {
        var cursor = try segment.terms(field, from: [])
        var positions: [UInt32] = []
        while try cursor.next() {
            _ = try segment.lookup(field, cursor.term.span)
            let entry = cursor.entry
            attempt { () throws(IndexError) in
                var postings = try segment.postings(entry, field)
                while try postings.nextBlock() {
                    try postings.decodeDocuments()
                    try postings.decodeFrequencies()
                    for index in 0..<postings.count {
                        precondition(postings.documents[index] < segment.documentCount)
                        precondition(postings.documents[index] >= postings.blockFirstBound)
                        guard case .text(true, _) = segment.schema[field].kind else { continue }
                        try postings.positions(at: index, into: &positions)
                    }
                }
            }
            attempt { () throws(IndexError) in
                var postings = try segment.postings(entry, field)
                for target in stride(from: 0, to: segment.documentCount, by: 97) {
                    guard try postings.skipToBlock(containing: target) else { return }
                }
            }
        }
    }

    private static func readKeywords(_ segment: Segment, _ field: FieldID) throws(IndexError) {
        guard let column = try segment.keywords(field) else { return }
        for document in 0..<segment.documentCount {
            for ordinal in column.ordinals(of: document) { _ = try column.value(ordinal) }
        }
    }

    /// By all that a search does with keys; a searcher needs a commit, so its parts are called.
    private static func readKeys(_ segment: Segment, _ field: FieldID) {
        let relation = segment.relation(field)
        attempt { () throws(IndexError) in
            var cursor = TermKeyCursor(relation.keys)
            while try cursor.next() { _ = try relation.term(of: cursor.entry) }
        }
        for key in [[97], [97, 98], [98, 97, 99], [255]] as [[UInt8]] {
            attempt { () throws(IndexError) in
                var candidates = TermCandidates([relation])
                try relation.forEach(key: key) { candidates.add($0, of: 0) }
                _ = try candidates.best(1)
            }
            attempt { () throws(IndexError) in
                var search = try KeyPrefixSearch(
                    [relation, relation], prefix: Array(key.dropLast()), limit: 2)
                _ = try search.run()
            }
            attempt { () throws(IndexError) in
                let scan = FuzzyTermScan(word: key, distance: 1, prefixLetters: 0)
                try scan?.run(relation.keys) { _, entry, _ throws(IndexError) in
                    _ = try relation.term(of: entry)
                }
            }
        }
    }

    private static func readNumbers(_ segment: Segment, _ field: FieldID) throws(IndexError) {
        guard let column = try segment.numbers(field) else { return }
        for document in 0..<segment.documentCount { _ = column.value(of: document) }
    }

    /// Makes all checksums right again.
    static func resealed(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        func u64(_ place: Int) -> Int {
            Int(
                truncatingIfNeeded: (0..<8).reduce(0 as UInt64) {
                    $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1)
                })
        }
        func store(_ value: UInt32, _ place: Int) {
            for index in 0..<4 {
                bytes[place + index] = UInt8(truncatingIfNeeded: value >> UInt32(8 * index))
            }
        }
        func checksum(_ range: Range<Int>) -> UInt32 { CRC32C.checksum(Array(bytes[range])) }
        guard bytes.count >= 64 else { return bytes }
        store(checksum(0..<28), 28)
        let footer = bytes.count - 32
        let directory = u64(footer)
        if directory >= 32, directory <= footer, (footer - directory) % 32 == 0 {
            for entry in stride(from: directory, to: footer, by: 32) {
                let start = u64(entry + 8)
                let count = u64(entry + 16)
                guard start >= 32, start <= directory, count >= 0, count <= directory - start else {
                    continue
                }
                if bytes[entry] == UInt8(SegmentSection.storedBlocks) {
                    let stored = stride(from: directory, to: footer, by: 32)
                        .first { bytes[$0] == UInt8(SegmentSection.stored) }
                    let blocks = stored.map { u64($0 + 8) } ?? 0
                    for block in stride(from: start, to: start + count - 23, by: 24) {
                        let place = u64(block + 8)
                        let length = u64(block + 16) & 0xFFFF_FFFF
                        guard blocks >= 0, blocks <= directory, place >= 0, place < directory,
                            blocks + place + length <= directory
                        else { continue }
                        store(checksum(blocks + place..<blocks + place + length), block + 20)
                    }
                }
                store(checksum(start..<start + count), entry + 24)
            }
            store(checksum(directory..<footer), footer + 8)
        }
        store(checksum(footer..<footer + 20), footer + 20)
        return bytes
    }

    private static var isLong: Bool { getenv("IZDE_LONG") != nil }

    @Test func `the checksums of these tests are those of the format`() throws {
        let bytes = try Self.smallSegment()
        #expect(Self.resealed(bytes) == bytes)
    }

    @Test(arguments: 0..<3)
    func `every flipped bit is found`(number: Int) throws {
        let bytes = try [
            Self.smallSegment(), Self.segmentWithDictionary(), Self.olderSegment(),
        ][number]
        for place in bytes.indices {
            for bit in Self.isLong ? Array(0..<8) : [place % 8] {
                var other = bytes
                other[place] ^= 1 << UInt8(bit)
                // The minor version is for newer writers, but its checksum is right here only by
                // resealing, so every flip is found.
                guard throwsWhole(other) else {
                    Issue.record("a flip of bit \(bit) of byte \(place) is not found")
                    return
                }
            }
        }
    }

    private func throwsWhole(_ bytes: [UInt8]) -> Bool {
        do throws(IndexError) {
            try Segment.open(file: MappedFile(name: "flipped", copying: bytes)).verify()
            return false
        } catch _ {
            return true
        }
    }

    @Test func `every cut is found`() throws {
        let bytes = try Self.smallSegment()
        for count in bytes.indices {
            guard throwsWhole(Array(bytes[..<count])) else {
                Issue.record("a file cut at \(count) is not found")
                return
            }
        }
    }

    @Test func `flipped bits under right checksums throw or answer`() throws {
        let segments = try [
            (Self.smallSegment(), 500), (Self.largerSegment(), 80),
            (Self.segmentWithDictionary(), 500), (Self.olderSegment(), 250),
        ]
        for (bytes, places) in segments {
            let step = Self.isLong ? 1 : max(1, bytes.count / places)
            let changes: [UInt8] = Self.isLong ? [1, 2, 4, 8, 16, 32, 64, 128, 255] : [1, 128]
            for place in stride(from: 0, to: bytes.count, by: step) {
                for change in changes {
                    var other = bytes
                    other[place] ^= change
                    Self.exercise(Self.resealed(other))
                }
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds(2))
    func `many random changes under right checksums throw or answer`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let small = try Self.smallSegment()
        let extremes: [UInt8] = [0, 1, 127, 128, 255]
        for _ in 0..<(Self.isLong ? 20_000 : 80) {
            var bytes = small
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 32..<bytes.count - 32, using: &generator)
                let length = min(Int.random(in: 1...8, using: &generator), bytes.count - place)
                for index in place..<place + length {
                    bytes[index] = extremes.randomElement(using: &generator) ?? 0
                }
            }
            Self.exercise(Self.resealed(bytes))
        }
    }

    @Test(arguments: SeededGenerator.seeds(2))
    func `a damaged segment under right checksums is merged or refused`(seed: UInt64) throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        var generator = SeededGenerator(seed: seed)
        let small = try Self.smallSegment()
        let whole = try Segment.open(file: MappedFile(name: "whole", copying: small))
        for number in 0..<(Self.isLong ? 5000 : 60) {
            var bytes = small
            let place = Int.random(in: 32..<bytes.count - 32, using: &generator)
            bytes[place] ^= UInt8.random(in: 1...255, using: &generator)
            Self.attempt { () throws(IndexError) in
                let file = MappedFile(name: "damaged", copying: Self.resealed(bytes))
                var damaged = try Segment.open(file: file)
                guard damaged.schema == whole.schema else { return }
                if number % 2 == 0, damaged.documentCount > 2 {
                    damaged = damaged.withDeletions(
                        Deletions(documentCount: damaged.documentCount).deleting([1]))
                }
                _ = try SegmentMerger.merge(
                    [whole, damaged], to: directory, name: "seg-\(number)",
                    indexUUID: SegmentModel.uuid, schema: SegmentModel.schema,
                    order: number % 3 == 0 ? .bisected(clusterBy: FieldID(rawValue: 4)) : .added)
            }
        }
    }
}
