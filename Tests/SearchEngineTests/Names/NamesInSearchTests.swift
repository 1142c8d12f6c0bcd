import JSON
import SearchEngine
import Testing

@Suite struct NamesInSearchTests {
    private static let news: [Engine.Input] = [
        document([
            "id": "kk", "lang": "kk", "title": "ШҚТУ меморандумға қол қойды",
            "body": "Құжатқа ректор қол қойды.",
        ]),
        document([
            "id": "ru", "lang": "ru", "title": "Подписан меморандум",
            "body": "Документ подписал ректор ВКТУ имени Д. Серикбаева.",
        ]),
        document([
            "id": "en", "lang": "en", "title": "A memorandum has been signed",
            "body": "D. Serikbayev East Kazakhstan Technical University signed it in Oskemen.",
        ]),
        document([
            "id": "visit", "lang": "ru", "title": "Визит президента",
            "body": "Касым-Жомарта Токаева встретили в Астане.",
        ]),
        document(["id": "other", "lang": "ru", "title": "Погода", "body": "Завтра будет дождь."]),
    ]

    private func use(_ body: (Engine) async throws -> Void) async throws {
        let fixture = try EngineFixture.withNames()
        try await fixture.use { engine in
            engine.warmUp()
            _ = try await engine.add(Listed.institutions, to: "institutions", wait: .visible)
            _ = try await engine.add(Listed.people, to: "people", wait: .visible)
            _ = try await engine.add(Self.news, to: "news", wait: .visible)
            try await body(engine)
        }
    }

    @Test func anInstitutionIsFoundUnderAllItsNamesInAllLanguages() async throws {
        try await use { engine in
            for asked in ["ШҚТУ", "ВКТУ", "EKTU", "Serikbayev University"] {
                let found = Set(try engine.keys(asked) { $0.collections = ["news"] })
                #expect(found.isSuperset(of: ["kk", "ru", "en"]), "\(asked): \(found)")
                #expect(!found.contains("other"))
            }
        }
    }

    @Test func aFunctionWordThatBeginsASentenceNamesNobody() async throws {
        try await use { engine in
            let institution = document(["id": "nas", "names": ["МЕН", "Мемлекеттік ұйым"]])
            _ = try await engine.add([institution], to: "institutions", wait: .visible)
            let answer = try engine.search(SearchRequest("Мен ауа райы туралы құжат"))
            #expect(!answer.interpretation.entities.contains { $0.id == "nas" })
            let alone = try engine.search(SearchRequest("МЕН"))
            #expect(alone.interpretation.entities.contains { $0.id == "nas" })
        }
    }

    @Test func whatWasTypedComesFirst() async throws {
        try await use { engine in
            let kazakh = try engine.keys("ШҚТУ") { $0.collections = ["news"] }
            #expect(kazakh.first == "kk")
            let russian = try engine.keys("ВКТУ") { $0.collections = ["news"] }
            #expect(russian.first == "ru")
        }
    }

    @Test func theAnswerTellsWhoIsMeantAndNamesCanBeSwitchedOff() async throws {
        try await use { engine in
            let answer = try engine.search(SearchRequest("ШҚТУ"))
            #expect(answer.interpretation.entities.map(\.id) == ["ektu"])
            let off = try engine.search(SearchRequest("ШҚТУ") { $0.names = .off })
            #expect(off.interpretation.entities.isEmpty)
            #expect(!off.hits.contains { $0.document.key == "en" })
        }
    }

    @Test func aPersonIsFoundInflectedAndInEveryScript() async throws {
        try await use { engine in
            for asked in ["Tokayev", "Тоқаев", "توقايەۆ", "Касым-Жомарт Токаев"] {
                let found = try engine.keys(asked) { $0.collections = ["news"] }
                #expect(found.contains("visit"), "\(asked): \(found)")
            }
        }
    }

    @Test func documentsListWhomTheyMention() async throws {
        try await use { engine in
            let mentions = try engine.document("en", in: "news").document.members["mentions"]
            let found = try #require(mentions?.array?.first { $0["id"] == "ektu" })
            let body = "D. Serikbayev East Kazakhstan Technical University"
            #expect(found["surface"]?.string?.contains("Serikbayev") == true)
            #expect(found["field"] == "body")
            #expect(found["start"]?.integer ?? -1 >= 0)
            #expect(found["length"]?.integer ?? 0 <= Int64(body.utf8.count))
            #expect(found["method"] == "name")
            #expect(found["score"] != nil)
            #expect(mentions?.array?.contains { $0["id"] == "place:oskemen" } == true)
        }
    }

    @Test func mentionsAreFilteredAndCounted() async throws {
        try await use { engine in
            let answer = try engine.search(
                SearchRequest("") {
                    $0.collections = ["news"]
                    $0.filter = "mentions = 'ektu'"
                    $0.facets = ["mentions"]
                })
            #expect(Set(answer.hits.map(\.document.key)) == ["kk", "ru", "en"])
            let counts = answer.facets.first { $0.field == "mentions" }?.values ?? []
            #expect(counts.first { $0.value == "ektu" }?.count == 3)
        }
    }

    @Test func whatASenderFoundStaysAndWhatTheProgramFoundIsFoundAnew() async throws {
        try await use { engine in
            let stored = try engine.document("en", in: "news").document
            var members = stored.members
            let found = members["mentions"]?.array ?? []
            members["mentions"] = .array(
                found + ["by-hand", ["id": "theirs", "method": "manual"]])
            _ = try await engine.add(
                [.document(Document(key: "en", members: members))], to: "news", wait: .visible)
            let again = try engine.document("en", in: "news").document.members["mentions"]?.array
            #expect(again?.count == found.count + 2)
            #expect(again?.contains("by-hand") == true)
            for id in ["by-hand", "theirs", "ektu"] {
                let keys = try engine.keys("") {
                    $0.collections = ["news"]
                    $0.filter = "mentions = '\(id)'"
                }
                #expect(keys.contains("en"), "\(id)")
            }
        }
    }

    @Test func peopleThatNoListHoldsComeTogetherUnderOneKey() async throws {
        try await use { engine in
            _ = try await engine.add(
                [
                    document([
                        "id": "a", "lang": "ru", "title": "Новости",
                        "body": "Ректор Айжан Самамбаева рассказала о планах.",
                    ]),
                    document([
                        "id": "b", "lang": "en", "title": "News",
                        "body": "“We will go on,” said Aizhan Samambayeva.",
                    ]),
                ], to: "news", wait: .visible)
            let keys = try ["a", "b"].map { key in
                try engine.document(key, in: "news").document.members["mentions"]?.array?
                    .compactMap { $0["id"]?.string }.first { $0.hasPrefix("unlisted:") }
            }
            #expect(keys[0] != nil)
            #expect(keys[0] == keys[1])
        }
    }

    @Test func mentionsAreThereAfterTheLogIsReplayed() async throws {
        let fixture = try EngineFixture.withNames()
        try await fixture.use { engine in
            _ = try await engine.add(Listed.institutions, to: "institutions", wait: .visible)
        }
        let engine = try fixture.open()
        _ = try await engine.add(Self.news, to: "news", wait: .durable)
        // Not closed: the documents are in the log alone.
        let copy = try fixture.copyOfFolder()
        await engine.close()
        try await copy.use { engine in
            let keys = try engine.keys("") {
                $0.collections = ["news"]
                $0.filter = "mentions = 'ektu'"
            }
            #expect(Set(keys) == ["kk", "ru", "en"])
        }
    }
}
