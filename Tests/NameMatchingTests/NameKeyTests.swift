import Testing
import TextAnalysis

@testable import NameMatching

@Suite struct NameKeyTests {
    /// The keys of a word as the reader of names makes them.
    static func key(_ word: String) throws -> NameKey {
        let reader = try NameReader(vocabulary: NameVocabulary(NameTables()))
        return reader.read(word).units.first?.key ?? NameKey([])
    }

    static func primary(_ word: String) throws -> String {
        String(decoding: try key(word).primary, as: UTF8.self)
    }

    @Test(arguments: ["Tokayev", "Toqaev", "Tokaev", "Токаев", "Тоқаев", "توقايەۆ"])
    func allSpellingsOfTokayevHaveOneKey(_ word: String) throws {
        #expect(try Self.primary(word) == "TOKAV")
    }

    @Test(arguments: ["Serikbayev", "Serikbaev", "Серікбаев", "Сериқбаев"])
    func allSpellingsOfSerikbayevHaveOneKey(_ word: String) throws {
        #expect(try Self.primary(word) == "SRKBAV")
    }

    @Test(arguments: ["Nazarbayev", "Nazarbayeva", "Назарбаев", "Назарбаева"])
    func theEndingOfWomenIsLeftOut(_ word: String) throws {
        #expect(try Self.primary(word) == "NAZARBAV")
    }

    @Test(arguments: ["Kassym", "Касым", "Қасым", "Qasym"])
    func doubledLettersAreOne(_ word: String) throws {
        #expect(try Self.primary(word) == "KASM")
    }

    /// One name in the Latin alphabets of 2017 to 2021, of QazAqparat and of passports.
    @Test(
        arguments: [
            ["Шымкент", "Shymkent", "Şymkent", "Şımkent"],
            ["Жүнісов", "Ju'nisov", "Júnisov", "Jünisov", "Jünısov", "Zhunissov"],
            ["Ғалымжан", "G'alymjan", "Ǵalymjan", "Ğalymjan", "Ğalımjan", "Galymzhan"],
            ["Өңірбек", "O'n'irbek", "Óńirbek", "Öñırbek", "Öñirbek", "Ongirbek"],
            ["Қуаныш", "Qýanysh", "Qwanış", "Quanyş", "Kuanysh"],
            ["Чулков", "Chulkov", "Çulkov"],
        ])
    func everyLatinAlphabetHasTheKeyOfCyrillic(_ spellings: [String]) throws {
        let skeletons = try spellings.map {
            String(decoding: try Self.key($0).skeleton, as: UTF8.self)
        }
        #expect(Set(skeletons).count == 1, "\(spellings): \(skeletons)")
    }

    @Test(
        arguments: [
            ["Жұманәліқызы", "Джуманалиевна"], ["Нұртайұлы", "Нуртаевич"],
            ["Кемелұлы", "Kemelevich"], ["Серікұлы", "Serikuly"],
        ])
    func aPatronymicHasTheKeyOfTheFathersName(_ names: [String]) throws {
        let reader = try NameReader(vocabulary: NameVocabulary(NameTables()))
        let units = names.compactMap { reader.read("Асан \($0)").units.last }
        #expect(units.allSatisfy { $0.role == .patronymic })
        #expect(Set(units.map { $0.key.skeleton.prefix(3) }).count == 1, "\(names)")
    }

    @Test func keysAreNeverLongerThanTheirLimit() throws {
        let key = try Self.key(String(repeating: "бадагала", count: 30))
        #expect(key.primary.count <= NameKey.longest)
        #expect(key.skeleton.count <= NameKey.longest)
    }

    @Test func coarseKeysJoinHissingSoundsAndDropH() throws {
        let hernandez = try NameReader(vocabulary: NameVocabulary(NameTables())).read("Hernandez")
        let ernandes = try NameReader(vocabulary: NameVocabulary(NameTables())).read("Эрнандес")
        let left = hernandez.units.first.flatMap { NameKey.coarse(of: $0.sounds) }
        let right = ernandes.units.first.flatMap { NameKey.coarse(of: $0.sounds) }
        #expect(left == right)
        #expect(left != nil)
    }
}
