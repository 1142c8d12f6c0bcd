/// Text from outside made fit for a terminal: nothing in a document can drive it.
enum SafeText {
    /// The marks that the client asks the daemon to put around a match.
    ///
    /// They are of the last private-use plane, which texts do not use; a document that holds one
    /// all the same gets a stray colour at worst.
    static let openMark: Unicode.Scalar = "\u{10FF00}"
    /// The mark behind a match.
    static let closeMark: Unicode.Scalar = "\u{10FF01}"

    /// The longest grapheme cluster shown, in scalars; a flag or a family emoji has up to 10, and
    /// hundreds of stacked accents would cover the lines around.
    private static let clusterScalarCount = 16

    /// One line: line ends and tabs become spaces, other controls are shown as `\x1b` or
    /// `\u{202e}`, runs of white space become one space, soft hyphens and stray marks vanish.
    static func line(_ text: some StringProtocol) -> String {
        made(text, keepsLines: false)
    }

    /// Several lines: as `line`, but line ends, tabs and runs of spaces stay.
    static func lines(_ text: some StringProtocol) -> String {
        made(text, keepsLines: true)
    }

    private static func made(_ text: some StringProtocol, keepsLines: Bool) -> String {
        var result = String.UnicodeScalarView()
        var endsInSpace = true
        for character in text {
            var count = 0
            for scalar in character.unicodeScalars {
                count += 1
                guard count <= clusterScalarCount else { break }
                if keepsLines, scalar == "\n" || scalar == "\t" {
                    result.append(scalar)
                } else if isSpace(scalar) {
                    if keepsLines, scalar == "\r" { continue }
                    if keepsLines || !endsInSpace { result.append(" ") }
                    endsInSpace = true
                } else if let escape = escape(scalar) {
                    result.append(contentsOf: escape.unicodeScalars)
                    endsInSpace = false
                } else if !isDropped(scalar) {
                    result.append(scalar)
                    endsInSpace = false
                }
            }
        }
        if !keepsLines, endsInSpace, result.last == " " { result.removeLast() }
        return String(result)
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x2028, 0x2029, 0x202F: true
        default: false
        }
    }

    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value == 0xAD || scalar.value == 0xFEFF || scalar.value == 0x200B
            || scalar == openMark || scalar == closeMark
    }

    /// How a scalar that commands instead of showing is written, `nil` for all others.
    private static func escape(_ scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F:
            let hex = String(scalar.value, radix: 16)
            return "\\x" + (hex.count == 1 ? "0" : "") + hex
        // Marks of direction turn the rest of the line round.
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFFF9...0xFFFB:
            return "\\u{" + String(scalar.value, radix: 16) + "}"
        default: return nil
        }
    }
}
