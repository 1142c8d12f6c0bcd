import Testing

@testable import TextAnalysis

/// The letter models: their tables, their look-ups, and what they say of single words.
struct LanguageModelTests {
    let model = ShippedTables.all.languageModel

    private func plausibility(_ word: String, _ language: Language) -> Float {
        model.plausibility(of: Array(word.utf8), as: language)
    }

    @Test func `A table of n-grams is read; comments and empty lines say nothing`() throws {
        let counts = try NgramCounts(parsing: Array("# n-grams\n_қ\t12\n\nқаз\t3\n".utf8))
        #expect(counts.entries.map(\.count) == [12, 3])
        #expect(counts.entries[0].key == 0x5F << 16 | 0x49B)
        #expect(try NgramCounts(parsing: []).entries.isEmpty)
    }

    @Test(arguments: [
        ("аб\n", 1), ("аб\t\n", 1), ("# x\nаб\tx\n", 2), ("абвг\t1\n", 1), ("\t1\n", 1),
        ("аб\t1 \n", 1),
    ])
    func `A malformed line is named`(text: String, line: Int) {
        #expect { try NgramCounts(parsing: Array(text.utf8)) } throws: {
            ($0 as? NgramCounts.Malformed)?.line == line
        }
    }

    @Test func `Cut and broken tables throw or are read, and nothing traps`() throws {
        let text = Array("_қ\t12\nқаз\t3\n".utf8)
        for length in 0...text.count { _ = try? NgramCounts(parsing: Array(text[..<length])) }
        for index in text.indices {
            for bit in 0..<8 {
                var broken = text
                broken[index] ^= 1 << UInt8(bit)
                _ = try? NgramCounts(parsing: broken)
            }
        }
    }

    @Test func `Probabilities of the letters behind a context make one`() throws {
        let counts = try NgramCounts(
            parsing: Array("_\t4\nа\t4\nб\t2\n_а\t3\n_б\t1\nаб\t1\nа_\t3\n_аб\t1\n_а_\t2\n".utf8))
        let model = NgramModel([counts])
        // Two words of one letter, and one that no table holds.
        let а = model.score([0x430])[0]
        let б = model.score([0x431])[0]
        let я = model.score([0x44F])[0]
        #expect(а > б && б > я, "more frequent letters are likelier: \(а), \(б), \(я)")
        #expect(я < 0)
    }

    @Test func `A word fits its own language best`() {
        for word in ["қазақстан", "университетінің", "балалар", "болды"] {
            #expect(plausibility(word, .kazakh) > plausibility(word, .russian), "\(word)")
        }
        for word in ["который", "предприятие", "сообщил", "хорошо"] {
            #expect(plausibility(word, .russian) > plausibility(word, .kazakh), "\(word)")
        }
        for word in ["organization", "which", "through"] {
            #expect(plausibility(word, .english) > plausibility(word, .kazakh), "\(word)")
        }
        // Latin spellings of 2021, 2018 and without diacritics.
        for word in ["qazaqstan", "ýnıversıtetiniń", "bolashagy", "üniversitetiniñ"] {
            #expect(plausibility(word, .kazakh) > plausibility(word, .english), "\(word)")
        }
    }

    @Test func `A word on the wrong layout fits no language`() {
        for (typed, meant) in [("rfpfrcnfy", "казахстан"), ("eybdthcbntn", "университет")] {
            let best = max(plausibility(typed, .english), plausibility(typed, .kazakh))
            #expect(best < plausibility(meant, .russian) - 2, "\(typed) \(best)")
        }
    }

    @Test func `Without tables, and for what is no word, every language is as likely`() {
        let empty = AnalysisTables().languageModel
        #expect(empty.plausibility(of: Array("қазақ".utf8), as: .kazakh) == 0)
        #expect(plausibility("2021", .kazakh) == 0)
        #expect(plausibility("", .kazakh) == 0)
        #expect(model.plausibility(of: [0xFF, 0xD2], as: .kazakh) == 0)
        #expect(plausibility("hello", .russian) == -16)
    }
}
