import TestSupport
import Testing

@testable import InvertedIndex

@Suite struct `Near terms by their ends` {
    private static let text = FieldID(rawValue: 0)

    /// Words that often begin and end alike, of letters of one to four bytes.
    private static func words(_ generator: inout SeededGenerator, count: Int) -> [[UInt8]] {
        let letters = ["a", "b", "c", "e", "қ", "ә", "д", "日", "𐍈"]
        var words: Set<String> = []
        while words.count < count {
            var word = generator.once(in: 3) ? "" : "a"
            for _ in 0..<Int.random(in: 1...7, using: &generator) {
                word += letters[min(Int.random(in: 0..<14, using: &generator), 8)]
            }
            if generator.once(in: 3) {
                word += ["ление", "dar", "ab"][Int.random(in: 0..<3, using: &generator)]
            }
            words.insert(word)
        }
        return words.sorted().map { Array($0.utf8) }
    }

    private static let schema = IndexSchema(fields: [
        IndexField(name: "text", kind: .text(hasPositions: true, lengthOf: nil)),
        IndexField(name: "few", kind: .text(hasPositions: false, lengthOf: nil)),
        IndexField(name: "more", kind: .text(hasPositions: false, lengthOf: nil)),
    ])
    private static let few = FieldID(rawValue: 1)
    private static let more = FieldID(rawValue: 2)

    /// A segment of words, 40 to a document; one of them is not UTF-8.
    private static func segment(_ words: [[UInt8]]) throws -> (TemporaryDirectory, Segment) {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        let builder = SegmentBuilder(schema: schema)
        for start in stride(from: 0, to: words.count, by: 40) {
            builder.beginDocument(key: Array("\(start)".utf8).span)
            let part =
                words[start..<min(start + 40, words.count)] + [words[start / 7], [0x61, 0xFF]]
            for (position, word) in part.enumerated() {
                builder.add(term: word.span, field: text, position: UInt32(position))
                if word[0] < 0x80 {
                    builder.add(term: word.span, field: more, position: UInt32(position))
                }
            }
            let first = words[start]
            builder.add(term: first.span, field: few, position: 0)
            builder.endDocument(stored: [UInt8]().span)
        }
        let descriptor = try builder.write(
            to: directory, name: "seg-0", indexUUID: SegmentModel.uuid)
        let segment = try Segment.open(
            directory: directory, descriptor: descriptor, indexUUID: SegmentModel.uuid,
            schema: schema)
        return (folder, segment)
    }

    /// A word of the list with up to two slips.
    private static func misspelt(_ words: [[UInt8]], _ generator: inout SeededGenerator) -> [UInt8]
    {
        var letters =
            Letters.decode(words[Int.random(in: 0..<words.count, using: &generator)]) ?? []
        let others: [UInt32] = [0x61, 0x65, 0x49B, 0x65E5, 0x7A]
        for _ in 0..<Int.random(in: 0...2, using: &generator) where letters.count > 1 {
            let place = Int.random(in: 0..<letters.count - 1, using: &generator)
            let letter = others[Int.random(in: 0..<others.count, using: &generator)]
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: letters.remove(at: place)
            case 1: letters.insert(letter, at: place)
            case 2: letters[place] = letter
            default: letters.swapAt(place, place + 1)
            }
        }
        var bytes: [UInt8] = []
        Letters.encode(letters, into: &bytes)
        return bytes
    }

    private struct Match: Equatable {
        var term: [UInt8]
        var entry: TermEntry
        var distance: Int
    }

    @Test(arguments: SeededGenerator.seeds(3))
    func `A split search finds what a walk finds, in the same order`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let words = Self.words(&generator, count: 4000)
        let (folder, segment) = try Self.segment(words)
        defer { withExtendedLifetime(folder) {} }
        try segment.verify()
        #expect(segment.content.suffixes(Self.few) == nil)
        var splitCounts: [Int: Int] = [:]
        for round in 0..<120 {
            let word = Self.misspelt(words, &generator)
            let limit = 1 + round % 2
            let prefix = round % 5 == 0 ? Int.random(in: 1...3, using: &generator) : 0
            let field = round % 3 == 0 ? Self.more : Self.text
            let scan = try #require(
                FuzzyTermScan(word: word, distance: limit, prefixLetters: prefix))
            var found: [Match] = []
            try scan.run(segment, field) { found.append(Match(term: $0, entry: $1, distance: $2)) }
            var expected: [Match] = []
            try scan.run(TermBlocks(segment, field)) {
                expected.append(Match(term: $0, entry: $1, distance: $2))
            }
            #expect(
                found == expected, "\(String(decoding: word, as: UTF8.self)) \(limit) \(prefix)")
            let suffixes = try #require(segment.content.suffixes(field))
            let split = try FuzzySplit(
                #require(Letters.decode(word)), limit: limit, prefixCount: prefix,
                TermBlocks(segment, field), suffixes)
            if split != nil { splitCounts[limit, default: 0] += 1 }
        }
        #expect(splitCounts[1, default: 0] > 20)
        #expect(splitCounts[2, default: 0] > 20)
    }

    @Test(arguments: [(1, 3), (2, 3), (2, 4), (3, 4), (1, 2), (2, 5)])
    func `Words within two edits end alike or are in the region`(start: Int, end: Int) {
        var words: [[UInt8]] = [[]]
        for length in 1...6 {
            words += words.filter { $0.count == length - 1 }.flatMap { [$0 + [97], $0 + [98]] }
        }
        words.sort { $0.lexicographicallyPrecedes($1) }
        let region = EditDistance.Region(start: start, end: end)
        for pattern in words where pattern.count == 6 && pattern[0] == 97 {
            var accepted: [[UInt8]] = []
            var dead: [(word: [UInt8], spelling: [UInt8])] = []
            for word in words {
                var table = EditDistance(
                    pattern: pattern.map(UInt32.init), limit: 2, region: region)
                let rejected = word.first { !table.push(UInt32($0)) }
                let distance = rejected == nil ? table.distance : nil
                if let rejected {
                    var spelling = GrowingBytes()
                    if table.findSpelling(after: UInt32(rejected), keeping: 0, into: &spelling) {
                        dead.append((word, Array(spelling.bytes)))
                    } else {
                        dead.append((word, [0xFF]))
                    }
                }
                let between = ReferenceEditDistance.between(pattern, word) ?? .max
                if let distance {
                    accepted.append(word)
                    #expect(distance == between)
                } else if between <= 2 {
                    #expect(word.suffix(pattern.count - end) == pattern[end...], "\(word)")
                }
            }
            for (word, spelling) in dead {
                let next = accepted.first { word.lexicographicallyPrecedes($0) }
                #expect(word.lexicographicallyPrecedes(spelling))
                if let next {
                    #expect(!next.lexicographicallyPrecedes(spelling), "\(pattern) \(word)")
                }
            }
        }
    }

    @Test func `The blocks of an end hold all terms that end so`() throws {
        var generator = SeededGenerator(seed: 7)
        for count in [1024, 1025, 3000] {
            let words = Self.words(&generator, count: count)
            let (folder, segment) = try Self.segment(words)
            defer { withExtendedLifetime(folder) {} }
            let suffixes = try #require(segment.content.suffixes(Self.text))
            let terms = words.count + 1
            for (place, word) in words.enumerated() where place % 5 == 0 {
                for start in word.indices where word[start] & 0xC0 != 0x80 {
                    let end = Array(word[start...])
                    let key = word.withUnsafeBytes { TermSuffixes.key($0) }
                    #expect(end.withUnsafeBytes { TermSuffixes.keys(endingWith: $0) }.contains(key))
                    var blocks: [UInt32] = []
                    for group in end.withUnsafeBytes({ suffixes.groups(endingWith: $0) }) {
                        try suffixes.addBlocks(ofGroup: group, to: &blocks)
                    }
                    let block = try word.span.bytes.withUnsafeBytes { bytes throws(IndexError) in
                        try TermBlocks(segment, Self.text).block(for: bytes)
                    }
                    let number = UInt32(block - TermBlocks(segment, Self.text).numbers.lowerBound)
                    #expect(blocks.contains(number), "\(String(decoding: word, as: UTF8.self))")
                    #expect(blocks.count < terms)
                }
            }
        }
    }

    @Test func `Damaged ends of terms throw or answer, and verify finds them`() throws {
        var generator = SeededGenerator(seed: 9)
        let words = Self.words(&generator, count: 1200)
        let (folder, segment) = try Self.segment(words)
        defer { withExtendedLifetime(folder) {} }
        let bytes = [UInt8](segment.content.file.bytes)
        let section = try segment.content.envelope.section(SegmentSection.termSuffixes)
        let word = words[600]
        for round in 0..<60 {
            var other = bytes
            let place = section.offset + Int.random(in: 0..<section.count, using: &generator)
            for offset in 0..<min(round % 3 * 20 + 1, section.offset + section.count - place) {
                other[place + offset] = UInt8.random(in: 0...255, using: &generator)
            }
            guard other != bytes else { continue }
            let file = MappedFile(name: "hostile", copying: HostileSegmentTests.resealed(other))
            do throws(IndexError) {
                let damaged = try Segment.open(file: file)
                for limit in 1...2 {
                    let scan = FuzzyTermScan(word: word, distance: limit, prefixLetters: 0)
                    do throws(IndexError) {
                        try scan?.run(damaged, Self.text) { _, _, _ in }
                    } catch _ {}
                }
                do throws(IndexError) {
                    try damaged.verify()
                    Issue.record("round \(round): verify passes over damage at \(place)")
                } catch _ {}
            } catch _ {}
        }
    }
}
