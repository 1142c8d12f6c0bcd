import InvertedIndex
import JSON
import NameMatching

/// The names of the documents of one segment, laid out for lookups.
///
/// Made of the stored documents, all of the segment, deleted ones too, so that it serves every
/// snapshot that has the segment. An entity of the directory is the number of its document.
final class SegmentNames: Sendable {
    let directory: NameDirectory
    /// The type of each document.
    let types: [EntityType?]
    /// Where each document says that its entity is: city, region.
    private let places: [[String]]
    private let list = OnceMade<MentionList>()

    /// The names of a segment of a snapshot.
    ///
    /// - Throws: `EngineError.index` where a stored document cannot be read.
    /// - Cost: some tens of microseconds a document.
    init(
        segment: Int, of snapshot: Snapshot, layout: CollectionLayout, knowledge: NameKnowledge
    ) throws(EngineError) {
        let builder = try knowledge.makeBuilder()
        let fields = layout.textFields.filter(\.isNames).map(\.name)
        var types: [EntityType?] = []
        var places: [[String]] = []
        for number in 0..<UInt32(snapshot.documentCount(ofSegment: segment)) {
            let document = try StoredDocument.read(
                at: DocumentAddress(segment: segment, document: number), in: snapshot)
            types.append(EntityType(document, kind: layout.kind))
            let located = Self.places(of: document)
            places.append(located)
            builder.locate(number, in: located)
            for field in fields {
                guard let member = document.members[field] else { continue }
                for name in DocumentName.names(of: member) {
                    builder.add(name.value, entity: number, kind: name.kind.rawValue)
                }
            }
        }
        self.types = types
        self.places = places
        directory = builder.finish()
    }

    private static func places(of document: Document) -> [String] {
        ["city", "region"].flatMap { name in
            document.members[name].map { HitFormatter.values(of: $0).map(\.text) } ?? []
        }
    }

    /// The names as they are found in running text; made when they are first asked for.
    func mentions(_ vocabulary: NameVocabulary) -> MentionList {
        list.value {
            MentionList(directory, vocabulary: vocabulary) { entity in
                EntityDescription(
                    types[Int(entity)].map(EntityDescription.Kind.init) ?? .organization,
                    places: places[Int(entity)])
            }
        }
    }
}

/// One name of a document.
struct DocumentName {
    var value: String
    var kind: NameKind

    /// The names of a member: a string, several, or objects with `value` and `kind`.
    static func names(of member: JSONValue) -> [DocumentName] {
        switch member {
        case .string(let text): return [DocumentName(value: text, kind: .unknown)]
        case .array(let elements): return elements.flatMap { names(of: $0) }
        case .object(let object):
            guard let value = object["value"]?.string else { return [] }
            return [DocumentName(value: value, kind: NameKind(word: object["kind"]?.string))]
        default: return []
        }
    }
}

extension EntityDescription.Kind {
    /// The kind of a type.
    init(_ type: EntityType) {
        switch type {
        case .person: self = .person
        case .organization: self = .organization
        case .place: self = .place
        }
    }
}

extension EntityType {
    /// The type of a document: what its `type` says, else what its kind is for.
    init?(_ document: Document, kind: CollectionKind) {
        guard let word = document.members["type"]?.string else {
            if kind.types == ["Person"] {
                self = .person
            } else if kind.name == "institutions" {
                self = .organization
            } else {
                return nil
            }
            return
        }
        switch word {
        case "Person": self = .person
        case "Place", "City", "Country", "AdministrativeArea", "State", "BodyOfWater", "Mountain",
            "LandmarksOrHistoricalBuildings":
            self = .place
        default: self = .organization
        }
    }
}
