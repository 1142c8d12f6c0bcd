import Foundation
import Testing

@testable import SearchEngine

/// How many misspelt Kazakh words are put right, by kind of slip.
struct KazakhSpellingTests {
    @Test func `the set is what its rules make of the sample corpus`() throws {
        let rows = KazakhMisspellings.rows(of: try KazakhMisspellings.corpusCounts(), seed: 3)
        if ProcessInfo.processInfo.environment["IZDE_RECORD"] != nil {
            try KazakhMisspellings.record(rows)
        }
        #expect(rows.count >= 400)
        #expect(try KazakhMisspellings.recorded() == rows)
    }

    private func vocabulary() throws -> CountedVocabulary {
        CountedVocabulary(
            try KazakhMisspellings.corpusCounts().mapValues {
                SpellingCorrector.frequency(documents: $0, of: 26)
            })
    }

    /// Thresholds are a little under what was measured.
    @Test(arguments: [
        ("letters", 0.95), ("neighbour", 0.95), ("doubled", 0.97), ("dropped", 0.93),
        ("swapped", 0.96),
    ])
    func `slips of a kind are put right`(kind: String, least: Double) throws {
        let vocabulary = try vocabulary()
        let rows = try KazakhMisspellings.recorded().filter { $0.kind == kind }
        let corrector = SpellingCorrector()
        var fixed = 0
        var touched = 0
        for row in rows {
            guard
                let correction = corrector.correction(
                    of: Array(row.written.utf8), in: vocabulary)
            else { continue }
            touched += 1
            fixed += correction.term == Array(row.corrected.utf8) ? 1 : 0
        }
        let share = Double(fixed) / Double(rows.count)
        let precision = Double(fixed) / Double(max(touched, 1))
        print("kk \(kind): fixed \(fixed) of \(rows.count), precision \(precision)")
        #expect(share >= least, "fixed \(share)")
        #expect(precision >= 0.95, "precision \(precision)")
    }

    @Test func `good words are hardly ever changed`() throws {
        var vocabulary = try vocabulary()
        let corrector = SpellingCorrector()
        let words = Set(try KazakhMisspellings.recorded().map(\.corrected)).sorted()
        var changed: [String] = []
        for word in words {
            #expect(corrector.correction(of: Array(word.utf8), in: vocabulary) == nil)
            // The hard case: a good word that no document has.
            vocabulary.without = Array(word.utf8)
            if corrector.correction(of: Array(word.utf8), in: vocabulary) != nil {
                changed.append(word)
            }
            vocabulary.without = nil
        }
        let share = Double(changed.count) / Double(words.count)
        print("kk unknown good words changed: \(changed.count) of \(words.count)")
        #expect(share <= 0.13, "\(changed)")
    }
}
