/// Letters of which the case is told without the properties of characters, which take long to ask.
public enum PlainLetter {
    /// Whether a letter of the Latin alphabet without marks, or of the Cyrillic ones in use, is a
    /// capital; `nil` for any other scalar.
    @inlinable
    public static func isCapital(_ scalar: Unicode.Scalar) -> Bool? {
        switch scalar.value {
        case 0x61...0x7A, 0x430...0x45F: false
        case 0x41...0x5A, 0x400...0x42F: true
        // Pairs of a capital and a small letter.
        case 0x48A...0x4BF, 0x4D0...0x4FF: scalar.value & 1 == 0
        default: nil
        }
    }

    /// The small letter of such a capital; any other scalar as it is.
    public static func small(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard isCapital(scalar) == true else { return scalar }
        let step: UInt32 =
            switch scalar.value {
            case 0x400...0x40F: 0x50
            case 0x41...0x5A, 0x410...0x42F: 0x20
            default: 1
            }
        return Unicode.Scalar(scalar.value + step) ?? scalar
    }
}
