/// The members of an object in a text of JSON, found without reading their values.
///
/// Only texts as `JSONWriter` makes them are taken: no space between values, no escapes but its own,
/// no number with an exponent. What is taken is proved: the reader reads it, and a writer gives the
/// same bytes for all but the digits of fractions.
public struct JSONMembers: Sendable {
    /// A member.
    public struct Member: Sendable {
        /// Its key.
        public let key: String
        /// Where it is in the text, from the quote before the key to the end of the value.
        public let range: Range<Int>
        /// Where the value begins.
        public let valueStart: Int
    }

    /// The text.
    public let text: [UInt8]
    /// The members in their order.
    public let members: [Member]

    /// Finds the members; `nil` where the text is none that is taken, be it wrong or merely another.
    public init?(_ text: [UInt8]) {
        let members: [Member]? = text.withUnsafeBufferPointer { bytes in
            var scanner = MemberScanner(bytes: bytes)
            return scanner.members()
        }
        guard let members, Self.isUTF8(text.span) else { return nil }
        self.text = text
        self.members = members
    }

    private static func isUTF8(_ text: Span<UInt8>) -> Bool {
        do {
            _ = try UTF8Span(validating: text)
            return true
        } catch {
            return false
        }
    }

    /// The text of a member's value where it is a string without escapes.
    public func plainString(_ member: Member) -> String? {
        let value = text[member.valueStart..<member.range.upperBound]
        guard value.first == UInt8(ascii: "\""), !value.contains(UInt8(ascii: "\\")) else {
            return nil
        }
        return String(decoding: value.dropFirst().dropLast(), as: UTF8.self)
    }
}

/// Goes through a text once, and nowhere back.
private struct MemberScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0

    /// As the reader's limits.
    private static let nesting = JSONReader.Limits().nesting
    /// In wider objects keys are not compared with each other.
    private static let greatestWidth = 64
    /// Longer numbers may not fit.
    private static let greatestDigitCount = 18

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func members() -> [JSONMembers.Member]? {
        var members: [JSONMembers.Member] = []
        let bytes = bytes
        let isTaken = object(depth: 1) { key, range, valueStart in
            let text = UnsafeBufferPointer(rebasing: bytes[key])
            members.append(
                JSONMembers.Member(
                    key: String(decoding: text, as: UTF8.self), range: range,
                    valueStart: valueStart))
        }
        return isTaken && place == bytes.count ? members : nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func object(
        depth: Int, _ body: (_ key: Range<Int>, _ range: Range<Int>, _ valueStart: Int) -> Void
    ) -> Bool {
        guard depth <= Self.nesting, take(UInt8(ascii: "{")) else { return false }
        if take(UInt8(ascii: "}")) { return true }
        var keys: [Range<Int>] = []
        repeat {
            let start = place
            // A key with escapes may be the same as one without.
            guard let isPlain = string(), isPlain else { return false }
            let key = start + 1..<place - 1
            guard keys.count < Self.greatestWidth, !keys.contains(where: { isSame($0, key) }),
                take(UInt8(ascii: ":"))
            else { return false }
            keys.append(key)
            let valueStart = place
            guard value(depth: depth) else { return false }
            body(key, start..<place, valueStart)
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "}"))
    }

    private func isSame(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        left.count == right.count && bytes[left].elementsEqual(bytes[right])
    }

    private mutating func array(depth: Int) -> Bool {
        guard depth <= Self.nesting, take(UInt8(ascii: "[")) else { return false }
        if take(UInt8(ascii: "]")) { return true }
        repeat {
            guard value(depth: depth) else { return false }
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "]"))
    }

    private mutating func value(depth: Int) -> Bool {
        guard place < bytes.count else { return false }
        switch bytes[place] {
        case UInt8(ascii: "\""): return string() != nil
        case UInt8(ascii: "{"): return object(depth: depth + 1) { _, _, _ in }
        case UInt8(ascii: "["): return array(depth: depth + 1)
        case UInt8(ascii: "t"): return take("true")
        case UInt8(ascii: "f"): return take("false")
        case UInt8(ascii: "n"): return take("null")
        default: return number()
        }
    }

    private mutating func take(_ literal: StaticString) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard place + count <= bytes.count else { return false }
        for index in 0..<count where bytes[place + index] != literal.utf8Start[index] {
            return false
        }
        place += count
        return true
    }

    /// Passes over a string; false if it has escapes, `nil` where it is not taken.
    private mutating func string() -> Bool? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        var isPlain = true
        while true {
            place = JSONText.plainEnd(bytes, from: place)
            if take(UInt8(ascii: "\"")) { return isPlain }
            guard take(UInt8(ascii: "\\")), place < bytes.count else { return nil }
            isPlain = false
            switch bytes[place] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "n"), UInt8(ascii: "r"),
                UInt8(ascii: "t"):
                place += 1
            case UInt8(ascii: "u"):
                place += 1
                guard take("00"), place < bytes.count,
                    bytes[place] == UInt8(ascii: "0") || bytes[place] == UInt8(ascii: "1")
                else { return nil }
                place += 1
                guard place < bytes.count, Self.isLowHex(bytes[place]) else { return nil }
                place += 1
            default: return nil
            }
        }
    }

    private static func isLowHex(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Passes over digits; how many there were.
    private mutating func digits() -> Int {
        let start = place
        while place < bytes.count, Self.isDigit(bytes[place]) { place += 1 }
        return place - start
    }

    private mutating func number() -> Bool {
        let isNegative = take(UInt8(ascii: "-"))
        let start = place
        let count = digits()
        guard count > 0, count <= Self.greatestDigitCount else { return false }
        // No other number begins with 0, and -0 is read as 0.
        if bytes[start] == UInt8(ascii: "0"), count > 1 || isNegative { return false }
        if take(UInt8(ascii: ".")) {
            let fraction = digits()
            guard fraction > 0, fraction <= Self.greatestDigitCount else { return false }
        }
        guard place < bytes.count else { return true }
        return bytes[place] != UInt8(ascii: "e") && bytes[place] != UInt8(ascii: "E")
    }
}
