/// How many cells of a terminal a text takes.
///
/// A grapheme cluster takes the cells of its widest scalar: combining marks and joiners add none,
/// so the parts of a family emoji count once.
/// - Source: East Asian Width (Unicode Standard Annex 11), narrowed to ranges of letters and signs;
///   emoji presentation (Unicode Technical Standard 51) from the properties of Swift's library.
enum DisplayWidth {
    /// The cells of a text that holds no control characters.
    static func of(_ text: some StringProtocol) -> Int {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
        var width = 0
        for character in text { width += of(character) }
        return width
    }

    /// The longest end of a text that fits into so many cells.
    static func suffix(of text: String, cells: Int) -> Substring {
        var left = cells
        var start = text.endIndex
        while start > text.startIndex {
            let before = text.index(before: start)
            left -= of(text[before])
            guard left >= 0 else { break }
            start = before
        }
        return text[start...]
    }

    /// The cells of one grapheme cluster: 0, 1 or 2.
    static func of(_ character: Character) -> Int {
        var width = 0
        var flagHalves = 0
        for scalar in character.unicodeScalars {
            // Variation selector 16 asks for the coloured picture, which is wide.
            if scalar.value == 0xFE0F, width == 1 { return 2 }
            if (0x1F1E6...0x1F1FF).contains(scalar.value) { flagHalves += 1 }
            width = max(width, of(scalar))
        }
        return flagHalves >= 2 ? 2 : width
    }

    /// The cells of one scalar that stands alone.
    static func of(_ scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        // Nothing below the combining marks is wide or without width, but for the controls.
        if value < 0x300 {
            return value < 0x20 || (0x7F..<0xA0).contains(value) || value == 0xAD ? 0 : 1
        }
        if (0x400..<0x483).contains(value) || (0x48A..<0x530).contains(value) { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator,
            .paragraphSeparator, .surrogate:
            return 0
        default: break
        }
        // Vowels and final consonants of old Hangul stand inside the block of their initial.
        if (0x1160...0x11FF).contains(value) { return 0 }
        if scalar.properties.isEmojiPresentation { return flagHalf(value) ? 1 : 2 }
        return isWide(value) ? 2 : 1
    }

    private static func flagHalf(_ value: UInt32) -> Bool { (0x1F1E6...0x1F1FF).contains(value) }

    /// Whether a scalar is wide or full width, by binary search.
    private static func isWide(_ value: UInt32) -> Bool {
        var low = 0
        var high = wideRanges.count
        while low < high {
            let middle = (low + high) / 2
            if wideRanges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < wideRanges.count && wideRanges[low].contains(value)
    }

    /// Blocks whose characters fill two cells; ascending.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F,  // initials of Hangul
        0x2329...0x232A,  // angle brackets
        0x2E80...0x303E,  // radicals of Han, signs of Chinese and Japanese
        0x3041...0x33FF,  // kana, bopomofo, compatibility
        0x3400...0x4DBF,  // Han, extension A
        0x4E00...0x9FFF,  // Han
        0xA000...0xA4CF,  // Yi
        0xA960...0xA97F,  // more initials of Hangul
        0xAC00...0xD7A3,  // Hangul
        0xF900...0xFAFF,  // Han, compatibility
        0xFE10...0xFE19,  // vertical forms
        0xFE30...0xFE6F,  // compatibility forms, small forms
        0xFF01...0xFF60,  // full-width Latin
        0xFFE0...0xFFE6,  // full-width signs
        0x16FE0...0x18DFF,  // Tangut, Khitan
        0x1AFF0...0x1B2FF,  // more kana, Nüshu
        0x1F200...0x1F265,  // squared signs
        0x20000...0x3FFFD,  // Han, extensions
    ]
}
