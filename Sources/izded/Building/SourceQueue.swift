import Corpus
import JSON
import SearchEngine
import Synchronization

/// The documents of all files, one after the other, for several threads; what cannot be read is
/// handed to the rejects.
final class SourceQueue: Sendable {
    private struct State {
        var files: [SourceFiles.File]
        // Used by one thread at a time, under the lock.
        var source: Source?
    }

    /// Unchecked, because a source is made and read under the lock of the queue alone and never
    /// leaves it.
    private struct Source: @unchecked Sendable {
        let reading: any DocumentSource
        let format: SourceFiles.Format
    }

    private let state: Mutex<State>
    private let collection: String?
    private let kinds: [CollectionKind]
    private let collections: [(name: String, kind: String)]
    private let options: SourceOptions
    private let rejects: RejectsFile

    /// A queue over files.
    ///
    /// All documents go to `collection`; if that is `nil`, each to the first of `collections` whose
    /// kind finds its title in it.
    init(
        files: [SourceFiles.File], collection: String?, collections: [(name: String, kind: String)],
        kinds: [CollectionKind], options: SourceOptions, rejects: RejectsFile
    ) {
        state = Mutex(State(files: files.reversed()))
        self.collection = collection
        self.collections = collections
        self.kinds = kinds
        self.options = options
        self.rejects = rejects
    }

    /// The next document, `nil` at the end of the last file.
    func next() -> BulkIndexer.Item? {
        state.withLock { state in
            while true {
                guard let source = state.source else {
                    guard let file = state.files.popLast() else { return nil }
                    do throws(CorpusError) {
                        state.source = Source(
                            reading: try SourceFiles.open(file, options: options),
                            format: file.format)
                    } catch {
                        rejects.add(error)
                    }
                    continue
                }
                switch source.reading.next() {
                case .document(let document, let place, let byteCount):
                    return BulkIndexer.Item(
                        collection: collection ?? destination(of: document),
                        input: .document(document), byteCount: byteCount, origin: "\(place)")
                case .rejected(let error, _):
                    rejects.add(error)
                case nil:
                    state.source = nil
                }
            }
        }
    }

    /// The first collection whose kind finds its title in the document: names → institutions.
    private func destination(of document: Document) -> String {
        for collection in collections {
            guard let kind = kinds.first(where: { $0.name == collection.kind }) else { continue }
            if document.members[kind.titleField] != nil { return collection.name }
        }
        return collections.first?.name ?? "news"
    }
}
