/// Percent-encoding of URI parts (RFC 3986, section 2.1).
public enum PercentEncoding {
    /// A text as one path segment or query value: all bytes but letters, digits and `-._~:` are
    /// encoded.
    public static func encode(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isPlain(byte) {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "%"))
                bytes.append(hexDigit(byte >> 4))
                bytes.append(hexDigit(byte & 15))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The text behind an encoded part, `nil` if an escape is broken or the bytes are not UTF-8.
    ///
    /// With `plusIsSpace`, as in query strings, `+` stands for a space.
    public static func decode(_ part: some StringProtocol, plusIsSpace: Bool = false) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(part.utf8.count)
        var iterator = part.utf8.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(hexValue),
                    let low = iterator.next().flatMap(hexValue)
                else { return nil }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ":"):
            true
        default: false
        }
    }

    static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }

    static func hexValue(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

/// The parameters behind the `?` of a URI, in order.
public struct QueryString: Sendable {
    /// Names and values, decoded.
    public var items: [(name: String, value: String)]

    /// A query string with the given parameters.
    public init(_ items: [(name: String, value: String)] = []) {
        self.items = items
    }

    /// Reads what stands behind the `?`; a parameter without `=` has an empty value.
    ///
    /// - Throws: `ProblemDetails` if an escape is broken, the text is not UTF-8, or a parameter
    ///   comes twice.
    public init(parsing text: some StringProtocol) throws(ProblemDetails) {
        items = []
        for part in text.split(separator: "&") {
            let pieces = part.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(pieces[0], plusIsSpace: true),
                let value = PercentEncoding.decode(
                    pieces.count > 1 ? pieces[1] : "", plusIsSpace: true)
            else {
                throw ProblemDetails(
                    .invalidValue, "The query string has a broken escape or is not UTF-8")
            }
            guard !items.contains(where: { $0.name == name }) else {
                throw ProblemDetails(
                    .invalidValue, "A query parameter is given twice; lists are separated by commas"
                )
            }
            items.append((name, value))
        }
    }

    /// The value of a parameter, `nil` where it is absent.
    public subscript(name: String) -> String? { items.first { $0.name == name }?.value }

    /// The parameters as text without the `?`.
    public var text: String {
        items.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
            .joined(separator: "&")
    }
}
