import InvertedIndex
import JSON
import NameMatching
import TextAnalysis

/// Finds whom documents mention: entities of all collections with names, places, and people that no
/// list holds.
///
/// Not synchronised: it has a finder of its own, so one belongs to one thread at a time.
final class DocumentLinker {
    /// The most mentions that are kept with a document; further ones count, but are not listed.
    static let mostMentions = 500

    private let knowledge: NameKnowledge
    private let keys: PersonKeys
    private var sources: [NameCatalog.Source] = []
    /// The segments that the finder was made for.
    private var segments: [String] = []
    private var lists: [(source: Int?, segment: Int)] = []
    private var finder: MentionFinder?
    private var known: [Entity: Described] = [:]

    private struct Entity: Hashable {
        var list: Int
        var entity: UInt32
    }

    private struct Described {
        var id: String
        var name: String
        var type: EntityType
    }

    /// A linker to what is known of names.
    ///
    /// - Throws: `EngineError.analysisUnavailable` where ICU cannot be opened.
    init(knowledge: NameKnowledge) throws(EngineError) {
        self.knowledge = knowledge
        do throws(AnalysisError) {
            keys = try PersonKeys()
        } catch {
            throw .analysisUnavailable(reason: error.description)
        }
    }

    /// Whom a document mentions, in the order of its texts.
    ///
    /// - Parameter texts: Each with the name of its member and which of its values it is.
    /// - Returns: Each time that somebody is mentioned, those of lists before the others.
    /// - Throws: `EngineError.index` where the names of a collection cannot be read.
    func mentions(in texts: [(field: String, value: Int, text: String)])
        throws(EngineError) -> [DocumentMention]
    {
        let finder = try currentFinder()
        finder.begin()
        let bytes = texts.map { Array($0.text.utf8) }
        for text in bytes { finder.add(text.span) }
        let found = finder.finish()
        var mentions: [DocumentMention] = []
        func add(
            _ id: String, _ name: String, _ type: EntityType, _ field: Int, _ source: ByteRange,
            _ method: String, _ score: Float
        ) {
            mentions.append(
                DocumentMention(
                    id: id, name: name, type: type.rawValue,
                    surface: String(decoding: bytes[field][source.range], as: UTF8.self),
                    field: texts[field].field, value: texts[field].value,
                    start: Int(source.start), length: Int(source.count), method: method,
                    score: score))
        }
        for mention in found.mentions {
            guard let entity = try describe(mention) else { continue }
            add(
                entity.id, entity.name, entity.type, mention.field, mention.source,
                mention.method.rawValue, mention.score)
        }
        for person in found.people {
            guard let key = keys.key(of: person.name) else { continue }
            for occurrence in person.occurrences {
                add(
                    DocumentMention.unlisted + key, person.name, .person, occurrence.field,
                    occurrence.source, person.method.rawValue, person.score)
            }
        }
        return mentions
    }

    // MARK: Lists

    /// The finder for the lists as they are now.
    private func currentFinder() throws(EngineError) -> MentionFinder {
        let current = try knowledge.catalog.sources()
        let names = current.flatMap { source in
            source.snapshot.segmentNames.map { "\(source.collection)/\($0)" }
        }
        // Deletions change the snapshot and not the names of its segments.
        sources = current
        if let finder, names == segments { return finder }
        let tables = try knowledge.tables()
        var all: [(list: MentionList, source: Int?, segment: Int)] = [
            (try tables.gazetteer.mentions(tables.vocabulary), nil, 0)
        ]
        for (number, source) in current.enumerated() {
            for (segment, names) in source.segments.enumerated() {
                all.append((names.mentions(tables.vocabulary), number, segment))
            }
        }
        // A merge will make few of many; until then the largest are looked into.
        if all.count > MentionFinder.mostLists {
            all.sort { $0.list.directory.nameCount > $1.list.directory.nameCount }
            all.removeSubrange(MentionFinder.mostLists...)
        }
        let made: MentionFinder
        do throws(AnalysisError) {
            made = try MentionFinder(vocabulary: tables.vocabulary, lists: all.map(\.list))
        } catch {
            throw .analysisUnavailable(reason: error.description)
        }
        lists = all.map { ($0.source, $0.segment) }
        segments = names
        known = [:]
        finder = made
        return made
    }

    /// Who is mentioned; `nil` for a document that has been deleted since.
    private func describe(_ mention: Mention) throws(EngineError) -> Described? {
        let list = lists[mention.list]
        let key = Entity(list: mention.list, entity: mention.entity)
        guard let number = list.source else {
            let entry = try knowledge.tables().gazetteer.entries[Int(mention.entity)]
            return Described(id: entry.id, name: entry.caption, type: .place)
        }
        let source = sources[number]
        let address = DocumentAddress(segment: list.segment, document: mention.entity)
        guard source.snapshot.isLive(address) else { return nil }
        if let described = known[key] { return described }
        let document = try StoredDocument.read(at: address, in: source.snapshot)
        let described = Described(
            id: document.key,
            name: source.kind.title(of: document) ?? document.key,
            type: source.segments[list.segment].types[Int(mention.entity)] ?? .organization)
        known[key] = described
        return described
    }
}
