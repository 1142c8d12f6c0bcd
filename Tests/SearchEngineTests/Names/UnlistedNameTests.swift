import JSON
import SearchEngine
import Testing

@Suite struct UnlistedNameTests {
    @Test func aSurnameThatNoListHoldsIsFoundInItsOtherSpellings() async throws {
        let fixture = try EngineFixture.withNames()
        try await fixture.use { engine in
            engine.warmUp()
            _ = try await engine.add(
                [
                    document([
                        "id": "kk", "lang": "kk", "title": "Кездесу",
                        "body": "Кездесуде Дүйсенбиновтың есебі тыңдалды.",
                    ]),
                    document([
                        "id": "ru", "lang": "ru", "title": "Встреча",
                        "body": "На встрече заслушали отчёт Дюсембинова.",
                    ]),
                    document([
                        "id": "en", "lang": "en", "title": "A meeting",
                        "body": "The report of Dyussembinov was heard.",
                    ]),
                    document([
                        "id": "other", "lang": "ru", "title": "Встреча",
                        "body": "Выступил Дюсекеев.",
                    ]),
                ], to: "news", wait: .visible)
            for asked in ["Дүйсенбинов", "Дюсембинов", "Dyussembinov"] {
                let found = try engine.keys(asked) { $0.collections = ["news"] }
                #expect(Set(found) == ["kk", "ru", "en"], "\(asked): \(found)")
            }
            let literal = try engine.keys("Дюсембинов") {
                $0.collections = ["news"]
                $0.names = .off
            }
            #expect(!literal.contains("kk"))
        }
    }
}
