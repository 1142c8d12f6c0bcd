import SearchEngine
import ServiceAPI

extension ProblemDetails {
    /// What an error of the engine is to a client: the one place where errors become statuses.
    ///
    /// No message holds text of a document; those about files name the file, not its content.
    init(_ error: EngineError) {
        switch error {
        case .query(let error): self.init(error)
        case .index(let error): self.init(IndexFailure(error))
        case .collectionNotFound:
            self.init(
                .collectionNotFound,
                "There is no collection of this name; make it with PUT /v1/collections/{name}",
                param: "collection")
        case .collectionExists(_, let kind):
            self.init(
                .collectionExists,
                "The collection exists with the kind `\(kind)`; delete it first or take another name",
                param: "kind")
        case .unknownKind(let name, let known):
            self.init(
                .unknownKind,
                "Kinds that the configuration declares: \(known.joined(separator: ", "))",
                param: "kind", suggestion: EditDistance.nearest(to: name, in: known))
        case .invalidCollectionName:
            self.init(
                .invalidCollectionName,
                "A name has 1 to 64 characters of a-z, 0-9, - and _ and begins with a letter or digit",
                param: "collection")
        case .documentNotFound:
            self.init(
                .documentNotFound, "The collection has no document of this id", param: "id")
        case .analysisChanged(let found, let expected):
            self.init(
                .analysisChanged,
                "The index was built by the analysis \(found), this program has \(expected); it is "
                    + "searched, not written; rebuild it with `izded build --from-store`")
        case .readOnly: self.init(.readOnly, "The daemon was started for reading only")
        case .noSpaceLeft(let free, let reserve):
            self.init(
                .noSpaceLeft,
                "\(free) bytes are free, \(reserve) are kept in reserve; writes go on when there is "
                    + "more space, searches meanwhile")
        case .batchTooLarge(let what, let found, let allowed):
            self.init(.batchTooLarge, "\(what): \(found), allowed are \(allowed)")
        case .collectionDamaged(let name, let error):
            self.init(
                .storageFailed,
                "The collection `\(name)` cannot be opened: \(IndexFailure(error).message)",
                param: "collection")
        case .overloaded(let what, let found, let allowed):
            self.init(
                .tooManyWrites,
                "\(what): \(found), allowed are \(allowed); try again in a moment")
        case .invalidSnapshotName:
            self.init(
                .invalidValue, "A name has 1 to 64 characters of A-Z, a-z, 0-9, - and _",
                param: "name")
        case .snapshotExists(let name):
            self.init(
                .invalidValue, "A snapshot `\(name)` exists; take another name",
                param: "name")
        case .analysisUnavailable(let reason):
            self.init(.internalError, "Text analysis failed: \(reason)")
        case .invalidKind(let name, let reason):
            self.init(
                .internalError, "The kind `\(name)` of the configuration cannot be used: \(reason)")
        case .invalidTable(let reason):
            self.init(.internalError, "A table of the configuration cannot be used: \(reason)")
        case .stopping: self.init(.stopping, "The daemon is stopping; try again shortly")
        }
    }

    private init(_ error: QueryError) {
        let code: ProblemCode =
            switch error.part {
            case .q: error.position == nil ? .invalidQ : .invalidQuerySyntax
            case .filter: .invalidFilter
            case .sort: .invalidSort
            case .facets: .invalidFacet
            case .limit, .offset: .invalidLimit
            case .lang: .invalidLang
            case .cursor: .invalidCursor
            case .collections, .mode, .matchingStrategy, .attributesToHighlight, .attributesToCrop,
                .attributesToRetrieve, .expand:
                .invalidValue
            }
        self.init(
            code, error.message, param: error.part.rawValue,
            position: error.position.map { Position(start: $0.start, length: $0.length) },
            suggestion: error.suggestion)
    }

    private init(_ failure: IndexFailure) {
        let code: ProblemCode =
            switch failure.kind {
            case .noSpaceLeft: .noSpaceLeft
            case .locked: .writerLocked
            case .deadlineExceeded: .deadlineExceeded
            case .tooLarge: .batchTooLarge
            case .incompatible: .analysisChanged
            case .storage: .storageFailed
            }
        self.init(code, failure.message)
    }
}
