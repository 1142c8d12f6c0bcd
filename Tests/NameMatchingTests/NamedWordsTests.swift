import TestSupport
import Testing
import TextAnalysis

@testable import NameMatching

@Suite struct NamedWordsTests {
    private let lookup: NameLookup
    private let directory = DirectoryTests.directory

    init() throws {
        lookup = try NameLookup(vocabulary: ShippedNames.vocabulary)
    }

    /// Whether a lookup finds a name that has all words of a text, as a search asks for it.
    private func isNamed(_ text: String) -> Bool {
        let asked = lookup.read(text)
        return lookup.hits(asked, in: directory, limit: 10).contains { hit in
            hit.score >= 0.65
                && lookup.explanation(of: hit.name, asked: asked, typed: text, in: directory)
                    .allSatisfy {
                        $0.weight < 0.1 || $0.relation != .typo && $0.relation != .missing
                    }
        }
    }

    /// Whether the words alone allow that; `nil` where they are not read one by one.
    private func mayBeNamed(_ words: [String], _ stretch: Range<Int>) -> Bool? {
        lookup.read(wordByWord: words.map { $0[...] })
            .map { lookup.words(of: $0, in: directory).mayName(stretch) }
    }

    /// Words of names and words of none, with and without a slip.
    private func words(_ generator: inout SeededGenerator) -> [String] {
        let names = DirectoryTests.names
        let others = ["пингвин", "сковорода", "зеленый", "whistle", "crumble", "көбелек", "жаңбыр"]
        var words = names[Int.random(in: 0..<names.count, using: &generator)].lowercased()
            .split(separator: " ").map(String.init)
        if Int.random(in: 0..<3, using: &generator) == 0,
            let other = others.randomElement(using: &generator)
        {
            words.insert(other, at: Int.random(in: 0...words.count, using: &generator))
        }
        if Int.random(in: 0..<3, using: &generator) == 0,
            let place = words.indices.randomElement(using: &generator), words[place].count > 4
        {
            words[place].remove(at: words[place].index(words[place].startIndex, offsetBy: 2))
        }
        return words
    }

    @Test(arguments: SeededGenerator.seeds(4))
    func `a stretch is passed over only where a lookup finds no name with all its words`(
        _ seed: UInt64
    ) {
        var generator = SeededGenerator(seed: seed)
        var passed = 0
        for _ in 0..<150 {
            let words = words(&generator)
            guard words.count > 1, words.count < 8 else { continue }
            let first = Int.random(in: 0..<words.count - 1, using: &generator)
            let stretch = first..<Int.random(in: first + 2...words.count, using: &generator)
            guard mayBeNamed(words, stretch) == false else { continue }
            passed += 1
            let text = words[stretch].joined(separator: " ")
            #expect(!isNamed(text), "\(text)")
        }
        #expect(passed > 5)
    }

    /// Remembered words are not compared, so the others of their text are compared without them.
    @Test(arguments: SeededGenerator.seeds(4))
    func `what is remembered of some words changes nothing in what is found of a text`(
        _ seed: UInt64
    ) {
        var generator = SeededGenerator(seed: seed)
        var warm = directory
        warm.presence = PresenceMemory()
        var (seen, unnamed) = (0, 0)
        for _ in 0..<150 {
            let words = words(&generator)
            let part = words.prefix(Int.random(in: 0...words.count, using: &generator))
            if let known = lookup.read(wordByWord: part.map { $0[...] }) {
                _ = lookup.words(of: known, in: warm)
            }
            seen += warm.presence.count
            var fresh = directory
            fresh.presence = PresenceMemory()
            guard let asked = lookup.read(wordByWord: words.map { $0[...] }) else { continue }
            let (known, found) = (
                lookup.words(of: asked, in: warm), lookup.words(of: asked, in: fresh)
            )
            #expect(known.parts == found.parts, "\(words)")
            unnamed += found.parts.count { $0.bearers?.isEmpty == true }
        }
        #expect(seen > 0 && unnamed > 0)
    }

    @Test func `names in any spelling may be named, other words may not`() {
        for words in [["абай", "құнанбайұлы"], ["кокше", "тау"], ["нур", "султан"]] {
            #expect(mayBeNamed(words, 0..<words.count) != false, "\(words)")
        }
        #expect(mayBeNamed(["зеленый", "сковорода", "пингвин"], 0..<3) == false)
    }

    @Test func `a word that is more than near may be the same`() throws {
        let reader = try NameReader(vocabulary: ShippedNames.vocabulary)
        var likeness = WordLikeness()
        var counts = [0, 0]
        let names = DirectoryTests.names.enumerated().filter { $0.offset % 12 == 0 }.map(\.element)
        for name in names {
            let units = reader.read(name).units
            likeness.ask(for: units.count)
            for place in units.indices {
                for form in 0..<UInt32(directory.formCount) where form % 3 == 0 {
                    let mayBeSame = likeness.mayBeSame(units, place, form, in: directory.forms)
                    let found = likeness.likeness(units, place, form, in: directory.forms)
                    if mayBeSame { counts[0] += 1 }
                    guard let found, found.relation != .typo else { continue }
                    counts[1] += 1
                    #expect(mayBeSame, "\(name) \(place) \(form)")
                }
            }
        }
        #expect(counts[1] > 20 && counts[0] < 2 * counts[1], "\(counts)")
    }

    @Test func `parts that hyphens join are looked at one by one`() {
        #expect(mayBeNamed(["сковорода", "абай-құнанбайұлы"], 1..<2) == true)
        #expect(mayBeNamed(["сковорода", "абай-құнанбайұлы"], 0..<2) == false)
        #expect(mayBeNamed(["сковорода", "пингвин-whistle"], 1..<2) == false)
    }

    @Test func `of long stretches nothing is said`() {
        let words = ["зеленый", "пингвин", "whistle", "crumble", "сковорода", "көбелек"]
        #expect(mayBeNamed(words, 0..<5) == false)
        #expect(mayBeNamed(words, 0..<6) == true)
    }

    @Test func `no more words are remembered than there is room for`() {
        let memory = PresenceMemory(limit: 10)
        for number in 0..<100 {
            let folded = Array("word\(number)".utf8)
            let names: [NameDirectory.NameID]? = number % 2 == 0 ? nil : [UInt32(number)]
            let word = PresentWord(folded: folded, role: .word, concepts: [])
            memory.keep(NameBearers(names: names), of: word)
            #expect(memory[word].map { $0.names == names } == true)
            #expect(memory[.init(folded: folded, role: .surname, concepts: [])] == nil)
            #expect(memory[.init(folded: folded, role: .word, concepts: [1])] == nil)
            #expect(memory.count <= 10)
        }
    }

    @Test func `a directory remembers no words of another`() throws {
        let words = ["кокше", "өзеншік"]
        #expect(mayBeNamed(words, 0..<2) == false)
        let builder = try NameDirectoryBuilder(vocabulary: ShippedNames.vocabulary)
        builder.add("Кокше Өзеншік", entity: 0)
        let other = builder.finish()
        let asked = try #require(lookup.read(wordByWord: words.map { $0[...] }))
        #expect(lookup.words(of: asked, in: other).mayName(0..<2))
        #expect(mayBeNamed(words, 0..<2) == false)
    }
}
