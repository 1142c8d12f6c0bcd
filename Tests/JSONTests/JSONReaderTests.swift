import JSON
import Testing

@Suite struct JSONReaderTests {
    @Test func `reads what it writes`() throws {
        let value: JSONValue = ["a": [1, -2.5, true, .null, "қ\"\\\n\u{1F}"], "b": ["c": [:]]]
        #expect(try JSONReader().read(value.text) == value)
    }

    @Test(arguments: [
        ("", 0), ("{", 1), ("[1,]", 3), ("{\"a\":1,\"a\":2}", 7), ("\"\\ud800\"", 7), ("01", 1),
        ("nul", 0), ("[1] x", 4), ("\"\u{01}\"", 1), ("1e999", 0), ("{\"a\" 1}", 5), ("-", 1),
    ])
    func `refuses what is not JSON and says where`(text: String, place: Int) {
        #expect {
            _ = try JSONReader().read(text)
        } throws: { ($0 as? JSONError)?.byteOffset == place }
    }

    @Test(arguments: ["", "a", "қ\"\\\n\u{1F}/👍", "a\tb\r\u{08}\u{0C}", "plain text of more bytes"])
    func `a string is read into bytes as it is read as a value`(string: String) throws {
        let escaped =
            "\""
            + string.unicodeScalars.map {
                let digits = String($0.value, radix: 16)
                return $0.value < 0x10000
                    ? "\\u" + String(repeating: "0", count: 4 - digits.count) + digits : String($0)
            }.joined() + "\""
        for text in [JSONValue.string(string).text, escaped] {
            var bytes = Array("before ".utf8)
            try JSONReader().readString(Array(text.utf8).span, into: &bytes)
            #expect(bytes == Array("before ".utf8) + Array(string.utf8))
            #expect(try JSONReader().read(text).string == string)
        }
    }

    @Test(arguments: [
        ("", 0), ("1", 0), ("\"", 1), ("\"a", 2), ("\"a\" ", 3), ("\"a\"b\"", 3), ("\"\u{01}\"", 1),
        ("\"\\x\"", 2), ("\"\\ud800\"", 7),
    ])
    func `what is not one string is not read into bytes`(text: String, place: Int) {
        var bytes: [UInt8] = []
        #expect {
            try JSONReader().readString(Array(text.utf8).span, into: &bytes)
        } throws: { ($0 as? JSONError)?.byteOffset == place }
    }

    @Test func `refuses ill-formed UTF-8`() {
        for bytes: [UInt8] in [[0xFF], [0xD0], [0xC0, 0x80], [0xED, 0xA0, 0x80]] {
            #expect(throws: JSONError.self) {
                try JSONReader().read([UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")])
            }
        }
    }

    @Test func `holds its limits`() throws {
        let reader = JSONReader(limits: .init(nesting: 3, membersPerObject: 2))
        #expect(try reader.read("[[[]]]") == [[[]]])
        #expect(throws: JSONError.self) { try reader.read("[[[[]]]]") }
        #expect(throws: JSONError.self) { try reader.read("{\"a\":1,\"b\":2,\"c\":3}") }
        #expect(throws: JSONError.self) {
            try JSONReader().read(String(repeating: "[", count: 1_000_000))
        }
    }

    @Test func `requests may be 64 levels deep and 1,024 members wide`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        func wide(_ count: Int) -> String {
            "{" + (0..<count).map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        }
        _ = try JSONReader().read(nested(64))
        #expect(throws: JSONError.self) { try JSONReader().read(nested(65)) }
        #expect(try JSONReader().read(wide(1024)).object?.members.count == 1024)
        #expect(throws: JSONError.self) { try JSONReader().read(wide(1025)) }
    }

    @Test func `joins surrogate pairs and keeps large numbers`() throws {
        #expect(try JSONReader().read("\"\\ud83d\\ude00\"") == "😀")
        #expect(try JSONReader().read("9223372036854775807").integer == .max)
        #expect(try JSONReader().read("9223372036854775808").number == 9_223_372_036_854_775_808)
    }

    @Test func `cut and flipped texts never trap`() {
        let text = Array("{\"аты\":[1.5e3,\"\\u04D9\\n\",{\"b\":null}],\"c\":false}".utf8)
        for cut in 0..<text.count { _ = try? JSONReader().read(Array(text[..<cut])) }
        for index in text.indices {
            for bit in 0..<8 {
                var flipped = text
                flipped[index] ^= 1 << bit
                _ = try? JSONReader().read(flipped)
            }
        }
    }
}
