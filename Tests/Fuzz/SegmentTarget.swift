import FuzzSupport
import TestSupport

@testable import InvertedIndex

/// A segment with right checksums in an index of its own: checked, inspected, searched, merged.
///
/// Whatever the bytes are, they throw or answer. Where the checker finds nothing wrong, nothing
/// throws.
@main
struct SegmentTarget: FuzzTarget {
    private let name = "seg-11111111111111111111111111111111.izs"

    init() {}

    func run(_ input: [UInt8]) throws {
        let file = SealedFile(envelope: input)
        guard let (directory, schema) = index(of: file) else { return }
        let report = try IndexChecker(directory: directory).check()
        let isSound = report.isSound
        attempt(isSound) { () throws(IndexError) in
            let snapshot = try Snapshot.open(directory: directory, schema: schema)
            try read(snapshot, isSound)
            for (number, field) in schema.fields.enumerated() {
                let id = FieldID(rawValue: UInt16(number))
                search(snapshot, id, field.kind, isSound)
            }
        }
        attempt(isSound) { () throws(IndexError) in
            _ = try IndexInspector.text(of: name, in: directory)
        }
        try merge(directory, schema, isSound)
    }

    /// A directory with a commit that names the file, if its frame and its fields can be read.
    private func index(of file: SealedFile) -> (FaultyDirectory, IndexSchema)? {
        let segment: Segment
        do throws(IndexError) {
            segment = try Segment.open(file: MappedFile(name: name, copying: file.bytes))
        } catch _ { return nil }
        let descriptor = SegmentDescriptor(
            fileName: name, byteCount: file.bytes.count,
            directoryChecksum: file.directoryChecksum, documentCount: segment.documentCount)
        let commit = CommitPoint(
            indexUUID: Array(file.bytes[12..<28]), generation: 1, parent: 0, segments: [descriptor],
            walSequence: 0, schema: segment.schema, fingerprint: "", userData: "")
        let directory = FaultyDirectory()
        directory.setContents(of: name, to: file.bytes)
        directory.setContents(of: commit.fileName, to: commit.bytes)
        return (directory, segment.schema)
    }

    private func read(_ snapshot: Snapshot, _ isSound: Bool) throws(IndexError) {
        for document in 0..<UInt32(clamping: min(snapshot.documentCount(ofSegment: 0), 64)) {
            let address = DocumentAddress(segment: 0, document: document)
            attempt(isSound) { () throws(IndexError) in
                let key = try snapshot.key(at: address)
                let found = try snapshot.address(ofKey: key.span)
                hold(!isSound || found != nil, "a document is found by its key")
            }
            attempt(isSound) { () throws(IndexError) in _ = try snapshot.stored(at: address) }
        }
    }

    private func search(
        _ snapshot: Snapshot, _ field: FieldID, _ kind: IndexField.Kind, _ isSound: Bool
    ) {
        let searcher = Searcher(snapshot: snapshot)
        var queries: [Query] = [.exists(field)]
        switch kind {
        case .number:
            queries = [.range(field, -5...1_000_000)]
        case .keyword:
            attempt(isSound) { () throws(IndexError) in
                let terms = try searcher.terms(field, prefix: [], limit: 2).map(\.term)
                queries.append(.keyword(field, anyOf: terms))
            }
        case .text(let hasPositions, _):
            attempt(isSound) { () throws(IndexError) in
                let terms = try searcher.terms(field, prefix: [], limit: 3).map(\.term)
                queries += self.queries(field, terms, hasPositions: hasPositions)
                for term in terms {
                    _ = try searcher.fuzzyTerms(field, term, distance: 1, limit: 3)
                }
            }
        case .termKeys:
            attempt(isSound) { () throws(IndexError) in
                _ = try searcher.terms(field, keyPrefix: [], limit: 4)
                _ = try searcher.terms(field, key: [97], limit: 4)
                _ = try searcher.fuzzyTerms(keys: field, [97, 98], distance: 1, limit: 4)
            }
        }
        for query in queries {
            attempt(isSound) { () throws(IndexError) in
                let results = try searcher.search(query)
                for hit in results.hits {
                    hold(
                        hit.address.document < snapshot.segments[0].documentCount,
                        "a hit is a document of the segment")
                }
            }
        }
    }

    private func queries(
        _ field: FieldID, _ terms: [[UInt8]], hasPositions: Bool
    ) -> [Query] {
        let groups = terms.map {
            Query.group(TermGroup(alternatives: [.init(field: field, term: $0)]))
        }
        var queries = groups
        queries.append(.boolean(must: groups))
        queries.append(.boolean(should: groups, filter: [.everything]))
        queries.append(.prefix(field, Array(terms.first?.prefix(1) ?? [])))
        if hasPositions, terms.count > 1 {
            let slots = terms.enumerated().map { (offset: UInt32($0.offset), terms: [$0.element]) }
            queries.append(.phrase(Phrase(fields: [field], slots: slots, slop: 2)))
        }
        return queries
    }

    /// A merge reads all; what it makes of sound bytes is sound.
    private func merge(
        _ directory: FaultyDirectory, _ schema: IndexSchema, _ isSound: Bool
    ) throws {
        let merged = "seg-22222222222222222222222222222222.izs"
        let bytes = try directory.read(name)
        attempt(isSound) { () throws(IndexError) in
            let segment = try Segment.open(file: MappedFile(name: name, copying: bytes))
            _ = try SegmentMerger.merge(
                [segment], to: directory, name: String(merged.dropLast(4)),
                indexUUID: Array(bytes[12..<28]), schema: schema, order: .added)
            guard isSound else { return }
            try Segment.open(file: directory.map(merged)).verify()
        }
    }

    /// What throws is fine, but not where the checker saw nothing wrong.
    private func attempt(_ isSound: Bool, _ body: () throws(IndexError) -> Void) {
        do throws(IndexError) {
            try body()
        } catch {
            hold(!isSound, "the checker found nothing, but: \(error)")
        }
    }
}
