import TestSupport
import Testing

@testable import InvertedIndex

struct CRC32CTests {
    @Test func `the check value of the standard comes out`() {
        #expect(CRC32C.checksum(Array("123456789".utf8)) == 0xE306_9283)
        #expect(CRC32C.checksum([]) == 0)
        #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    }

    @Test func `the instruction and the tables agree on all lengths and places`() {
        var random = SeededGenerator(seed: 1)
        let bytes = (0..<400).map { _ in UInt8.random(in: 0...255, using: &random) }
        bytes.withUnsafeBytes { bytes in
            for start in 0..<9 {
                for end in start...bytes.count {
                    let part = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
                    let seed = UInt32(truncatingIfNeeded: end &* 0x9E37_79B9)
                    #expect(
                        CRC32C.checksum(part, continuing: seed)
                            == CRC32C.tableChecksum(part, continuing: seed))
                }
            }
        }
    }

    @Test func `a checksum goes on where another ended`() {
        let bytes = Array("the quick brown fox jumps over the lazy dog".utf8)
        bytes.withUnsafeBytes { bytes in
            for cut in 0...bytes.count {
                let head = UnsafeRawBufferPointer(rebasing: bytes[..<cut])
                let tail = UnsafeRawBufferPointer(rebasing: bytes[cut...])
                let both = CRC32C.checksum(tail, continuing: CRC32C.checksum(head))
                #expect(both == CRC32C.checksum(bytes))
            }
        }
    }
}
