import TestSupport
import Testing

@testable import NameMatching

@Suite struct SpellingMarksTests {
    /// The names of one score of a list, in the order in which they are told.
    private func order(_ names: [String], for asked: String) throws -> [String] {
        let builder = try NameDirectoryBuilder(vocabulary: ShippedNames.vocabulary)
        for (number, name) in names.enumerated() { builder.add(name, entity: UInt32(number)) }
        let directory = builder.finish()
        let lookup = try NameLookup(vocabulary: ShippedNames.vocabulary)
        let hits = lookup.hits(lookup.read(asked), in: directory, limit: names.count)
        try #require(hits.count == names.count)
        #expect(hits.allSatisfy { $0.score == hits[0].score })
        return hits.map { directory.text(of: $0.name) }
    }

    @Test(arguments: [
        ("будённовка", ["Буденновка", "Будённовка"], "Будённовка"),
        ("буденновка", ["Будённовка", "Буденновка"], "Буденновка"),
        ("novosyolovka", ["Новоселовка", "Новосёловка"], "Новосёловка"),
        // The first has the i of the Latin alphabet.
        ("zhenis", ["Жен\u{69}с", "Женіс"], "Женіс"),
    ])
    func ofNamesOfOneScoreTheOneIsFirstThatIsWrittenAlike(
        _ asked: String, _ names: [String], _ first: String
    ) throws {
        #expect(try order(names, for: asked).first == first)
    }

    @Test func namesWrittenAlikeStayInTheOrderOfTheList() throws {
        #expect(try order(["Жаңа жол", "Жаңа жол"], for: "жаңа жол").count == 2)
        let marks = SpellingMarks("Жаңа жол".utf8)
        #expect(marks.distance(to: SpellingMarks("Жаңа жол".utf8)) == 0)
        #expect(marks.distance(to: SpellingMarks("Жаңа жол ауылы".utf8)) > 0)
        #expect(SpellingMarks("".utf8).distance(to: SpellingMarks("ь'ё".utf8)) > 0)
    }

    @Test(arguments: [
        ("содружества", "содружество"), ("комиссии", "комиссия"), ("партией", "партия"),
        ("народной", "народная"), ("государственного", "государственный"),
    ])
    func aNominativeIsAmongThoseTried(_ word: String, _ nominative: String) {
        let found = RussianNominative.candidates(of: Array(word.utf8)[...])
        #expect(found.contains(Array(nominative.utf8)))
    }

    @Test func aShortWordHasNoNominativeOfItsOwn() {
        #expect(RussianNominative.candidates(of: Array("оно".utf8)[...]).isEmpty)
    }

    @Test func `small letters of ASCII and Cyrillic are those of Unicode`() {
        for code in [0..<0x80, 0x400..<0x530].joined() {
            guard let letter = Unicode.Scalar(code).map(String.init) else { continue }
            let small = letter.lowercased().unicodeScalars.map(\.value)
            #expect(small == [SpellingMarks.lowered(UInt32(code))], "U+\(String(code, radix: 16))")
        }
    }

    @Test func `bytes and strings of a name give the same marks`() {
        var generator = SeededGenerator(seed: 4)
        let letters = Array("aeyoYOlёЁьЬлЛөӨүіІәжАнкИ '-.ʹ’ëÉÿҢӀӁۇ🎓".unicodeScalars)
        for _ in 0..<2000 {
            var name = String.UnicodeScalarView()
            for _ in 0..<generator.next() % 12 {
                name.append(letters[Int(generator.next() % UInt64(letters.count))])
            }
            let plain = SpellingMarks(lowered: String(name).lowercased())
            #expect(SpellingMarks(String(name).utf8) == plain, "\(String(name))")
        }
    }

    @Test(
        arguments: [[0xD0], [0xD0, 0x41], [0x80], [0xD3, 0xD0, 0xBB], [0xFF, 0x41]] as [[UInt8]])
    func `bytes that are cut within a letter are read as strings read them`(bytes: [UInt8]) {
        let plain = SpellingMarks(lowered: String(decoding: bytes, as: UTF8.self).lowercased())
        #expect(SpellingMarks(bytes) == plain)
    }
}
