import JSON
import ServiceAPI
import Testing

@Suite struct NameMessagesTests {
    private func match(_ text: String) throws -> MatchMessage {
        try MatchMessage(json: try JSONReader().read(text))
    }

    private func problem(_ body: () throws -> Void) -> ProblemDetails? {
        do {
            try body()
            return nil
        } catch {
            return error as? ProblemDetails
        }
    }

    // MARK: Names

    @Test func `a lookup goes over the wire and back, every field of it`() throws {
        let message = NamesMessage(
            q: "Серікбаев", collections: ["people"], type: .organization, threshold: 0.5, limit: 3)
        #expect(
            message.json.object?.members.map(\.key) == NamesMessage.schema.fields.map(\.name),
            "the test shows every field")
        #expect(try NamesMessage(json: message.json) == message)
        #expect(NamesMessage(q: "x").json == ["q": "x"])
    }

    @Test(arguments: ["0", "1", "0.7", "1e-1", "7e-1"])
    func `a number in a query string is that of a body`(text: String) throws {
        let asked = try NamesMessage(query: QueryString(parsing: "q=a&threshold=\(text)"))
        let posted = try NamesMessage(
            json: try JSONReader().read(#"{"q":"a","threshold":\#(text)}"#))
        #expect(asked == posted)
        #expect(asked.threshold == Double(text))
    }

    @Test(arguments: ["nan", "inf", "0x1p-2", "", "0,5", "1.1", "-0.1", "one"])
    func `a query string has no number that JSON has not, nor one out of range`(
        text: String
    ) throws {
        let query = try QueryString(parsing: "q=a&threshold=\(text)")
        let found = problem { _ = try NamesMessage(query: query) }
        #expect(found?.code == "invalid_value")
        #expect(found?.param == "threshold")
    }

    @Test func `a number out of range is told the range`() {
        let found = problem { _ = try NamesMessage(json: ["q": "a", "threshold": 2]) }
        #expect(found?.detail.contains("0 to 1") == true)
        let other = problem { _ = try NamesMessage(json: ["q": "a", "threshold": "0.5"]) }
        #expect(other?.detail.contains("a number from 0 to 1, not a string") == true)
    }

    // MARK: Match

    @Test func `an example has the names of name and alias, its countries and its cities`() throws {
        let message = try match(
            """
            {"queries":{"a":{"id":"x","schema":"Hospital","properties":{"name":["А","Б"],\
            "alias":"В","country":["kz","kazakhstan"],"city":"Орал","website":7,"lastName":["Г"]}}},\
            "threshold":0.6,"limit":2,"collections":["institutions"]}
            """)
        let query = try #require(message.queries.first)
        #expect(query.key == "a")
        #expect(query.type == .organization)
        #expect(query.names == ["А", "Б", "В"])
        #expect(query.countries == ["KZ"], "what is no code of a country is passed over")
        #expect(query.cities == ["Орал"])
        #expect(query.json["properties"]?["website"] == 7, "it is kept as it came")
        #expect(message.threshold == 0.6 && message.limit == 2)
        #expect(message.collections == ["institutions"])
    }

    @Test func `pieces of a name are joined where there is no whole one`() throws {
        let message = try match(
            """
            {"queries":{"a":{"schema":"Person","properties":{"firstName":["Асқар","Аскар"],\
            "middleName":["Ұзақбайұлы"],"lastName":["Мамин","Мамин"],"name":[" "]}}}}
            """)
        #expect(
            message.queries.first?.names == ["Асқар Ұзақбайұлы Мамин", "Аскар Ұзақбайұлы Мамин"])
    }

    @Test(arguments: [
        ("Person", NamedType.person), ("LegalEntity", .organization), ("Company", .organization),
        ("PublicBody", .organization), ("CollegeOrUniversity", .organization),
        ("ResearchOrganization", .organization), ("GovernmentOrganization", .organization),
        ("Hospital", .organization), ("Place", .place), ("City", .place), ("Country", .place),
        ("AdministrativeArea", .place), ("Address", .place), ("Thing", .any),
    ])
    func `words of schema.org and of FollowTheMoney say what an example is`(
        word: String, type: NamedType
    ) throws {
        let body = #"{"queries":{"a":{"schema":"\#(word)","properties":{"name":"n"}}}}"#
        #expect(try match(body).queries.first?.type == type)
        #expect(NamedType(schema: type.schemaWord) == type)
    }

    @Test func `words of schemas are unique`() {
        #expect(Set(NamedType.schemaWords).count == NamedType.schemaWords.count)
    }

    @Test(
        arguments: [
            (
                #"{"queries":{"a":{"schema":"Persom","properties":{"name":"n"}}}}"#,
                "invalid_value", "queries.a.schema", "Person"
            ),
            (
                #"{"queries":{"a":{"schema":"Zebra","properties":{"name":"n"}}}}"#,
                "invalid_value", "queries.a.schema", nil
            ),
            (
                #"{"queries":{"a":{"shcema":"Person","properties":{"name":"n"}}}}"#,
                "unknown_field", "queries.a.shcema", "queries.a.schema"
            ),
            (#"{"quries":{}}"#, "unknown_field", "quries", "queries"),
            (#"{"limit":5}"#, "missing_field", "queries", nil),
            (#"{"queries":[]}"#, "invalid_value", "queries", nil),
            (#"{"queries":{"a":[]}}"#, "invalid_value", "queries.a", nil),
            (#"{"queries":{"a":{}}}"#, "missing_field", "queries.a.properties", nil),
            (
                #"{"queries":{"a":{"properties":{}}}}"#,
                "missing_field", "queries.a.properties.name", nil
            ),
            (
                #"{"queries":{"a":{"properties":{"name":["",null]}}}}"#,
                "invalid_value", "queries.a.properties.name", nil
            ),
            (
                #"{"queries":{"a":{"properties":{"name":[]}}}}"#,
                "missing_field", "queries.a.properties.name", nil
            ),
            (
                #"{"queries":{"a":{"properties":{"name":"n","city":{}}}}}"#,
                "invalid_value", "queries.a.properties.city", nil
            ),
            (#"{"queries":{},"limit":101}"#, "invalid_limit", "limit", nil),
            (#"{"queries":{},"threshold":-1}"#, "invalid_value", "threshold", nil),
        ] as [(String, String, String, String?)])
    func `what is wrong with an example is told with its path`(
        text: String, code: String, param: String, suggestion: String?
    ) {
        let found = problem { _ = try match(text) }
        #expect(found?.code == code)
        #expect(found?.param == param)
        #expect(found?.suggestion == suggestion)
    }

    @Test func `a hundred examples of a hundred names are taken, not one more`() throws {
        func body(_ count: Int, _ nameCount: Int) -> JSONValue {
            var queries = JSONObject()
            for number in 0..<count {
                let names = [JSONValue](repeating: "n", count: nameCount)
                queries["q\(number)"] = ["properties": ["name": .array(names)]]
            }
            return ["queries": .object(queries)]
        }
        #expect(try MatchMessage(json: body(100, 100)).queries.count == 100)
        let tooMany = problem { _ = try MatchMessage(json: body(101, 1)) }
        #expect(tooMany?.param == "queries")
        // A limit, and no fault of the JSON.
        #expect(tooMany?.code == ProblemCode.batchTooLarge.rawValue)
        #expect(
            problem { _ = try MatchMessage(json: body(1, 101)) }?.param
                == "queries.q0.properties.name")
    }

    @Test func `a long key is not repeated at length`() {
        let key = String(repeating: "к", count: 10_000)
        let found = problem { _ = try match(#"{"queries":{"\#(key)":{"properties":{}}}}"#) }
        #expect((found?.param?.count ?? 0) < 120)
        #expect((found?.detail.utf8.count ?? 0) < 1000)
    }

    @Test func `examples of clients are read by the daemon`() throws {
        let message = MatchMessage(
            queries: [
                .init(key: "1", type: .person, names: ["А", "Б"]),
                .init(key: "2", type: .any, names: ["В"]),
            ], threshold: 0.7, limit: 1, collections: ["people"])
        #expect(try MatchMessage(json: message.json) == message)
    }
}
