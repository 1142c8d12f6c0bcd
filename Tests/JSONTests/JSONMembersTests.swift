import JSON
import TestSupport
import Testing

@Suite struct JSONMembersTests {
    @Test func `the members of what the writer makes are found where they are`() throws {
        let value: JSONValue = [
            "id": "k", "title": "Тоқаев \"x\"\n\u{1}", "n": -12, "score": 0.95, "a": [],
            "mentions": [["id": "p", "at": [1, 2]], [:]], "ok": true, "none": .null,
        ]
        let members = try #require(JSONMembers(value.bytes))
        let object = try #require(value.object)
        #expect(members.members.map(\.key) == object.members.map(\.key))
        for member in members.members {
            let text = Array(members.text[member.valueStart..<member.range.upperBound])
            #expect(try JSONReader().read(text) == object[member.key])
        }
        let parts = members.members.map {
            String(decoding: members.text[$0.range], as: UTF8.self)
        }
        #expect("{" + parts.joined(separator: ",") + "}" == value.text)
        let id = try #require(members.members.first)
        #expect(members.plainString(id) == "k")
        #expect(members.plainString(members.members[1]) == nil)
        #expect(members.plainString(members.members[2]) == nil)
    }

    @Test(arguments: [
        "", "1", "[]", "{", "{}x", " {}", "{\"a\": 1}", "{\"a\":1,}", "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":1}}", "{\"\\u0061\":1}", "{\"a\":\"\\/\"}", "{\"a\":\"\\u0041\"}",
        "{\"a\":1e3}", "{\"a\":1.}", "{\"a\":01}", "{\"a\":-0}", "{\"a\":-}", "{\"a\":+1}",
        "{\"a\":1234567890123456789}", "{\"a\":tru}", "{\"a\":\"\n\"}", "{\"a\" :1}", "{a:1}",
        "{\"a\":[1,]}", "{\"a\":[1}", "{\"a\":\"x}",
    ])
    func `what the writer does not make is left to the reader`(text: String) {
        #expect(JSONMembers(Array(text.utf8)) == nil)
    }

    @Test func `deep nesting and ill-formed UTF-8 are left to the reader`() {
        let deep = "{\"a\":" + String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(JSONMembers(Array((deep + "}").utf8)) == nil)
        #expect(JSONMembers(Array("{\"a\":\"".utf8) + [0xD2, 0x22, 0x7D]) == nil)
        #expect(JSONMembers(Array("{\"a\":\"".utf8) + [0xED, 0xA0, 0x80, 0x22, 0x7D]) == nil)
        #expect(JSONMembers(Array("{}".utf8)) != nil)
    }

    @Test(arguments: SeededGenerator.seeds())
    func `the reader reads what members are found in, whatever was changed`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let value: JSONValue = [
            "id": "қ1", "b": [1, -2.5, ["x": "\u{1F}\"\\", "y": [.null, true, false]]], "c": "d",
            "e": ["f": [[], [:]], "g": 0, "h": 0.5],
        ]
        let text = value.bytes
        let letters = Array("{}[]\",:\\u0019ab-.eEt \n".utf8) + [0xD2, 0xFF]
        var taken = 0
        for _ in 0..<3000 {
            var changed = text
            for _ in 0..<Int.random(in: 1...2, using: &generator) {
                let place = Int.random(in: changed.indices, using: &generator)
                let letter = letters.randomElement(using: &generator) ?? 0
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: changed[place] = letter
                case 1: changed.insert(letter, at: place)
                default: changed.remove(at: place)
                }
            }
            guard let members = JSONMembers(changed) else { continue }
            taken += 1
            let read = try JSONReader().read(changed)
            #expect(read.object?.members.map(\.key) == members.members.map(\.key))
            #expect(read.bytes.count <= changed.count)
        }
        #expect(taken > 100)
    }
}
