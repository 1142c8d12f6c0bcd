import NameMatching
import Testing

/// What makes two names of places one, and what does not: a case for each rule.
@Suite struct PlaceTests {
    static func score(_ left: String, _ right: String) throws -> Float {
        try NameMatcher(vocabulary: ShippedNames.vocabulary).likeness(left, right).score
    }

    @Test(
        arguments: [
            // Other languages and times.
            ("Өскемен", "Усть-Каменогорск"), ("Алма-Ата", "Алматы"),
            // The word for a settlement may be left out.
            ("Көктерек ауылы", "село Коктерек"), ("Көктерек", "село Коктерек"),
            // Latin letters of maps.
            ("Тұзқала", "Tuzqala"), ("Бірсуат", "Birsūat"),
            // An adjective is the district.
            ("Қордай ауданы", "Кордайский район"), ("Қордай ауданы", "Kordayskiy"),
            // ж, ч, тс and щ as they are spelt abroad.
            ("Краснофлотское", "Krasnoflotskoe"), ("Песчаное", "Peshchanoe"),
            // Endings of villages.
            ("Тимирязевка", "Тимирязево"),
        ])
    func oneStaysOne(_ pair: (String, String)) throws {
        #expect(try Self.score(pair.0, pair.1) >= 0.7, "\(pair)")
    }

    @Test(
        arguments: [
            ("Көктерек", "Қаратерек"), ("Алматы облысы", "Алматы қаласы"),
            // A district is not a river.
            ("Сырдарья", "Сырдарьинский район"),
            ("Жоғарғы Борлық", "Төменгі Борлық"),
        ])
    func twoStayTwo(_ pair: (String, String)) throws {
        #expect(try Self.score(pair.0, pair.1) < 0.7, "\(pair)")
    }

    @Test func lettersOfOneSoundPutTheRightOneFirst() throws {
        #expect(try Self.score("Қаракөл", "Qaraköl") > Self.score("Қаракөл", "Qaraqol"))
    }
}
