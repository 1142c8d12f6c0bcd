import Testing

@testable import TextAnalysis

/// Latin and Arabic Kazakh gets the stems of its Cyrillic form.
struct KazakhUnifierTests {
    private func unified(_ word: String, _ orthography: KazakhOrthography) -> String? {
        var unifier = KazakhUnifier()
        var bytes: [UInt8] = []
        let isWritten = unifier.unify(Array(word.utf8), orthography, into: &bytes)
        return isWritten ? String(decoding: bytes, as: UTF8.self) : nil
    }

    private func orthography(_ text: String) -> KazakhOrthography {
        var evidence = KazakhOrthography.Evidence()
        for word in text.split(separator: " ") { evidence.add(word.utf16) }
        return evidence.orthography
    }

    @Test func `Alphabets are told by their letters`() {
        #expect(orthography("ūlttyq universitet jañalyqtary") == .draft2021)
        #expect(orthography("ulttyq wniversıtet jañalyqtary") == .draft2019)
        #expect(orthography("ulttyq ýnıversıtet jańalyqtary") == .decree2018)
        #expect(orthography("ulttyq y'ni'versi'tet jan'alyqtary") == .decree2017)
        #expect(orthography("ulttıq wnïversïtet jañalıqtarı") == .turkic)
        #expect(orthography("ulttyk universitet zhanalyktary") == .plain)
        #expect(orthography("") == .plain)
    }

    @Test(arguments: [
        ("jūmysy", KazakhOrthography.draft2021, "жұмысы"), ("bılım", .draft2021, "білім"),
        ("aitty", .draft2021, "айтты"), ("auyl", .draft2021, "ауыл"),
        ("universitet", .draft2021, "университет"), ("aýyl", .decree2018, "ауыл"),
        ("ıasaýı", .decree2018, "ясауи"), ("qoǵam", .decree2018, "қоғам"),
        ("shańyraq", .decree2018, "шаңырақ"), ("tarïxı", .turkic, "тарихы"),
        ("paýda", .turkic, "пайда"), ("wnïversïtet", .turkic, "университет"),
        ("qwat", .draft2019, "қуат"), ("qaşqyn", .decree2017, "қашқын"),
        ("kazak", .plain, "қазақ"), ("mektep", .plain, "мектеп"), ("zhana", .plain, "жана"),
        ("elinin", .plain, "елінің"), ("bala", .plain, "бала"), ("auyl", .plain, "ауыл"),
        ("abay", .plain, "абай"), ("kytay", .plain, "қытай"), ("oku", .plain, "оқу"),
    ])
    func `Latin words are written in Cyrillic`(
        word: String, orthography: KazakhOrthography, cyrillic: String
    ) {
        #expect(unified(word, orthography) == cyrillic)
    }

    @Test(arguments: [
        ("قازاقستان", "қазақстан"), ("ٴبىلىم", "білім"), ("عىلىم", "ғылым"), ("كىتاپ", "кітап"),
        ("كىتاپتاردى", "кітаптарды"),
        ("تاربيە", "тәрбие"), ("ۇلتتىق", "ұлттық"), ("ٴوز", "өз"), ("ۋنيۆەرسيتەت", "университет"),
        ("بالامەن", "баламен"), ("اۋىل", "ауыл"), ("توقايەۆ", "тоқайев"), ("ءۇش", "үш"),
    ])
    func `Arabic words are written in Cyrillic`(word: String, cyrillic: String) {
        #expect(unified(word, .plain) == cyrillic)
    }

    @Test func `Other words are left alone`() {
        #expect(unified("қазақ", .plain) == nil)
        #expect(unified("5g", .plain) == nil)
        #expect(unified("漢字", .plain) == nil)
        #expect(unified("", .plain) == nil)
    }

    @Test(arguments: [
        "Qazaqstannyñ ūlttyq universitetterınıñ jañalyqtary",
        "Qazaqstannyń ulttyq ýnıversıtetteriniń jańalyqtary",
        "Qazaqstannıñ ulttıq wnïversïtetteriniñ jañalıqtarı",
        "قازاقستاننىڭ ۇلتتىق ۋنيۆەرسيتەتتەرىنىڭ جاڭالىقتارى",
    ])
    func `A text has the stems of the Cyrillic text`(text: String) throws {
        let analyzer = try shippedAnalyzer()
        let cyrillic = analyzer.analyze("Қазақстанның ұлттық университеттерінің жаңалықтары")
        let stream = analyzer.analyze(text)
        #expect(
            stream.tokens.map { stream.string($0.stem) }
                == cyrillic.tokens.map { cyrillic.string($0.stem) })
        #expect(stream.words != cyrillic.words, "the exact forms stay as written")
    }

    @Test func `The analyzer forgets the alphabet of the text before`() throws {
        let analyzer = try shippedAnalyzer()
        func stem(_ text: String, _ index: Int) -> String {
            let stream = analyzer.analyze(text, language: .kazakh)
            return stream.string(stream.tokens[index].stem)
        }
        let first = stem("jañalyqtar men ūlttar bılım", 3)
        _ = stem("jańalyqtar men ulttar bılım", 3)
        #expect(stem("jañalyqtar men ūlttar bılım", 3) == first)
    }
}
