public import InvertedIndex

/// Why the engine could not do what was asked.
public enum EngineError: Error, Sendable {
    /// The query, a filter, a sort key ... cannot be read.
    case query(QueryError)
    /// The index or its files failed.
    case index(IndexError)
    /// No collection has this name.
    case collectionNotFound(name: String)
    /// A collection of this name exists with another kind.
    case collectionExists(name: String, kind: String)
    /// No kind has this name; `known` are those there are.
    case unknownKind(name: String, known: [String])
    /// The name of a collection is not `[a-z0-9][a-z0-9_-]{0,63}`.
    case invalidCollectionName(name: String)
    /// The collection has no document of this key.
    case documentNotFound(key: String)
    /// The index was built by another analysis than this program's; it is searched, not written.
    case analysisChanged(found: String, expected: String)
    /// The libraries that analysis needs cannot be opened.
    case analysisUnavailable(reason: String)
    /// A kind of collections cannot be used as it is declared.
    case invalidKind(name: String, reason: String)
    /// A table of the configuration cannot be read.
    case invalidTable(reason: String)
    /// The engine was opened for reading only.
    case readOnly
    /// Too little free space on the disk.
    case noSpaceLeft(freeByteCount: Int, reserveByteCount: Int)
    /// The batch is larger than a limit.
    case batchTooLarge(what: String, found: Int, allowed: Int)
    /// The files of the collection are damaged; it is neither searched nor written, others are.
    case collectionDamaged(name: String, error: IndexError)
    /// More is waiting to be written than a limit allows; it will be less in a moment.
    case overloaded(what: String, found: Int, allowed: Int)
    /// The name of a snapshot is not `[A-Za-z0-9_-]{1,64}`.
    case invalidSnapshotName(name: String)
    /// A snapshot of this name exists.
    case snapshotExists(name: String)
    /// The engine is stopping.
    case stopping
}

/// What is wrong with a search request, and where.
public struct QueryError: Error, Sendable, Equatable {
    /// Which part of the request is meant; also the first part of the `code` in api.md.
    public enum Part: String, Sendable {
        case q, filter, sort, facets, limit, offset, lang, mode, matchingStrategy, cursor
        case attributesToHighlight, attributesToCrop, attributesToRetrieve, expand, collections
    }

    /// The part.
    public var part: Part
    /// What was found and expected, for people, without the text of documents.
    public var message: String
    /// Where in the part, in UTF-8 bytes, if it has a text.
    public var position: ByteSpan?
    /// The nearest thing that would be right, if one is near.
    public var suggestion: String?

    /// A place in a text.
    public struct ByteSpan: Sendable, Equatable {
        /// Where it begins, in UTF-8 bytes.
        public var start: Int
        /// How long it is, in UTF-8 bytes.
        public var length: Int

        /// A place.
        public init(start: Int, length: Int) {
            self.start = start
            self.length = length
        }
    }

    /// An error of a part.
    public init(
        _ part: Part, _ message: String, at position: ByteSpan? = nil, suggestion: String? = nil
    ) {
        self.part = part
        self.message = message
        self.position = position
        self.suggestion = suggestion
    }
}
