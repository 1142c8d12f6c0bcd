import InvertedIndex
import Synchronization

/// The collections that have names, for those who link documents to them.
///
/// A writer of one collection looks into the others without knowing the engine.
final class NameCatalog: Sendable {
    /// The names of one collection as they are now.
    struct Source: Sendable {
        var collection: String
        var kind: CollectionKind
        var snapshot: Snapshot
        var segments: [SegmentNames]
    }

    private struct Entry {
        var kind: CollectionKind
        var names: CollectionNames
        var published: PublishedSnapshot
    }

    private let entries = Mutex<[String: Entry]>([:])

    /// A catalog without collections.
    init() {}

    /// Adds a collection with names, or replaces the one of its name.
    func add(
        _ collection: String, kind: CollectionKind, names: CollectionNames,
        published: PublishedSnapshot
    ) {
        entries.withLock {
            $0[collection] = Entry(kind: kind, names: names, published: published)
        }
    }

    /// Takes a collection out.
    func remove(_ collection: String) {
        _ = entries.withLock { $0.removeValue(forKey: collection) }
    }

    /// The names of all collections, in the order of their own names.
    func sources() throws(EngineError) -> [Source] {
        let entries = entries.withLock { $0 }
        var sources: [Source] = []
        for (collection, entry) in entries.sorted(by: { $0.key < $1.key }) {
            let snapshot = entry.published.current
            sources.append(
                Source(
                    collection: collection, kind: entry.kind, snapshot: snapshot,
                    segments: try entry.names.segments(of: snapshot)))
        }
        return sources
    }
}
