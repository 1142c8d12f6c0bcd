import TestSupport
import Testing

@testable import TextAnalysis

/// Which of the words of one key is meant.
struct ScriptRelationTests {
    private func agreement(_ typed: String, _ found: String) -> Float? {
        ScriptRelation.agreement(
            typed: Array(typed.utf8).span, found: Array(found.utf8).span)
    }

    @Test func `Letter for letter in another script is full agreement`() {
        for word in ["ūlttyq", "ulttyq", "ulttıq", "ۇلتتىق"] {
            #expect(agreement("ұлттық", word) == 1, "\(word)")
            #expect(agreement(word, "ұлттық") == 1, "\(word)")
        }
        #expect(agreement("бөлім", "ٴبولىم") == 1)
    }

    @Test func `Plain letters agree less the more of them there are`() throws {
        let one = try #require(agreement("казақ", "қазақ") ?? agreement("казак", "қазақ"))
        let plain = try #require(agreement("казак", "қазақ"))
        let reversed = try #require(agreement("қазақ", "казак"))
        #expect(plain < 1)
        #expect(reversed < plain, "who has the letters means them")
        #expect(one <= 1)
        let passport = try #require(agreement("ulttyk", "ұлттық"))
        #expect(passport < 1)
    }

    @Test func `Words of different letters contradict`() {
        for (left, right) in [
            ("түс", "тұс"), ("қолды", "көлді"), ("быль", "был"), ("мои", "мой"), ("ана", "аңға"),
            ("тип", "тиіп"), ("шаңғы", "шаңы"), ("бас", "басс"), ("tüs", "тұс"), ("tūs", "түс"),
        ] {
            #expect(agreement(left, right) == nil, "\(left) \(right)")
            #expect(agreement(right, left) == nil, "\(right) \(left)")
        }
        #expect(agreement("бала", "бола") == nil, "other keys")
        #expect(agreement("2021", "2021") == nil, "no words")
    }

    @Test func `A plain word may be either of two`() {
        #expect(agreement("тус", "түс") != nil)
        #expect(agreement("тус", "тұс") != nil)
        #expect(agreement("элем", "әлем") != nil, "э for ә")
        #expect(agreement("жанга", "жаңа") != nil, "нг for ң")
    }

    @Test func `Harmony tells vowels of Arabic and plain script apart`() throws {
        let front = try #require(agreement("ٴتۇس", "түс"))
        #expect(front > agreement("ٴتۇس", "тұс") ?? 0)
        let back = try #require(agreement("تۇس", "тұс"))
        #expect(back > agreement("تۇس", "түс") ?? 0)
    }

    @Test func `Both meanings of a letter are tried`() {
        #expect(agreement("saýda", "сайда") == 1)
        #expect(agreement("saýda", "сауда") ?? 0 > 0)
        #expect(agreement("сауда", "saýda") ?? 0 > 0)
        #expect(agreement("рахмет", "raxmet") ?? 0 > 0)
    }

    @Test func `Agreement is never above one, and not symmetric by chance`() {
        for spellings in ScriptKeyTests.words {
            for typed in spellings {
                for found in spellings {
                    if let value = agreement(typed, found) {
                        #expect(value > 0 && value <= 1)
                        #expect(agreement(found, typed) != nil, "\(typed) \(found)")
                    }
                }
                #expect(agreement(typed, spellings[0]) != nil, "\(typed) \(spellings[0])")
            }
        }
    }
}
