import NameMatching
import TestSupport
import Testing

@Suite struct DirectoryTests {
    /// Names of all kinds out of the labelled pairs, each once.
    static let names: [String] = {
        var seen: Set<String> = []
        return LabelledPair.all.flatMap { [$0.left, $0.right] }.filter { seen.insert($0).inserted }
    }()

    static let directory: NameDirectory = {
        do {
            let builder = try NameDirectoryBuilder(vocabulary: ShippedNames.vocabulary)
            for (place, name) in names.enumerated() { builder.add(name, entity: UInt32(place)) }
            return builder.finish()
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    @Test func everyNameFindsItselfFirstOrOneThatIsAsSure() throws {
        let lookup = try NameLookup(vocabulary: ShippedNames.vocabulary)
        var lost: [String] = []
        for (place, name) in Self.names.enumerated() {
            let hits = lookup.hits(lookup.read(name), in: Self.directory, limit: 10)
            guard let best = hits.first else {
                lost.append(name)
                continue
            }
            let own = hits.first { $0.entity == UInt32(place) }
            if own?.score ?? 0 < best.score - 0.05 { lost.append("\(name): \(best.score)") }
        }
        #expect(lost.count * 100 <= Self.names.count, "\(lost)")
    }

    @Test(arguments: SeededGenerator.seeds(3))
    func oneSlipInALongNameKeepsItAmongTheHits(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let lookup = try NameLookup(vocabulary: ShippedNames.vocabulary)
        let people = LabelledPair.all.filter { $0.type == "person" && $0.left.count > 14 }
        let builder = try NameDirectoryBuilder(vocabulary: ShippedNames.vocabulary)
        for (place, pair) in people.enumerated() { builder.add(pair.left, entity: UInt32(place)) }
        let directory = builder.finish()
        var lost: [String] = []
        for (place, pair) in people.enumerated() {
            var letters = Array(pair.left)
            let slip = Int.random(in: 1..<letters.count - 1, using: &generator)
            guard letters[slip].isLetter, letters[slip - 1].isLetter else { continue }
            letters.remove(at: slip)
            let hits = lookup.hits(lookup.read(String(letters)), in: directory, limit: 10)
            // Names that are there twice share their place.
            if !hits.contains(where: {
                $0.entity == UInt32(place) || people[Int($0.entity)].left == pair.left
            }) {
                lost.append(String(letters))
            }
        }
        #expect(lost.count * 100 <= people.count * 4, "\(lost)")
    }

    @Test(arguments: [1, 2, 5, 50])
    func thereAreNeverMoreHitsThanAskedForAndOneOfEachEntity(_ limit: Int) throws {
        let builder = try NameDirectoryBuilder(vocabulary: ShippedNames.vocabulary)
        for (place, name) in Self.names.enumerated() {
            builder.add(name, entity: UInt32(place / 3))
        }
        let directory = builder.finish()
        let lookup = try NameLookup(vocabulary: ShippedNames.vocabulary)
        for name in Self.names.prefix(200) {
            let hits = lookup.hits(lookup.read(name), in: directory, limit: limit)
            #expect(hits.count <= limit)
            #expect(Set(hits.map(\.entity)).count == hits.count)
            #expect(zip(hits, hits.dropFirst()).allSatisfy { $0.score >= $1.score })
        }
    }

    @Test func entitiesThatAreNotAcceptedAreNoHits() throws {
        let lookup = try NameLookup(vocabulary: ShippedNames.vocabulary)
        for name in Self.names.prefix(100) {
            let hits = lookup.hits(lookup.read(name), in: Self.directory, limit: 10) {
                $0.isMultiple(of: 2)
            }
            #expect(hits.allSatisfy { $0.entity.isMultiple(of: 2) })
        }
    }

    @Test func aHitKeepsTheKindAndTheTextOfItsName() throws {
        let builder = try NameDirectoryBuilder(vocabulary: ShippedNames.vocabulary)
        builder.add("Мұхтар Әуезов", entity: 3, kind: 2)
        let directory = builder.finish()
        let lookup = try NameLookup(vocabulary: ShippedNames.vocabulary)
        let hit = try #require(
            lookup.hits(lookup.read("Ауэзов Мухтар"), in: directory, limit: 1).first)
        #expect(directory.text(of: hit.name) == "Мұхтар Әуезов")
        #expect(directory.kind(of: hit.name) == 2)
        #expect(directory.entity(of: hit.name) == 3)
        let reasons = lookup.explanation(
            of: hit.name, asked: "Ауэзов Мухтар", in: directory)
        #expect(reasons.contains { $0.asked == "Ауэзов" && $0.found == "әуезов" })
    }

    @Test func aPlaceInWhichAnEntityIsSpeaksForItThoughItsNameDoesNotSayIt() throws {
        let builder = try NameDirectoryBuilder(vocabulary: ShippedNames.vocabulary)
        builder.add("Д. Серікбаев атындағы Шығыс Қазақстан техникалық университеті", entity: 0)
        builder.locate(0, in: ["Өскемен", "Шығыс Қазақстан облысы"])
        builder.add("Торайғыров университеті", entity: 1)
        builder.locate(1, in: ["Павлодар"])
        let directory = builder.finish()
        let lookup = try NameLookup(vocabulary: ShippedNames.vocabulary)
        func best(_ asked: String) -> NameHit? {
            lookup.hits(lookup.read(asked), in: directory, limit: 1).first
        }
        for asked in [
            "университет Серикбаева в Усть-Каменогорске", "Serikbayev University, Öskemen",
            "Serikbayev university in Ust-Kamenogorsk",
        ] {
            let hit = try #require(best(asked))
            #expect(hit.entity == 0)
            #expect(hit.score >= 0.7, "\(asked): \(hit.score)")
            let reasons = lookup.explanation(of: hit.name, asked: asked, in: directory)
            #expect(reasons.contains { $0.relation == .location && $0.found.isEmpty })
        }
        // Another town speaks against it.
        let elsewhere = try #require(best("Serikbayev University, Pavlodar"))
        #expect(elsewhere.score < 0.7, "\(elsewhere.score)")
    }

    @Test func wordsWrittenAsOneFindThoseWrittenApart() throws {
        let builder = try NameDirectoryBuilder(vocabulary: ShippedNames.vocabulary)
        builder.add("Қасым-Жомарт Сапаров", entity: 0)
        builder.add("Ақерке Досанова", entity: 1)
        let directory = builder.finish()
        let lookup = try NameLookup(vocabulary: ShippedNames.vocabulary)
        #expect(
            lookup.hits(lookup.read("Касымжомарт"), in: directory, limit: 1).first?.entity == 0)
        #expect(lookup.hits(lookup.read("Ақ-Ерке"), in: directory, limit: 1).first?.entity == 1)
    }
}
