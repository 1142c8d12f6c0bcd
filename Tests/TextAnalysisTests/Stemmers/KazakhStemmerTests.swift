import Foundation
import TestSupport
import Testing

@testable import TextAnalysis

/// The Kazakh stemmer: forms of a word share a key, words keep apart, bytes never hurt.
struct KazakhStemmerTests {
    private static let shipped = KazakhStemmer(
        tables: ShippedTables.all.languages[.kazakh] ?? .init())
    private var stemmer: KazakhStemmer { Self.shipped }

    private func stem(_ word: String, by stemmer: KazakhStemmer? = nil) -> String {
        var output: [UInt8] = []
        (stemmer ?? self.stemmer).stem(Array(word.utf8).span, into: &output)
        return String(decoding: output, as: UTF8.self)
    }

    private func expectOneStem(_ words: String, location: SourceLocation = #_sourceLocation) {
        let stems = words.split(separator: " ").map { stem(String($0)) }
        #expect(Set(stems).count == 1, "\(words): \(stems)", sourceLocation: location)
    }

    // MARK: - Rules, each in words that show it

    @Test func `Plural, possessive and case are cut in their order`() {
        expectOneStem("мектеп мектептер мектептеріміз мектептерімізде мектептеріміздегілер")
        expectOneStem("университет университеттің университетінде университеттерге")
    }

    @Test func `A last п, к or қ is one with its voiced letter`() {
        expectOneStem("кітап кітабы кітабымда кітаптан")
        expectOneStem("жүрек жүрегі жүректер")
        expectOneStem("қазақ қазағы қазақтар")
    }

    @Test func `The vowel that drops does not part a word`() {
        expectOneStem("орын орны орнында орындар")
        expectOneStem("халық халқы халқына халықтың")
        expectOneStem("ауыз аузы аузында ауызға")
        expectOneStem("қауіп қаупі қауіптің қаупін")
        expectOneStem("кәсіпорын кәсіпорны кәсіпорындар кәсіпорнының")
    }

    @Test func `Person, tense and negation leave the root of a verb`() {
        expectOneStem("барды барады бармады бармайды барған баратын барса барып бару барарсың")
        expectOneStem("келді келеді келмейді келген келетін келсе келіп келу келерміз")
    }

    @Test func `A passive is found under the verb`() {
        expectOneStem("айтты айтылды айтылған айтылады")
        expectOneStem("бөлді бөлінді бөлінген")
        expectOneStem("төледі төленді төленген")
    }

    @Test func `A participle keeps its -н before a possessive`() {
        expectOneStem("келген келгені келгенін келгенде келетін келетіні келетінін")
    }

    @Test func `The й of a root is seen in я and ю`() {
        expectOneStem("қойды қояды қоятын қою қоюға қойып")
    }

    @Test func `A root in п writes у before -ып`() {
        expectOneStem("тапты тауып табады табылды")
    }

    @Test func `A word of time takes -ғы`() {
        expectOneStem("бүгін бүгінгі бүгінгілер")
        expectOneStem("жыл жылғы жылдың")
    }

    @Test func `Words of the list are whole, and shield their forms`() {
        for word in ["алма", "оймақ", "тендер", "маңдай", "қарағанды", "өскемен"] {
            #expect(stem(word) == word, "\(word) is no inflected word")
        }
        expectOneStem("қарағанды қарағандыда қарағандының")
        #expect(stem("алма") != stem("алды"))
        #expect(stem("аймақ") != stem("айда"))
    }

    @Test func `A suffix of the wrong harmony or context is no suffix`() {
        let bare = KazakhStemmer(tables: LanguageTables())
        #expect(stem("ағашдар", by: bare) == "ағашдар", "-дар does not follow ш")
        #expect(stem("ағаштер", by: bare) == "ағаштер", "-тер does not follow а")
        #expect(stem("ағаштар", by: bare) == "ағаш")
    }

    @Test(arguments: [
        ("сипатта сипаттады сипатталған сипаттау", "a verb of a noun in -та is no locative"),
        ("ашыл ашылды ашылған ашты", "the bare passive is the verb as well"),
        ("айт айтпа айтпады айтпаңыз", "the bare negation is the verb as well"),
        ("отыр отырмын отырмыз отырсың отырды", "a verb of position takes the person bare"),
        ("іше ішті ішкен ішу", "the converb of a verb of two letters"),
        ("келетінмін келетінсің келетін келеді", "the person after a participle in -н"),
        ("күрсін күрсінді күрсінген", "a verb that ends like an imperative"),
        ("қаржыландырылды қаржыландыру қаржыландырған", "the passive of a causative"),
    ])
    func `A verb is found under its forms`(words: String, rule: Comment) {
        let stems = words.split(separator: " ").map { stem(String($0)) }
        #expect(Set(stems).count == 1, "\(rule): \(stems)")
    }

    @Test(arguments: [
        ("металл металды металдың металдар", "-л of a noun is no passive before -ды"),
        ("субстрат субстратын субстраты", "-ат-ын of a noun is no participle -атын"),
        ("мазмұн мазмұны мазмұнының мазмұнды", "no word ends in ұ, so that -ны is н-ы"),
        ("шығын шығында шығынның шығыны", "a listed word wins over a longer suffix"),
        ("жер жерің жеріңе жерім жерімізде", "a listed short noun takes the first person"),
        ("мұңдас мұңдасы мұңдастар", "the -с of a companion is no possessive -сы"),
        ("команда командасы командалар", "but a word of the list in -да takes -сы"),
        ("нарық нарығы нарығының нарықта", "қ is voiced, the vowel before it stays"),
        ("компания компаниясы компаниялардың", "loans in -ия take vowel endings"),
        ("технология технологиясын технологиялар", "and so do those in -ология"),
        ("король корольдің королі", "ь drops before a possessive"),
        ("хирург хирургтің хирургі", "loans in -г take either harmony"),
        ("турист туристің туристер туристерді", "the т of -ист is written once before the plural"),
        ("факт фактісі фактісінің фактілер", "loans in -кт take і before endings"),
        ("контакт контактінің контактілерін", "and so do those whose end looks like a suffix"),
        ("тіркелгі тіркелгісі тіркелгіні тіркелгілер", "a noun of a verb in -гі keeps it"),
        ("бастық бастығы бастықтың бастықтар", "the end of a listed noun is no -тық"),
    ])
    func `A noun is found under its forms`(words: String, rule: Comment) {
        let stems = words.split(separator: " ").map { stem(String($0)) }
        #expect(Set(stems).count == 1, "\(rule): \(stems)")
    }

    @Test(arguments: [
        ("казахстан", "казахстанда казахстанның казахстанға"),
        ("қазақстан", "қазақстанда қазақстанның қазақстандағы"),
        ("кыргызстан", "кыргызстанда кыргызстаннан"),
        ("моңғолстан", "моңғолстанның"),
    ])
    func `A country in -стан is never cut`(country: String, forms: String) {
        #expect(stem(country) == country)
        for form in forms.split(separator: " ") { #expect(stem(String(form)) == country) }
        #expect(stem("соғыстан") == stem("соғыс"), "but -тан is an ablative after a vowel and с")
    }

    @Test(arguments: [
        "қазба қазды", "тапсырма тапсырды", "бастама бастады", "аударма аударды",
        "құрал құрады", "жылдам жылдың", "тауар тауды", "киім киді", "жүзім жүзді",
        "алма алды", "балта балды", "тілім тілді", "рұқсатсыз сатты", "ойын ойды",
    ])
    func `Words that only look related keep apart`(pair: String) {
        let words = pair.split(separator: " ").map(String.init)
        #expect(stem(words[0]) != stem(words[1]))
    }

    @Test func `The stem of a listed noun is its own stem`() {
        let tables = ShippedTables.all.languages[.kazakh] ?? .init()
        let verbs = Set(tables.lists["verbs"] ?? [])
        let unstable = tables.unstemmed.filter { !verbs.contains($0) && stem(stem($0)) != stem($0) }
        #expect(unstable.count * 50 < tables.unstemmed.count, "\(unstable)")
    }

    @Test func `A pronoun has the stem of its nominative`() {
        expectOneStem("ол оның оған онда одан онымен")
        expectOneStem("мен менің маған менімен")
    }

    @Test func `Rules work without lists`() {
        let bare = KazakhStemmer(tables: LanguageTables())
        for word in ["қағаз", "қағаздар", "қағаздың", "қағаздарымызда"] {
            #expect(stem(word, by: bare) == "қағаз")
        }
    }

    // MARK: - Golden

    @Test func `The forms of the golden list have the recorded stems`() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Golden/kk-stems.tsv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        if ProcessInfo.processInfo.environment["IZDE_RECORD"] == "1" {
            let recorded = lines.flatMap { line in
                line.hasPrefix("#") ? [String(line)] : recordedLines(line)
            }
            try (recorded.joined(separator: "\n") + "\n")
                .write(to: file, atomically: true, encoding: .utf8)
            return
        }
        var count = 0
        for line in lines where !line.hasPrefix("#") {
            let columns = line.split(separator: "\t")
            try #require(columns.count == 2, "\(line)")
            for form in columns[1].split(separator: " ") {
                #expect(stem(String(form)) == columns[0], "\(form)")
                count += 1
            }
        }
        #expect(count > 300)
    }

    /// A line of forms again, one for each stem that they have now.
    private func recordedLines(_ line: Substring) -> [String] {
        let forms = line.split(separator: "\t").last?.split(separator: " ").map(String.init) ?? []
        let groups = Dictionary(grouping: forms, by: { stem($0) })
        return groups.sorted { $0.key < $1.key }
            .map { $0.key + "\t" + $0.value.joined(separator: " ") }
    }

    // MARK: - Properties

    @Test(arguments: SeededGenerator.seeds())
    func `A stem is one to as many letters of valid text as its word`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let letters = Array("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя")
        let endings = "лар дер ның ге ымыз інде дағы ған атын у ма ып сыз мын ылды".split(
            separator: " ")
        for _ in 0..<3000 {
            var word = ""
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                word.append(letters.randomElement(using: &random) ?? "а")
            }
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                word += endings.randomElement(using: &random) ?? ""
            }
            let stem = stem(word)
            #expect(!stem.isEmpty && stem.count <= word.count, "\(word) → \(stem)")
            #expect(stem.unicodeScalars.allSatisfy { (0x400...0x4FF).contains($0.value) })
            #expect(stem == self.stem(word), "the same word, the same stem")
        }
    }

    @Test(arguments: SeededGenerator.seeds())
    func `Bytes that are no Kazakh word pass unchanged`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<3000 {
            let count = Int.random(in: 0...140, using: &random)
            var bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            bytes.append(0x41)
            var output: [UInt8] = [0x2E]
            stemmer.stem(bytes.span, into: &output)
            #expect(output == [0x2E] + bytes, "what stood in the buffer stays before the word")
        }
    }

    @Test func `A word of more than 63 letters passes unchanged`() {
        let root = String(repeating: "қағаз", count: 12)
        #expect(stem(root + "дар") == root, "63 letters")
        let long = root + "дарда"
        #expect(stem(long) == long, "65 letters")
    }

    @Test func `Foreign scripts, marks and digits pass unchanged`() {
        for word in ["", "a", "almaty", "қр-ның", "2024", "сөз1", "їжак", "العربية", "қ\u{301}ала"]
        {
            #expect(stem(word) == word)
        }
    }

    // MARK: - Measured, where the morphology data is at hand

    private static let morphology = ShippedTables.root.deletingLastPathComponent()
        .appendingPathComponent("shared/data/morph-kk")

    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: morphology.path),
            "the morphology data is not beside the project"),
        arguments: [
            ("kk_form_lemma.tsv", "ud-ktb", 0.945, 0.91),
            ("kk_form_lemma.tsv", "unimorph", 0.97, 0.715),
            ("kk_segmented.tsv", "", 0.87, 0.885),
        ])
    func `Conflation stays as good as measured`(
        file: String, source: String, leastPrecision: Double, leastRecall: Double
    ) throws {
        let text = try String(
            contentsOf: Self.morphology.appendingPathComponent(file), encoding: .utf8)
        var lemmas: [String: Set<String>] = [:]
        for line in text.split(separator: "\n").dropFirst() {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard source.isEmpty || columns.last == source[...] else { continue }
            let form = columns[0].lowercased()
            guard form.contains(where: \.isLetter), !form.contains(" ") else { continue }
            let lemma = columns[1].split(separator: "·").first.map { $0.lowercased() } ?? ""
            lemmas[form, default: []].insert(source.isEmpty ? lemma : columns[1].lowercased())
        }
        let quality = conflation(of: lemmas)
        #expect(quality.precision >= leastPrecision)
        #expect(quality.recall >= leastRecall)
    }

    /// Pairs of forms: which share a lemma, which share a stem.
    private func conflation(
        of lemmas: [String: Set<String>]
    ) -> (precision: Double, recall: Double) {
        var formsOfLemma: [String: [String]] = [:]
        var countOfStem: [String: Int] = [:]
        var stems: [String: String] = [:]
        for (form, ofForm) in lemmas {
            let stem = stem(form)
            stems[form] = stem
            countOfStem[stem, default: 0] += 1
            for lemma in ofForm { formsOfLemma[lemma, default: []].append(form) }
        }
        var together = 0
        var related = 0
        for (lemma, forms) in formsOfLemma {
            for (index, left) in forms.enumerated() {
                for right in forms[(index + 1)...] {
                    // A pair that shares two lemmas counts once, under the first.
                    let shared = lemmas[left, default: []].intersection(lemmas[right, default: []])
                    guard shared.min() == lemma else { continue }
                    related += 1
                    if stems[left] == stems[right] { together += 1 }
                }
            }
        }
        let merged = countOfStem.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
        return (Double(together) / Double(merged), Double(together) / Double(related))
    }
}
