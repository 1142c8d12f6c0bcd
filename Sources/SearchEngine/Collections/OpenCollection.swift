import InvertedIndex
import Synchronization
import TextAnalysis

/// One collection: its kind, what can be searched of it now, and its writer.
final class OpenCollection: Sendable {
    let name: String
    let kind: CollectionKind
    /// Where its fields stand in the index.
    let layout: CollectionLayout
    /// Set where the index was built by another analysis or other fields: it is searched, not
    /// written.
    let analysisChange: (found: String, expected: String)?

    /// The names of its documents; `nil` for a kind without names.
    let names: CollectionNames?
    /// What its writer tells about itself.
    let writerCondition: WriterCondition
    /// What waits for the writer.
    let waitingBytes = WaitingBytes()
    /// Why the log could not be read, so that there is no writer.
    private let logDamage: IndexError?
    /// Where its files are.
    let directory: FileSystemDirectory

    private let published: PublishedSnapshot
    private let knowledge: NameKnowledge
    /// The writer, where there is one.
    let indexer: DocumentIndexer?

    /// What is searched now; a search takes it once and keeps it to its end.
    var snapshot: Snapshot { published.current }

    /// Opens a collection on a snapshot of it.
    ///
    /// Where the log is damaged the collection is searched as of its last commit, and not written;
    /// or nothing is opened, unless `toleratesDamage`.
    ///
    /// - Throws: `EngineError.index`.
    init(
        name: String, kind: CollectionKind, directory: FileSystemDirectory, snapshot: Snapshot,
        access: Engine.Access, analyzers: AnalyzerPool, names: NameKnowledge,
        settings: CurrentSettings, mergeOrder: FullMergeOrder, damage: DamageCount,
        toleratesDamage: Bool
    ) throws(EngineError) {
        self.name = name
        self.kind = kind
        self.directory = directory
        writerCondition = WriterCondition(damage: damage)
        let expected = CollectionLayout.fingerprint(of: kind, analysis: analyzers.fingerprint)
        layout = CollectionLayout(kind: kind, schema: snapshot.schema)
        self.names = CollectionNames(layout: layout, knowledge: names)
        knowledge = names
        let isSame =
            snapshot.fingerprint == expected
            && snapshot.schema == CollectionLayout.schema(of: kind)
        analysisChange = isSame ? nil : (snapshot.fingerprint, expected)
        let published = PublishedSnapshot(snapshot)
        self.published = published
        if let own = self.names {
            names.catalog.add(name, kind: kind, names: own, published: published)
        }
        guard access == .readWrite, isSame else {
            indexer = nil
            logDamage = nil
            return
        }
        var opened: DocumentIndexer?
        var logDamage: IndexError?
        do throws(EngineError) {
            opened = try DocumentIndexer(
                directory: directory, layout: layout, fingerprint: expected,
                analyzer: try analyzers.makeAnalyzer(), knowledge: names, settings: settings,
                order: mergeOrder.documentOrder(layout), condition: writerCondition
            ) { published.current = $0 }
        } catch {
            guard toleratesDamage, case .index(let error) = error, error.isDamage else {
                throw error
            }
            damage.add()
            let message = IndexFailure(error).message
            writerCondition.update { $0.failure = message }
            logDamage = error
        }
        indexer = opened
        self.logDamage = logDamage
    }

    /// The writer.
    ///
    /// - Throws: `analysisChanged`, `index` where the log is damaged, or `readOnly` where the engine
    ///   was opened so.
    func writer() throws(EngineError) -> DocumentIndexer {
        if let indexer { return indexer }
        if let logDamage { throw .index(logDamage) }
        if let analysisChange {
            throw .analysisChanged(
                found: analysisChange.found, expected: analysisChange.expected)
        }
        throw .readOnly
    }

    /// Ends writing; nothing is linked to its names any more.
    func close() async {
        knowledge.catalog.remove(name)
        await indexer?.close()
    }
}

/// The snapshot that searches take: replaced as a whole, by each commit.
final class PublishedSnapshot: Sendable {
    private let snapshot: Mutex<Snapshot>

    /// The first snapshot.
    init(_ snapshot: Snapshot) {
        self.snapshot = Mutex(snapshot)
    }

    /// What is searched now.
    var current: Snapshot {
        get { snapshot.withLock { $0 } }
        set {
            // The old one goes outside of the lock: with it files are unmapped, and nobody who
            // searches is to wait for that.
            let old = snapshot.withLock { snapshot in
                let old = snapshot
                snapshot = newValue
                return old
            }
            withExtendedLifetime(old) {}
        }
    }
}
