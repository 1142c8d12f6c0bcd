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
            ("Тимирязевка", "Тимирязево"), ("Аманжолка", "Аманжол"),
            ("Приречный", "Приречное"), ("Дархалы", "Дархалынский"),
            // ч is ш, and ы is rounded behind ұ, in Russian names of places.
            ("Шаркөл", "Чарколь"), ("Ақтұмық", "Актумук"),
            // Numerals of Cyrillic letters, and those who type no capitals.
            ("Ақбұлақ ІІ", "Aqbulaq II"), ("іі ақбұлақ", "aqbulaq ii"), ("Ақсу ІІІ", "Aksu 3"),
            // No patronymic in a case.
            ("Аққұлын", "Akqulyn"),
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
            // Numerals of Cyrillic letters tell.
            ("Ақбұлақ ІІ", "Ақбұлақ ІІІ"),
        ])
    func twoStayTwo(_ pair: (String, String)) throws {
        #expect(try Self.score(pair.0, pair.1) < 0.7, "\(pair)")
    }

    @Test func lettersOfOneSoundPutTheRightOneFirst() throws {
        #expect(try Self.score("Қаракөл", "Qaraköl") > Self.score("Қаракөл", "Qaraqol"))
    }

    @Test(
        arguments: [
            // A soft л tells a front vowel.
            ("Караколь", "Қаракөл", "Қарақол"),
            // BGN writes ye for е behind a vowel.
            ("Stepnoye", "Степное", "Степная"),
            // A district is rather the adjective than the town.
            ("Отырар ауданы", "Отырарский", "Отырар"), ("Отырар", "Otyrar", "Отырарский район"),
        ])
    func theNearerNameComesFirst(_ asked: String, near: String, far: String) throws {
        #expect(try Self.score(asked, near) > Self.score(asked, far))
    }
}
