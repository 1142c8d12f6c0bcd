import Testing

@testable import TextAnalysis

@Suite struct KeyboardLayoutTests {
    @Test func `each layout has one character a key`() {
        for layout in KeyboardLayout.allCases {
            #expect(layout.keys.count == KeyboardLayout.keyCount, "\(layout)")
        }
    }

    @Test(arguments: [
        ("ghbdtn", KeyboardLayout.us, KeyboardLayout.russian, "привет"),
        ("eybdthcbntn", .us, .russian, "университет"),
        ("Rfpf[cnfy", .us, .russian, "Казахстан"),
        ("rfpfrcnfy", .us, .russian, "казакстан"),
        ("0fpf0cnfy", .us, .kazakh, "қазақстан"),
        ("-fpf-cnfy", .us, .kazakhShifted, "қазақстан"),
        ("5sksv", .us, .kazakh, "ғылым"), ("2ktv", .us, .kazakh, "әлем"),
        ("9ks", .us, .kazakh, "ұлы"), (")fpf0", .us, .kazakh, "Қазақ"),
        ("щтдшту", .russian, .us, "online"), ("ЩТДШТУ", .russian, .us, "ONLINE"),
        ("2лем", .russian, .kazakh, "әлем"), ("0аза0стан", .russian, .kazakh, "қазақстан"),
        ("-аза-стан", .russian, .kazakhShifted, "қазақстан"),
    ])
    func `keys are read by the layout that was meant`(
        typed: String, on: KeyboardLayout, meant: KeyboardLayout, text: String
    ) {
        let readings = LayoutConversion(typed: on, meant: meant).readings(of: typed)
        #expect(readings.first == text)
    }

    @Test func `a hyphen may be a letter or itself`() {
        let conversion = LayoutConversion(typed: .us, meant: .kazakhShifted)
        #expect(conversion.readings(of: "ym.-qjhr") == ["ньюқйорк", "нью-йорк"])
        // At a border, and beside a single letter, it is a letter.
        #expect(conversion.readings(of: "f-i") == ["ақш"])
        #expect(conversion.readings(of: "cj--fy").first == "соққан")
        #expect(conversion.readings(of: ";skls-") == ["жылдық"])
        // Rows of hyphens are no words with many readings.
        #expect(conversion.readings(of: "ab-cd-ef-gh-ab-cd").count == 1)
    }

    @Test func `numbers are left alone, also those joined by a hyphen`() {
        for conversion in LayoutConversion.all {
            for text in ["2024", "17.11.2021", "8-9", ""] {
                #expect(conversion.readings(of: text) == [text])
            }
        }
        let conversion = LayoutConversion(typed: .us, meant: .kazakhShifted)
        #expect(conversion.readings(of: "3-vf-cfn").first == "3-мақсат")
        #expect(conversion.readings(of: "jkbvgbflf-2022").first == "олимпиада-2022")
    }

    @Test func `letters do not become signs`() {
        let conversion = LayoutConversion(typed: .kazakhShifted, meant: .russian)
        for word in ["паддингтондық", "ққс", "көне"] {
            #expect(conversion.readings(of: word) == [])
        }
        // A number that was typed on the Kazakh letters is one.
        #expect(
            LayoutConversion(typed: .kazakh, meant: .russian).readings(of: "әқәі") == ["2023"])
        // Signs that end a word, and the apostrophe of English, may have been letters.
        let english = LayoutConversion(typed: .russian, meant: .us)
        #expect(english.readings(of: "вщтэе") == ["don't"])
        #expect(english.readings(of: "руддщб") == ["hello,"])
    }

    @Test func `words come back from the keys they were typed with`() {
        let words = ["университет", "жаңалықтар", "әлеумет", "өнеркәсіп", "құрылтай", "ғарыш"]
        for layout in [KeyboardLayout.kazakh, .kazakhShifted] {
            let keys = Dictionary(
                zip(layout.keys, KeyboardLayout.us.keys), uniquingKeysWith: { first, _ in first })
            for word in words {
                let typed = String(word.map { keys[$0] ?? $0 })
                let readings = LayoutConversion(typed: .us, meant: layout).readings(of: typed)
                #expect(readings.first == word, "\(word) as \(typed)")
            }
        }
    }
}
