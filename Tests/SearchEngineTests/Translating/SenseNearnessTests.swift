import Testing
import TextAnalysis

@testable import SearchEngine

/// How much each sense of a word counts, by the place of the word among the lemmas of the sense.
struct SenseNearnessTests {
    private static let rows = [
        "bow\tnoun\tсадақ|доға\tлук\tbow", "arc\tnoun\tдоға\tдуга\tarc",
        "horse\tnoun\tжылқы|ат\tлошадь\thorse", "name\tnoun\tат\tимя\tname",
        "title\tnoun\tатау|ат\tназвание\ttitle",
    ]

    private func weight(_ word: String, _ stem: String) throws -> Float {
        let translations = try QueryTranslation(rows: Self.rows).translations(word, .kazakh)
        return try #require(translations.first { $0.stems == [Array(stem.utf8)] }).weight
    }

    @Test func `a word that stands second in a row means it less than what it is first for`() throws
    {
        #expect(try weight("доға", "arc") > weight("доға", "bow"))
        #expect(try weight("ат", "name") > weight("ат", "hors"))
        #expect(try weight("ат", "hors") == weight("ат", "titl"))
    }

    @Test func `a word of one sense counts whole, wherever it stands in the row`() throws {
        let translations = try QueryTranslation(rows: ["bow\tnoun\tсадақ|доға\tлук\tbow"])
            .translations("доға", .kazakh)
        #expect(translations.map(\.weight) == [1, 1])
    }

    @Test func `a distant sense takes less of the weight than a near one`() throws {
        let equal = try QueryTranslation(rows: [
            "arc\tnoun\tдоға\tдуга\tarc", "bow\tnoun\tдоға\tлук\tbow",
        ]).translations("доға", .kazakh).first { $0.stems == [Array("arc".utf8)] }
        #expect(try weight("доға", "arc") > #require(equal).weight)
    }
}
