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
        ("9ks", .us, .kazakh, "ұлы"), (")pf0", .us, .kazakh, "Қзақ"),
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
        #expect(conversion.readings(of: "f-i") == ["ақш", "а-ш"])
        // Rows of signs are no words with so many readings.
        #expect(conversion.readings(of: "a-b-c-d-e-f").count == 1)
    }

    @Test func `numbers are left alone`() {
        for conversion in LayoutConversion.all {
            for text in ["2024", "17.11.2021", "8-9", ""] {
                #expect(conversion.readings(of: text) == [text])
            }
        }
    }

    @Test func `letters come back by the reverse conversion`() {
        let words = ["университет", "жаңалықтар", "әлеумет", "өнеркәсіп", "құрылтай", "ғарыш"]
        for meant in [KeyboardLayout.kazakh, .kazakhShifted] {
            for word in words {
                let there = LayoutConversion(typed: meant, meant: .us).readings(of: word)[0]
                let back = LayoutConversion(typed: .us, meant: meant).readings(of: there)
                #expect(back.contains(word), "\(word) as \(there)")
            }
        }
    }
}
