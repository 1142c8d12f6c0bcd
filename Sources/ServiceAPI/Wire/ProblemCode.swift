/// The codes of errors that clients may rely upon; each has one HTTP status and one title.
public enum ProblemCode: String, Sendable, CaseIterable {
    case invalidHTTP = "invalid_http"
    case invalidJSON = "invalid_json"
    case unknownField = "unknown_field"
    case invalidValue = "invalid_value"
    case invalidQ = "invalid_q"
    case invalidQuerySyntax = "invalid_query_syntax"
    case invalidFilter = "invalid_filter"
    case invalidSort = "invalid_sort"
    case invalidFacet = "invalid_facet"
    case invalidLimit = "invalid_limit"
    case invalidCursor = "invalid_cursor"
    case invalidLang = "invalid_lang"
    case invalidDocument = "invalid_document"
    case invalidDocumentID = "invalid_document_id"
    case invalidCollectionName = "invalid_collection_name"
    case unknownKind = "unknown_kind"
    case missingKey = "missing_key"
    case peerNotAllowed = "peer_not_allowed"
    case readOnlySocket = "read_only_socket"
    case readOnly = "read_only"
    case collectionNotFound = "collection_not_found"
    case documentNotFound = "document_not_found"
    case routeNotFound = "route_not_found"
    case methodNotAllowed = "method_not_allowed"
    case notAcceptable = "not_acceptable"
    case requestTimeout = "request_timeout"
    case analysisChanged = "analysis_changed"
    case writerLocked = "writer_locked"
    case collectionExists = "collection_exists"
    case cursorExpired = "cursor_expired"
    case bodyTooLarge = "body_too_large"
    case batchTooLarge = "batch_too_large"
    case uriTooLong = "uri_too_long"
    case unsupportedMediaType = "unsupported_media_type"
    case expectationFailed = "expectation_failed"
    case allLinesFailed = "all_lines_failed"
    case missingField = "missing_field"
    case documentTooLarge = "document_too_large"
    case invalidConfiguration = "invalid_configuration"
    case headersTooLarge = "headers_too_large"
    case internalError = "internal"
    case tooManySearches = "too_many_searches"
    case tooManyWrites = "too_many_writes"
    case adminBusy = "admin_busy"
    case deadlineExceeded = "deadline_exceeded"
    case storageFailed = "storage_failed"
    case starting = "starting"
    case stopping = "stopping"
    case rebuilding = "rebuilding"
    case noSpaceLeft = "no_space_left"

    /// The HTTP status.
    public var status: Int {
        switch self {
        case .invalidHTTP, .invalidJSON, .unknownField, .invalidValue, .invalidQ,
            .invalidQuerySyntax, .invalidFilter, .invalidSort, .invalidFacet, .invalidLimit,
            .invalidCursor, .invalidLang, .invalidDocument, .invalidDocumentID,
            .invalidCollectionName, .unknownKind:
            400
        case .missingKey: 401
        case .peerNotAllowed, .readOnlySocket, .readOnly: 403
        case .collectionNotFound, .documentNotFound, .routeNotFound: 404
        case .methodNotAllowed: 405
        case .notAcceptable: 406
        case .requestTimeout: 408
        case .analysisChanged, .writerLocked, .collectionExists: 409
        case .cursorExpired: 410
        case .bodyTooLarge, .batchTooLarge: 413
        case .uriTooLong: 414
        case .unsupportedMediaType: 415
        case .expectationFailed: 417
        case .allLinesFailed, .missingField, .documentTooLarge, .invalidConfiguration: 422
        case .headersTooLarge: 431
        case .internalError: 500
        case .tooManySearches, .tooManyWrites, .adminBusy, .deadlineExceeded, .storageFailed,
            .starting, .stopping, .rebuilding:
            503
        case .noSpaceLeft: 507
        }
    }

    /// What went wrong in a few words, the same for every occurrence.
    public var title: String {
        switch self {
        case .invalidHTTP: "The request is not HTTP/1.1"
        case .invalidJSON: "The body is not JSON"
        case .unknownField: "The request has a field that is not known"
        case .invalidValue: "A field has a value that cannot be used"
        case .invalidQ: "The query cannot be used"
        case .invalidQuerySyntax: "The query cannot be read"
        case .invalidFilter: "The filter cannot be read"
        case .invalidSort: "The order cannot be used"
        case .invalidFacet: "A facet cannot be counted"
        case .invalidLimit: "The page is outside of the limits"
        case .invalidCursor: "The cursor cannot be read"
        case .invalidLang: "The language is not known"
        case .invalidDocument: "The document cannot be read"
        case .invalidDocumentID: "The id of the document cannot be used"
        case .invalidCollectionName: "The name of the collection cannot be used"
        case .unknownKind: "The kind of collection is not declared"
        case .missingKey: "A key is needed"
        case .peerNotAllowed: "This user may not do this"
        case .readOnlySocket: "This socket takes no writes"
        case .readOnly: "The daemon takes no writes"
        case .collectionNotFound: "There is no such collection"
        case .documentNotFound: "There is no such document"
        case .routeNotFound: "There is nothing at this path"
        case .methodNotAllowed: "The method is not allowed here"
        case .notAcceptable: "The answer cannot be given in this form"
        case .requestTimeout: "The request took too long to arrive"
        case .analysisChanged: "The index was built by another analysis"
        case .writerLocked: "Another program writes to the index"
        case .collectionExists: "The collection exists with another kind"
        case .cursorExpired: "The cursor has expired"
        case .bodyTooLarge: "The body is too large"
        case .batchTooLarge: "The batch is too large"
        case .uriTooLong: "The path and its query are too long"
        case .unsupportedMediaType: "The form of the body is not supported"
        case .expectationFailed: "The expectation cannot be met"
        case .allLinesFailed: "No line could be taken"
        case .missingField: "A field is missing"
        case .documentTooLarge: "The document is too large"
        case .invalidConfiguration: "The configuration is wrong"
        case .headersTooLarge: "The header is too large"
        case .internalError: "The daemon made a mistake"
        case .tooManySearches: "Too many searches are running"
        case .tooManyWrites: "Too many writes are running"
        case .adminBusy: "Another admin call is running"
        case .deadlineExceeded: "The search took too long"
        case .storageFailed: "The storage failed"
        case .starting: "The daemon is starting"
        case .stopping: "The daemon is stopping"
        case .rebuilding: "The index is being rebuilt"
        case .noSpaceLeft: "The disk is full"
        }
    }

    /// Seconds after which the same request may succeed, `nil` if it will not.
    public var retryAfter: Int? {
        switch self {
        case .tooManySearches, .tooManyWrites, .deadlineExceeded, .starting: 1
        case .stopping, .rebuilding, .adminBusy: 5
        // A writer that failed is read-only until the daemon is started anew.
        case .storageFailed: 30
        default: nil
        }
    }
}
