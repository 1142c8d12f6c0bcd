/// The values of one number field, document by document.
///
/// ```
/// head     least i64 | greatest i64 | documents that have a number u32 | width u8 (0, 1, 2, 4, 8)
///          | zeros, 3 bytes
/// bits     one for each document that has a number, in words u64
/// values   per document: its number less the least, in `width` bytes; 0 where it has none
/// ```
///
/// `@unchecked Sendable`: the pointers are into `file`, which is held and never changes.
struct NumberColumn: @unchecked Sendable {
    /// The bytes of the head.
    static let headByteCount = 24

    /// The least and greatest value in the segment, deleted documents included.
    let bounds: ClosedRange<Int64>
    /// How many documents have a number, deleted ones included.
    let presentCount: UInt32
    /// The documents of the segment.
    let documentCount: UInt32
    private let file: MappedFile
    private let bits: UnsafeRawPointer
    private let values: UnsafeRawPointer
    private let width: Int

    /// The least width that holds all numbers of a range.
    static func width(of bounds: ClosedRange<Int64>) -> Int {
        let distance = UInt64(bitPattern: bounds.upperBound &- bounds.lowerBound)
        if distance == 0 { return 0 }
        if distance < 1 << 8 { return 1 }
        if distance < 1 << 16 { return 2 }
        return distance < 1 << 32 ? 4 : 8
    }

    /// Takes the bytes of the column; proves their length and the order of the bounds.
    init(
        bytes: UnsafeRawBufferPointer, file: MappedFile, documentCount: UInt32, at offset: Int
    ) throws(IndexError) {
        guard let base = bytes.baseAddress, bytes.count >= Self.headByteCount else {
            throw file.corrupt(at: offset, "a number column is too short")
        }
        let least = bytes.loadUnaligned(as: Int64.self)
        let greatest = bytes.loadUnaligned(fromByteOffset: 8, as: Int64.self)
        presentCount = bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self)
        width = Int(bytes[20])
        let words = (Int(documentCount) + 63) / 64
        guard least <= greatest, width == Self.width(of: least...greatest),
            bytes[21] | bytes[22] | bytes[23] == 0,
            bytes.count == Self.headByteCount + words * 8 + Int(documentCount) * width
        else { throw file.corrupt(at: offset, "a number column has another length") }
        bounds = least...greatest
        self.documentCount = documentCount
        self.file = file
        bits = base + Self.headByteCount
        values = bits + words * 8
    }

    /// The number of a document, if it has one.
    ///
    /// - Requires: the document is in the segment.
    @inline(__always)
    func value(of document: UInt32) -> Int64? {
        precondition(document < documentCount, "the document is in the segment")
        let word = bits.loadUnaligned(
            fromByteOffset: Int(document &>> 6) &* 8, as: UInt64.self)
        guard word &>> UInt64(document & 63) & 1 == 1 else { return nil }
        let place = values + Int(document) &* width
        let distance: UInt64
        switch width {
        case 0: distance = 0
        case 1: distance = UInt64(place.load(as: UInt8.self))
        case 2: distance = UInt64(place.loadUnaligned(as: UInt16.self))
        case 4: distance = UInt64(place.loadUnaligned(as: UInt32.self))
        default: distance = place.loadUnaligned(as: UInt64.self)
        }
        return bounds.lowerBound &+ Int64(bitPattern: distance)
    }

    /// Whether 64 documents have a number, the first the lowest bit; documents after the last have
    /// none.
    ///
    /// - Requires: `64 · word` is a document of the segment.
    @inline(__always)
    func presence(word: Int) -> UInt64 {
        precondition(word >= 0 && word * 64 < Int(documentCount), "the word is in the column")
        let rest = Int(documentCount) &- word &* 64
        let mask: UInt64 = rest >= 64 ? .max : (1 &<< UInt64(truncatingIfNeeded: rest)) &- 1
        return bits.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self) & mask
    }

    /// Proves the bounds and the count.
    ///
    /// - Cost: the column is read once.
    func checkInvariants(at offset: Int) throws(IndexError) {
        var present: UInt32 = 0
        var least = Int64.max
        var greatest = Int64.min
        for document in 0..<documentCount {
            guard let value = value(of: document) else { continue }
            present += 1
            least = min(least, value)
            greatest = max(greatest, value)
        }
        guard present == presentCount, least == bounds.lowerBound,
            greatest == bounds.upperBound
        else { throw file.corrupt(at: offset, "a number column has other bounds or counts") }
        if documentCount % 64 != 0 {
            let last = Int(documentCount / 64)
            guard
                bits.loadUnaligned(fromByteOffset: last * 8, as: UInt64.self)
                    == presence(word: last)
            else { throw file.corrupt(at: offset, "numbers of documents that are not there") }
        }
    }
}
