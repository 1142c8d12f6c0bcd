import Glibc
import TestSupport
import Testing

@testable import Corpus

@Suite struct JSONRecordsTests {
    /// What a file of these bytes yields: values as text, all else in words.
    private func records(_ text: String, limit: Int = 1000) throws -> [String] {
        try records(Array(text.utf8), limit: limit)
    }

    private func records(_ bytes: [UInt8], limit: Int = 1000) throws -> [String] {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/file.json"
        let file = try #require(fopen(path, "w"))
        #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
        fclose(file)
        let records = try JSONRecords(path: path, limit: limit)
        var result: [String] = []
        while let record = records.next() {
            switch record {
            case .value(let value, let line):
                result.append("\(line) \(String(decoding: value, as: UTF8.self))")
            case .tooLong(let count, let line): result.append("\(line) long \(count)")
            case .broken(let reason, let line): result.append("\(line) broken: \(reason)")
            case .failed(let reason): result.append("failed: \(reason)")
            }
        }
        #expect(records.readByteCount == bytes.count)
        return result
    }

    @Test(arguments: [
        ("[{\"a\":1},{\"b\":[2,{}]}]", ["1 {\"a\":1}", "1 {\"b\":[2,{}]}"]),
        ("\u{FEFF}[\n {\"a\":1},\n {\"b\":2}\n]\n", ["2 {\"a\":1}", "3 {\"b\":2}"]),
        ("{\"a\":\n [1,\n 2]}", ["1 {\"a\":\n [1,\n 2]}"]),
        ("{\n\"a\":1}\n{\n\"b\":2}\n", ["1 {\n\"a\":1}", "3 {\n\"b\":2}"]),
        ("{\"a\":1}\n\n{\"b\":2}", ["1 {\"a\":1}", "3 {\"b\":2}"]),
        ("[{\"a\":\"]}\\\"[{,\"}]", ["1 {\"a\":\"]}\\\"[{,\"}"]),
        ("[\"a\\\\\",1,true , null]", ["1 \"a\\\\\"", "1 1", "1 true", "1  null".trimmed]),
        ("[]", []), ("", []), (" \n ", []), ("[ ]", []),
    ])
    func `an array, values and lines give the same values`(text: String, expected: [String]) throws
    {
        #expect(try records(text).map(\.trimmed) == expected)
    }

    @Test func `a broken line of a file of lines takes no other with it`() throws {
        #expect(
            try records("{\"a\":1}\n{\"b\":\"cut\n{\"c\":[\n{\"d\":4}\n")
                == ["1 {\"a\":1}", "2 {\"b\":\"cut", "3 {\"c\":[", "4 {\"d\":4}"])
    }

    @Test func `a string without end ends with its line`() throws {
        let found = try records("[{\"a\":\"cut},\n{\"b\":1}},\n{\"c\":3}]")
        #expect(found.last == "3 {\"c\":3}")
    }

    @Test func `a value over the limit is passed over, one of the limit is not`() throws {
        let long = "{\"a\":\"" + String(repeating: "x", count: 600_000) + "\"}"
        #expect(
            try records("[{\"b\":1},\(long),{\"c\":2}]", limit: 1000)
                == ["1 {\"b\":1}", "1 long \(long.utf8.count)", "1 {\"c\":2}"])
        #expect(try records("[{\"abc\":1}]", limit: 9) == ["1 {\"abc\":1}"])
        #expect(try records("[{\"abc\":1}]", limit: 8) == ["1 long 9"])
    }

    @Test func `an array that is not closed says so once`() throws {
        #expect(
            try records("[{\"a\":1},") == [
                "1 {\"a\":1}", "1 broken: the file ends before its array does",
            ])
        #expect(
            try records("[\n{\"a\":1},\n{\"b\":[").last
                == "3 broken: the file ends within a value")
        #expect(
            try records("[1]\nx y {} [").last
                == "2 broken: there is text behind the end of the array")
    }

    @Test func `values are whole wherever the stretches of the file end`() throws {
        // The stretches have 256 KiB; values of 7 lengths meet their border in every way.
        var text = "["
        var expected: [String] = []
        for number in 0..<60_000 {
            let value = "{\"ә\":\"\(String(repeating: "\\\"", count: number % 7))\"}"
            text += (number > 0 ? "," : "") + value
            expected.append("1 " + value)
        }
        #expect(try records(text + "]") == expected)
    }

    @Test func `nothing in a file makes it trap or go on without end`() throws {
        var generator = SeededGenerator(seed: 7)
        let alphabet = Array("[]{},\"\\\n :1a".utf8)
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
            #expect(try records(bytes, limit: 20).count <= bytes.count + 1)
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
}
