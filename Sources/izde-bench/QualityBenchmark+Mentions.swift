import ArgumentParser
import Foundation

/// The part `mentions`: whom documents mention, against labels of people.
extension QualityBenchmark {
    /// The sets with labels; in the first a quarter of the articles was never labelled, which their
    /// having no label at all tells, in the second each document is a sentence, and many mention
    /// nobody.
    private static let mentionSets = [
        (name: "news-ru", isPartlyLabelled: true), ("news-kk", false),
    ]

    /// Measures each set in two halves; the second is held out.
    func measureMentions(_ evaluator: Evaluator) throws {
        for (set, isPartlyLabelled) in Self.mentionSets {
            let folder = "\(evaluator.data)/\(set)"
            print("\n## mentions \(set)\n")
            guard FileManager.default.fileExists(atPath: "\(folder)/entities.tsv") else {
                print("skipped: there is no \(folder)/entities.tsv")
                continue
            }
            let labels = try MentionLabels(folder: folder)
            guard let language = labels.texts.first?.lang else { continue }
            try evaluator.rebuild(["index/sources", "\(folder)/docs.jsonl"])
            let documents = try evaluator.documents(
                isPartlyLabelled ? labels.labelled : Set(labels.texts.map(\.id)), in: "news")
            let surfaces = Array(Set(labels.labels.map(\.surface)))
            let stems = Dictionary(
                uniqueKeysWithValues: zip(
                    surfaces, try evaluator.stems(of: surfaces, language: language)))
            let names = try Self.listedNames().mapValues {
                Set(try evaluator.stems(of: $0, language: language))
            }
            print("| half | what | precision | of | recall | of | F1 |")
            print("|---|---|---|---|---|---|---|")
            for isHeldOut in [false, true] {
                let quality = MentionQuality(
                    labels.labels.filter { MentionLabels.isHeldOut($0.document) == isHeldOut },
                    documents.filter { MentionLabels.isHeldOut($0.id) == isHeldOut },
                    stems: stems)
                let half = isHeldOut ? "held out" : "open"
                for kind in MentionLabels.Kind.allCases {
                    Self.printRow(
                        half, "listed, \(kind.rawValue)",
                        quality.share(kind, isListed: true, names: names[kind] ?? []))
                }
                Self.printRow(
                    half, "people of lists or of none",
                    quality.share(.person, isListed: nil, names: nil))
                let grouping = quality.grouping()
                Self.printRow(half, "pairs of spellings of people of no list", grouping)
                if isHeldOut, let leastGrouping, grouping.f1 < leastGrouping {
                    throw ExitCode.failure
                }
            }
        }
    }

    private static func printRow(_ half: String, _ what: String, _ share: MentionQuality.Share) {
        let numbers = [share.precision, share.recall, share.f1].map { String(format: "%.3f", $0) }
        print(
            "| \(half) | \(what) | \(numbers[0]) | \(share.found) | \(numbers[1]) | \(share.known) "
                + "| \(numbers[2]) |")
    }

    /// The names of the lists that ship, by what they name.
    private static func listedNames() throws -> [MentionLabels.Kind: [String]] {
        struct Record: Decodable {
            struct Name: Decodable { var value: String }
            var names: [Name]
        }
        var result: [MentionLabels.Kind: [String]] = [:]
        for (kind, file) in [
            (MentionLabels.Kind.organization, "institutions"), (.person, "people"),
        ] {
            let text = try String(contentsOfFile: "index/sources/\(file).jsonl", encoding: .utf8)
            for line in text.split(separator: "\n") {
                let record = try JSONDecoder().decode(Record.self, from: Data(line.utf8))
                result[kind, default: []] += record.names.map(\.value)
            }
        }
        let places = try String(contentsOfFile: "config/names/places.tsv", encoding: .utf8)
        for row in places.split(separator: "\n").filter({ !$0.hasPrefix("#") }).dropFirst() {
            let cells = row.split(separator: "\t", omittingEmptySubsequences: false)
            guard cells.count > 4 else { continue }
            for cell in cells[2...4] where cell != "-" {
                result[.place, default: []] += cell.split(separator: "|").map(String.init)
            }
        }
        return result
    }
}
