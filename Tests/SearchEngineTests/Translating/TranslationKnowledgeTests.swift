import Foundation
import NameMatching
import TestSupport
import Testing
import TextAnalysis

@testable import SearchEngine

/// What is laid out in the first moments of a daemon, and who waits for it.
struct TranslationKnowledgeTests {
    @Test func `a search does not wait for the lexicon`() {
        expectNoWait {
            let knowledge = TranslationKnowledge(table: ShippedLexicon.table)
            #expect(knowledge.ready == nil)
            let waited = longestWait(for: { knowledge.ready != nil }) {
                _ = knowledge.lexicon(with: ShippedLexicon.analyzer())
            }
            let again = knowledge.lexicon(with: ShippedLexicon.analyzer())
            #expect(again.isEmpty == false)
            return waited
        }
    }

    @Test func `a search does not wait for the tables of names`() throws {
        let places = (0..<1500).map { number in
            let name = "Place\(number) River"
            return "p\(number)\tcity\t\(name)\t\(name)\t\(name)\t-\t-\t-\ttest"
        }
        let tables = NameTables(words: NameRows.tables.words, places: places)
        try expectNoWait {
            let knowledge = try NameKnowledge(tables: tables)
            return longestWait(for: { knowledge.isReady }) {
                do {
                    _ = try knowledge.tables()
                } catch {
                    Issue.record("\(error)")
                }
            }
        }
    }

    private typealias Wait = (longest: Duration, whole: Duration)

    /// Expects that the longest wait is less than half of the work, in one of five rounds.
    ///
    /// Who waits for the work waits for nearly all of it, each time. A busy machine may hold up a
    /// thread that waits for nothing, but hardly five times in a row.
    private func expectNoWait(_ measure: () throws -> Wait) rethrows {
        var waits: [Wait] = []
        for _ in 0..<5 {
            let wait = try measure()
            if wait.longest < wait.whole / 2 { return }
            waits.append(wait)
        }
        Issue.record("\(waits)")
    }

    /// How long a question lasted at most while another thread did some work, and the work.
    private func longestWait(
        for isReady: () -> Bool, during work: @escaping @Sendable () -> Void
    ) -> Wait {
        let clock = ContinuousClock()
        let begin = clock.now
        let thread = Thread(block: work)
        thread.start()
        var longest = Duration.zero
        var isDone = false
        while !isDone, begin.duration(to: clock.now) < .seconds(120) {
            let asked = clock.now
            isDone = isReady()
            longest = max(longest, asked.duration(to: clock.now))
            usleep(1000)
        }
        #expect(isDone)
        return (longest, begin.duration(to: clock.now))
    }
}
