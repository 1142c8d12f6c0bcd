import Glibc
import Synchronization

/// One committed generation of the index, for reading.
///
/// It holds its files mapped: it stays whole and the same while later commits remove them.
public final class Snapshot: Sendable {
    /// The commit that it shows.
    let commit: CommitPoint
    /// The segments, in the order of `DocumentAddress.segment`.
    let segments: [Segment]
    /// Why the newest commit point was passed over, where it was damaged and the write-ahead log
    /// still holds all that came after the one before it.
    public let damage: IndexError?
    /// What was made for the weights that were asked for last: they hardly ever change.
    private let lastModel = Mutex<(scoring: Scoring, model: ScoringModel)?>(nil)

    /// Where the terms are that searches asked for last: those of some tens of queries.
    let lookups: TermLookups

    init(commit: CommitPoint, segments: [Segment], damage: IndexError? = nil) {
        precondition(commit.segments.count == segments.count, "a commit names its segments")
        self.commit = commit
        self.segments = segments
        self.damage = damage
        lookups = TermLookups.lookups(of: segments, limit: 1 << 12)
    }

    /// The sixteen bytes that all files of this index bear.
    public var indexUUID: [UInt8] { commit.indexUUID }
    /// The number of the commit, from 1.
    public var generation: UInt64 { commit.generation }
    /// The fields.
    public var schema: IndexSchema { commit.schema }
    /// Which analysis made the terms, as the writer told.
    public var fingerprint: String { commit.fingerprint }
    /// What the writer wanted to be kept with the commit.
    public var userData: String { commit.userData }
    /// The last record of the write-ahead log that is in here; 0 for none.
    public var walSequence: UInt64 { commit.walSequence }
    /// The documents that can be found.
    public var documentCount: Int { segments.reduce(0) { $0 + Int($1.liveCount) } }
    /// The documents that are deleted and still take space.
    public var deletedCount: Int {
        segments.reduce(0) { $0 + Int($1.documentCount - $1.liveCount) }
    }
    /// The number of segments.
    public var segmentCount: Int { segments.count }
    /// The bytes of the segment files.
    public var byteCount: Int { commit.segments.reduce(0) { $0 + $1.byteCount } }
    /// The terms of all segments and fields; one that is in several segments counts in each.
    public var termCount: Int {
        var count: UInt64 = 0
        for segment in segments {
            for number in schema.fields.indices {
                count &+= segment.termCount(FieldID(rawValue: UInt16(number)))
            }
        }
        return Int(clamping: count)
    }

    /// Weights together with the statistics of all segments.
    func model(of scoring: Scoring) -> ScoringModel {
        if let last = lastModel.withLock({ $0 }), last.scoring == scoring { return last.model }
        let model = ScoringModel(segments: segments, schema: schema, scoring: scoring)
        lastModel.withLock { $0 = (scoring, model) }
        return model
    }

    /// The place of the document with a key, unless it is deleted.
    public func address(ofKey key: Span<UInt8>) throws(IndexError) -> DocumentAddress? {
        for (index, segment) in segments.enumerated().reversed() {
            if let document = try segment.liveDocument(withKey: key) {
                return DocumentAddress(segment: index, document: document)
            }
        }
        return nil
    }

    /// The names of the segment files, in the order of `DocumentAddress.segment`.
    ///
    /// A file is written once and never changed, so what was made of one is right for every
    /// snapshot that has it.
    public var segmentNames: [String] { segments.map(\.name) }

    /// The documents of a segment, deleted ones included; their numbers are 0 up to it.
    ///
    /// - Requires: `segment` is less than `segmentCount`.
    public func documentCount(ofSegment segment: Int) -> Int {
        Int(segments[segment].documentCount)
    }

    /// Whether a document is not deleted.
    ///
    /// - Requires: the address is of this snapshot.
    public func isLive(_ address: DocumentAddress) -> Bool {
        segments[address.segment].isLive(address.document)
    }

    /// The key of a document.
    ///
    /// - Requires: the address is of this snapshot.
    public func key(at address: DocumentAddress) throws(IndexError) -> [UInt8] {
        try segments[address.segment].key(of: address.document)
    }

    /// The bytes that were stored for a document.
    ///
    /// - Requires: the address is of this snapshot.
    public func stored(at address: DocumentAddress) throws(IndexError) -> [UInt8] {
        try segments[address.segment].stored(address.document)
    }
}

extension Segment {
    /// Whether a document is deleted.
    func isDeleted(_ document: UInt32) -> Bool { deletions?.contains(document) ?? false }

    /// The document with a key, unless it is deleted.
    func liveDocument(withKey key: Span<UInt8>) throws(IndexError) -> UInt32? {
        guard let document = try document(withKey: key), !isDeleted(document) else { return nil }
        return document
    }
}

// MARK: - Opening

extension Snapshot {
    /// Opens the newest commit, for reading alone: no lock, nothing is changed.
    ///
    /// A newest commit point that is damaged, or whose files are, is passed over only where the
    /// one before is sound and the write-ahead log goes on from it; then `damage` tells so.
    ///
    /// - Throws: `IndexError.notAnIndex` where there is no commit; `corrupt`, `wrongFormatVersion`
    ///   or `io` where it cannot be read; `incompatible` where `schema` is given and differs.
    /// - Cost: constant for each segment, but for their small sections.
    public static func open(
        directory: any Directory, schema: IndexSchema? = nil
    ) throws(IndexError) -> Snapshot {
        // A writer that commits meanwhile may take files away between the listing and the opening.
        // Each round then finds a later generation; a hundred in a row is no accident.
        var last: UInt64?
        for _ in 0..<100 {
            let names = try directory.fileNames()
            let generations = CommitPoint.generations(in: names)
            guard let newest = generations.first else {
                if names.contains(where: IndexFileName.isContent) {
                    throw .corrupt(
                        file: directory.path, byteOffset: 0, reason: "commit points are missing")
                }
                throw .notAnIndex(path: directory.path)
            }
            do throws(IndexError) {
                return try open(
                    generations.prefix(2), names, directory: directory, schema: schema)
            } catch {
                guard last != newest else { throw error }
                last = newest
            }
        }
        throw .corrupt(file: directory.path, byteOffset: 0, reason: "changes all the time")
    }

    private static func open(
        _ generations: ArraySlice<UInt64>, _ names: [String], directory: any Directory,
        schema: IndexSchema?
    ) throws(IndexError) -> Snapshot {
        var damage: IndexError?
        for generation in generations {
            do throws(IndexError) {
                let commit = try CommitPoint.read(generation, in: directory)
                if let damage {
                    guard try commit.isContinued(byLogIn: directory, names) else {
                        throw damage
                    }
                }
                if let schema, schema != commit.schema {
                    throw .incompatible(
                        what: "schema", found: commit.schema.outline, expected: schema.outline)
                }
                return try open(commit, directory: directory, damage: damage)
            } catch {
                // Only damage is passed over; a newer format is not, nor a disk that fails.
                guard case .corrupt = error, damage == nil else { throw damage ?? error }
                damage = error
            }
        }
        throw damage ?? .notAnIndex(path: directory.path)
    }

    private static func open(
        _ commit: CommitPoint, directory: any Directory, damage: IndexError?
    ) throws(IndexError) -> Snapshot {
        var segments: [Segment] = []
        for descriptor in commit.segments {
            do throws(IndexError) {
                segments.append(
                    try Segment.open(
                        directory: directory, descriptor: descriptor,
                        indexUUID: commit.indexUUID, schema: commit.schema))
            } catch {
                if case .io(_, let path, ENOENT) = error {
                    throw .corrupt(file: path, byteOffset: 0, reason: "is missing")
                }
                throw error
            }
        }
        return Snapshot(commit: commit, segments: segments, damage: damage)
    }
}

extension CommitPoint {
    /// The generations that have a commit point, newest first.
    static func generations(in names: [String]) -> [UInt64] {
        names.compactMap {
            if case .manifest(let generation) = IndexFileName($0) { generation } else { nil }
        }.sorted(by: >)
    }

    /// Reads the commit point of a generation.
    static func read(
        _ generation: UInt64, in directory: any Directory
    ) throws(IndexError) -> CommitPoint {
        let name = IndexFileName.manifest(generation)
        return try CommitPoint(try directory.read(name), fileName: name)
    }

    /// The file of the write-ahead log, by its first record, that would hold the record after this
    /// commit; `nil` where the log begins later or there is none.
    func logFile(in names: [String]) -> UInt64? {
        names.compactMap { name -> UInt64? in
            guard case .writeAheadLog(let sequence) = IndexFileName(name) else { return nil }
            return sequence <= walSequence + 1 ? sequence : nil
        }.max()
    }

    /// Whether the write-ahead log holds what came after this commit: a record at least, and none
    /// is missing between the commit and it.
    func isContinued(
        byLogIn directory: any Directory, _ names: [String]
    ) throws(IndexError) -> Bool {
        guard let first = logFile(in: names) else { return false }
        // Copied, not mapped: its writer may cut it off meanwhile.
        let name = IndexFileName.writeAheadLog(first)
        let file = MappedFile(name: name, copying: try directory.read(name))
        let content = try LogFile.read(
            file, indexUUID: indexUUID, firstSequence: first
        ) { _, _ in }
        return content.nextSequence > walSequence + 1
    }
}

extension IndexFileName {
    /// Whether a name is of a file that only a commit gives a meaning to.
    static func isContent(_ name: String) -> Bool {
        switch IndexFileName(name) {
        case .segment, .deletions, .writeAheadLog: true
        case .manifest, .lock, .temporary, nil: false
        }
    }
}

extension IndexSchema {
    /// The names of the fields, for messages.
    var outline: String { fields.map(\.name).joined(separator: " ") }
}
