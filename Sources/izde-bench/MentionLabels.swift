import Foundation

/// Whom texts mention by the labels of people: a set of `data` with `docs.jsonl` and `entities.tsv`.
///
/// A label is a stretch of text as it stands there, in its case, with a type; it says neither where
/// it stands nor who is meant. So labels are told apart by document and letters alone.
struct MentionLabels {
    /// What is mentioned.
    enum Kind: String, CaseIterable {
        case person, organization, place
    }

    /// A stretch of a document; each once.
    struct Label: Hashable {
        var document: String
        var kind: Kind
        var surface: String
    }

    /// A document of the set.
    struct Text: Decodable {
        var id: String
        var lang: String
    }

    let texts: [Text]
    /// Labels in the order of the table.
    let labels: [Label]
    /// The documents that have a label of any type.
    let labelled: Set<String>

    /// Reads a set.
    init(folder: String) throws {
        let decoder = JSONDecoder()
        texts = try String(contentsOfFile: "\(folder)/docs.jsonl", encoding: .utf8)
            .split(separator: "\n").map { try decoder.decode(Text.self, from: Data($0.utf8)) }
        var known: Set<Label> = []
        var labelled: Set<String> = []
        var labels: [Label] = []
        let table = try String(contentsOfFile: "\(folder)/entities.tsv", encoding: .utf8)
        for row in table.split(separator: "\n").dropFirst() {
            let cells = row.split(separator: "\t", omittingEmptySubsequences: false)
            if let document = cells.first { labelled.insert(String(document)) }
            guard cells.count == 3, let kind = Self.kind(cells[1]) else { continue }
            let label = Label(
                document: String(cells[0]), kind: kind, surface: String(cells[2]))
            if known.insert(label).inserted { labels.append(label) }
        }
        self.labels = labels
        self.labelled = labelled
    }

    /// What a type of NEREL or of KazNERD is; `nil` for what izde does not look for.
    private static func kind(_ type: Substring) -> Kind? {
        switch type {
        case "PERSON": .person
        case "ORGANIZATION", "ORGANISATION", "FACILITY": .organization
        case "CITY", "COUNTRY", "STATE_OR_PROVINCE", "GPE", "LOCATION": .place
        default: nil
        }
    }

    /// Whether a document is held out: nothing is tuned by what is seen in it.
    ///
    /// By a hash of its id (FNV-1a), so that the halves do not depend on the order of a file.
    static func isHeldOut(_ document: String) -> Bool {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in document.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return (hash ^ hash >> 32) & 1 == 1
    }
}
