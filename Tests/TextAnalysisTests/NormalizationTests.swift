import Testing

@testable import TextAnalysis

/// What is one word to a reader is one term, however it was typed.
struct NormalizationTests {
    let analyzer: Analyzer

    init() throws {
        analyzer = try shippedAnalyzer()
    }

    @Test func `The letters й and ё survive decomposed input`() {
        let stream = analyzer.analyze("Абаи\u{306} е\u{308}лка Си\u{306}")
        #expect(
            stream.words.map { Array($0.utf8) } == ["абай", "елка", "сй"].map { Array($0.utf8) })
    }

    @Test func `Stress marks vanish and ё is е`() {
        #expect(analyzer.analyze("Рамада́н ребёнок во̀ды").words == ["рамадан", "ребенок", "воды"])
    }

    @Test func `Invisible characters change no term`() {
        #expect(
            analyzer.analyze("Қа\u{200B}зақ\u{AD}стан\u{FEFF} уни\u{200D}вер\u{2060}ситет").words
                == ["қазақстан", "университет"])
    }

    @Test func `Look-alikes of the other script become letters of the word`() {
        // Latin C, e, o in Cyrillic words; Cyrillic а, С in Latin ones.
        #expect(
            analyzer.analyze("Cерік Мeмлекеттік Қaзaқ Kazаkh Сaspian").words
                == ["серік", "мемлекеттік", "қазақ", "kazakh", "caspian"])
    }

    @Test func `Look-alikes are repaired whichever script has more letters`() {
        #expect(
            analyzer.analyze("aзaйтap aуa TOYОTA АВТO").words == [
                "азайтар", "ауа", "toyota", "авто",
            ])
    }

    @Test func `A word is left alone if one of its foreign letters has no look-alike`() {
        #expect(analyzer.analyze("ҚазNU Windowsтың").words == ["қазnu", "windowsтың"])
    }

    @Test func `Words with digits are never repaired`() {
        #expect(analyzer.analyze("Ж5G А4a").words == ["ж5g", "а4a"])
    }

    @Test func `Old and foreign code points become Kazakh letters`() {
        #expect(
            analyzer.analyze("жаӊа Ќостанай Ќараєанды Аќтґбе ӯлы ѳнер").words
                == ["жаңа", "қостанай", "қарағанды", "ақтөбе", "ұлы", "өнер"])
    }

    @Test func `Latin schwa and Y in capitals become the Kazakh letters they look like`() {
        #expect(
            analyzer.analyze("ТYРКІСТАН YКІМЕТ ƏЛЕМ Əлем ɵнер").words
                == ["түркістан", "үкімет", "әлем", "әлем", "өнер"])
        #expect(analyzer.analyze("МYЗЫКА").words == ["музыка"], "no other Kazakh letter")
    }

    @Test func `Letters of one sound in Arabic script are one letter`() {
        #expect(
            analyzer.analyze("ءبىلىم ٴبىلىم بىلىــم کىتاپ").words
                == ["ٴبىلىم", "ٴبىلىم", "بىلىم", "كىتاپ"])
        #expect(analyzer.analyze("بالا\u{200C}لار").words == ["بالالار"])
    }

    @Test func `Every look-alike is repaired in both directions`() {
        // One Latin letter in a Cyrillic word, one Cyrillic letter in a Latin word.
        let pairs = zip(
            "aeocpxyihkmtəɵABCEHIKMOPTXƏƟ", "аеосрхуіһкмтәөАВСЕНІКМОРТХӘӨ")
        for (latin, cyrillic) in pairs {
            let repaired = analyzer.analyze("жж\(latin)жж").words
            #expect(repaired == analyzer.analyze("жж\(cyrillic)жж").words, "\(latin)")
            let other = analyzer.analyze("zz\(cyrillic)zz").words
            #expect(other == analyzer.analyze("zz\(latin)zz").words, "\(cyrillic)")
        }
    }

    @Test func `Ukrainian letters stay where no Kazakh letter stands beside them`() {
        #expect(analyzer.analyze("Україна має ґанок").words == ["україна", "має", "ґанок"])
    }

    @Test func `Capital I follows the language of the text`() {
        #expect(analyzer.analyze("Istanbul and Paris").words[0] == "istanbul")
        #expect(analyzer.analyze("Qazaqstannıñ QAZAQSTANNIÑ bolaşağı").words[1] == "qazaqstannıñ")
        #expect(analyzer.analyze("İzmir").words == ["izmir"])
    }

    @Test func `Wide, ligated and styled letters fold to plain ones`() {
        #expect(analyzer.analyze("ﬁnance ２０２１ Straße").words == ["finance", "2021", "strasse"])
    }

    @Test func `A word of more than 128 letters is cut and counted`() {
        let stream = analyzer.analyze(String(repeating: "ә", count: 500) + " сөз")
        #expect(stream.words == [String(repeating: "ә", count: 128), "сөз"])
        #expect(stream.truncatedTokenCount == 1)
        #expect(stream.tokens[0].source.count == 1000)
        let longest = analyzer.analyze(String(repeating: "ә", count: 128))
        #expect(longest.words == [String(repeating: "ә", count: 128)])
        #expect(longest.truncatedTokenCount == 0)
    }

    @Test func `Capitals make no other term`() {
        #expect(
            analyzer.analyze("ҚАЗАҚ ҰЛТТЫҚ УНИВЕРСИТЕТІ").words
                == analyzer.analyze("Қазақ ұлттық университеті").words)
    }
}
