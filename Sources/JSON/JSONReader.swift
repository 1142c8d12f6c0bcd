/// Why a text is not the JSON that was expected.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Where reading stopped, in bytes from the start of the text.
    public let byteOffset: Int
    /// What was found or expected there; holds no text of the document.
    public let reason: String

    /// An error at a place.
    public init(byteOffset: Int, reason: String) {
        self.byteOffset = byteOffset
        self.reason = reason
    }

    /// The reason and the place in one line.
    public var description: String { "\(reason) at byte \(byteOffset)" }
}

/// A strict reader of JSON texts (RFC 8259) from foreign bytes.
///
/// Refused are: ill-formed UTF-8, lone surrogates, duplicate keys, anything after the value, more
/// nesting or more members than the limits allow. Nothing in the text can make it trap.
public struct JSONReader: Sendable {
    /// How deep and how wide a text may be.
    public struct Limits: Sendable {
        /// The deepest nesting of arrays and objects.
        public var nesting: Int
        /// The most members of one object.
        public var membersPerObject: Int

        /// The limits of `reliability` for requests: 64 levels, 1,024 members.
        public init(nesting: Int = 64, membersPerObject: Int = 1024) {
            self.nesting = nesting
            self.membersPerObject = membersPerObject
        }
    }

    private let limits: Limits

    /// A reader with the given limits.
    public init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Reads one value that fills the whole text but for white space.
    ///
    /// - Throws: `JSONError` with the place of the first thing that is wrong.
    public func read(_ text: Span<UInt8>) throws(JSONError) -> JSONValue {
        try read(text, kept: nil)
    }

    /// Reads an object of which only some members are wanted: the values of others are passed over,
    /// as long as their strings and brackets end, and are not in the result.
    ///
    /// - Throws: `JSONError` with the place of the first thing that is wrong, as far as it is read.
    public func read(_ text: [UInt8], keeping names: [String]) throws(JSONError) -> JSONValue {
        try read(text.span, kept: names)
    }

    private func read(_ text: Span<UInt8>, kept names: [String]?) throws(JSONError) -> JSONValue {
        let result: Result<JSONValue, JSONError> = text.withUnsafeBufferPointer { bytes in
            var parser = Parser(bytes: bytes, limits: limits, kept: names)
            do throws(JSONError) {
                return .success(try parser.readDocument())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// Appends the bytes of a string that fills the whole text, from quote to quote, with its
    /// escapes undone.
    ///
    /// For readers of bytes: that they are UTF-8 is not looked at, and no `String` is made.
    ///
    /// - Throws: `JSONError` with the place of the first thing that is wrong.
    public func readString(
        _ text: Span<UInt8>, into bytes: inout [UInt8]
    ) throws(JSONError) {
        let result: Result<Void, JSONError> = text.withUnsafeBufferPointer { source in
            var parser = Parser(bytes: source, limits: limits, kept: nil)
            do throws(JSONError) {
                return .success(try parser.readWholeString(into: &bytes))
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    /// Reads one value that fills the whole text but for white space.
    ///
    /// - Throws: `JSONError` with the place of the first thing that is wrong.
    public func read(_ text: [UInt8]) throws(JSONError) -> JSONValue {
        try read(text.span)
    }

    /// Reads one value that fills the whole text but for white space.
    ///
    /// - Throws: `JSONError` with the place of the first thing that is wrong.
    public func read(_ text: String) throws(JSONError) -> JSONValue {
        try read(Array(text.utf8))
    }
}

private struct Parser {
    let bytes: UnsafeBufferPointer<UInt8>
    let limits: JSONReader.Limits
    var position = 0
    var depth = 0
    /// The members of the outermost object that are read; `nil` for all.
    let kept: [String]?

    init(bytes: UnsafeBufferPointer<UInt8>, limits: JSONReader.Limits, kept: [String]?) {
        self.bytes = bytes
        self.limits = limits
        self.kept = kept
    }

    mutating func readDocument() throws(JSONError) -> JSONValue {
        let value = try readValue()
        skipSpace()
        guard position == bytes.count else { throw error("unexpected text after the value") }
        return value
    }

    mutating func readWholeString(into text: inout [UInt8]) throws(JSONError) {
        guard next == UInt8(ascii: "\"") else { throw error("expected a string") }
        position += 1
        try readRest(of: &text)
        guard position == bytes.count else { throw error("unexpected text after the value") }
    }

    func error(_ reason: String, at place: Int? = nil) -> JSONError {
        JSONError(byteOffset: place ?? position, reason: reason)
    }

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    mutating func expect(_ literal: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue
    {
        let count = literal.utf8CodeUnitCount
        guard position + count <= bytes.count else { throw error("unexpected end of text") }
        for index in 0..<count where bytes[position + index] != literal.utf8Start[index] {
            throw error("expected a JSON value")
        }
        position += count
        return value
    }

    mutating func readValue() throws(JSONError) -> JSONValue {
        skipSpace()
        guard let byte = next else { throw error("unexpected end of text") }
        switch byte {
        case UInt8(ascii: "{"): return try readObject()
        case UInt8(ascii: "["): return try readArray()
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try expect("true", .bool(true))
        case UInt8(ascii: "f"): return try expect("false", .bool(false))
        case UInt8(ascii: "n"): return try expect("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try readNumber()
        default: throw error("expected a JSON value")
        }
    }

    mutating func enter() throws(JSONError) {
        depth += 1
        guard depth <= limits.nesting else {
            throw error("nested deeper than \(limits.nesting) levels")
        }
        position += 1
        skipSpace()
    }

    mutating func readObject() throws(JSONError) -> JSONValue {
        try enter()
        var members: [(key: String, value: JSONValue)] = []
        var keys: Set<String> = []
        if next == UInt8(ascii: "}") {
            position += 1
            depth -= 1
            return .object(JSONObject(uniqueMembers: []))
        }
        while true {
            skipSpace()
            let keyPlace = position
            guard next == UInt8(ascii: "\"") else { throw error("expected a key in quotes") }
            let key = try readString()
            // A set only pays once there are several keys to compare with.
            let isNew =
                members.count < 8
                ? !members.contains { $0.key == key } : keys.insert(key).inserted
            guard isNew else { throw error("duplicate key", at: keyPlace) }
            skipSpace()
            guard next == UInt8(ascii: ":") else { throw error("expected a colon") }
            position += 1
            if depth == 1, let kept, !kept.contains(key) {
                try passValue()
            } else {
                members.append((key, try readValue()))
            }
            if members.count == 8 { keys = Set(members.map(\.key)) }
            guard members.count <= limits.membersPerObject else {
                throw error("more than \(limits.membersPerObject) members in one object")
            }
            skipSpace()
            if next == UInt8(ascii: ",") {
                position += 1
            } else if next == UInt8(ascii: "}") {
                position += 1
                depth -= 1
                return .object(JSONObject(uniqueMembers: members))
            } else {
                throw error(next == nil ? "unexpected end of text" : "expected a comma or }")
            }
        }
    }

    mutating func readArray() throws(JSONError) -> JSONValue {
        try enter()
        var elements: [JSONValue] = []
        if next == UInt8(ascii: "]") {
            position += 1
            depth -= 1
            return .array([])
        }
        while true {
            elements.append(try readValue())
            skipSpace()
            if next == UInt8(ascii: ",") {
                position += 1
            } else if next == UInt8(ascii: "]") {
                position += 1
                depth -= 1
                return .array(elements)
            } else {
                throw error(next == nil ? "unexpected end of text" : "expected a comma or ]")
            }
        }
    }

    mutating func readNumber() throws(JSONError) -> JSONValue {
        let start = position
        func isDigit(_ byte: UInt8?) -> Bool {
            byte.map { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ?? false
        }
        if next == UInt8(ascii: "-") { position += 1 }
        guard isDigit(next) else { throw error("expected a digit") }
        if next == UInt8(ascii: "0") {
            position += 1
            if isDigit(next) { throw error("a number does not begin with 0") }
        } else {
            while isDigit(next) { position += 1 }
        }
        var isWhole = true
        if next == UInt8(ascii: ".") {
            isWhole = false
            position += 1
            guard isDigit(next) else { throw error("expected a digit") }
            while isDigit(next) { position += 1 }
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            isWhole = false
            position += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
            guard isDigit(next) else { throw error("expected a digit") }
            while isDigit(next) { position += 1 }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else {
            throw error("the number is out of range", at: start)
        }
        return .double(value)
    }

    mutating func readString() throws(JSONError) -> String {
        position += 1
        let start = position
        position = JSONText.plainEnd(bytes, from: position)
        if next == UInt8(ascii: "\"") {
            let text = bytes[start..<position]
            position += 1
            return try validated(text, at: start)
        }
        return try readEscapedString(from: start)
    }

    private mutating func readEscapedString(from start: Int) throws(JSONError) -> String {
        var text = Array(bytes[start..<position])
        try readRest(of: &text)
        return try validated(text, at: start)
    }

    /// Appends what is left of a string, and passes over the quote after it.
    mutating func readRest(of text: inout [UInt8]) throws(JSONError) {
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"):
                position += 1
                let scalar = try readEscape()
                if scalar.isASCII {
                    text.append(UInt8(truncatingIfNeeded: scalar.value))
                } else {
                    text.append(contentsOf: scalar.utf8)
                }
            case 0..<0x20:
                throw error("control character in a string")
            default:
                let end = JSONText.plainEnd(bytes, from: position)
                text.append(contentsOf: bytes[position..<end])
                position = end
            }
        }
        throw error("unexpected end of text")
    }

    /// Passes over a value up to its end.
    private mutating func passValue() throws(JSONError) {
        skipSpace()
        var openCount = 0
        repeat {
            guard let byte = next else { throw error("unexpected end of text") }
            switch byte {
            case UInt8(ascii: "\""): try passString()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                openCount += 1
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                openCount -= 1
                position += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"), 0...0x20: position += 1
            default: passWord()
            }
        } while openCount > 0
    }

    /// Passes over a number or a literal.
    private mutating func passWord() {
        let start = position
        while let byte = next, byte > 0x20, byte != UInt8(ascii: ","), byte != UInt8(ascii: "}"),
            byte != UInt8(ascii: "]")
        {
            position += 1
        }
        if position == start { position += 1 }
    }

    private mutating func passString() throws(JSONError) {
        position += 1
        while true {
            position = JSONText.plainEnd(bytes, from: position)
            guard let byte = next else { throw error("unexpected end of text") }
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"): position += 2
            default: throw error("control character in a string")
            }
        }
    }

    private mutating func readEscape() throws(JSONError) -> Unicode.Scalar {
        guard let byte = next else { throw error("unexpected end of text") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let high = try readHex4()
            if let scalar = Unicode.Scalar(high) { return scalar }
            guard (0xD800..<0xDC00).contains(high), next == UInt8(ascii: "\\"),
                position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u")
            else { throw error("lone surrogate") }
            position += 2
            let low = try readHex4()
            guard (0xDC00..<0xE000).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
            else { throw error("lone surrogate") }
            return scalar
        default: throw error("unknown escape", at: position - 1)
        }
    }

    private mutating func readHex4() throws(JSONError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw error("unexpected end of text") }
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else {
                throw error("expected four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    private func validated(_ text: some Collection<UInt8>, at start: Int) throws(JSONError)
        -> String
    {
        guard let string = String(validating: text, as: UTF8.self) else {
            throw error("ill-formed UTF-8 in a string", at: start)
        }
        return string
    }
}
