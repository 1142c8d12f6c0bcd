import TestSupport
import Testing

@testable import InvertedIndex

struct CommitPointTests {
    static let uuid = "00112233445566778899aabbccddeeff"

    static let commit = CommitPoint(
        indexUUID: (0..<16).map { UInt8($0) }, generation: 12, parent: 11,
        segments: [
            SegmentDescriptor(
                fileName: "seg-\(uuid).izs", byteCount: 1234, directoryChecksum: .max,
                documentCount: 10,
                deletionsFileName: Deletions.fileName(segment: "seg-\(uuid)", generation: 12),
                deletedCount: 3),
            SegmentDescriptor(
                fileName: "seg-\(String(uuid.reversed())).izs", byteCount: 0,
                directoryChecksum: 0, documentCount: .max),
        ],
        walSequence: 99,
        schema: IndexSchema(fields: [
            IndexField(name: "exact", kind: .text(hasPositions: true, lengthOf: nil)),
            IndexField(
                name: "stem",
                kind: .text(hasPositions: false, lengthOf: FieldID(rawValue: 0))),
            IndexField(name: "source", kind: .keyword),
            IndexField(name: "date", kind: .number),
        ]),
        fingerprint: "icu 72 \"quoted\"\nновости", userData: "{}")

    @Test func `what is written is read`() throws {
        let read = try CommitPoint(Self.commit.bytes, fileName: Self.commit.fileName)
        #expect(read == Self.commit)
        #expect(read.bytes == Self.commit.bytes)
    }

    /// The same with a relation.
    private static var second: CommitPoint {
        var commit = commit
        commit.schema = IndexSchema(
            fields: commit.schema.fields + [
                IndexField(
                    name: "keys",
                    kind: .termKeys(of: [FieldID(rawValue: 1), FieldID(rawValue: 0)]))
            ])
        return commit
    }

    @Test func `a manifest of format 1 has no keys of terms`() throws {
        let text = String(decoding: Self.second.bytes, as: UTF8.self)
        #expect(text.hasPrefix("{\"format\":5,"))
        #expect(text.contains("{\"name\":\"keys\",\"kind\":\"termKeys\",\"of\":[1,0]}"))
        #expect(
            try CommitPoint(Self.second.bytes, fileName: Self.second.fileName) == Self.second)
        let json = String(text.prefix { $0 != "\n" })
        for (old, new) in [
            ("[1,0]", "[1,1]"), ("[1,0]", "[2]"), ("[1,0]", "[4]"), ("[1,0]", "[9]"),
            ("[1,0]", "[-1]"), ("[1,0]", "1"), (",\"of\":[1,0]", ""),
            ("{\"format\":5", "{\"format\":1"), ("{\"format\":5", "{\"format\":0"),
        ] {
            let range = try #require(json.firstRange(of: old))
            let hostile = json.replacingCharacters(in: range, with: new)
            #expect(throws: IndexError.self, "\(old) → \(new)") {
                try CommitPoint(Self.manifest(hostile), fileName: Self.second.fileName)
            }
        }
    }

    @Test func `the last line tells length and checksum of the first`() {
        let lines = String(decoding: Self.commit.bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.last?.hasPrefix("#izm crc32c=") == true)
        #expect(lines.last?.hasSuffix(" len=\(lines[0].utf8.count + 1)") == true)
    }

    @Test func `each bit that is flipped and each cut is noticed`() {
        let bytes = Self.commit.bytes
        let name = Self.commit.fileName
        for index in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << bit
                #expect(throws: IndexError.self) { try CommitPoint(damaged, fileName: name) }
            }
            #expect(throws: IndexError.self) {
                try CommitPoint(Array(bytes[..<index]), fileName: name)
            }
        }
        #expect(throws: IndexError.self) { try CommitPoint(bytes + [10], fileName: name) }
        #expect(throws: IndexError.self) {
            try CommitPoint(bytes, fileName: IndexFileName.manifest(13))
        }
    }

    /// The bytes of a file with other JSON and a last line that is right.
    static func manifest(_ json: String) -> [UInt8] {
        let line = Array((json + "\n").utf8)
        let checksum = CRC32C.checksum(line)
        let digits = IndexFileName.hexadecimal(
            withUnsafeBytes(of: checksum.bigEndian) { [UInt8]($0) })
        return line + Array("#izm crc32c=\(digits) len=\(line.count)\n".utf8)
    }

    @Test func `hostile values are refused though the checksum is right`() throws {
        let text = String(decoding: Self.commit.bytes, as: UTF8.self)
        let json = String(text.prefix { $0 != "\n" })
        _ = try CommitPoint(Self.manifest(json), fileName: Self.commit.fileName)
        let changes: [(String, String)] = [
            ("\"generation\":12", "\"generation\":-1"),
            ("\"generation\":12", "\"generation\":13"),
            ("\"generation\":12", "\"generation\":1e99"),
            ("\"parent\":11", "\"parent\":12"),
            ("\"parent\":11", "\"other\":12"),
            ("\"wal\":99", "\"wal\":\"99\""),
            ("\"index\":\"00", "\"index\":\""),
            ("\"seg-0011", "\"../../seg-0011"),
            ("\"seg-0011", "\"seg-001"),
            (".izs\"", ".izd\""),
            ("\"bytes\":1234", "\"bytes\":-1"),
            ("\"documents\":10", "\"documents\":4294967296"),
            ("\"deleted\":3", "\"deleted\":11"),
            ("\"deletions\":\"del-0", "\"deletions\":\"del-1"),
            ("\"lengthOf\":0", "\"lengthOf\":1"),
            ("\"lengthOf\":0", "\"lengthOf\":2"),
            ("\"lengthOf\":0", "\"lengthOf\":7"),
            ("\"lengthOf\":0", "\"lengthOf\":-1"),
            ("\"name\":\"stem\"", "\"name\":\"exact\""),
            ("\"kind\":\"keyword\"", "\"kind\":\"blob\""),
            (",\"positions\":true", ""),
            ("\"fields\":[", "\"fields\":[[],"),
            ("\"segments\":[", "\"segments\":[7,"),
            (String(Self.uuid.reversed()), Self.uuid),
            ("{\"format\":5,", "[{\"format\":5,"),
        ]
        for (old, new) in changes {
            guard let range = json.firstRange(of: old) else {
                Issue.record("\(old) is not there")
                continue
            }
            let hostile = json.replacingCharacters(in: range, with: new)
            #expect(throws: IndexError.self, "\(old) → \(new)") {
                try CommitPoint(Self.manifest(hostile), fileName: Self.commit.fileName)
            }
        }
        #expect(
            throws: IndexError.wrongFormatVersion(
                file: Self.commit.fileName, found: 6, supported: 5)
        ) {
            let newer = json.replacingCharacters(
                in: try #require(json.firstRange(of: "\"format\":5")), with: "\"format\":6")
            return try CommitPoint(Self.manifest(newer), fileName: Self.commit.fileName)
        }
        let fields = (0..<1025).map { "{\"name\":\"\($0)\",\"kind\":\"number\"}" }
        let many = json.replacingCharacters(
            in: try #require(json.firstRange(of: "\"fields\":[")),
            with: "\"fields\":[" + fields.joined(separator: ",") + ",")
        #expect(throws: IndexError.self) {
            try CommitPoint(Self.manifest(many), fileName: Self.commit.fileName)
        }
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        var copy = self
        copy.replaceSubrange(range, with: text)
        return copy
    }
}
