import TestSupport
import Testing

@testable import InvertedIndex

struct FileEnvelopeTests {
    static let uuid = (0..<16).map { UInt8($0) }

    /// The bytes of a file with the given sections.
    static func file(_ sections: [(id: UInt32, bytes: [UInt8])]) throws -> [UInt8] {
        let directory = FaultyDirectory()
        let output = try directory.createFile(named: "file")
        let writer = try FileEnvelope.Writer(output: output, kind: .segment, indexUUID: uuid)
        for (id, bytes) in sections {
            try writer.beginSection(id: id, codec: id + 1)
            try writer.write(bytes)
            #expect(writer.sectionByteCount == bytes.count)
            try writer.endSection()
        }
        let (byteCount, checksum) = try writer.finish()
        let file = try directory.map("file")
        #expect(file.count == byteCount)
        let reader = try FileEnvelope.Reader(file: file, kind: .segment, indexUUID: uuid)
        #expect(reader.directoryChecksum == checksum)
        return try directory.read("file")
    }

    static func open(_ bytes: [UInt8], verify: Bool = true) throws -> FileEnvelope.Reader {
        let file = MappedFile(name: "file", copying: bytes)
        let reader = try FileEnvelope.Reader(file: file, kind: .segment, indexUUID: uuid)
        if verify { try reader.verify() }
        return reader
    }

    @Test(arguments: SeededGenerator.seeds())
    func `sections of any size come back`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let sizes = [0, 1, 63, 64, 65, 5000, (1 << 18) - 1, 1 << 18, 300_000].shuffled(
            using: &random)
        let sections = sizes.enumerated().map { index, size in
            (
                UInt32(index * 3),
                [UInt8](repeating: UInt8.random(in: 0...255, using: &random), count: size)
            )
        }
        let reader = try Self.open(try Self.file(sections))
        #expect(reader.sections.map(\.id) == sections.map(\.0))
        #expect(reader.indexUUID == Self.uuid)
        for (id, bytes) in sections {
            let section = try reader.section(id)
            var cursor = section.reader()
            #expect(try cursor.bytes(section.count) == bytes)
            #expect(section.codec == id + 1)
            #expect(section.offset % 64 == 0)
            #expect(Int(bitPattern: section.bytes.baseAddress) % 64 == 0 || bytes.isEmpty)
        }
        #expect(throws: IndexError.self) { try reader.section(1) }
        #expect(reader.optionalSection(1) == nil)
    }

    @Test func `a file without sections is a file`() throws {
        let bytes = try Self.file([])
        #expect(bytes.count == 96)
        #expect(try Self.open(bytes).sections.isEmpty)
    }

    @Test func `the first file has the bytes that the format document shows`() throws {
        let bytes = try Self.file([(7, [1, 2, 3])])
        #expect(bytes.count == 64 + 64 + 32 + 32)
        #expect(Array(bytes[..<12]) == Array("IZDEIZSG".utf8) + [1, 0, 0, 0])
        #expect(Array(bytes[12..<28]) == Self.uuid)
        #expect(Array(bytes[64..<67]) == [1, 2, 3])
        #expect(Array(bytes.suffix(8)) == Array("EDZIIZSG".utf8))
    }

    @Test func `each bit that is flipped is noticed`() throws {
        let bytes = try Self.file([(1, Array("some text".utf8)), (2, []), (3, [9])])
        for index in bytes.indices {
            for bit in 0..<8 {
                // The minor version may be another, but then the checksum is wrong as well.
                var damaged = bytes
                damaged[index] ^= 1 << bit
                #expect(throws: IndexError.self, "byte \(index) bit \(bit)") {
                    try Self.open(damaged)
                }
            }
        }
    }

    @Test func `each cut and each addition is noticed`() throws {
        let bytes = try Self.file([(1, Array("some text".utf8)), (2, [9])])
        for count in 0..<bytes.count {
            #expect(throws: IndexError.self, "cut to \(count)") {
                try Self.open(Array(bytes[..<count]), verify: false)
            }
        }
        for more in 1..<70 {
            #expect(throws: IndexError.self, "longer by \(more)") {
                try Self.open(bytes + [UInt8](repeating: 0, count: more), verify: false)
            }
            #expect(throws: IndexError.self, "longer by a footer and \(more)") {
                try Self.open(
                    bytes + [UInt8](repeating: 0, count: more) + bytes.suffix(32), verify: false)
            }
        }
    }

    @Test func `files of another kind, index or format are refused`() throws {
        let bytes = try Self.file([(1, [1])])
        let file = MappedFile(name: "file", copying: bytes)
        #expect(throws: IndexError.self) {
            try FileEnvelope.Reader(file: file, kind: .deletions, indexUUID: Self.uuid)
        }
        #expect(throws: IndexError.self) {
            try FileEnvelope.Reader(
                file: file, kind: .segment, indexUUID: [UInt8](repeating: 1, count: 16))
        }
        _ = try FileEnvelope.Reader(file: file, kind: .segment, indexUUID: nil)

        func version(_ major: UInt8, _ minor: UInt8) -> [UInt8] {
            var other = bytes
            other[8] = major
            other[10] = minor
            var checksum = ByteWriter()
            checksum.u32(CRC32C.checksum(Array(other[..<28])))
            other.replaceSubrange(28..<32, with: checksum.bytes)
            return other
        }
        #expect(throws: IndexError.wrongFormatVersion(file: "file", found: 2, supported: 1)) {
            try Self.open(version(2, 0))
        }
        _ = try Self.open(version(1, 9))
    }

    /// Rewrites the directory of a file, with checksums that are right.
    private func withDirectory(
        _ bytes: [UInt8], _ change: (inout [UInt8]) -> Void
    ) -> [UInt8] {
        let directoryOffset = bytes.count - 32 - 64
        var directory = Array(bytes[directoryOffset..<bytes.count - 32])
        change(&directory)
        var footer = ByteWriter()
        footer.u64(UInt64(directoryOffset))
        footer.u32(CRC32C.checksum(directory))
        footer.u64(UInt64(directoryOffset + directory.count + 32))
        footer.u32(CRC32C.checksum(footer.bytes))
        footer.append(bytes.suffix(8))
        return Array(bytes[..<directoryOffset]) + directory + footer.bytes
    }

    @Test func `hostile directories are refused though all checksums are right`() throws {
        let bytes = try Self.file([(1, [UInt8](repeating: 1, count: 100)), (2, [9])])
        _ = try Self.open(withDirectory(bytes) { _ in })
        let values: [UInt64] = [
            0, 1, 32, 63, 65, 128, 192, 256, 320, 1 << 32, 1 << 62, 1 << 63, .max, .max - 63,
        ]
        for entry in 0..<2 {
            for field in [8, 16] {
                for value in values {
                    let hostile = withDirectory(bytes) { directory in
                        let place = entry * 32 + field
                        withUnsafeBytes(of: value.littleEndian) {
                            directory.replaceSubrange(place..<place + 8, with: $0)
                        }
                    }
                    guard hostile != bytes else { continue }
                    // A shorter section may still lie inside the file; its checksum is wrong then.
                    #expect(throws: IndexError.self, "entry \(entry), \(field): \(value)") {
                        try Self.open(hostile)
                    }
                }
            }
        }
        #expect(throws: IndexError.self, "the same id twice") {
            try Self.open(withDirectory(bytes) { $0[32] = 1 })
        }
        #expect(throws: IndexError.self, "reserved bytes") {
            try Self.open(withDirectory(bytes) { $0[28] = 1 })
        }
        #expect(throws: IndexError.self, "part of an entry") {
            try Self.open(withDirectory(bytes) { $0.removeLast() })
        }
    }
}
