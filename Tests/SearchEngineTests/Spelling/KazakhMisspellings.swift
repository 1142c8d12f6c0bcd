import Foundation
import TestSupport

@testable import TextAnalysis

/// Kazakh words as they are mistyped, made by rule from the texts of the sample corpus.
///
/// Five kinds, as many of each: `letters` (the Kazakh letters typed as the Russian ones beside
/// them in sound), `neighbour` (one letter by a key beside it), `doubled` and `dropped` (one letter
/// twice, or not at all; never the first), `swapped` (two neighbours exchanged). The words have 5
/// to 14 letters; what a slip makes is no word of the texts.
enum KazakhMisspellings {
    struct Row: Equatable {
        var written: String
        var corrected: String
        var kind: String
    }

    static let kinds = ["letters", "neighbour", "doubled", "dropped", "swapped"]
    static let rowsOfKind = 90

    /// How often each word stands in the Kazakh texts of the sample corpus, folded.
    static func corpusCounts() throws -> [String: Int] {
        let path = projectFolder().appending(path: "index/sources/news/kk.jsonl")
        var counts: [String: Int] = [:]
        for line in try String(contentsOf: path, encoding: .utf8).split(separator: "\n") {
            let fields =
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
            for name in ["title", "lead", "body"] {
                let text = (fields[name] as? String ?? "").lowercased()
                for word in text.split(whereSeparator: { !$0.isLetter }) {
                    counts[String(word).replacing("ё", with: "е"), default: 0] += 1
                }
            }
        }
        return counts
    }

    /// The same rows for the same words and seed.
    static func rows(of counts: [String: Int], seed: UInt64) -> [Row] {
        var random = SeededGenerator(seed: seed)
        let kazakh = Set("абвгғдежзийкқлмнңоөпрстуұүфхһцчшщъыіьэюяә")
        let words = counts.keys.filter {
            (5...14).contains($0.count) && $0.allSatisfy(kazakh.contains)
        }.sorted()
        var rows: [Row] = []
        var seen: Set<String> = []
        for kind in kinds {
            var shuffled = words
            shuffled.shuffle(using: &random)
            var count = 0
            for word in shuffled where count < rowsOfKind {
                let written = mistype(word, kind, &random)
                guard written != word, counts[written] == nil, seen.insert(written).inserted
                else { continue }
                rows.append(Row(written: written, corrected: word, kind: kind))
                count += 1
            }
        }
        return rows
    }

    private static let russian: [Character: Character] = [
        "қ": "к", "ғ": "г", "ң": "н", "ә": "а", "ө": "о", "ү": "у", "ұ": "у", "і": "и", "һ": "х",
    ]

    private static func mistype(
        _ word: String, _ kind: String, _ random: inout SeededGenerator
    ) -> String {
        var letters = Array(word)
        let place = Int.random(in: 1..<(letters.count - 1), using: &random)
        switch kind {
        case "letters": letters = letters.map { russian[$0] ?? $0 }
        case "neighbour":
            let keys = Array("йцукенгшщзхъ|фывапролджэ|ячсмитьбю")
            guard let key = keys.firstIndex(of: letters[place]) else { return word }
            let beside = [key - 1, key + 1].filter { keys.indices.contains($0) && keys[$0] != "|" }
            letters[place] = keys[beside.randomElement(using: &random) ?? key]
        case "doubled": letters.insert(letters[place], at: place)
        case "dropped": letters.remove(at: place)
        default: letters.swapAt(place, place + 1)
        }
        return String(letters)
    }

    /// The rows of the file beside this one.
    static func recorded() throws -> [Row] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map {
            let columns = $0.split(separator: "\t").map(String.init)
            return Row(written: columns[0], corrected: columns[1], kind: columns[2])
        }
    }

    static func record(_ rows: [Row]) throws {
        let lines = rows.map { "\($0.written)\t\($0.corrected)\t\($0.kind)\n" }
        try ("written\tcorrected\tkind\n" + lines.joined()).write(
            to: file, atomically: true, encoding: .utf8)
    }

    private static var file: URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "kazakh.tsv")
    }

    static func projectFolder() -> URL {
        var folder = URL(filePath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        return folder
    }
}
