import Testing

@testable import SearchEngine

@Suite struct TypedShapeTests {
    @Test(arguments: ["school", "мектеп", "ёлка", "үйінде", "schoolшкола"])
    func `a word in small letters is folded and of letters`(_ word: String) {
        let shape = TypedShape(word[...])
        #expect(shape.isFolded && shape.isOfLetters)
    }

    @Test(arguments: ["School", "covid19", "ab-c", "it's", "[jkt", "C++", "-", "7"])
    func `a word with a sign, a digit or a Latin capital is not folded`(_ word: String) {
        #expect(!TypedShape(word[...]).isFolded)
    }

    @Test(arguments: ["été", "№", "҂", "а\u{301}", "学校", "ab-c", "a1"])
    func `what is not surely a letter is none`(_ word: String) {
        #expect(!TypedShape(word[...]).isOfLetters)
    }

    @Test func `all that is of letters has nothing but letters`() {
        for value in 0...0xFFFF as ClosedRange<UInt32> {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = String(Character(scalar))
            guard TypedShape(text[...]).isOfLetters else { continue }
            let isOfLetters = text.allSatisfy(\.isLetter)
            #expect(isOfLetters, "\(value)")
        }
    }
}
