/// The terms of all fields of a segment, sorted by field and then by bytes.
///
/// Terms stand in blocks of 32, the last of a field may hold fewer, none holds two fields.
///
/// ```
/// block    count u8 | postings base varint | positions base varint | length of keys varint
///          | keys, each front-coded | values
/// value    document frequency · 2 + (1 if the total is greater) varint
///          | total − document frequency varint, if greater
///          | the document varint, if there is one; else the length of the postings varint
///          | with positions: the position varint, if there is one; else their length varint
/// ```
///
/// Where each term of a block is in one document, once, and the field is not of text, the values are
/// these documents, packed, and the block has no places:
///
/// ```
/// block    count + 128 u8 | length of keys varint | keys | documents, as LinearPacking
/// ```
///
/// Places of postings and positions are sums: the base, and the lengths before.
///
/// The index of blocks has the first 16 bytes of each first term as two numbers, big-endian,
/// filled up with zeros, and the place of each block: three columns, so that a search touches
/// few lines of cache.
enum TermDictionary {
    /// More terms save bytes, fewer save time in a lookup, which walks half a block.
    static let termsPerBlock = 32
    /// Set in the count of a block of which the values are packed documents.
    static let packedFlag: UInt8 = 0x80

    /// The first 16 bytes of a term as two numbers that are ordered as the bytes are.
    @inline(__always)
    static func prefix(_ term: UnsafeRawBufferPointer) -> TermPrefix {
        TermPrefix(high: word(term, 0), low: word(term, 8))
    }

    /// Eight bytes from an offset on, big-endian; zeros after the end.
    @inline(__always)
    static func word(_ term: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        if term.count &- offset >= 8 {
            return UInt64(bigEndian: term.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        var word: UInt64 = 0
        var shift: UInt64 = 56
        var index = offset
        while index < term.count {
            word |= UInt64(term[index]) &<< shift
            shift &-= 8
            index &+= 1
        }
        return word
    }

    /// Compares two terms by their bytes.
    @inline(__always)
    static func isLess(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        compare(left, right) < 0
    }

    /// Below 0, 0 or above 0, as the bytes of `left` are before, equal to or after `right`.
    @inline(__always)
    static func compare(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
        let limit = min(left.count, right.count)
        var offset = 0
        while limit &- offset >= 8 {
            let a = left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let b = right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            if a != b { return UInt64(bigEndian: a) < UInt64(bigEndian: b) ? -1 : 1 }
            offset &+= 8
        }
        while offset < limit {
            let a = left[offset]
            let b = right[offset]
            if a != b { return a < b ? -1 : 1 }
            offset &+= 1
        }
        return left.count &- right.count
    }
}
