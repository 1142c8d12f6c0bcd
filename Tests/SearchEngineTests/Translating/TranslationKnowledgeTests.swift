import Foundation
import NameMatching
import TestSupport
import Testing
import TextAnalysis

@testable import SearchEngine

/// What is laid out in the first moments of a daemon, and who waits for it.
struct TranslationKnowledgeTests {
    @Test func `a search does not wait for the lexicon`() {
        let knowledge = TranslationKnowledge(table: ShippedLexicon.table)
        #expect(knowledge.ready == nil)
        let waited = longestWait(for: { knowledge.ready != nil }) {
            _ = knowledge.lexicon(with: ShippedLexicon.analyzer())
        }
        #expect(waited.longest < waited.whole / 2, "\(waited)")
        let again = knowledge.lexicon(with: ShippedLexicon.analyzer())
        #expect(again.isEmpty == false)
    }

    @Test func `a search does not wait for the tables of names`() throws {
        let places = (0..<1500).map { number in
            let name = "Place\(number) River"
            return "p\(number)\tcity\t\(name)\t\(name)\t\(name)\t-\t-\t-\ttest"
        }
        let knowledge = try NameKnowledge(
            tables: NameTables(words: NameRows.tables.words, places: places))
        let waited = longestWait(for: { knowledge.isReady }) {
            do {
                _ = try knowledge.tables()
            } catch {
                Issue.record("\(error)")
            }
        }
        #expect(waited.longest < waited.whole / 2, "\(waited)")
    }

    /// How long a question lasted at most while another thread did some work, and the work.
    private func longestWait(
        for isReady: () -> Bool, during work: @escaping @Sendable () -> Void
    ) -> (longest: Duration, whole: Duration) {
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
