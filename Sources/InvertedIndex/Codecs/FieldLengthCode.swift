/// The length of a field in one byte: 0 for absent, exact up to 40, then by a float with four bits
/// after the leading one, rounded down.
///
/// Stored in segment files; the codes are those of Lucene and tantivy, so that scores agree.
///
/// - Source: `SmallFloat.intToByte4` of Lucene describes the code.
enum FieldLengthCode {
    /// Lengths below this are their own code: what the 255 codes leave over after those of all
    /// greater 31-bit numbers.
    private static let exactCount: UInt32 = 255 - floatCode(of: UInt32(Int32.max))

    /// The length that each code stands for.
    static let decoded: [Float] = lengths.map { Float($0) }
    /// The same as integers.
    static let lengths: [UInt32] = (0...255).map { length(of: UInt8($0)) }

    /// The code of a length; lengths beyond 31 bits count as the greatest.
    static func code(of length: UInt32) -> UInt8 {
        let length = min(length, UInt32(Int32.max))
        if length < exactCount { return UInt8(length) }
        return UInt8(exactCount + floatCode(of: length - exactCount))
    }

    /// The least length that has a code.
    static func length(of code: UInt8) -> UInt32 {
        let code = UInt32(code)
        if code < exactCount { return code }
        let float = code - exactCount
        // Below 16 the float is the number itself (no leading one is left out).
        let exponent = float >> 3
        if exponent == 0 { return exactCount + float }
        return exactCount + (((float & 7) | 8) << (exponent - 1))
    }

    /// Three bits after the leading one, above them the exponent; numbers below 8 are themselves.
    private static func floatCode(of value: UInt32) -> UInt32 {
        let bitCount = UInt32(32 - value.leadingZeroBitCount)
        if bitCount < 4 { return value }
        let shift = bitCount - 4
        return ((value >> shift) & 7) | ((shift + 1) << 3)
    }
}
