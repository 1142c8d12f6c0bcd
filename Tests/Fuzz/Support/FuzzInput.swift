/// The bytes of an input, taken piece by piece.
///
/// The first bytes choose ways and numbers, texts are parted by `0xFF`, which is in no UTF-8: so a
/// seed can be read and written by hand.
public struct FuzzInput {
    private var rest: ArraySlice<UInt8>

    /// All of an input.
    public init(_ bytes: [UInt8]) { rest = bytes[...] }

    /// The next byte; zero at the end.
    public mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

    /// The next byte as one of `count` ways, from 0.
    public mutating func choice(_ count: Int) -> Int { Int(byte()) % count }

    /// The bytes up to the next `0xFF`, or to the end.
    public mutating func bytes() -> [UInt8] {
        let end = rest.firstIndex(of: 0xFF) ?? rest.endIndex
        defer { rest = rest[min(end + 1, rest.endIndex)...] }
        return Array(rest[..<end])
    }

    /// The same as text; what is not UTF-8 is replaced.
    public mutating func text() -> String { String(decoding: bytes(), as: UTF8.self) }

    /// All that is left.
    public mutating func remainder() -> [UInt8] {
        defer { rest = [] }
        return Array(rest)
    }
}

/// Whether a range of a text in UTF-8 begins and ends between scalars.
public func standsOnBorders(_ range: Range<Int>, of text: [UInt8]) -> Bool {
    range.lowerBound >= 0 && range.upperBound <= text.count
        && [range.lowerBound, range.upperBound].allSatisfy {
            $0 == text.count || text[$0] & 0xC0 != 0x80
        }
}
