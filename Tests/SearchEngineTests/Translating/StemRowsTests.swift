import TestSupport
import Testing

@testable import SearchEngine

@Suite struct StemRowsTests {
    @Test(arguments: SeededGenerator.seeds(3))
    func `rows are those of a plain dictionary`(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var rows = StemRows()
        var plain: [[[UInt8]]: [Int: [UInt32]]] = [:]
        func stems() -> [[UInt8]] {
            (0..<Int.random(in: 1...3, using: &generator)).map { _ in
                (0..<Int.random(in: 1...3, using: &generator)).map { _ in
                    UInt8.random(in: 97...99, using: &generator)
                }
            }
        }
        for number in 0..<400 as Range<UInt32> {
            let (stems, language) = (stems(), Int.random(in: 0..<3, using: &generator))
            rows.change(stems[...], language) { $0.concepts.append(number) }
            plain[stems, default: [:]][language, default: []].append(number)
        }
        for _ in 0..<2000 {
            let (stems, language) = (stems(), Int.random(in: 0..<3, using: &generator))
            #expect(rows[stems[...], language]?.concepts == plain[stems]?[language])
        }
    }

    @Test func `the first stem of a lemma of several words begins it in its language`() {
        var rows = StemRows()
        rows.change([Array("ab".utf8), Array("c".utf8)], 0) { $0.concepts = [1] }
        rows.change([Array("ab".utf8)], 0) { $0.beginsPhrase = true }
        rows.change([Array("abc".utf8)], 0) { $0.concepts = [2] }
        #expect(rows.beginsPhrase(Array("ab".utf8), 0))
        #expect(!rows.beginsPhrase(Array("ab".utf8), 1))
        #expect(!rows.beginsPhrase(Array("abc".utf8), 0))
        #expect(!rows.beginsPhrase(Array("c".utf8), 0))
    }

    @Test func `stems are parted`() {
        var rows = StemRows()
        rows.change([Array("ab".utf8), Array("c".utf8)], 0) { $0.names = [1] }
        #expect(rows[[Array("a".utf8), Array("bc".utf8)], 0] == nil)
        #expect(rows[[Array("abc".utf8)], 0] == nil)
        #expect(rows[[Array("ab".utf8), Array("c".utf8)], 1] == nil)
        #expect(rows[[Array("ab".utf8), Array("c".utf8)], 0]?.names == [1])
    }
}
