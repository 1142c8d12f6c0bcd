import Foundation
import Testing
import TextAnalysis

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

    @Test(arguments: [
        ("School", "school"), ("Әлем", "әлем"), ("Ёлка", "ёлка"), ("school", "school"),
        ("Ґ", "ґ"), ("үй", "үй"),
    ])
    func `a capitalised word is folded to small letters`(_ typed: String, _ folded: String) {
        #expect(TypedShape(typed[...]).folded(typed[...]) == Array(folded.utf8))
    }

    @Test(arguments: ["sCHOOL", "McDonald", "Covid19", "LG", "it's", "C++", "Ab-c", "ЮФС"])
    func `of other words it is not known how they are folded`(_ typed: String) {
        #expect(TypedShape(typed[...]).folded(typed[...]) == nil)
    }

    /// By this a word is taken for known before it is analysed.
    @Test func `words are folded as the analysis folds them`() {
        let analysis = QueryAnalysis(
            analyzer: ShippedLexicon.analyzer(), stopWords: StopWordSet(ShippedLexicon.languages))
        var count = 0
        for (number, row) in ShippedLexicon.rows.enumerated() where number % 40 == 0 {
            for cell in row.cells[2...4] {
                guard let word = cell.split(separator: "|").first.map(String.init),
                    !word.contains(" ")
                else { continue }
                for typed in [word, word.prefix(1).uppercased() + word.dropFirst()] {
                    let shape = TypedShape(typed[...])
                    guard shape.isOfLetters, let folded = shape.folded(typed[...]) else { continue }
                    // A term has no such letter.
                    guard !typed.lowercased().contains("ё") else { continue }
                    let words = analysis.words(of: typed, language: nil)
                    #expect(words.count == 1 && words[0].exact.contains(folded), "\(typed)")
                    count += 1
                }
            }
        }
        #expect(count > 1000)
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
