import JSON
import TestSupport
import Testing

@Suite struct JSONKeepingTests {
    private func read(_ text: String, _ names: [String]) throws -> JSONValue {
        try JSONReader().read(Array(text.utf8), keeping: names)
    }

    @Test func `only the members that are wanted are kept, whatever the others are`() throws {
        let text = """
            { "a" : "}\\"]\\\\" , "b":[1,{"a":"x"},"]"],"id": "k" ,"c":-1.5e3,"d":null,
              "e":{"f":{"id":"no"}} , "g":true}
            """
        #expect(try read(text, ["id"]) == ["id": "k"])
        #expect(try read(text, ["id", "b"]) == ["b": [1, ["a": "x"], "]"], "id": "k"])
        #expect(try read(text, []) == [:])
        #expect(try read("{}", ["id"]) == [:])
        let whole = try JSONReader().read(text)
        #expect(try read(text, ["a", "b", "c", "d", "e", "g", "id"]) == whole)
    }

    @Test func `a text that is cut anywhere is refused`() {
        let text = Array("{\"a\":[\"x\\\"\",{\"b\":12}],\"c\":\"қ\\u0041\",\"d\":tru}".utf8)
        for count in 0..<text.count {
            #expect(throws: JSONError.self) {
                try JSONReader().read(Array(text[..<count]), keeping: ["z"])
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds())
    func `strings are read and written alike, whatever stands where`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let letters = ["a", "қ", "\"", "\\", "\n", "\u{1F}", "\u{7F}", "😀", "z", "é"]
        for length in 0..<200 {
            let text = (0..<length % 40).map { _ in
                generator.next() % 4 == 0 ? letters[Int(generator.next() % 10)] : "b"
            }.joined()
            let value: JSONValue = ["x": .string(text), "id": .string(text)]
            #expect(try JSONReader().read(value.text) == value)
            #expect(try read(value.text, ["id"]) == ["id": .string(text)])
        }
    }
}
