import Dispatch
import Glibc
import InvertedIndex
import Synchronization
import TextAnalysis

/// The face of izde's core: collections of documents that are searched, read and written.
///
/// Reading (`search`, `document`, `explain`, `analyze`, `stats`) is synchronous, waits for no
/// writer and may be called from any thread. Writing goes through one actor a collection.
public final class Engine: Sendable {
    /// How an engine is opened.
    public enum Access: Sendable { case readOnly, readWrite }

    /// When an `add` or `delete` answers.
    public enum Wait: String, Sendable, CaseIterable {
        /// At once; up to a second of writes may be lost.
        case none
        /// When the write is in the write-ahead log and synced.
        case durable
        /// When it can also be found by a search.
        case visible
    }

    /// What became of one document of a batch.
    public enum Outcome: Sendable, Equatable {
        case created, replaced, unchanged, deleted
        case notFound
        case failed(code: String, parameter: String?, message: String)
    }

    /// One line of a batch: a document, or why it is none (it is answered, not written).
    public enum Input: Sendable {
        case document(Document)
        case invalid(key: String?, code: String, parameter: String?, message: String)
    }

    /// What a batch did: one outcome a line, in order, and the generation it will be in.
    public struct BatchResult: Sendable {
        /// Key (if it could be read) and outcome of each line.
        public var lines: [(key: String?, outcome: Outcome)]
        /// The generation that holds the batch, or the present one if it is not visible yet.
        public var generation: UInt64

        /// A result.
        public init(lines: [(key: String?, outcome: Outcome)], generation: UInt64) {
            self.lines = lines
            self.generation = generation
        }
    }

    /// As the engine was opened; what may change since is in `settings`.
    let configuration: EngineConfiguration
    /// What requests are answered by.
    let currentSettings: CurrentSettings
    /// How often damage was met.
    let damage = DamageCount()
    let access: Access
    /// The folder of all.
    let data: FileSystemDirectory
    let analyzers: AnalyzerPool
    /// The words that ship with the program.
    let lexicon: LexiconVocabulary
    /// The lexicon of the three languages.
    let translations: TranslationKnowledge
    /// The vocabulary of names and the gazetteer.
    let nameKnowledge: NameKnowledge
    let state: Mutex<State>
    private let prepared = Atomic(false)
    let store: CollectionStore
    let admin = CollectionAdmin()
    /// Held as long as the engine is open for writing.
    private let lock: Mutex<DirectoryLock?>

    /// What changes while the engine is open.
    struct State {
        var collections: [String: OpenCollection] = [:]
        /// Those that cannot be opened, and why.
        var damaged: [String: IndexError] = [:]
        var isClosed = false
    }

    /// Opens (or makes, with `readWrite`) the data directory; recovers what a crash left.
    ///
    /// A collection whose files are damaged does not keep the others from being served: `conditions`
    /// tells of it, and requests for it throw `collectionDamaged`. Where none can be opened, or
    /// `toleratesDamage` is false, the engine is not opened.
    ///
    /// - Throws: `EngineError.index(.locked)` where another engine writes to the directory;
    ///   `unknownKind` where a collection there is of a kind that the configuration does not have;
    ///   `collectionDamaged`, `index`.
    public init(
        dataDirectory: String, configuration: EngineConfiguration, access: Access,
        toleratesDamage: Bool = true
    ) throws(EngineError) {
        self.configuration = configuration
        currentSettings = CurrentSettings(RequestSettings(configuration))
        self.access = access
        for kind in configuration.kinds {
            if let reason = CollectionLayout.problem(in: kind) {
                throw .invalidKind(name: kind.name, reason: reason)
            }
        }
        let analyzers = try AnalyzerPool(tables: configuration.tables)
        self.analyzers = analyzers
        lexicon = LexiconVocabulary(tables: configuration.tables)
        translations = TranslationKnowledge(
            table: configuration.lexicon, learnt: configuration.learnt,
            letters: configuration.letters)
        let nameKnowledge = try NameKnowledge(tables: configuration.names)
        self.nameKnowledge = nameKnowledge
        let data = try indexed { () throws(IndexError) in
            try FileSystemDirectory(path: dataDirectory, isCreated: access == .readWrite)
        }
        self.data = data
        lock = Mutex(
            access == .readWrite
                ? try indexed { () throws(IndexError) in try data.lock() } : nil)
        store = try CollectionStore(data: data, access: access) { store throws(EngineError) in
            for (name, kind) in configuration.defaultCollections {
                guard CollectionStore.isName(name) else {
                    throw .invalidCollectionName(name: name)
                }
                let kind = try configuration.kind(named: kind)
                try store.create(
                    name, layout: CollectionLayout(kind: kind),
                    fingerprint: CollectionLayout.fingerprint(
                        of: kind, analysis: analyzers.fingerprint))
            }
        }
        var state = State()
        // Those with names first: documents of the others are linked to them, also when they are
        // brought back from the log.
        for name in try store.namesInOrder(of: configuration) {
            do throws(EngineError) {
                state.collections[name] = try Self.open(
                    name, store, configuration: configuration, access: access,
                    analyzers: analyzers, names: nameKnowledge, settings: currentSettings,
                    damage: damage, toleratesDamage: toleratesDamage)
            } catch {
                guard case .index(let error) = error, error.isOfOneCollection else { throw error }
                damage.add()
                state.damaged[name] = error
            }
        }
        if let (name, error) = state.damaged.min(by: { $0.key < $1.key }),
            !toleratesDamage || state.collections.isEmpty
        {
            throw .collectionDamaged(name: name, error: error)
        }
        if access == .readWrite { try SnapshotFolder.clean(in: data) }
        self.state = Mutex(state)
    }

    /// Whether lexicon and names are laid out, so that searches know them: some do not wait.
    public var isPrepared: Bool { prepared.load(ordering: .acquiring) }

    /// Lays out what the first query would have to wait for; to be called on a thread that may.
    public func warmUp() {
        defer { prepared.store(true, ordering: .releasing) }
        // None needs what another makes. What cannot be read is told to whom asks for it.
        let parts: [@Sendable () -> Void] = [
            { [self] in _ = try? withNameSearch([]) { _ in } },
            { [self] in lexicon.prepare() },
            { [self] in _ = try? analyzers.withAnalyzer { _ = translations.lexicon(with: $0) } },
        ]
        DispatchQueue.concurrentPerform(iterations: parts.count) { parts[$0]() }
    }

    /// The collections by name with the names of their kinds.
    public var collections: [(name: String, kind: String)] {
        state.withLock { $0.collections.values.map { ($0.name, $0.kind.name) } }
            .sorted { $0.0 < $1.0 }
    }

    /// Makes a collection; one of the same kind that is there is left as it is (returns false).
    ///
    /// - Throws: `collectionExists` where one of another kind is there; `invalidCollectionName`,
    ///   `unknownKind`, `readOnly`, `index`.
    public func createCollection(_ name: String, kind: String) async throws(EngineError) -> Bool {
        guard access == .readWrite else { throw .readOnly }
        guard CollectionStore.isName(name) else { throw .invalidCollectionName(name: name) }
        let declared = try configuration.kind(named: kind)
        return try await admin.run { () throws(EngineError) in
            let (present, damaged, isClosed) = self.state.withLock {
                ($0.collections[name]?.kind.name, $0.damaged[name], $0.isClosed)
            }
            guard !isClosed else { throw .stopping }
            if let damaged { throw .collectionDamaged(name: name, error: damaged) }
            if let present {
                guard present == kind else { throw .collectionExists(name: name, kind: present) }
                return false
            }
            try self.store.create(
                name, layout: CollectionLayout(kind: declared),
                fingerprint: CollectionLayout.fingerprint(
                    of: declared, analysis: self.analyzers.fingerprint))
            let collection = try self.open(name)
            self.state.withLock { $0.collections[name] = collection }
            return true
        }
    }

    /// Removes a collection and its files; searches that are under way end undisturbed.
    ///
    /// One that is damaged can be removed too, and made anew.
    ///
    /// - Throws: `collectionNotFound`, `readOnly`, `index`.
    public func dropCollection(_ name: String) async throws(EngineError) {
        guard access == .readWrite else { throw .readOnly }
        let collection = try await admin.run { () throws(EngineError) -> OpenCollection? in
            let (collection, damaged, isClosed) = self.state.withLock { state in
                (
                    state.collections.removeValue(forKey: name),
                    state.damaged.removeValue(forKey: name), state.isClosed
                )
            }
            guard !isClosed else { throw .stopping }
            guard collection != nil || damaged != nil else {
                throw .collectionNotFound(name: name)
            }
            return collection
        }
        await collection?.close()
        try await admin.run { () throws(EngineError) in try self.store.drop(name) }
    }

    /// Commits what is pending, ends merges, closes the logs and gives up the lock; later writes
    /// throw `stopping`.
    public func close() async {
        let collections = state.withLock { state in
            state.isClosed = true
            return Array(state.collections.values)
        }
        for collection in collections { await collection.close() }
        lock.withLock { $0 = nil }
    }

    /// What a request that begins now is answered by.
    var settings: RequestSettings { currentSettings.value }

    /// A collection by name.
    func collection(_ name: String) throws(EngineError) -> OpenCollection {
        let (collection, damaged) = state.withLock { ($0.collections[name], $0.damaged[name]) }
        if let collection { return collection }
        if let damaged { throw .collectionDamaged(name: name, error: damaged) }
        throw .collectionNotFound(name: name)
    }

    /// Opens a collection that is in the data directory now.
    func open(_ name: String) throws(EngineError) -> OpenCollection {
        try Self.open(
            name, store, configuration: configuration, access: access, analyzers: analyzers,
            names: nameKnowledge, settings: currentSettings, damage: damage,
            toleratesDamage: false)
    }

    private static func open(
        _ name: String, _ store: CollectionStore, configuration: EngineConfiguration,
        access: Access, analyzers: AnalyzerPool, names: NameKnowledge, settings: CurrentSettings,
        damage: DamageCount, toleratesDamage: Bool
    ) throws(EngineError) -> OpenCollection {
        let directory = try indexed { () throws(IndexError) in
            try FileSystemDirectory(path: store.path(of: name))
        }
        let snapshot = try indexed { () throws(IndexError) in
            try Snapshot.open(directory: directory)
        }
        // The commit before it stood in, and nothing is lost.
        if snapshot.damage != nil { damage.add() }
        return try OpenCollection(
            name: name, kind: try configuration.kind(named: snapshot.userData),
            directory: directory, snapshot: snapshot, access: access, analyzers: analyzers,
            names: names, settings: settings, mergeOrder: configuration.mergeOrder, damage: damage,
            toleratesDamage: toleratesDamage)
    }
}

extension IndexError {
    /// Whether it says something about the files of one collection, and nothing about the others:
    /// damage, or a part of the disk that cannot be read.
    var isOfOneCollection: Bool {
        if case .io(_, _, EIO) = self { true } else { isDamage }
    }
}

extension EngineConfiguration {
    /// The kind of a name.
    func kind(named name: String) throws(EngineError) -> CollectionKind {
        guard let kind = kinds.first(where: { $0.name == name }) else {
            throw .unknownKind(name: name, known: kinds.map(\.name))
        }
        return kind
    }
}
