import Testing

@testable import InvertedIndex

extension SegmentModel {
    /// Three letters of five: each key has several terms, and some terms have none.
    static func key(of term: [UInt8]) -> [UInt8] {
        term.first == 0 ? [] : term.prefix(3).map { 97 + $0 % 5 }
    }

    static let keying = TermKeying { term, key in
        for byte in Self.key(of: (0..<term.count).map { term[$0] }) { key.append(byte) }
    }

    /// The entries that the keys of `title` and `body` have to have, in their order.
    func termKeys() -> [(key: [UInt8], term: [UInt8], frequency: UInt32)] {
        var frequencies: [[UInt8]: UInt32] = [:]
        for field: UInt16 in [0, 2] {
            for (term, postings) in postings(of: field) {
                frequencies[term, default: 0] += UInt32(postings.count)
            }
        }
        return frequencies.map { (Self.key(of: $0.key), $0.key, $0.value) }
            .filter { !$0.0.isEmpty }
            .sorted {
                ($0.0 + [0] + $0.1).lexicographicallyPrecedes($1.0 + [0] + $1.1)
            }
    }

    func checkTermKeys(_ segment: Segment) throws {
        let expected = termKeys()
        let relation = segment.relation(FieldID(rawValue: 9))
        var cursor = TermKeyCursor(relation.keys)
        var place = 0
        while try cursor.next() {
            guard place < expected.count, cursor.key == expected[place].key,
                cursor.entry.frequency == expected[place].frequency,
                try relation.term(of: cursor.entry) == expected[place].term
            else {
                Issue.record("entry \(place) of the keys is another")
                return
            }
            place += 1
        }
        #expect(place == expected.count)
        for key in Set(expected.map(\.key) + [[97], [97, 97, 97, 97], [200], [1]]) {
            var found: [[UInt8]] = []
            try relation.forEach(key: key) { entry throws(IndexError) in
                found.append(try relation.term(of: entry))
            }
            #expect(found == expected.filter { $0.key == key }.map(\.term))
        }
        #expect(segment.relation(FieldID(rawValue: 10)).keys.count == 0)
    }
}
