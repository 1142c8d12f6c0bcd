import Testing

@testable import InvertedIndex

struct FrontCodingTests {
    @Test func `all pairs of lengths and shared beginnings come back`() {
        for shared in [0, 1, 2, 14, 15, 16, 17, 300] {
            for fresh in [0, 1, 2, 14, 15, 16, 17, 142, 143, 1000] {
                let first = [UInt8](repeating: 5, count: shared + 3)
                let second = first[..<shared] + [UInt8](repeating: 9, count: fresh)
                var output = GrowingBytes()
                Array(second).withUnsafeBytes {
                    FrontCoding.write($0, shared: shared, to: &output)
                }
                let bytes = [UInt8](output.bytes)
                for length in 0...bytes.count {
                    var string = first
                    let isRead = bytes.withUnsafeBytes { input in
                        guard let base = input.baseAddress else { return false }
                        var cursor = ByteCursor(base: base, position: 0, end: length)
                        guard let entry = FrontCoding.read(&cursor) else { return false }
                        return FrontCoding.apply(entry, of: cursor, to: &string)
                    }
                    guard isRead == (length == bytes.count), !isRead || string == Array(second)
                    else {
                        Issue.record("shared \(shared), fresh \(fresh), cut at \(length)")
                        return
                    }
                }
            }
        }
    }

    @Test func `an entry that shares more than there is is refused`() {
        let bytes: [UInt8] = [0x31, 7]
        bytes.withUnsafeBytes { input in
            guard let base = input.baseAddress else { return }
            var cursor = ByteCursor(base: base, position: 0, end: 2)
            var string: [UInt8] = [1, 2]
            let entry = FrontCoding.read(&cursor)
            #expect(entry.map { FrontCoding.apply($0, of: cursor, to: &string) } == false)
        }
    }
}
