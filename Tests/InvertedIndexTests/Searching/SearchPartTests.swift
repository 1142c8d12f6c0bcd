import TestSupport
import Testing

@testable import InvertedIndex

@Suite struct `Parts of a search` {
    // MARK: - Edit distance

    /// All words of up to `length` letters over `alphabet`, sorted.
    private func allWords(_ alphabet: [UInt8], length: Int) -> [[UInt8]] {
        var words: [[UInt8]] = [[]]
        var last = words
        for _ in 0..<length {
            last = last.flatMap { word in alphabet.map { word + [$0] } }
            words += last
        }
        return words.sorted { $0.lexicographicallyPrecedes($1) }
    }

    @Test func `Spelled letter by letter the distance is that of the whole table`() {
        let words = allWords(Array("ab".utf8), length: 5)
        for pattern in words {
            for limit in 0...3 {
                for word in words {
                    var table = EditDistance(pattern: pattern.map(UInt32.init), limit: limit)
                    let isAlive = word.allSatisfy { table.push(UInt32($0)) }
                    let expected = ReferenceEditDistance.between(pattern, word) ?? .max
                    #expect(
                        (isAlive ? table.distance : nil) == (expected <= limit ? expected : nil))
                }
            }
        }
    }

    @Test func `No near word lies between a dead end and the spelling after it`() {
        let words = allWords(Array("abc".utf8), length: 4)
        for pattern in words where pattern.count >= 2 {
            let near = words.filter { (ReferenceEditDistance.between(pattern, $0) ?? .max) <= 1 }
            for word in words {
                var table = EditDistance(pattern: pattern.map(UInt32.init), limit: 1)
                guard let dead = word.firstIndex(where: { !table.push(UInt32($0)) }) else {
                    continue
                }
                var spelling = GrowingBytes()
                let isFound = table.findSpelling(
                    after: UInt32(word[dead]), keeping: 0, into: &spelling)
                let next = near.first { word.lexicographicallyPrecedes($0) }
                guard let next else { continue }
                #expect(isFound)
                let target = Array(spelling.bytes)
                #expect(!next.lexicographicallyPrecedes(target), "\(pattern) \(word)")
                #expect(word.lexicographicallyPrecedes(target), "\(pattern) \(word)")
            }
        }
    }

    @Test(arguments: ["", "abc", "ә", "қазақ", "日本", "𐍈x"])
    func `Letters survive a way there and back`(text: String) {
        var bytes: [UInt8] = []
        let letters = Letters.decode(Array(text.utf8)) ?? []
        Letters.encode(letters, into: &bytes)
        #expect(bytes == Array(text.utf8))
        #expect(letters == text.unicodeScalars.map(\.value))
    }

    @Test func `Bytes that are not well-formed have no letters`() {
        let broken: [[UInt8]] = [
            [0x80], [0xC3], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF0, 0x80, 0x80, 0x80], [0x61, 0xFF],
        ]
        for bytes in broken { #expect(Letters.decode(bytes) == nil) }
    }

    // MARK: - Best documents

    @Test(arguments: SeededGenerator.seeds(4))
    func `The best are those that sorting puts first`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for limit in [0, 1, 2, 7, 50, 500] {
            var best = TopK(limit: limit)
            var all: [(score: Float, number: UInt32)] = []
            for number in 0..<300 as Range<UInt32> {
                // Few values, so that many are equal; negative ones and both zeros too.
                let score = Float(Int.random(in: -3...9, using: &generator)) * 0.5
                all.append((score, number))
                best.offer(number % 7 == 0 ? -0.0 : score, number)
                if number % 7 == 0 { all[all.count - 1].score = 0 }
            }
            let expected = all.sorted { ($1.score, $0.number) < ($0.score, $1.number) }
            #expect(best.sorted().map(\.number) == expected.prefix(limit).map(\.number))
            #expect(best.sorted().map(\.score) == expected.prefix(limit).map(\.score))
        }
    }

    // MARK: - Blocks

    @Test(arguments: SeededGenerator.seeds(4))
    func `Blocks have in common what sets have`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for round in 0..<120 {
            let span = UInt32([140, 300, 5000][round % 3])
            var documents = Array((0..<span).shuffled(using: &generator).prefix(128)).sorted()
            if round % 4 == 0 { documents.removeFirst(Int.random(in: 1...127, using: &generator)) }
            let last = documents.last ?? 0
            let wanted = Int.random(in: 1...min(128, Int(last) + 1), using: &generator)
            let candidates = Array((0...last).shuffled(using: &generator).prefix(wanted)).sorted()
            var first = [UInt8](repeating: 0, count: candidates.count + 1)
            var second = first
            let found = BlockIntersection.find(
                candidates, candidates.count, in: documents, documents.count,
                candidatePlaces: &first, documentPlaces: &second)
            let common = candidates.filter(Set(documents).contains)
            #expect(first.prefix(found).map { candidates[Int($0)] } == common)
            #expect(second.prefix(found).map { documents[Int($0)] } == common)
        }
    }

    // MARK: - Time

    @Test func `A search whose time is over says so`() throws {
        let index = try RandomIndex(seed: 1)
        try index.addSegment(documentCount: 50)
        try index.commit()
        let options = SearchOptions(deadline: .now - .seconds(1))
        #expect(throws: IndexError.deadlineExceeded) {
            try index.searcher.search(.everything, options)
        }
        let cancellation = SearchCancellation()
        let cancelled = SearchOptions(keepsPartial: true, cancellation: cancellation)
        #expect(try index.searcher.search(.everything, cancelled).isPartial == false)
        cancellation.cancel()
        #expect(throws: IndexError.deadlineExceeded) {
            try index.searcher.search(.everything, cancelled)
        }
    }

    @Test func `A search that is cut has what it found before, with the same scores`() throws {
        let index = try RandomIndex(seed: 2)
        for _ in 0..<4 { try index.addSegment(documentCount: 400) }
        try index.commit()
        let searcher = index.searcher
        var cutCount = 0
        for _ in 0..<20 {
            let query = index.randomQuery()
            let whole = try searcher.search(query, SearchOptions(limit: 2000))
            let scores = Dictionary(
                uniqueKeysWithValues: whole.hits.map { ($0.address, $0.score) })
            for microseconds in [0, 20, 100, 1000, 1_000_000] {
                let cut = try searcher.search(
                    query,
                    SearchOptions(
                        limit: 2000, deadline: .now + .microseconds(microseconds),
                        keepsPartial: true))
                #expect(cut.hits.allSatisfy { scores[$0.address] == $0.score })
                #expect(cut.isPartial || cut.totalHits == whole.totalHits)
                if cut.isPartial { cutCount += 1 }
            }
        }
        #expect(cutCount > 0)
    }
}
