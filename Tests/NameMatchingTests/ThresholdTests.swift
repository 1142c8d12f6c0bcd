import Foundation
import NameMatching
import Testing

/// What the score of an answer is worth.
@Suite struct ThresholdTests {
    /// From this score on an answer is taken for a match.
    private static let matchScore: Float = 0.7

    @Test func anAcronymOfOneShippedInstitutionFindsIt() throws {
        let builder = try NameDirectoryBuilder(vocabulary: ShippedNames.vocabulary)
        var owners: [String: Set<UInt32>] = [:]
        for (place, record) in try ShippedLists.records("institutions.jsonl").enumerated() {
            for name in record["names"] as? [[String: Any]] ?? [] {
                let value = name["value"] as? String ?? ""
                builder.add(value, entity: UInt32(place))
                if name["kind"] as? String == "acronym" {
                    owners[value, default: []].insert(UInt32(place))
                }
            }
        }
        let directory = builder.finish()
        let lookup = try NameLookup(vocabulary: ShippedNames.vocabulary)
        let unique = owners.filter { $0.value.count == 1 }
        let right = unique.filter { acronym, entities in
            let best = lookup.hits(lookup.read(acronym), in: directory, limit: 1).first
            return best.map { entities.contains($0.entity) } ?? false
        }
        #expect(unique.count > 800)
        #expect(Double(right.count) >= 0.99 * Double(unique.count))
    }

    /// Real people, who stay outside the project, among as many as 2,000 made of their names.
    @Test func peopleFromTheMatchScoreOnAreThoseMeant() throws {
        let file = ShippedNames.root.deletingLastPathComponent()
            .appendingPathComponent("shared/data/persons-kz/persons.tsv")
        guard FileManager.default.fileExists(atPath: file.path) else {
            print("skipped: shared/data/persons-kz is not beside the project")
            return
        }
        let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .dropFirst().map { $0.components(separatedBy: "\t").dropFirst().prefix(5).map { $0 } }
        let lookup = try NameLookup(vocabulary: ShippedNames.vocabulary)
        var (asked, answered, right) = (0, 0, 0)
        for indexed in [0, 1] {
            let builder = try NameDirectoryBuilder(vocabulary: ShippedNames.vocabulary)
            for (place, row) in rows.enumerated() where !row[indexed].isEmpty {
                builder.add(row[indexed], entity: UInt32(place))
            }
            let words = rows.map { $0[indexed].split(separator: " ").map(String.init) }
                .filter { $0.count > 1 }
            for number in 0..<2000 {
                let given = words[number % words.count]
                let other = words[(number / words.count + number + 1) % words.count]
                guard given != other, given[0] != other[0] else { continue }
                builder.add(
                    ([given[0]] + other.dropFirst()).joined(separator: " "),
                    entity: UInt32(rows.count + number))
            }
            let directory = builder.finish()
            for (place, row) in rows.enumerated() where !row[indexed].isEmpty {
                for (column, cell) in row.enumerated() where column != indexed {
                    for name in cell.split(separator: ";") {
                        asked += 1
                        let name = lookup.read(name.trimmingCharacters(in: .whitespaces))
                        guard let best = lookup.hits(name, in: directory, limit: 1).first,
                            best.score >= Self.matchScore
                        else { continue }
                        answered += 1
                        if best.entity == UInt32(place) { right += 1 }
                    }
                }
            }
        }
        #expect(asked > 150)
        #expect(Double(right) >= 0.99 * Double(answered), "\(right) of \(answered), asked \(asked)")
        #expect(Double(answered) >= 0.9 * Double(asked))
    }
}
