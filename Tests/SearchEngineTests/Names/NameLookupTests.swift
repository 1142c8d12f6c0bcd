import JSON
import NameMatching
import SearchEngine
import Testing

@Suite struct NameLookupTests {
    private func use(_ body: (Engine) async throws -> Void) async throws {
        let fixture = try EngineFixture.withNames()
        try await fixture.use { engine in
            _ = try await engine.add(Listed.institutions, to: "institutions", wait: .visible)
            _ = try await engine.add(Listed.people, to: "people", wait: .visible)
            try await body(engine)
        }
    }

    private func names(
        _ engine: Engine, _ q: String, _ change: (inout NameRequest) -> Void = { _ in }
    )
        throws -> [NameResponse.Hit]
    {
        var request = NameRequest()
        request.q = q
        change(&request)
        return try engine.names(request).hits
    }

    @Test func anEntityIsFoundByAnySpellingOfAnyOfItsNames() async throws {
        try await use { engine in
            for (asked, id) in [
                ("Тақыр Балықбаев", "p:balykbayev"), ("Такир Балыкбаев", "p:balykbayev"),
                ("Takir Balykbayev", "p:balykbayev"), ("Balyqbaev T.", "p:balykbayev"),
                ("توقايەۆ", "p:tokayev"), ("Kassym-Jomart Tokayev", "p:tokayev"),
                ("Токаев К.-Ж. К.", "p:tokayev"), ("ШҚТУ", "ektu"), ("ВКТУ", "ektu"),
                ("EKTU", "ektu"), ("Serikbayev university", "ektu"),
                ("ВКТУ им. Д. Серикбаева", "ektu"), ("Семипалатинск", "place:semey"),
                ("Нур-Султан", "place:astana"), ("Нұр-Сұлтан", "place:astana"),
            ] {
                let hit = try names(engine, asked).first
                #expect(hit?.id == id, "\(asked)")
                #expect(hit?.isMatch == true, "\(asked): \(hit?.score ?? 0)")
            }
        }
    }

    @Test func aHitTellsWhatItIsAndWhy() async throws {
        try await use { engine in
            let hit = try #require(try names(engine, "Serikbayev university").first)
            #expect(hit.collection == "institutions")
            #expect(hit.schema == "CollegeOrUniversity")
            #expect(hit.caption.hasPrefix("Д. Серікбаев"))
            #expect(hit.explanations.contains { $0.query == "Serikbayev" && $0.kind == "exact" })
            let former = try #require(try names(engine, "КазГУ").first)
            #expect(former.id == "kaznu")
            #expect(former.nameKind == "former")
            #expect(try names(engine, "Семипалатинск").first?.nameKind == "former")
        }
    }

    @Test func nationalIsNotNationalMedical() async throws {
        try await use { engine in
            let hits = try names(engine, "Казахский национальный университет")
            #expect(hits.first?.id == "kaznu")
            #expect(hits.filter(\.isMatch).map(\.id) == ["kaznu"])
        }
    }

    @Test func typesAndThresholdsLeaveOutWhatIsNotAskedFor() async throws {
        try await use { engine in
            func ids(_ q: String, _ change: (inout NameRequest) -> Void) throws -> [String] {
                try names(engine, q, change).map(\.id)
            }
            let organizations = try names(engine, "Токаев") { $0.type = .organization }
            let matchCount = organizations.count { $0.isMatch }
            #expect(matchCount == 0)
            let person = try ids("Токаев") { $0.type = .person }
            #expect(person.first == "p:tokayev")
            let place = try ids("Astana") { $0.type = .place }
            #expect(place.first == "place:astana")
            let people = try ids("Astana") { $0.type = .person }
            #expect(people == [])
            let sure = try ids("Токаев") { $0.threshold = 0.99 }
            #expect(sure == [])
            let others = try ids("Astana") { $0.collections = ["people"] }
            #expect(others == [])
        }
    }

    @Test func countriesLanguagesAndMonthsAreKnownInThreeLanguages() async throws {
        try await use { engine in
            for (asked, id) in [
                ("Германия", "place:country-de"), ("Germany", "place:country-de"),
                ("қазақ тілі", "language:kk"), ("Kazakh", "language:kk"),
                ("қыркүйек", "month:9"), ("сентябрь", "month:9"), ("September", "month:9"),
            ] {
                let ids = try names(engine, asked).map(\.id)
                #expect(ids.contains(id), "\(asked)")
            }
        }
    }

    @Test func whatIsDeletedIsNotFoundAndWhatIsAddedIs() async throws {
        try await use { engine in
            _ = try await engine.delete(["p:tokayev"], from: "people", wait: .visible)
            let deleted = try names(engine, "Токаев") { $0.collections = ["people"] }
            #expect(deleted.isEmpty)
            _ = try await engine.add(
                [
                    document([
                        "id": "p:new", "type": "Person", "names": ["Айжан Самамбаева"],
                    ])
                ], to: "people", wait: .visible)
            #expect(try names(engine, "Samambayeva Aizhan").first?.id == "p:new")
        }
    }

    @Test func anExampleIsWeighedByItsCountryAndCity() async throws {
        try await use { engine in
            func match(_ countries: [String]) throws -> Float {
                var request = MatchRequest()
                request.examples = [
                    .init(
                        key: "a", type: .person, names: ["Takir Balykbayev"],
                        countries: countries)
                ]
                return try engine.match(request).answers.first?.results.first?.score ?? 0
            }
            let (unknown, same, other) = (try match([]), try match(["KZ"]), try match(["RU"]))
            #expect(unknown > 0.9)
            #expect(same > 0.9)
            #expect(other < 0.7)
        }
    }

    @Test func badNamesHaveClearAnswers() async throws {
        try await use { engine in
            for asked in ["", " ", "…", "🙂", "А. Б. В.", "\u{301}", "١٢٣"] {
                let hits = try names(engine, asked)
                let sureCount = hits.count { $0.score > 0.99 }
                #expect(sureCount == 0, "\(asked)")
            }
            let long = String(repeating: "Тоқаев ", count: 580)
            _ = try names(engine, long)
            func isRefused(_ q: String, _ change: (inout NameRequest) -> Void = { _ in }) -> Bool {
                do {
                    _ = try names(engine, q, change)
                    return false
                } catch {
                    return error is EngineError
                }
            }
            let areRefused = [
                isRefused(String(repeating: "а", count: 10_000)), isRefused("x") { $0.limit = -1 },
                isRefused("x") { $0.collections = ["no"] },
            ]
            #expect(areRefused == [true, true, true])
        }
    }

    @Test func aTableThatCannotBeReadIsNamed() throws {
        let fixture = try EngineFixture.withNames()
        fixture.configuration.names.words.append("broken\tno-such-class\ta\tb\tc")
        #expect(throws: EngineError.self) { try fixture.open() }
    }

    @Test func gazetteerIsNoNameForACollection() async throws {
        try await use { engine in
            await #expect(throws: EngineError.self) {
                try await engine.createCollection("gazetteer", kind: "people")
            }
        }
    }
}
