import NameMatching
import Testing
import TextAnalysis

@Suite struct MentionPropertyTests {
    private static let long =
        "Қасым-Жомарт Тоқаев Абай облысында КазНУ ректорымен кездесті. Иван Сидоров сказал: "

    /// Ranges of all that was found, by text.
    private func ranges(_ found: Mentions) -> [[Range<Int>]] {
        var ranges: [[Range<Int>]] = []
        func add(_ field: Int, _ range: Range<Int>) {
            while ranges.count <= field { ranges.append([]) }
            ranges[field].append(range)
        }
        for mention in found.mentions { add(mention.field, mention.source.range) }
        for person in found.people {
            for place in person.occurrences { add(place.field, place.source.range) }
        }
        return ranges.map { $0.sorted { $0.lowerBound < $1.lowerBound } }
    }

    private func check(_ bytes: [UInt8], _ finder: MentionFinder) {
        let found = finder.mentions(in: bytes.span)
        for ranges in ranges(found) {
            for range in ranges {
                #expect(!range.isEmpty && range.upperBound <= bytes.count)
                #expect(bytes[range.lowerBound] & 0xC0 != 0x80)
                #expect(range.upperBound == bytes.count || bytes[range.upperBound] & 0xC0 != 0x80)
            }
            for (left, right) in zip(ranges, ranges.dropFirst()) {
                #expect(left.upperBound <= right.lowerBound)
            }
        }
        let starts = found.mentions.map(\.source.start)
        #expect(starts == starts.sorted())
        for mention in found.mentions { #expect(mention.score > 0 && mention.score <= 1) }
        #expect(finder.mentions(in: bytes.span) == found)
    }

    @Test(arguments: [1, 7, 42])
    func anyBytesGiveOrderedRangesOnBordersAndTheSameTwice(_ seed: UInt64) throws {
        let finder = try ShippedLists.finder()
        var state = seed
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
        for _ in 0..<40 {
            var bytes = Array(String(repeating: Self.long, count: 2).utf8)
            // Whole words change places, so that the text stays UTF-8.
            var words = bytes.split(separator: 0x20).map(Array.init)
            for index in words.indices.reversed() {
                words.swapAt(index, Int(next() % UInt64(index + 1)))
            }
            bytes = Array(words.joined(separator: [0x20]))
            check(bytes, finder)
        }
    }

    @Test func badInputIsBounded() throws {
        let finder = try ShippedLists.finder()
        let inputs: [[UInt8]] = [
            [], [0xFF, 0xFE, 0x80], Array(repeating: 0x41, count: 1 << 20),
            Array(String(repeating: "А ", count: 10_000).utf8),
            Array(String(repeating: "Абай ", count: 500).utf8),
            Array(String(repeating: "Абай", count: 10_000).utf8),
            Array(String(repeating: "Ахмет Серіков ", count: 5_000).utf8),
            Array(String(repeating: "университет имени ", count: 5_000).utf8),
            Array(String(repeating: "қ", count: 100_000).utf8.dropLast()),
        ]
        for input in inputs {
            let found = finder.mentions(in: input.span)
            #expect(found.mentions.count <= 10_000)
            #expect(finder.mentions(in: input.span) == found)
        }
    }

    @Test func invalidBytesInsideDoNotMoveRanges() throws {
        let text = Array("Жиын ".utf8) + [0xC3, 0x28] + Array(" Қостанайда өтті".utf8)
        let found = try ShippedLists.finder().mentions(in: text.span).mentions
        let range = try #require(found.first).source.range
        #expect(String(decoding: text[range], as: UTF8.self) == "Қостанайда")
    }

    @Test func aTableOfCuesThatCannotBeReadSaysWhere() {
        var tables = ShippedNames.tables
        tables.speech = ["said\tspeech\tдеді\tсказал\tsaid", "rector\ttitle\tректор"]
        #expect(throws: NameTableError.self) { try NameVocabulary(tables) }
    }

    @Test func withoutListsOnlyPeopleAreFound() throws {
        let finder = try MentionFinder(vocabulary: ShippedNames.vocabulary, lists: [])
        let found = finder.mentions(in: ["Об этом сказал Иван Сидоров в Алматы."])
        #expect(found.mentions.isEmpty)
        #expect(found.people.map(\.name) == ["Иван Сидоров"])
    }
}
