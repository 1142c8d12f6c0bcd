/// How often runs of one to three letters occur in the words of a language.
///
/// A word is counted with a border, `_`, before and after it. Figures of a language, learnt by
/// `izde-bench language-model`.
public struct NgramCounts: Sendable, Equatable {
    /// One n-gram and its count.
    struct Entry: Sendable, Equatable {
        var key: Key
        var count: UInt32
    }

    /// The units of an n-gram, the last one lowest; an absent first one is zero.
    typealias Key = UInt64

    /// Why a text is no table of n-grams.
    public struct Malformed: Error, Sendable {
        /// The first line that is wrong, from 1.
        public let line: Int
    }

    /// The border of a word.
    static let border: UInt16 = 0x5F

    private(set) var entries: [Entry] = []

    /// No counts at all.
    public init() {}

    /// The counts in the text of a table: an n-gram, a tab and its count on every line; lines
    /// that begin with `#` and empty ones say nothing.
    ///
    /// - Throws: `Malformed` at the first line that is neither.
    public init(parsing text: [UInt8]) throws(Malformed) {
        entries.reserveCapacity(text.count / 8)
        var index = 0
        var line = 0
        while index < text.count {
            line += 1
            if text[index] == 0x0A {
                index += 1
            } else if text[index] == UInt8(ascii: "#") {
                while index < text.count, text[index] != 0x0A { index += 1 }
                index += 1
            } else if let entry = Self.entry(text, &index) {
                entries.append(entry)
            } else {
                throw Malformed(line: line)
            }
        }
    }

    /// The entry of the line at `index`, which moves behind it; `nil` for a malformed line.
    private static func entry(_ text: [UInt8], _ index: inout Int) -> Entry? {
        var key: Key = 0
        var letters = 0
        while index < text.count, text[index] != 0x09 {
            guard let unit = Self.unit(text, &index), unit >= 0x20, letters < 3 else { return nil }
            key = key << 16 | Key(unit)
            letters += 1
        }
        index += 1
        var count: UInt32 = 0
        let start = index
        while index < text.count, text[index] >= 0x30, text[index] <= 0x39, index - start < 9 {
            count = count * 10 + UInt32(text[index] - 0x30)
            index += 1
        }
        guard letters > 0, index > start, index == text.count || text[index] == 0x0A else {
            return nil
        }
        index += 1
        return Entry(key: key, count: count)
    }

    /// The unit at `index` of valid UTF-8 within the basic plane; `nil` for anything else.
    static func unit(_ text: [UInt8], _ index: inout Int) -> UInt16? {
        let first = text[index]
        let length = first < 0x80 ? 1 : first & 0xE0 == 0xC0 ? 2 : first & 0xF0 == 0xE0 ? 3 : 0
        guard length > 0, index + length <= text.count else { return nil }
        var unit = length == 1 ? UInt16(first) : UInt16(first & (0x7F >> UInt8(length)))
        for offset in 1..<max(length, 1) {
            let next = text[index + offset]
            guard next & 0xC0 == 0x80 else { return nil }
            unit = unit << 6 | UInt16(next & 0x3F)
        }
        index += length
        return unit
    }

    /// The same counts with every letter replaced; a letter may have several replacements, which
    /// share its counts.
    func replacing(_ replacements: [UInt16: UInt16]...) -> NgramCounts {
        var counts = NgramCounts()
        for letters in replacements {
            for entry in entries {
                var key: Key = 0
                for shift: Key in [32, 16, 0] {
                    let unit = UInt16(truncatingIfNeeded: entry.key >> shift)
                    key = key << 16 | Key(letters[unit] ?? unit)
                }
                counts.entries.append(Entry(key: key, count: entry.count))
            }
        }
        return counts
    }
}
