import Glibc
import TestSupport
import Testing

@testable import Corpus

/// Tables of sentences in two or three languages, and what is wrong with some.
@Suite struct SentencePairsTests {
    /// What a table of these bytes yields, in words.
    private func records(_ bytes: [UInt8], limit: Int = 200) throws -> [String] {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/pairs.tsv"
        let file = try #require(fopen(path, "w"))
        #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
        fclose(file)
        let pairs: SentencePairs
        do throws(CorpusError) {
            pairs = try SentencePairs(path: path, limit: limit)
        } catch {
            return [String(error.message.dropFirst(path.count))]
        }
        var result: [String] = []
        var readByteCount = 0
        while let record = pairs.next() {
            switch record {
            case .sentence(let cells, let byteCount):
                readByteCount += byteCount
                result.append(
                    cells.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                        .joined(separator: ", "))
            case .rejected(let error, let byteCount):
                readByteCount += byteCount
                result.append(String(error.message.dropFirst(path.count)))
            }
        }
        // The ends of lines may have two bytes, which nobody counts.
        let lineCount = bytes.count { $0 == 0x0A }
        #expect(result.isEmpty || readByteCount + lineCount >= bytes.count)
        return result
    }

    private func records(_ text: String) throws -> [String] { try records(Array(text.utf8)) }

    @Test func `columns are found by their names`() throws {
        #expect(
            try records("source\tline\tkk\tru\nweb\t7\tмектеп\tшкола\n")
                == ["kk мектеп, ru школа"])
        #expect(
            try records("en\tkk\tru\r\nschool\tмектеп\tшкола\r\n\r\ntown\t \tгород\r\n")
                == ["en school, kk мектеп, ru школа", "en town, ru город"])
        #expect(try records("\u{FEFF}ru\ten\nгород\ttown") == ["en town, ru город"])
    }

    @Test(arguments: [
        ("", ":1: the file is empty; a line of column names is expected, two of them kk, ru, en"),
        ("мектеп\tшкола\n", "found 0 of them"), ("kk\tname\nмектеп\tx\n", "found 1 of them"),
        ("kk\tkk\nмектеп\tмектеп\n", "each once; found 2 of them"), ("\n", "found 0 of them"),
    ])
    func `a table that names no two languages is refused`(text: String, reason: String) throws {
        let found = try records(text)
        #expect(found.count == 1)
        #expect(found.first?.hasSuffix(reason) == true, "\(found)")
    }

    @Test func `a line that cannot be read is told with its number, and the rest is read`() throws {
        var bytes = Array("kk\tru\nмектеп\tшкола\nжалғыз\nкөп\tслишком\tмного\n".utf8)
        bytes += Array("қала\t\n".utf8) + [0xC3, 0x28, 0x09, 0x61, 0x0A] + Array("\tгород\n".utf8)
        bytes += [UInt8](repeating: UInt8(ascii: "x"), count: 5000) + [0x0A]
        bytes += Array("қала\tгород".utf8)
        #expect(
            try records(bytes) == [
                "kk мектеп, ru школа", ":3: 2 columns are expected, not 1",
                ":4: 2 columns are expected, not 3", ":5: there are words in one language only",
                ":6: ill-formed UTF-8", ":7: there are words in one language only",
                ":8: the line has 5001 bytes; at most 200 are allowed", "kk қала, ru город",
            ])
    }

    @Test func `the longest line is read and one byte more is not`() throws {
        let header = Array("kk\tru\n".utf8)
        let line = Array("қала\tгород".utf8)
        let end = [UInt8](repeating: UInt8(ascii: "a"), count: 200 - line.count)
        #expect(try records(header + line + end).first?.hasPrefix("kk қала, ru город") == true)
        #expect(try records(header + line + end + [0x61]).first?.contains("201 bytes") == true)
        let first = try records([UInt8](repeating: 0x61, count: 300))
        #expect(first.first?.contains("a line of column names is expected") == true)
    }

    @Test func `a file that is not there, or is a folder, is told`() throws {
        #expect(throws: CorpusError.self) { try SentencePairs(path: "/nonexistent", limit: 10) }
        let folder = try TemporaryDirectory()
        #expect(throws: CorpusError.self) { try SentencePairs(path: folder.path, limit: 10) }
    }
}
