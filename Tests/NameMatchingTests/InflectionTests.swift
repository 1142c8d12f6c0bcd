import Testing
import TextAnalysis

@testable import NameMatching

@Suite struct InflectionTests {
    static func forms(_ word: String, _ language: Language) -> Set<String> {
        Set(NameInflection.forms(of: word, language))
    }

    @Test(
        arguments: [
            ("университет", "университеті"), ("университет", "университетінің"),
            ("академия", "академиясы"), ("академия", "академиясында"), ("орталық", "орталығы"),
            ("мектеп", "мектебі"), ("қалалық", "қалалығы"), ("банк", "банкі"), ("орын", "орны"),
            ("қоғам", "қоғамы"), ("ғалым", "ғалымдар"), ("қала", "қалалар"), ("сот", "соты"),
            ("облыс", "облысының"),
        ])
    func kazakhWordsTakePossessionPluralAndCases(_ example: (String, String)) {
        #expect(Self.forms(example.0, .kazakh).contains(example.1), "\(example)")
    }

    @Test(
        arguments: [
            ("казахский", "казахского"), ("национальный", "национальному"),
            ("областной", "областная"), ("академия", "академии"), ("управление", "управлением"),
            ("школа", "школы"), ("институт", "институтом"), ("область", "области"),
            ("музей", "музея"), ("финансы", "финансов"),
        ])
    func russianWordsTakeTheirCases(_ example: (String, String)) {
        #expect(Self.forms(example.0, .russian).contains(example.1), "\(example)")
    }

    @Test func aWordIsAmongItsForms() {
        for language in [Language.kazakh, .russian, .english] {
            for word in ["банк", "bank", "аль", "г"] {
                #expect(Self.forms(word, language).contains(word))
            }
        }
    }

    @Test func anArticleOfNamesIsNotInflected() {
        #expect(Self.forms("аль", .russian) == ["аль"])
    }

    @Test func genitivesOfMenAreKnown() {
        func isGenitive(_ word: String, _ name: String) -> Bool {
            PersonEndings.isGenitive(Array(word.utf8)[...], of: Array(name.utf8)[...])
        }
        #expect(isGenitive("тимура", "тимур"))
        #expect(isGenitive("абая", "абай"))
        #expect(!isGenitive("алия", "али"))
        #expect(!isGenitive("тимур", "тимура"))
    }
}
