import TestSupport
import Testing

@testable import InvertedIndex

struct ByteReaderTests {
    private func reader(_ bytes: [UInt8]) -> ByteReader {
        MappedFile(name: "file", copying: bytes).reader()
    }

    private func isRead(_ body: () throws -> Void) -> Bool {
        do {
            try body()
            return true
        } catch {
            return false
        }
    }

    @Test func `what was written is read`() throws {
        var writer = ByteWriter()
        writer.u8(7)
        writer.u16(0x1234)
        writer.u32(0xDEAD_BEEF)
        writer.u64(0x0123_4567_89AB_CDEF)
        writer.append([1, 2, 3])
        writer.align(to: 8)
        #expect(writer.count == 24)
        var reader = reader(writer.bytes)
        #expect(try reader.u8() == 7)
        #expect(try reader.u16() == 0x1234)
        #expect(try reader.u32() == 0xDEAD_BEEF)
        #expect(try reader.u64() == 0x0123_4567_89AB_CDEF)
        #expect(try [UInt8](reader.slice(3)) == [1, 2, 3])
        try reader.skip(6)
        #expect(reader.isAtEnd)
        #expect(throws: IndexError.self) { try reader.u8() }
    }

    @Test func `numbers of every bit length are read as they were written`() throws {
        var values: [UInt64] = Array(0..<70_000)
        for shift in 0..<64 { values += [1 << UInt64(shift), (1 << UInt64(shift)) - 1] }
        values.append(.max)
        var writer = ByteWriter()
        for value in values { writer.varint64(value) }
        var reader = reader(writer.bytes)
        for value in values {
            let read = try reader.varint64()
            guard read == value else {
                Issue.record("\(value) was read as \(read)")
                return
            }
        }
        #expect(reader.isAtEnd)

        let small = values.compactMap { UInt32(exactly: $0) }
        writer = ByteWriter()
        for value in small { writer.varint32(value) }
        reader = self.reader(writer.bytes)
        for value in small {
            let read = try reader.varint32()
            guard read == value else {
                Issue.record("\(value) was read as \(read)")
                return
            }
        }
    }

    @Test func `a number that does not fit its type is refused`() {
        let cases: [(bytes: [UInt8], fits32: Bool, fits64: Bool)] = [
            ([0xFF, 0xFF, 0xFF, 0xFF, 0x0F], true, true),
            ([0xFF, 0xFF, 0xFF, 0xFF, 0x10], false, true),
            ([0x80, 0x80, 0x80, 0x80, 0x80, 0x00], false, true),
            ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], false, true),
            ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02], false, false),
            ([UInt8](repeating: 0x80, count: 20), false, false),
            ([0x80], false, false), ([], false, false),
        ]
        for (bytes, fits32, fits64) in cases {
            var reader = reader(bytes)
            #expect(isRead { _ = try reader.varint32() } == fits32)
            reader = self.reader(bytes)
            #expect(isRead { _ = try reader.varint64() } == fits64)
        }
    }

    @Test func `nothing is read past the end of the range`() {
        let file = MappedFile(name: "file", copying: [UInt8](repeating: 1, count: 32))
        for length in 0...9 {
            let reader = ByteReader(file: file, range: 4..<4 + length)
            #expect(
                isRead {
                    var reader = reader
                    _ = try reader.u8()
                } == (length >= 1))
            #expect(
                isRead {
                    var reader = reader
                    _ = try reader.u16()
                } == (length >= 2))
            #expect(
                isRead {
                    var reader = reader
                    _ = try reader.u32()
                } == (length >= 4))
            #expect(
                isRead {
                    var reader = reader
                    _ = try reader.u64()
                } == (length >= 8))
            for count in [-1, length + 1, .max, .min] {
                #expect(throws: IndexError.self) {
                    var reader = reader
                    _ = try reader.slice(count)
                }
                #expect(throws: IndexError.self) {
                    var reader = reader
                    try reader.skip(count)
                }
            }
            for offset in [-1, 5 + length, .max] {
                #expect(throws: IndexError.self) {
                    var reader = reader
                    try reader.seek(to: offset)
                }
            }
            #expect(throws: IndexError.self) {
                var reader = reader
                _ = try reader.slice(UInt64.max)
            }
        }
    }

    @Test func `an error tells the file and the place`() {
        var reader = ByteReader(
            file: MappedFile(name: "seg-1.izs", copying: [1, 2, 3]), range: 1..<3)
        #expect(
            throws: IndexError.corrupt(
                file: "seg-1.izs", byteOffset: 1, reason: "ends too early")
        ) { try reader.u32() }
    }
}
