import NameMatching
import TestSupport
import Testing
import TextAnalysis

/// Names that nobody bears: nothing traps, and the answers are clear.
@Suite struct BadNameTests {
    static let nothing = ["", "   ", "...,;!", "\u{0301}", "🙂", "\u{0}", "«»"]
    static let strange = [
        String(repeating: "Қ", count: 10_000), String(repeating: "аб ", count: 5_000),
        String(repeating: "Қ.", count: 500), "А. Б. В.", "١٢٣ ٤٥٦", "Тoқaев Toкаев توقايەۆ",
        "а\u{0301}\u{0301}\u{0301}", "-Қасым--Жомарт-", "’’’O’’", "ǅ ﬁ ℌ ㋿ Ⅻ",
        "\u{202E}Тоқаев\u{202C}", String(repeating: "\u{0301}", count: 1000) + "Абай",
    ]

    @Test(arguments: nothing)
    func whatHasNoLettersIsLikeNothing(_ name: String) throws {
        let matcher = try NameMatcher(vocabulary: ShippedNames.vocabulary)
        #expect(matcher.likeness(name, "Абай Құнанбаев").score == 0)
        #expect(matcher.likeness("Абай Құнанбаев", name).score == 0)
        #expect(matcher.likeness(name, name).score == 0)
        let builder = try NameDirectoryBuilder(vocabulary: ShippedNames.vocabulary)
        builder.add(name, entity: 0)
        builder.add("Абай Құнанбаев", entity: 1)
        let directory = builder.finish()
        #expect(directory.nameCount == 1)
        let lookup = try NameLookup(vocabulary: ShippedNames.vocabulary)
        #expect(lookup.read(name).isEmpty)
        #expect(lookup.hits(lookup.read(name), in: directory, limit: 10).isEmpty)
    }

    @Test(arguments: strange)
    func aStrangeNameHasAScoreAndIsFoundOrNot(_ name: String) throws {
        let matcher = try NameMatcher(vocabulary: ShippedNames.vocabulary)
        for other in Self.strange + ["Абай Құнанбаев", "ҚазҰУ"] {
            #expect((0...1).contains(matcher.likeness(name, other).score))
        }
        let builder = try NameDirectoryBuilder(vocabulary: ShippedNames.vocabulary)
        for (place, other) in Self.strange.enumerated() {
            builder.add(other, entity: UInt32(place))
        }
        let directory = builder.finish()
        let lookup = try NameLookup(vocabulary: ShippedNames.vocabulary)
        let hits = lookup.hits(lookup.read(name), in: directory, limit: 3)
        #expect(hits.count <= 3)
        for hit in hits {
            _ = lookup.explanation(of: hit.name, asked: name, in: directory)
        }
    }

    @Test func anEmptyDirectoryHasNoHits() throws {
        let directory = try NameDirectoryBuilder(vocabulary: ShippedNames.vocabulary).finish()
        let lookup = try NameLookup(vocabulary: ShippedNames.vocabulary)
        #expect(lookup.hits(lookup.read("Абай"), in: directory, limit: 10).isEmpty)
        #expect(lookup.hits(lookup.read("Абай"), in: directory, limit: 0).isEmpty)
    }

    @Test func randomBytesNeverTrap() throws {
        var generator = SeededGenerator(seed: 7)
        let tokenizer = try NameTokenizer()
        var tokens = NameTokens()
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            tokenizer.tokenize(bytes.span, into: &tokens)
            for token in tokens.tokens {
                #expect(Int(token.source.start + token.source.count) <= bytes.count)
                #expect(!tokens.folded(token).isEmpty)
            }
        }
    }

    @Test func anAcronymOf16LettersAgainst32WordsTakesBoundedTime() throws {
        let matcher = try NameMatcher(vocabulary: ShippedNames.vocabulary)
        let words = Array(repeating: "мемлекеттік медициналық", count: 16).joined(separator: " ")
        let start = ContinuousClock.now
        _ = matcher.likeness("ММММММММММММММММ", words + " университеті")
        _ = matcher.likeness("МММММММММММММММК", words + " университеті")
        // Without a bound it would be years.
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test func manyAliasesOfOneEntityCostNoMoreThanTheyHaveTo() throws {
        func directory(_ count: Int) throws -> NameDirectory {
            let builder = try NameDirectoryBuilder(vocabulary: ShippedNames.vocabulary)
            for _ in 0..<count { builder.add("Абай Құнанбайұлы Өскенбаев", entity: 7) }
            builder.add("Шоқан Уәлиханов", entity: 8)
            return builder.finish()
        }
        let lookup = try NameLookup(vocabulary: ShippedNames.vocabulary)
        func seconds(_ directory: NameDirectory) -> Duration {
            let start = ContinuousClock.now
            for _ in 0..<20 {
                let hits = lookup.hits(lookup.read("Абай Өскенбаев"), in: directory, limit: 5)
                #expect(hits.map(\.entity) == [7])
            }
            return ContinuousClock.now - start
        }
        let few = try directory(5000)
        let many = try directory(25_000)
        // Beyond the budget more names cost nothing; the rest, and the least of some rounds, is for
        // a busy machine.
        let least = try #require((0..<3).map { _ in seconds(few) }.min())
        let most = try #require((0..<3).map { _ in seconds(many) }.min())
        #expect(most < least * 4 + .seconds(1))
    }
}
