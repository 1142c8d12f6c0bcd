import ArgumentParser
import Foundation

/// Queries of three words of the lexicon that a seed draws, and how often each is asked.
struct DrawnQueries: ParsableArguments {
    @Option(help: "The data folder of the index.")
    var data: String

    @Option(help: "The folder of the lexicon that queries are drawn from.")
    var lexicon = "config/lexicon"

    @Option(help: "How many queries.")
    var queries = 300

    @Option(help: "How often each is asked in each way; the least time counts.")
    var rounds = 5

    @Option(help: "The seed of the queries.")
    var seed: UInt64 = 1

    func validate() throws {
        guard queries > 0, rounds > 0 else {
            throw ValidationError("--queries and --rounds must be positive")
        }
    }

    /// The queries; each word without a letter if there shall be slips.
    func texts(slips: Bool = false) throws -> [String] {
        var random = SplitMix(state: seed)
        let words = try LexiconWords(lexicon)
        return (0..<queries).map { _ in words.query(&random, slips: slips) }
    }
}

/// Words of the lexicon by language, to make queries of.
private struct LexiconWords {
    /// Lone words by column: Kazakh, Russian, English.
    private var words: [[String]] = [[], [], []]

    init(_ folder: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        where name.hasSuffix(".tsv") {
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            for line in text.split(separator: "\n").dropFirst() {
                let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
                guard cells.count == 5 else { continue }
                for (place, cell) in cells[2...].enumerated() {
                    guard let best = cell.split(separator: "|").first, !best.contains(" ") else {
                        continue
                    }
                    words[place].append(String(best))
                }
            }
        }
        guard !words.contains(where: \.isEmpty) else {
            throw ValidationError("\(folder) has no words of all three languages")
        }
    }

    /// Three words of one language, each without a letter if there shall be slips.
    func query(_ random: inout SplitMix, slips: Bool) -> String {
        let own = words[random.below(words.count)]
        return (0..<3).map { _ in
            var letters = Array(own[random.below(own.count)])
            if slips, letters.count > 1 { letters.remove(at: random.below(letters.count)) }
            return String(letters)
        }.joined(separator: " ")
    }
}
