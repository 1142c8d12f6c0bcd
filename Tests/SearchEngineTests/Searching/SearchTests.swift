import InvertedIndex
import JSON
import SearchEngine
import TestSupport
import Testing

@Suite struct SearchTests {
    /// Runs a test over the sample documents.
    private func withSample(_ body: (Engine) async throws -> Void) async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            try await Sample.fill(engine)
            try await body(engine)
        }
    }

    // MARK: Words

    @Test func `a word finds its other forms in its own language`() async throws {
        try await withSample { (engine: Engine) async throws in
            #expect(try engine.keys("кітапхана") == ["kk-2"])
            #expect(try engine.keys("кітаптар").contains("kk-2"))
            #expect(try engine.keys("библиотека") == ["ru-2"])
            #expect(try engine.keys("libraries") == ["en-2"])
            #expect(try engine.keys("библиотека") { $0.forms = .off } == ["ru-2"])
            #expect(try engine.keys("библиотекой") { $0.forms = .off } == [])
        }
    }

    @Test func `the typed form ranks above its other forms`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            _ = try await engine.add(
                [
                    document(["id": "a", "title": "Отчёт об университетах страны"]),
                    document(["id": "b", "title": "Отчёт об университете страны"]),
                ], to: "news", wait: .visible)
            #expect(try engine.keys("университете") == ["b", "a"])
            #expect(try engine.keys("университетах") == ["a", "b"])
        }
    }

    @Test func `all words are required as long as enough documents have them`() async throws {
        let fixture = try EngineFixture()
        fixture.configuration.weights.fewestFullMatches = 2
        try await fixture.use { (engine: Engine) async throws in
            _ = try await engine.add(
                [
                    document(["id": "ab1", "title": "apple banana"]),
                    document(["id": "ab2", "title": "apple banana cherry"]),
                    document(["id": "a", "title": "apple"]),
                    document(["id": "c", "title": "cherry"]),
                ], to: "news", wait: .visible)
            #expect(try Set(engine.keys("apple banana")) == ["ab1", "ab2"])
            // One document only has both: any word suffices, and that document comes first.
            #expect(try engine.keys("banana cherry").first == "ab2")
            #expect(try Set(engine.keys("banana cherry")) == ["ab1", "ab2", "c"])
            #expect(try engine.keys("banana cherry") { $0.matchingStrategy = .all } == ["ab2"])
            #expect(
                try Set(engine.keys("banana cherry") { $0.matchingStrategy = .last })
                    == ["ab1", "ab2"])
            // Function words need not be there, and alone they are words like others.
            #expect(try Set(engine.keys("the apple of banana")) == ["ab1", "ab2"])
            #expect(try engine.keys("the of") == [])
        }
    }

    @Test func `frequent words of a language that few documents are in do not outweigh rare ones`()
        async throws
    {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            var documents = (1...60).map {
                document(["id": .string("en-\($0)"), "lang": "en", "title": "school report"])
            }
            documents += (1...6).map {
                document(["id": .string("kk-\($0)"), "lang": "kk", "title": "мектеп пен кітап"])
            }
            documents.append(document(["id": "space", "lang": "kk", "title": "ғарыш пен ел"]))
            documents.append(document(["id": "name", "lang": "kk", "title": "Zeiss пен ел"]))
            _ = try await engine.add(documents, to: "news", wait: .visible)
            for language in ["auto", "kk"] {
                #expect(
                    try engine.keys("мектеп кітап ғарыш") { $0.lang = language }.first == "space")
                // A name in another script is as rare as its neighbours, not rare among the few
                // documents of that script.
                #expect(
                    try engine.keys("мектеп кітап Zeiss") { $0.lang = language }.first == "name")
            }
        }
    }

    @Test func `a compound and its joined form find each other`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            _ = try await engine.add(
                [
                    document(["id": "hyphen", "title": "Қасым-Жомарт келді"]),
                    document(["id": "joined", "title": "Қасымжомарт келді"]),
                ], to: "news", wait: .visible)
            for query in ["Қасым-Жомарт", "Қасымжомарт"] {
                #expect(try Set(engine.keys(query)) == ["hyphen", "joined"], "\(query)")
            }
        }
    }

    @Test func `a date is found however it is written`() async throws {
        try await withSample { (engine: Engine) async throws in
            #expect(try engine.keys("11/17/2021") == ["en-1"])
            #expect(try engine.keys("17 November 2021").first == "en-1")
            #expect(try engine.keys("17 ноября 2021").first == "en-1")
        }
    }

    @Test func `an acronym and each of several names are found`() async throws {
        try await withSample { (engine: Engine) async throws in
            #expect(try engine.keys("ҚазҰТЗУ") == ["i-1"])
            #expect(try engine.keys("Satbayev University").first == "i-1")
            #expect(try engine.keys("Nazarbayev University").first == "i-2")
            // No phrase spans two names.
            let reversed = try engine.keys("\"университеті Nazarbayev\"") {
                $0.matchingStrategy = .all
            }
            #expect(reversed == [])
        }
    }

    // MARK: Query mode

    @Test func `operators, brackets, phrases, prefixes and errors mean what they say`()
        async throws
    {
        try await withSample { (engine: Engine) async throws in
            func found(_ q: String) throws -> Set<String> {
                try Set(engine.keys(q) { $0.mode = .query })
            }
            #expect(try found("library OR polytechnic") == ["en-1", "en-2"])
            #expect(try found("library AND polytechnic") == [])
            #expect(try found("university NOT singapore") == ["i-1", "i-2"])
            #expect(try found("-university lang:en") == ["en-2"])
            #expect(try found("(library OR polytechnic) AND memorandum") == ["en-1"])
            #expect(try found("\"reading room\"") == ["en-2"])
            #expect(try found("\"room reading\"") == [])
            #expect(try found("\"thousand and reading\"~1") == [])
            #expect(try found("\"thousand and reading\"~2") == ["en-2"])
            #expect(try found("\"books reading\"") == [])
            #expect(try found("\"books reading\"~2") == ["en-2"])
            #expect(try found("polytech*") == ["en-1"])
            #expect(try found("polytechnik~1") == ["en-1"])
            #expect(try found("polytechnit") == [])
            #expect(try found("title:library") == ["en-2"])
            #expect(try found("body:polytechnic") == [])
            #expect(try found("source:tengri.kz") == ["ru-1", "ru-2"])
            #expect(try found("publishedAt:2024") == ["kk-1", "ru-1", "ru-2"])
            #expect(try found("city:Almaty") == ["i-1"])
            #expect(try found("").count == 8)
        }
    }

    @Test func `an unknown field is an error with its place and the name that was meant`()
        async throws
    {
        try await withSample { (engine: Engine) async throws in
            let error = engine.queryError("library titel:x") { $0.mode = .query }
            #expect(error?.part == .q)
            #expect(error?.suggestion == "title")
            #expect(error?.position != nil)
            // Simple mode knows no fields: it is text.
            #expect(engine.queryError("titel:x") { _ in } == nil)
        }
    }

    // MARK: Filters

    @Test func `filters choose by keyword, date, number and presence`() async throws {
        try await withSample { (engine: Engine) async throws in
            func found(_ filter: String) throws -> [String] {
                try engine.keys("") {
                    $0.filter = filter
                    $0.collections = ["news"]
                }.sorted()
            }
            #expect(try found("lang = kk") == ["kk-1", "kk-2"])
            #expect(try found("lang != kk AND lang != ru") == ["en-1", "en-2"])
            #expect(try found("topics = білім") == ["kk-1", "kk-2"])
            #expect(try found("topics IN [город, халықаралық]") == ["kk-1", "ru-2"])
            #expect(try found("topics NOT EXISTS") == ["en-1", "en-2"])
            #expect(try found("source CONTAINS times") == ["en-1", "en-2"])
            #expect(try found("source CONTAINS TENGRI") == ["ru-1", "ru-2"])
            #expect(try found("publishedAt = 2024") == ["kk-1", "ru-1", "ru-2"])
            #expect(try found("publishedAt = 2024-09") == ["kk-1", "ru-1"])
            #expect(try found("publishedAt > 2024-09-12") == ["ru-1"])
            #expect(try found("publishedAt >= 2024-09-12") == ["kk-1", "ru-1"])
            #expect(try found("publishedAt < 2022-02") == ["en-1"])
            #expect(try found("publishedAt <= 2022-02") == ["en-1", "en-2"])
            #expect(try found("publishedAt 2022 TO 2023") == ["en-2", "kk-2"])
            #expect(try found("shares > 7 AND NOT shares >= 40") == ["en-2", "ru-1"])
            #expect(try found("shares 7 TO 9") == ["en-1", "en-2"])
            #expect(try found("shares NOT EXISTS") == ["ru-2"])
            #expect(try found("id = 'kk-1' OR id = 'ru-2'") == ["kk-1", "ru-2"])
            #expect(try found("(lang = kk OR lang = ru) AND shares < 10") == ["kk-1"])
            // What only another collection has is no error and matches nothing here.
            let inAstana = try engine.keys("") { $0.filter = "city = Astana" }
            #expect(inAstana == ["i-2"])
        }
    }

    @Test func `a wrong filter is an error with its place`() async throws {
        try await withSample { (engine: Engine) async throws in
            let cases: [(filter: String, start: Int, length: Int, suggestion: String?)] = [
                ("lang = kk AND published = 2024", 14, 9, "publishedAt"),
                ("shares = many", 9, 4, nil), ("publishedAt > yesterday", 14, 9, nil),
                ("lang > kk", 0, 4, nil), ("title = x", 0, 5, nil),
                ("shares CONTAINS 4", 0, 6, nil),
            ]
            for (filter, start, length, suggestion) in cases {
                let error = engine.queryError("") { $0.filter = filter }
                #expect(error?.part == .filter, "\(filter)")
                #expect(error?.position == .init(start: start, length: length), "\(filter)")
                #expect(error?.suggestion == suggestion, "\(filter)")
            }
        }
    }

    // MARK: Facets, order, pages

    @Test func `facets count all matches, also those beyond the page`() async throws {
        try await withSample { (engine: Engine) async throws in
            let response = try engine.search(
                SearchRequest("") {
                    $0.limit = 1
                    $0.facets = [
                        "lang", "topics", "publishedAt:year", "publishedAt:month", "shares",
                        "city",
                    ]
                })
            func facet(_ name: String) -> [String] {
                response.facets.first { $0.field == name }?.values
                    .map { "\($0.value) \($0.count)" } ?? []
            }
            #expect(response.hits.count == 1)
            #expect(response.totalHits == 8)
            #expect(facet("lang") == ["en 2", "kk 2", "ru 2"])
            #expect(facet("topics").prefix(2) == ["білім 2", "образование 2"])
            #expect(facet("publishedAt:year") == ["2024 3", "2021 1", "2022 1", "2023 1"])
            #expect(facet("publishedAt:month").first == "2024-09 2")
            #expect(facet("city") == ["Almaty 1", "Astana 1"])
            #expect(facet("shares").count == 5)
            let stats = response.facetStats.map { "\($0.field) \($0.min) \($0.max)" }
            #expect(
                stats == ["publishedAt 2021-11-01 2024-09-13T03:30:00Z", "shares 5 40"])
        }
    }

    @Test func `hits are sorted by date or number, those without one last`() async throws {
        try await withSample { (engine: Engine) async throws in
            func sorted(_ field: String, _ descending: Bool) throws -> [String] {
                try engine.keys("") {
                    $0.collections = ["news"]
                    $0.sort = [.init(field: field, descending: descending)]
                }
            }
            #expect(try sorted("shares", true) == ["kk-2", "ru-1", "en-2", "en-1", "kk-1", "ru-2"])
            #expect(
                try sorted("shares", false) == ["kk-1", "en-1", "en-2", "ru-1", "kk-2", "ru-2"])
            #expect(try sorted("publishedAt", true).prefix(2) == ["ru-1", "kk-1"])
            // Over collections, those without the field come last.
            let all = try engine.keys("") { $0.sort = [.init(field: "shares", descending: false)] }
            #expect(all.prefix(2) == ["kk-1", "en-1"])
            #expect(Set(all.suffix(3)) == ["ru-2", "i-1", "i-2"])
            #expect(
                engine.queryError("") { $0.sort = [.init(field: "share", descending: true)] }?
                    .suggestion == "shares")
            #expect(
                engine.queryError("") { $0.sort = [.init(field: "title", descending: true)] }?.part
                    == .sort)
        }
    }

    @Test func `pages put together are the whole list`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            for start in [0, 40] {
                let part = (start..<start + 40).map { number in
                    document([
                        "id": .string("d\(number)"),
                        "title": .string(
                            "жаңалық " + String(repeating: "сөз ", count: number % 7)),
                    ])
                }
                _ = try await engine.add(part, to: "news", wait: .visible)
            }
            let whole = try engine.keys("жаңалық сөз") { $0.limit = 100 }
            // Those without the second word are not needed: enough documents have both.
            #expect(whole.count == 68)
            for size in [1, 7, 30] {
                var joined: [String] = []
                for offset in stride(from: 0, to: 90, by: size) {
                    joined += try engine.keys("жаңалық сөз") {
                        $0.limit = size
                        $0.offset = offset
                    }
                }
                #expect(joined == whole, "pages of \(size)")
            }
        }
    }

    @Test func `limits of a request hold exactly`() async throws {
        let fixture = try EngineFixture()
        fixture.configuration.limits.hitCount = 5
        fixture.configuration.limits.windowSize = 8
        try await fixture.use { (engine: Engine) async throws in
            try await Sample.fill(engine)
            func error(_ change: (inout SearchRequest) -> Void) -> QueryError? {
                engine.queryError("") { request in
                    request.limit = 5
                    change(&request)
                }
            }
            #expect(error { _ in } == nil)
            #expect(error { $0.limit = 6 }?.part == .limit)
            #expect(error { $0.limit = -1 }?.part == .limit)
            #expect(error { $0.offset = 3 } == nil)
            #expect(error { $0.offset = 4 }?.part == .offset)
            #expect(error { $0.offset = .max }?.part == .offset)
            #expect(error { $0.lang = "uz" }?.part == .lang)
            #expect(error { $0.facets = ["langs"] }?.suggestion == "lang")
            #expect(error { $0.facets = ["lang:month"] }?.part == .facets)
            #expect(error { $0.attributesToCrop = ["body:0"] }?.part == .attributesToCrop)
            #expect(error { $0.attributesToHighlight = ["boby"] }?.suggestion == "body")
        }
    }

    @Test func `unknown collections and documents are told`() async throws {
        try await withSample { (engine: Engine) async throws in
            #expect(throws: EngineError.self) { try engine.keys("x") { $0.collections = ["no"] } }
            #expect(throws: EngineError.self) { try engine.document("no", in: "news") }
            #expect(throws: EngineError.self) { try engine.document("kk-1", in: "institutions") }
            #expect(throws: EngineError.self) {
                try engine.explain(SearchRequest("x"), key: "no", in: "news")
            }
            await #expect(throws: EngineError.self) { try await engine.dropCollection("no") }
        }
    }

    @Test func `hostile queries answer or are refused, and never trap`() async throws {
        try await withSample { (engine: Engine) async throws in
            var generator = SeededGenerator(seed: 7)
            let pieces = [
                "(", ")", "\"", "*", "~", ":", "-", "AND", "OR", "NOT", "title", "кітап", "ab",
                "\u{0}", "\u{AD}", "É", "\\", " ", "🙂", "9999999999999999999", "қ-ж-қ", "1/1/1",
            ]
            for _ in 0..<300 {
                let q = (0..<Int.random(in: 1...12, using: &generator))
                    .map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }
                    .joined()
                _ = try engine.search(SearchRequest(q) { $0.attributesToHighlight = ["*"] })
                _ = engine.queryError(q) { $0.mode = .query }
                _ = engine.queryError("") { $0.filter = q }
            }
        }
    }
}
