import TestSupport
import Testing
import TextAnalysis

@testable import NameMatching

/// Counting of names against counting in the plainest way.
@Suite struct NameCountingTests {
    /// A directory of random names of few words, some of them long, some with a word twice.
    private static func directory(_ generator: inout SeededGenerator) throws -> NameDirectory {
        let words = [
            "алма", "бота", "гүлнар", "дана", "еркін", "жанар", "зере", "инеш", "кенже",
            "лаура", "мөлдір", "нартай", "ораз", "перизат",
        ]
        let builder = try NameDirectoryBuilder(vocabulary: NameVocabulary(NameTables()))
        for entity in 0..<UInt32(Int.random(in: 1...120, using: &generator)) {
            let count = Int.random(in: 1...7, using: &generator)
            let name = (0..<count).map { _ in
                words[Int.random(in: 0..<words.count, using: &generator)]
            }
            builder.add(name.joined(separator: " "), entity: entity)
        }
        return builder.finish()
    }

    @Test(arguments: SeededGenerator.seeds(2))
    func `beside each name of a word stand its other words`(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let directory = try Self.directory(&generator)
        let neighbours = directory.neighbours
        var isLong = false
        for form in 0..<UInt32(directory.formCount) {
            let range =
                Int(directory.formStarts[Int(form)])..<Int(directory.formStarts[Int(form) + 1])
            for place in range {
                var wanted = directory.units(of: directory.formNames[place]).map(\.form)
                wanted.remove(at: try #require(wanted.firstIndex(of: form)))
                let row = neighbours.rows[place]
                var found: [UInt32] = []
                if NameNeighbours.isLong(row) {
                    isLong = true
                    neighbours.long.withUnsafeBufferPointer { long in
                        let (words, own) = NameNeighbours.longRange(row, long)
                        #expect(long[own] == form)
                        found = words.filter { $0 != own }.map { long[$0] }
                    }
                } else {
                    let (first, second, third) = NameNeighbours.forms(row)
                    found = [first, second, third].map { UInt32($0) }
                        .filter { $0 != UInt32(directory.formCount) }
                }
                #expect(found.sorted() == wanted.sorted())
            }
        }
        #expect(isLong || directory.nameCount < 20)
    }

    /// Random words for some parts, with weights whose sums are exact.
    private static func parts(
        _ directory: NameDirectory, _ generator: inout SeededGenerator
    ) -> [CandidateCounter.Part] {
        (0..<Int.random(in: 1...4, using: &generator)).map { _ in
            var part = CandidateCounter.Part()
            for form in 0..<UInt32(directory.formCount)
            where Int.random(in: 0..<4, using: &generator) == 0 {
                let weight = Float(Int.random(in: 4...64, using: &generator)) / 64
                part.forms.append((form, weight))
                part.size += directory.nameCount(ofForm: form)
            }
            return part
        }
    }

    /// What each name counts: each part once, by the first of its words that the name has.
    private static func counts(
        _ parts: [CandidateCounter.Part], _ directory: NameDirectory
    ) -> [NameDirectory.NameID: Set<Float>] {
        var words: [UInt32: (part: Int, weight: Float)] = [:]
        for (place, part) in parts.enumerated() {
            for (form, weight) in part.forms where weight > words[form]?.weight ?? 0 {
                words[form] = (place, weight)
            }
        }
        var counts: [NameDirectory.NameID: Set<Float>] = [:]
        for name in 0..<UInt32(directory.nameCount) {
            let found = directory.units(of: name).compactMap { words[$0.form] }
            // Which of several words of a part counts depends on the word that drives.
            var sums: Set<Float> = [0]
            for part in parts.indices {
                let own = Set(found.filter { $0.part == part }.map(\.weight))
                if !own.isEmpty { sums = Set(sums.flatMap { sum in own.map { sum + $0 } }) }
            }
            if sums != [0] { counts[name] = sums }
        }
        return counts
    }

    @Test(arguments: SeededGenerator.seeds(2), [3, 1000])
    func `the strongest names are those that a plain count finds`(_ seed: UInt64, limit: Int) throws
    {
        var generator = SeededGenerator(seed: seed)
        var counter = CandidateCounter()
        for _ in 0..<6 {
            let directory = try Self.directory(&generator)
            // A name that has several words of one part may be there with a count for each.
            // The same counter again and again: what it keeps must not be told from nothing.
            for _ in 0..<3 {
                let parts = Self.parts(directory, &generator)
                counter.count(parts, in: directory, limit: limit)
                let wanted = Self.counts(parts, directory)
                let strongest = counter.strongest
                #expect(strongest.count <= limit)
                #expect(zip(strongest, strongest.dropFirst()).allSatisfy { $0.count >= $1.count })
                for found in strongest {
                    #expect(wanted[found.name]?.contains(found.count) == true)
                }
                guard limit > directory.nameCount, let first = strongest.first else { continue }
                // Whatever surely counts enough is there.
                let least = first.count * WordCounter.leastShare
                let sure = wanted.filter { ($0.value.min() ?? 0) >= least }.map(\.key)
                #expect(Set(sure).isSubset(of: strongest.map(\.name)))
                #expect(first.count >= wanted.values.compactMap { $0.min() }.max() ?? 0)
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds(2))
    func `counts that are added and marked are those of a dictionary`(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var counts = NameCounts()
        let nameCount = 3000
        counts.reserve(nameCount: nameCount)
        for _ in 0..<8 {
            var wanted: [NameDirectory.NameID: Float] = [:]
            func names(_ most: Int) -> [NameDirectory.NameID] {
                let count = Int.random(in: 0...most, using: &generator)
                return Set(
                    (0..<count).map { _ in
                        UInt32.random(in: 0..<UInt32(nameCount), using: &generator)
                    }
                ).sorted()
            }
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let added = names(200)
                counts.add(added[...], 0.5)
                for name in added { wanted[name, default: 0] += 0.5 }
            }
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                // Few and many, with bits and without, so that all three ways are gone.
                let marked = names([20, 2000].randomElement(using: &generator) ?? 20)
                var bits = [UInt64](repeating: 0, count: nameCount / 64 + 1)
                for name in marked { bits[Int(name >> 6)] |= 1 << UInt64(name & 63) }
                counts.mark(
                    marked[...], 0.25, bits: Bool.random(using: &generator) ? bits[...] : nil)
                for name in marked where wanted[name] != nil { wanted[name]? += 0.25 }
            }
            var strongest: [NameCounts.Counted] = []
            counts.takeStrongest(1000, into: &strongest)
            let least = (wanted.values.max() ?? 0) * WordCounter.leastShare
            let sorted = wanted.filter { $0.value >= least }
                .sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
            #expect(strongest.map(\.name) == sorted.map(\.key))
            #expect(strongest.map(\.count) == sorted.map(\.value))
        }
    }

    @Test(arguments: SeededGenerator.seeds(2))
    func `likenesses that are kept are those of a dictionary`(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var cache = LikenessCache()
        for _ in 0..<5 {
            var wanted: [UInt64: Float] = [:]
            for _ in 0..<Int.random(in: 0...3000, using: &generator) {
                let place = UInt64.random(in: 0..<4, using: &generator)
                let key = place << 32 | UInt64.random(in: 0..<2000, using: &generator)
                #expect(cache[key]?.value == wanted[key])
                let value = Float(Int.random(in: 0...64, using: &generator)) / 64
                cache[key] = WordLikeness.Result(value: value, relation: .spelling)
                wanted[key] = value
            }
            for (key, value) in wanted { #expect(cache[key]?.value == value) }
            cache.removeAll()
            for key in wanted.keys { #expect(cache[key] == nil) }
        }
    }
}
