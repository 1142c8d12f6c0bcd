import Testing
import TextAnalysis

@Suite struct NameTokenizerTests {
    static func words(_ text: String) throws -> [String] {
        let tokens = try NameTokenizer().tokenize(text)
        return tokens.tokens.map { String(decoding: tokens.folded($0), as: UTF8.self) }
    }

    @Test func initialsAreWordsOfTheirOwn() throws {
        #expect(try Self.words("Мұқанов Қ.Н.") == ["мұқанов", "қ", "н"])
    }

    @Test func partsOfCompoundsAreWordsThatFollowAHyphen() throws {
        let tokens = try NameTokenizer().tokenize("Қасым-Жомарт Тоқаев")
        #expect(tokens.tokens.map { $0.shape.contains(.followsHyphen) } == [false, true, false])
    }

    @Test func apostrophesOfLatinAlphabetsAreDropped() throws {
        #expect(try Self.words("O'n'irbek Kaban'") == ["onirbek", "kaban"])
    }

    @Test func lookAlikesOfAnotherScriptAreRepaired() throws {
        // Latin i, a and o among Cyrillic letters.
        #expect(try Self.words("Серiкбaев Тoқаев") == ["серікбаев", "тоқаев"])
    }

    @Test func capitalsAreCountedAndScriptsKnown() throws {
        let tokens = try NameTokenizer().tokenize("ҚазҰУ EKTU توقايەۆ 42").tokens
        #expect(tokens.map(\.capitalCount) == [3, 4, 0, 0])
        #expect(tokens.map(\.script) == [.cyrillic, .latin, .arabic, .other])
        #expect(tokens[1].isCapitals && !tokens[0].isCapitals)
        #expect(tokens[3].shape.contains(.number))
    }

    @Test func wordsStandWhereTheirBytesAre() throws {
        let text = "«Самға» ЖШС"
        let bytes = Array(text.utf8)
        let sources = try NameTokenizer().tokenize(text).tokens.map {
            String(decoding: bytes[$0.source.range], as: UTF8.self)
        }
        #expect(sources == ["Самға", "ЖШС"])
    }

    @Test func aLongWordIsCutAtItsLimit() throws {
        let tokens = try NameTokenizer().tokenize(String(repeating: "ә", count: 10_000))
        #expect(tokens.tokens.map(\.letterCount) == [NameTokenizer.longestWord])
    }

    @Test(arguments: ["", " ", "…!?«»—", "\u{0301}\u{0306}", "🙂👩‍👩‍👧‍👦", "\u{200B}\u{FEFF}"])
    func whatHasNoLettersHasNoWords(_ text: String) throws {
        #expect(try Self.words(text).isEmpty)
    }

    @Test func bytesThatAreNoTextPartWords() throws {
        var bytes = Array("Абай".utf8)
        bytes += [0xFF, 0xC0, 0xD0]
        bytes += Array("Құнанбаев".utf8)
        bytes += [0xE2, 0x82]
        var tokens = NameTokens()
        try NameTokenizer().tokenize(bytes.span, into: &tokens)
        let words = tokens.tokens.map { String(decoding: tokens.folded($0), as: UTF8.self) }
        #expect(words.first == "абай")
        #expect(words.contains("құнанбаев"))
    }
}
