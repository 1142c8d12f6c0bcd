import Foundation
import NameMatching

/// The institutions, the people and the places that ship, as lists to find in texts.
enum ShippedLists {
    static let institutions = 0
    static let people = 1
    static let places = 2

    /// The ids of entities, by list.
    static let ids: [[String]] = read.ids
    static let lists: [MentionList] = read.lists

    private static let read: (lists: [MentionList], ids: [[String]]) = {
        do {
            let vocabulary = ShippedNames.vocabulary
            let institutions = try list("institutions", .organization)
            let people = try list("people", .person)
            let places = (0..<UInt32(vocabulary.placeCount)).map { vocabulary.place($0)?.id ?? "" }
            return (
                [institutions.list, people.list, try vocabulary.placeList()],
                [institutions.ids, people.ids, places]
            )
        } catch {
            preconditionFailure("index/sources: \(error)")
        }
    }()

    private static func list(_ name: String, _ kind: EntityDescription.Kind) throws
        -> (list: MentionList, ids: [String])
    {
        let builder = try NameDirectoryBuilder(vocabulary: ShippedNames.vocabulary)
        var ids: [String] = []
        var places: [[String]] = []
        for record in try records("\(name).jsonl") {
            let names = record["names"] as? [[String: Any]] ?? []
            for name in names {
                builder.add(name["value"] as? String ?? "", entity: UInt32(ids.count))
            }
            ids.append(record["id"] as? String ?? "")
            let country = record["country"] as? String ?? ""
            places.append(
                ["city", "region"].compactMap { record[$0] as? String }
                    + (country == "KZ" ? ["kazakhstan"] : []))
        }
        let directory = builder.finish()
        let list = MentionList(directory, vocabulary: ShippedNames.vocabulary) { entity in
            EntityDescription(kind, places: places[Int(entity)])
        }
        return (list, ids)
    }

    /// The records of a file of `index/sources`.
    static func records(_ name: String) throws -> [[String: Any]] {
        let file = ShippedNames.root.appendingPathComponent("index/sources/\(name)")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
        }
    }

    /// A finder of its own, since finders are not shared.
    static func finder() throws -> MentionFinder {
        try MentionFinder(vocabulary: ShippedNames.vocabulary, lists: lists)
    }

    /// The id of a mention's entity.
    static func id(_ mention: Mention) -> String { ids[mention.list][Int(mention.entity)] }
}

/// A text with marks around what has to be found: `[Абай облысында]`.
struct MarkedText {
    var text: String
    var spans: [String] = []

    init(_ marked: String) {
        text = ""
        var span: String?
        for letter in marked {
            switch letter {
            case "[": span = ""
            case "]":
                if let span { spans.append(span) }
                span = nil
            default:
                text.append(letter)
                span?.append(letter)
            }
        }
    }
}

extension String {
    /// The text of a range of bytes.
    func at(_ range: Range<Int>) -> String {
        String(decoding: Array(utf8)[range], as: UTF8.self)
    }
}
