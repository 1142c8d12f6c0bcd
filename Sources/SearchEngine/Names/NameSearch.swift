import InvertedIndex
import JSON
import NameMatching

/// Finds the entities that bear a name, however it is written: in collections and the gazetteer.
struct NameSearch {
    /// An entity that was found, before its document is read.
    struct Candidate {
        var source: Int?
        var segment: Int
        var hit: NameHit
    }

    let sources: [NameCatalog.Source]
    /// The gazetteer, if it is asked.
    let gazetteer: Gazetteer?
    let lookup: NameLookup

    /// Which words of a text that was read word by word the names of each directory have.
    ///
    /// A directory is handed on where it is: a copy would retain all of its arrays.
    func namedWords(of asked: WordByWord) -> [NamedWords] {
        var named: [NamedWords] = []
        for place in sources.indices {
            for segment in sources[place].segments where segment.directory.nameCount > 0 {
                named.append(lookup.words(of: asked, in: segment.directory))
            }
        }
        if let gazetteer { named.append(lookup.words(of: asked, in: gazetteer.directory)) }
        return named
    }

    /// The candidates of a name, the most alike first.
    func candidates(
        _ name: ParsedName, type: EntityType?, limit: Int, threshold: Float
    ) -> [Candidate] {
        var found: [Candidate] = []
        for (number, source) in sources.enumerated() {
            for (segment, names) in source.segments.enumerated() {
                let hits = lookup.hits(name, in: names.directory, limit: limit) { entity in
                    if let type, names.types[Int(entity)] != type { return false }
                    return source.snapshot.isLive(
                        DocumentAddress(segment: segment, document: entity))
                }
                found += hits.map { Candidate(source: number, segment: segment, hit: $0) }
            }
        }
        if let gazetteer {
            let hits = lookup.hits(name, in: gazetteer.directory, limit: limit) { entity in
                switch type {
                case nil: true
                case .place: gazetteer.entries[Int(entity)].isPlace
                case .person, .organization: false
                }
            }
            found += hits.map { Candidate(source: nil, segment: 0, hit: $0) }
        }
        found.removeAll { $0.hit.score < threshold || $0.hit.score <= 0 }
        found.sort { precedes($0, $1) }
        return Array(found.prefix(limit))
    }

    /// Better scores first; of equals those that bear the name now, then those that are written
    /// more like it, then collections before the gazetteer.
    private func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
        if left.hit.score != right.hit.score { return left.hit.score > right.hit.score }
        let (isLeftFormer, isRightFormer) = (isFormer(left), isFormer(right))
        if isLeftFormer != isRightFormer { return isRightFormer }
        if left.hit.writingDistance != right.hit.writingDistance {
            return left.hit.writingDistance < right.hit.writingDistance
        }
        let (leftSource, rightSource) = (left.source ?? .max, right.source ?? .max)
        return (leftSource, left.segment, left.hit.entity)
            < (rightSource, right.segment, right.hit.entity)
    }

    private func isFormer(_ candidate: Candidate) -> Bool {
        directory(of: candidate).kind(of: candidate.hit.name) == NameKind.former.rawValue
    }

    func directory(of candidate: Candidate) -> NameDirectory {
        if let source = candidate.source {
            return sources[source].segments[candidate.segment].directory
        }
        guard let gazetteer else { preconditionFailure("who has no source is of the gazetteer") }
        return gazetteer.directory
    }

    /// A candidate as it is told, with what its document says of it.
    func hit(_ candidate: Candidate, asked: String) throws(EngineError) -> NameResponse.Hit {
        let directory = directory(of: candidate)
        let explanations = lookup.explanation(
            of: candidate.hit.name, asked: asked, in: directory
        ).map {
            NameResponse.Explanation(
                query: $0.asked, result: $0.found, kind: $0.relation.rawValue, score: $0.score,
                weight: $0.weight)
        }
        let name = directory.text(of: candidate.hit.name)
        let kind = NameKind(rawValue: directory.kind(of: candidate.hit.name)) ?? .unknown
        guard let number = candidate.source else {
            let entry = entry(of: candidate)
            return NameResponse.Hit(
                collection: Gazetteer.collectionName, id: entry.id, schema: entry.schema,
                caption: entry.caption, score: candidate.hit.score, name: name,
                nameKind: kind.word, explanations: explanations)
        }
        let source = sources[number]
        let document = try document(candidate, source)
        return NameResponse.Hit(
            collection: source.collection, id: document.key,
            schema: document.members["type"]?.string ?? "Thing",
            caption: source.kind.title(of: document) ?? name, score: candidate.hit.score,
            name: name, nameKind: kind.word, explanations: explanations)
    }

    /// What the gazetteer says of a candidate of its own.
    func entry(of candidate: Candidate) -> Gazetteer.Entry {
        guard let gazetteer else { preconditionFailure("who has no source is of the gazetteer") }
        return gazetteer.entries[Int(candidate.hit.entity)]
    }

    /// The document of a candidate of a collection.
    func document(_ candidate: Candidate, _ source: NameCatalog.Source) throws(EngineError)
        -> Document
    {
        try StoredDocument.read(
            at: DocumentAddress(segment: candidate.segment, document: candidate.hit.entity),
            in: source.snapshot)
    }
}
