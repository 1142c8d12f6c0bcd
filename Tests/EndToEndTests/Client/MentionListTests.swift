import JSON
import Testing

@testable import izde

@Suite struct `Mentions of a document` {
    private static let document = """
        {"id":"n:1","title":"Бас қосу","lang":"kk","mentions":[
         {"id":"ror:1","name":"ШҚТУ","type":"CollegeOrUniversity","surface":"ШҚТУ-дың","field":"body",
          "start":0,"length":10,"method":"acronym","score":1},
         {"name":"Мейржан Асанов","type":"Person","surface":"М. Асанов","field":"body","start":20},
         {"id":"p:1","name":"Қасым-Жомарт Тоқаев","type":"Person","surface":"Тоқаев"},
         {"id":"ror:1","name":"ШҚТУ","type":"CollegeOrUniversity","surface":"Серікбаев университеті"},
         {"id":"ror:1","name":"ШҚТУ","type":"CollegeOrUniversity","surface":"ШҚТУ-дың"},
         {"name":"Мейржан Асанов","surface":"Асановтың"},
         {"name":"Жанна Ілияс","surface":"Жанна Ілияс"}],
         "body":"Бірінші жол."}
        """

    private func lines(_ text: String = document, width: Int = 100) throws -> [String] {
        let terminal = Terminal(
            isInteractive: true, terminalWidth: width, choice: .never, environment: { _ in nil })
        return DocumentLayout.lines(
            try JSONReader().read(text), languages: ["kk"], terminal: terminal
        ).map(\.text)
    }

    @Test func `each entity has one line below the text, those in no list come last`() throws {
        #expect(
            try lines().suffix(6) == [
                "", "mentions:",
                "  ШҚТУ · CollegeOrUniversity · ror:1 · 3 × · ШҚТУ-дың, Серікбаев университеті",
                "  Қасым-Жомарт Тоқаев · Person · p:1 · 1 × · Тоқаев",
                "  Мейржан Асанов — not in any list · 2 × · М. Асанов, Асановтың",
                "  Жанна Ілияс — not in any list",
            ])
        #expect(try lines().filter { $0.contains("mentions") }.count == 1)
    }

    @Test func `at most five ways of writing are shown`() throws {
        let objects = (1...7).map { #"{"id":"a","name":"А","surface":"А\#($0)"}"# }
        let text = #"{"id":"x","mentions":[\#(objects.joined(separator: ","))]}"#
        #expect(try lines(text).last == "  А · a · 7 × · А1, А2, А3, А4, А5 …")
    }

    @Test func `a list of ids stays with the short members`() throws {
        #expect(try lines(#"{"id":"x","mentions":["ror:1","p:2"]}"#).last == "mentions: ror:1, p:2")
        #expect(try lines(#"{"id":"x","mentions":[]}"#).last == "mentions: —")
    }

    @Test(arguments: [10, 20, 40])
    func `no line is wider than the terminal`(width: Int) throws {
        let terminal = Terminal(
            isInteractive: true, terminalWidth: width, choice: .never, environment: { _ in nil })
        let shown = DocumentLayout.lines(
            try JSONReader().read(Self.document), languages: ["kk"], terminal: terminal)
        #expect(shown.allSatisfy { $0.width <= width })
    }

    @Test func `mentions of another shape are no reason to fail`() throws {
        #expect(try !lines(#"{"id":"x","mentions":[{},1,{"id":5},{"name":[]}]}"#).isEmpty)
    }
}
