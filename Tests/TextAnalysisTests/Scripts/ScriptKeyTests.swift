import TestSupport
import Testing

@testable import TextAnalysis

/// One word has one key in every script and spelling.
struct ScriptKeyTests {
    private func key(_ word: String) -> String {
        String(decoding: ScriptKey.key(of: Array(word.utf8)), as: UTF8.self)
    }

    /// Spellings of one word: Cyrillic, 2021, 2019, 2018, Turkic, passport, plain, Arabic script.
    static let words: [[String]] = [
        ["ұлттық", "ūlttyq", "ulttyq", "ulttıq", "ulttyk", "ۇلتتىق", "улттык"],
        ["тәрбие", "tärbie", "tárbıe", "tärbïe", "tarbie", "تاربيە", "тарбие"],
        ["қазақстан", "qazaqstan", "kazakstan", "قازاقستان", "казакстан"],
        ["тоқаев", "токаев", "toqaev", "tokaev", "tokayev", "توقايەۆ", "توقاەۆ"],
        ["ясауи", "ıasaýı", "yasawï", "yassaui", "iasaui", "ياساۋي"],
        ["жұмыс", "jūmys", "jumys", "jumıs", "zhumys", "جۇمىس", "жумыс"],
        ["ғылым", "ğylym", "ǵylym", "ğılım", "gylym", "ghylym", "عىلىم", "гылым"],
        [
            "маңғыстау", "mañğystau", "mańǵystaý", "mañğıstaw", "mangystau", "mangghystau",
            "маңгыстау",
        ],
        ["университет", "universitet", "ýnıversıtet", "wnïversïtet", "ۋنيۆەرسيتەت"],
        ["сүйек", "süiek", "súıek", "süyek", "suyek"],
        ["асхат", "askhat"],
        ["шымкент", "şymkent", "shymkent", "şımkent", "شىمكەنت"],
        ["щербаков", "shcherbakov"],
        ["конституция", "konstitutsiya", "konstitutsia", "konstitwcïya"],
        ["бөлім", "bölim", "bólim", "bolim", "ٴبولىم", "ءبولىم", "болим", "болым"],
        ["джамбул", "dzhambul", "djambul"],
        ["юсупов", "yusupov", "iusupov", "ıýsýpov"],
        ["александр", "alexandr", "aleksandr"],
        ["федоров", "fyodorov", "fedorov"],
        ["басшы", "basshy", "başşy", "basşı", "باسشى"],
        ["кітапхана", "kıtaphana", "kitapxana", "kitapkhana", "كىتاپحانا"],
        ["бюджет", "biudjet", "bıýdjet", "byudjet", "biwdjet"],
        ["шаңырақ", "shangyraq", "shanyrak"],
    ]

    @Test(arguments: words)
    func `All spellings of a word have one key`(spellings: [String]) {
        let keys = spellings.map(key)
        #expect(Set(keys).count == 1, "\(zip(spellings, keys).map { "\($0) \($1)" })")
        #expect(keys[0].utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5A })
    }

    /// Kazakh letters and their signs in the alphabets of 2021, 2018, the Turkic one, passports,
    /// Arabic script (of front words) and with Russian letters.
    static let alphabets: [Character: [String]] = [
        "а": ["a", "a", "a", "a", "ا", "а"], "ә": ["ä", "á", "ä", "a", "ا", "а"],
        "е": ["e", "e", "e", "e", "ە", "е"], "і": ["ı", "i", "i", "i", "ى", "и"],
        "ы": ["y", "y", "ı", "y", "ى", "ы"], "о": ["o", "o", "o", "o", "و", "о"],
        "ө": ["ö", "ó", "ö", "o", "و", "о"], "ұ": ["ū", "u", "u", "u", "ۇ", "у"],
        "ү": ["ü", "ú", "ü", "u", "ۇ", "у"], "б": ["b", "b", "b", "b", "ب", "б"],
        "ғ": ["ğ", "ǵ", "ğ", "gh", "ع", "г"], "г": ["g", "g", "g", "g", "گ", "г"],
        "қ": ["q", "q", "q", "k", "ق", "к"], "к": ["k", "k", "k", "k", "ك", "к"],
        "ж": ["j", "j", "j", "zh", "ج", "ж"], "ш": ["ş", "sh", "ş", "sh", "ش", "ш"],
        "м": ["m", "m", "m", "m", "م", "м"], "т": ["t", "t", "t", "t", "ت", "т"],
        "с": ["s", "s", "s", "s", "س", "с"], "р": ["r", "r", "r", "r", "ر", "р"],
    ]

    @Test(arguments: SeededGenerator.seeds())
    func `Words of open syllables have one key in all alphabets`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let vowels = Array("аәеіыоөұү")
        let consonants = Array("бғгқкжшмтср")
        for _ in 0..<300 {
            var word = ""
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                word.append(consonants[Int.random(in: consonants.indices, using: &random)])
                word.append(vowels[Int.random(in: vowels.indices, using: &random)])
            }
            let expected = key(word)
            #expect(expected.utf8.count == word.count)
            for alphabet in 0..<6 {
                let written = word.map { Self.alphabets[$0]?[alphabet] ?? "" }.joined()
                #expect(key(written) == expected, "\(word) \(written)")
                let agreement = ScriptRelation.agreement(
                    typed: Array(written.utf8).span, found: Array(word.utf8).span)
                #expect(agreement != nil, "\(word) \(written)")
            }
        }
    }

    @Test func `Vowels, kinds of consonants and their number stay apart`() {
        for (left, right) in [
            ("бала", "бола"), ("ана", "анна"), ("тас", "таз"), ("қара", "ғара"), ("ел", "ал"),
            ("су", "со"), ("кеше", "кесе"), ("сын", "сан"),
        ] {
            #expect(key(left) != key(right), "\(left) \(right)")
        }
    }

    @Test(arguments: ["", "2021", "5g", "d:2021-11-17", "c++", "漢字", "ελλάδα", "kaznu.edu.kz", "ь"])
    func `What is no word of these scripts has no key`(term: String) {
        #expect(key(term) == "")
    }

    @Test func `A word of more than 64 letters has no key`() {
        #expect(key(String(repeating: "ба", count: 32)).count == 64)
        #expect(key(String(repeating: "ба", count: 33)) == "")
    }

    @Test func `A key is appended behind what is there`() {
        var bytes = Array("TS".utf8)
        let term = Array("сал".utf8)
        ScriptKey.append(keyOf: term.span, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "TSSAL")
    }

    @Test func `Letters of two meanings have further keys`() {
        func others(_ word: String) -> [String] {
            Array(ScriptKey.keys(of: Array(word.utf8)).dropFirst())
                .map { String(decoding: $0, as: UTF8.self) }
        }
        // ý is й in older alphabets and у in that of 2018.
        #expect(others("saýda") == [key("сауда")])
        #expect(others("сауда") == [key("saýda")])
        #expect(others("raxmet") == [key("рахмет")])
        // э is typed for ә.
        #expect(others("элем") == [key("әлем")])
        #expect(others("қала") == [])
    }

    @Test(arguments: SeededGenerator.seeds())
    func `Any bytes are read without harm`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            var bytes = Array(RandomText.make(&random, length: 12).utf8)
            if !bytes.isEmpty, Bool.random(using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] =
                    UInt8.random(in: 0...255, using: &random)
            }
            let key = ScriptKey.key(of: bytes)
            #expect(key.allSatisfy { $0 >= 0x41 && $0 <= 0x5A })
            #expect(key.count <= 128)
            if !key.isEmpty {
                let agreement = ScriptRelation.agreement(typed: bytes.span, found: bytes.span)
                #expect(agreement == 1, "a word agrees with itself")
            }
            _ = ScriptKey.keys(of: bytes)
        }
    }
}
