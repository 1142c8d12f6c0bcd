import Testing

@testable import TextAnalysis

/// The repairs of Snowball: the forms of one word share a stem, and two words do not.
struct StemmerTests {
    let russian: RussianStemmer
    let english: EnglishStemmer

    init() throws {
        russian = try RussianStemmer(tables: ShippedTables.all.languages[.russian] ?? .init())
        english = try EnglishStemmer(tables: ShippedTables.all.languages[.english] ?? .init())
    }

    private func russian(_ word: String, isName: Bool = false) -> String {
        var stem: [UInt8] = []
        russian.stem(Array(word.utf8), isName: isName, into: &stem)
        return String(decoding: stem, as: UTF8.self)
    }

    private func english(_ word: String) -> String {
        var stem: [UInt8] = []
        english.stem(Array(word.utf8), into: &stem)
        return String(decoding: stem, as: UTF8.self)
    }

    @Test(arguments: ["казахстан", "узбекистан", "таджикистан", "туркменистан", "пакистан"])
    func `A country in -стан keeps its name in every case`(country: String) {
        for ending in ["", "а", "у", "ом", "е"] {
            #expect(russian(country + ending) == country)
        }
        #expect(russian(country + "ский") == country + "ск", "the adjective is another word")
    }

    @Test func `A Kazakh surname in -аев agrees in every case, also in small letters`() {
        for ending in ["", "а", "у", "ым", "е", "ой", "ы", "ых", "ыми"] {
            #expect(russian("токаев" + ending) == "токаев")
        }
    }

    @Test(arguments: ["муканов", "назарбаев", "иванов", "путин", "ковалев", "пушкин"])
    func `A surname where only names stand agrees in every case`(surname: String) {
        for ending in ["", "а", "у", "ым", "е", "ой", "ы", "ых", "ыми"] {
            #expect(russian(surname + ending, isName: true) == surname)
        }
    }

    @Test func `A genitive plural in -ов is no surname`() {
        #expect(russian("университетов") == russian("университет"))
        #expect(russian("документов") == russian("документа"))
        #expect(russian("случаев") == russian("случай"))
    }

    @Test func `A root in -ов keeps it in every case`() {
        for word in ["остров", "ростов", "киев", "основ", "готов", "посев"] {
            #expect(russian(word) == russian(word + "а"), "\(word)")
        }
    }

    @Test func `Suppletive pairs share a stem`() {
        #expect(russian("люди") == russian("человеком"))
        #expect(russian("детям") == russian("ребенок"))
        #expect(russian("лучшего") == russian("хороший"))
        #expect(english("children") == english("child"))
    }

    @Test(arguments: [
        "отец отца отцов", "день дня дней днем", "искать ищу ищет искал",
        "писать пишу пишет писала",
        "идти шел шла идут шедший", "ребенок дети детьми", "церковь церкви церквей",
        "окно окон окна", "важный важен важна важнее", "использовать использует использованный",
        "закрыть закрою закрытый закрыт", "находиться находится находившийся нахожусь",
        "музей музея музеев", "семья семей семью", "статья статей статье", "год годов лет",
    ])
    func `The forms of one word share a stem, whatever changes in it`(forms: String) {
        let stems = Set(forms.split(separator: " ").map { russian(String($0)) })
        #expect(stems.count == 1, "\(stems)")
    }

    @Test func `Words that look alike are kept apart`() {
        for (one, other) in [
            ("длина", "длинный"), ("занимать", "заниматься"), ("право", "правило"),
            ("часть", "частый"), ("метр", "метро"), ("имение", "имя"),
        ] {
            #expect(russian(one) != russian(other), "\(one), \(other)")
        }
        #expect(russian("район") != russian("раион"), "й is no и")
    }

    @Test(arguments: [
        "go goes went gone going", "be is are was were been", "write wrote written writing",
        "child children", "woman women", "businessman businessmen", "big bigger biggest",
        "easy easier easiest", "crisis crises", "index indices", "add added adding adds",
        "color colour colours coloured", "knife knives", "understand understood",
    ])
    func `Irregular English forms share the stem of their word`(forms: String) {
        let stems = Set(forms.split(separator: " ").map { english(String($0)) })
        #expect(stems.count == 1, "\(stems)")
    }

    @Test func `Алматы and its mistaken case agree`() {
        #expect(russian("алматы") == russian("алмате"))
    }

    @Test func `University, universe and universal are three words`() {
        let stems = Set(["university", "universe", "universal"].map(english))
        #expect(stems.count == 3)
        #expect(english("universities") == english("university"))
    }

    @Test func `An organ is no organization`() {
        #expect(english("organs") == english("organ"))
        #expect(english("organ") != english("organization"))
        #expect(english("organic") != english("organ"))
    }

    @Test func `Police is no policy, and news is no new`() {
        #expect(english("police") != english("policy"))
        #expect(english("policies") == english("policy"))
        #expect(english("news") != english("new"))
    }

    @Test func `British and American spellings agree`() {
        for (british, american) in [
            ("organise", "organize"), ("organisation", "organization"),
            ("organising", "organizing"), ("modernisation", "modernization"),
            ("recognised", "recognized"), ("digitalisation", "digitalization"),
            ("centre", "center"), ("programme", "program"),
        ] {
            #expect(english(british) == english(american), "\(british)")
        }
        #expect(english("exercise") == english("exercises"))
        #expect(english("promise") != english("promize"))
    }

    @Test func `Co-operation is cooperation`() throws {
        let stream = try shippedAnalyzer().analyze("co-operation between two countries")
        let joined = stream.tokens.first { $0.kind == .compound }
        #expect(joined.map { stream.string($0.stem) } == english("cooperation"))
    }
}
