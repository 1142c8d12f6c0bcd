import TestSupport
import Testing

@testable import TextAnalysis

/// What a slip costs.
struct SpellingCostsTests {
    private func cost(_ typed: String, _ meant: String, limit: Float = 10) -> Float? {
        SpellingCosts.cost(typed: Array(typed.utf8), meant: Array(meant.utf8), limit: limit)
    }

    /// Words as people write them, with the rule that makes them cheap.
    @Test(arguments: [
        // Vowels without stress, consonants as they are heard.
        ("малоко", "молоко", 0.4), ("вада", "вода", 0.4), ("весна", "висна", 0.4),
        ("пинсия", "пенсия", 0.4), ("екзамен", "экзамен", 0.7), ("дуп", "дуб", 0.5),
        ("зуп", "зуб", 0.5), ("голуп", "голубь", 1.0), ("скаска", "сказка", 0.5),
        ("лотка", "лодка", 0.5), ("ложко", "ложка", 0.4), ("смех", "снех", 0.8),
        // Doubled letters.
        ("класный", "классный", 0.3), ("граматика", "грамматика", 0.3),
        ("гостинница", "гостиница", 0.4), ("оччень", "очень", 0.4),
        ("спасииииибо", "спасибо", 1.0), ("урааааааа", "ура", 1.2),
        // Soft and hard signs.
        ("болшой", "большой", 0.4), ("обьект", "объект", 0.3), ("поеш", "поешь", 0.3),
        ("ночь", "ноч", 0.3), ("помочь", "помоч", 0.3), ("врачь", "врач", 0.3),
        // Endings and clusters as they are said.
        ("учится", "учиться", 0.2), ("боятся", "бояться", 0.2), ("купаца", "купаться", 0.4),
        ("нравицца", "нравится", 0.4), ("краснава", "красного", 0.8), ("синево", "синего", 0.4),
        ("лесница", "лестница", 0.4), ("позно", "поздно", 0.4), ("сонце", "солнце", 0.4),
        ("серце", "сердце", 0.4), ("чуство", "чувство", 0.4), ("щастье", "счастье", 0.5),
        ("ужастный", "ужасный", 0.4), ("учавствовать", "участвовать", 0.4),
        ("всякый", "всякий", 0.3), ("севодня", "сегодня", 0.4), ("скушно", "скучно", 0.5),
        ("жывот", "живот", 0.3), ("чяща", "чаща", 0.3),
        ("шопот", "шепот", 0.5), ("йолка", "елка", 0.6), ("моркоффь", "морковь", 0.8),
        ("тока", "только", 0.8), ("щас", "сейчас", 0.8), ("скока", "сколько", 0.8),
        // The finger: a key beside the right one, two keys at once, two exchanged.
        ("ралота", "работа", 0.7), ("рабоат", "работа", 0.7), ("раблота", "работа", 0.8),
        ("проект", "ароект", 1.0), ("рабта", "работа", 0.9), ("понимаюпонимаю", "понимаю", 9),
        ("конститутуция", "конституция", 1.1),
        // Kazakh with Russian letters.
        ("казак", "қазақ", 0.6), ("тил", "тіл", 0.2), ("онер", "өнер", 0.4),
        ("онын", "оның", 0.15), ("жугиру", "жүгіру", 0.4), ("гылым", "ғылым", 0.4),
        ("улт", "ұлт", 0.4), ("айел", "әйел", 0.4), ("аянгер", "әңгер", 1.6),
        // English.
        ("recieve", "receive", 0.5), ("telefone", "telephone", 0.5), ("comittee", "committee", 0.3),
        ("definately", "definitely", 0.8), ("acomodate", "accommodate", 0.7),
        ("seperate", "separate", 0.7),
    ])
    func `an everyday slip costs little`(typed: String, meant: String, most: Double) throws {
        let found = try #require(cost(typed, meant))
        #expect(found > 0)
        #expect(found <= Float(most) + 0.001, "\(typed) for \(meant)")
    }

    @Test(arguments: [
        ("дом", "дым", 0.7), ("кот", "кит", 0.9), ("стол", "стул", 0.7), ("мама", "рама", 1.0),
        ("банк", "бант", 0.7), ("город", "голод", 0.8),
    ])
    func `other words are far`(typed: String, meant: String, least: Double) throws {
        #expect(try #require(cost(typed, meant)) >= Float(least))
    }

    @Test func `each rewrite costs no more than it says`() throws {
        for rule in SpellingConfusions.rewrites + SpellingConfusions.colloquial {
            let (before, after) =
                switch rule.place {
                case .anywhere: ("м", "к")
                case .start: ("", "к")
                case .end: ("м", "")
                case .whole: ("", "")
                }
            let found = try #require(
                cost(before + rule.typed + after, before + rule.meant + after),
                "\(rule.typed) for \(rule.meant)")
            #expect(found <= rule.cost + 0.001, "\(rule.typed) for \(rule.meant)")
            #expect(found > 0)
        }
    }

    @Test func `each pair of letters costs what it says both ways`() throws {
        for (pair, cost) in SpellingConfusions.letters {
            let letters = pair.map(String.init)
            try #require(letters.count == 2)
            for (typed, meant) in [(letters[0], letters[1]), (letters[1], letters[0])] {
                let found = try #require(self.cost("м" + typed, "м" + meant))
                #expect(found <= cost, "\(typed) for \(meant)")
            }
        }
    }

    @Test func `a slip at the first letter costs more`() throws {
        let first = try #require(cost("вом", "дом"))
        let last = try #require(cost("мов", "мод"))
        #expect(first > last)
    }

    @Test func `the limit is kept`() throws {
        let found = try #require(cost("малако", "молоко"))
        #expect(cost("малако", "молоко", limit: found) == found)
        #expect(cost("малако", "молоко", limit: found - 0.01) == nil)
        #expect(cost("молоко", "молоко", limit: 0) == 0)
    }

    @Test func `what is no word has no cost`() {
        #expect(cost("мо ло", "молоко") == nil)
        #expect(cost("漢字", "молоко") == nil)
        #expect(cost(String(repeating: "а", count: 49), "молоко") == nil)
        for bytes: [UInt8] in [[0xD0], [0xFF, 0x41], [0x80], [0xE2, 0x80], [0xF0, 0x9F, 0x98]] {
            #expect(SpellingCosts.cost(typed: bytes, meant: Array("а".utf8), limit: 9) == nil)
            #expect(SpellingCosts.cost(typed: Array("а".utf8), meant: bytes, limit: 9) == nil)
        }
        #expect(cost("", "") == 0)
        #expect(cost("", "да") != nil)
    }

    @Test(arguments: SeededGenerator.seeds())
    func `with all costs 1 it is the distance of the textbook`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<600 {
            let one = Self.word(&random, letters: "абв", 0...7)
            let other = Self.word(&random, letters: "абв", 0...7)
            let typed = SpellingAlphabet.codes(of: one)
            let meant = SpellingAlphabet.codes(of: other)
            let expected = Self.textbook(Array(one), Array(other))
            let limit = Float(Int.random(in: 0...8, using: &random))
            let found = SpellingCosts.cost(
                typed: typed, meant: meant, limit: limit, tables: .plain)
            #expect(found == (expected <= limit ? expected : nil), "\(one) \(other) \(limit)")
        }
    }

    @Test(arguments: SeededGenerator.seeds())
    func `it behaves like a distance`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let one = Self.word(&random, letters: "оасзтьця", 1...8)
            let other = Self.word(&random, letters: "оасзтьця", 1...8)
            let there = try #require(cost(one, other, limit: 50))
            #expect((there == 0) == (one == other))
            // A way of single edits at the highest price is never cheaper.
            let plain = Self.textbook(Array(one), Array(other))
            #expect(there <= plain * 1.35 + SpellingCosts.standard.first + 0.001, "\(one) \(other)")
            // The way back may use other rules, but none of them is a wonder.
            let back = try #require(cost(other, one, limit: 50))
            #expect(back <= there * 3.4 + 1, "\(one) \(other)")
            // Narrower limits find the same cost or nothing.
            #expect(cost(one, other, limit: there + 0.5) == there)
        }
    }

    static func word(
        _ random: inout SeededGenerator, letters: String, _ length: ClosedRange<Int>
    ) -> String {
        let letters = Array(letters)
        return String(
            (0..<Int.random(in: length, using: &random)).map { _ in
                letters[Int.random(in: 0..<letters.count, using: &random)]
            })
    }

    /// Damerau and Levenshtein, neighbours exchanged once, each edit 1.
    private static func textbook(_ one: [Character], _ other: [Character]) -> Float {
        var rows = [[Float](repeating: 0, count: other.count + 1)]
        rows[0] = (0...other.count).map { Float($0) }
        for i in 0..<one.count {
            var row: [Float] = [Float(i + 1)]
            for j in 0..<other.count {
                var cost = min(rows[i][j] + (one[i] == other[j] ? 0 : 1), rows[i][j + 1] + 1)
                cost = min(cost, row[j] + 1)
                if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
                    cost = min(cost, rows[i - 1][j - 1] + 1)
                }
                row.append(cost)
            }
            rows.append(row)
        }
        return rows[one.count][other.count]
    }
}
