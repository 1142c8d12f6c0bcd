/// A positive number as two bytes, rounded up: what an occurrence of a term counts at most in a block.
///
/// The upper bits of a float of 32 bits: six of the exponent and ten of the fraction, so that the
/// number is too great by less than 1 in 1,000.
///
/// - Shape: codes ascend with the numbers; 0 stands for 0 and whatever is below 2⁻³¹, the greatest
///   code for infinity.
/// - Source: `index/README.md`, section Postings.
enum ImpactCode {
    /// The fraction bits that are dropped.
    private static let droppedBits: UInt32 = 13
    /// The bits of 2⁻³² with these dropped: what code 0 would be.
    private static let least: UInt32 = (127 - 32) << 10

    /// The least code whose number is not below a number.
    ///
    /// - Requires: the number is not negative and not NaN.
    static func code(of number: Float) -> UInt16 {
        if number == 0 { return 0 }
        let rounded = (number.bitPattern &+ (1 << droppedBits - 1)) >> droppedBits
        if rounded <= least { return 1 }
        return UInt16(min(rounded - least, UInt32(UInt16.max)))
    }

    /// The number of a code.
    @inline(__always)
    static func number(_ code: UInt16) -> Float {
        if code == .max { return .infinity }
        return code == 0
            ? 0 : Float(bitPattern: (UInt32(code) &+ least) &<< droppedBits)
    }
}
