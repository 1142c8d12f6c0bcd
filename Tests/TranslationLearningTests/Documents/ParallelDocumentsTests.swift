import JSON
import SearchEngine
import Testing
import TextAnalysis

@testable import TranslationLearning

/// Which documents are found to be translations, and what is learnt from them.
struct ParallelDocumentsTests {
    private static let stories: [(kk: String, ru: String, en: String)] = [
        (
            "Тоқаев 2024 жылы Астанада 17 келісімге қол қойды. Құжаттар Сингапурмен жасалды.",
            "Токаев в 2024 году подписал в Астане 17 соглашений. Документы заключены с Сингапуром.",
            "Tokayev signed 17 agreements in Astana in 2024. They were made with Singapore."
        ),
        (
            "Алматыда 350 студент Сәтбаев университетіне түсті. Олардың 40-ы Тараздан келді.",
            "В Алматы 350 студентов поступили в университет Сатпаева. Из них 40 приехали из Тараза.",
            "In Almaty 350 students entered Satbayev University. Of them 40 came from Taraz."
        ),
    ]

    /// Documents with texts of a story in all languages and further members for each.
    private func documents(
        _ story: Int, _ members: (String) -> JSONValue
    ) -> [Document] {
        let texts = Self.stories[story]
        return [("kk", texts.kk), ("ru", texts.ru), ("en", texts.en)].map { language, body in
            var object = members(language).object ?? JSONObject()
            object["lang"] = .string(language)
            object["body"] = .string(body)
            return Document(key: "\(story)-\(language)", members: object)
        }
    }

    private func document(_ key: String, _ members: JSONValue) -> Document {
        Document(key: key, members: members.object ?? JSONObject())
    }

    /// The pairs of documents that are found, each by the first words of its sides.
    private func pairs(_ documents: [Document]) throws -> (
        found: [String], counts: ParallelDocuments.Counts
    ) {
        let parallel = try ParallelDocuments(
            tables: TranslationLearnerTests.tables, byteLimit: 1 << 24)
        for document in documents { try parallel.add(document) }
        var found: [String] = []
        parallel.forEachPair { pair in
            found.append(
                [pair.first, pair.second].map { $0.split(separator: " ")[0] }
                    .joined(separator: "="))
        }
        return (found, parallel.counts)
    }

    private static let first = [
        "Тоқаев=Токаев", "Құжаттар=Документы", "Тоқаев=Tokayev", "Құжаттар=They",
        "Токаев=Tokayev", "Документы=They",
    ]
    private static let second = [
        "Алматыда=В", "Олардың=Из", "Алматыда=In", "Олардың=Of", "В=In", "Из=Of",
    ]

    @Test func `documents that name another as the one they translate are paired`() throws {
        let both = [0, 1].flatMap { story in
            documents(story) { language in
                language == "kk" ? [:] : ["translationOf": .string("\(story)-kk")]
            }
        }
        let (found, counts) = try pairs(both)
        #expect(found == Self.first + Self.second)
        #expect(counts.linked == 6 && counts.addressed == 0 && counts.alike == 0)
        #expect(counts.documents == 6)
    }

    @Test func `pages are paired by the addresses of their alternates`() throws {
        let both = [0, 1].flatMap { story in
            documents(story) { language in
                [
                    "url": .string(
                        "https://site.kz/\(language)-\(story * 7 + language.utf8.count)"),
                    "alternates": .object(
                        JSONObject([
                            "kk": .string("http://www.site.kz/kk-\(story * 7 + 2)/"),
                            "x": .string("https://site.kz/none"),
                        ])),
                ]
            }
        }
        let (found, counts) = try pairs(both)
        #expect(found == Self.first + Self.second)
        #expect(counts.linked == 6)
    }

    @Test func `pages are paired by addresses that differ in the language alone`() throws {
        let both = [0, 1].flatMap { story in
            documents(story) { language in
                ["url": .string("https://site.kz/\(language == "kk" ? "kz" : language)/\(story)")]
            }
        }
        let (found, counts) = try pairs(both.reversed())
        #expect(Set(found) == Set(Self.first + Self.second))
        #expect(counts.addressed == 6 && counts.linked == 0)
    }

    @Test func `what appeared on one site on one day is paired by numbers and names`() throws {
        func both(_ day: (Int, String) -> String) -> [Document] {
            [1, 0].flatMap { story in
                documents(story) { language in
                    ["publishedAt": .string(day(story, language)), "source": "site.kz"]
                }
            }
        }
        let (found, counts) = try pairs(both { _, _ in "2024-05-06T10:00:00Z" })
        #expect(Set(found) == Set(Self.first + Self.second))
        #expect(counts.alike == 6 && counts.linked == 0 && counts.addressed == 0)
        // On other days, or by nothing at all, they are not.
        #expect(try pairs(both { "2024-05-0\($0)\($1)" }).counts.alike == 6)
        #expect(
            try pairs(both { _, language in language == "kk" ? "2024-05-06" : "2024-06-07" })
                .counts.alike == 2)
        #expect(try pairs(both { _, _ in "" }).found == [])
    }

    @Test func `other stories of the day are left alone`() throws {
        let mixed = [
            documents(0) { _ in ["publishedAt": "2024-05-06"] }[0],
            documents(1) { _ in ["publishedAt": "2024-05-06"] }[1],
        ]
        #expect(try pairs(mixed).found == [])
    }

    @Test func `documents without text or in other languages are passed over`() throws {
        let (found, counts) = try pairs([
            document("a", ["lang": "kk"]),
            document("b", ["body": " \n", "translationOf": "a"]),
            document("c", ["body": "2024"]),
            document("d", ["body": "Der Zug fährt", "lang": "de", "title": 5]),
            document("e", ["body": "Мектеп ашылды", "translationOf": ["e", "z"]]),
        ])
        #expect(found == [])
        #expect(counts.documents == 1)
    }

    @Test func `two documents of one language are no pair, of a group the first is taken`() throws {
        var group = documents(0) { _ in ["translationOf": "0-kk"] }
        group.append(
            document(
                "again",
                ["lang": "ru", "body": "Ещё раз. И ещё.", "translationOf": "0-kk"]))
        #expect(try pairs(group).found == Self.first)
        #expect(try pairs([group[1], group[3]]).found == [])
    }

    @Test func `documents over the limit of memory are refused`() throws {
        let parallel = try ParallelDocuments(
            tables: TranslationLearnerTests.tables, byteLimit: 2000)
        let error = #expect(throws: LearningError.self) {
            for number in 0..<20 {
                try parallel.add(
                    document("\(number)", ["lang": "kk", "body": "мектеп ашылды"]))
            }
        }
        guard case .memoryExceeded(let needed, 2000) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(needed > 2000)
    }
}
