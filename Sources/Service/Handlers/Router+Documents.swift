import JSON
import SearchEngine
import ServiceAPI
import Synchronization

/// Handlers that show and delete documents.
extension Router {
    func document(_ request: Request) throws(ProblemDetails) -> Response {
        let parameters = try DocumentParameters.schema.check(try request.query())
        var highlight: SearchRequest?
        if let q = parameters["highlight"]?.string {
            var search = SearchRequest()
            search.q = q
            search.lang = parameters["lang"]?.string ?? search.lang
            search.mode = parameters["mode"]?.string.flatMap(SearchRequest.Mode.init) ?? search.mode
            search.highlightPreTag = parameters["highlightPreTag"]?.string ?? search.highlightPreTag
            search.highlightPostTag =
                parameters["highlightPostTag"]?.string ?? search.highlightPostTag
            search.attributesToHighlight = ["*"]
            search.showMatchesPosition = true
            highlight = search
        }
        let hit = try engine { () throws(EngineError) in
            try service.document(request.documentID, in: request.collection, highlight: highlight)
        }
        var writer = JSONWriter(capacity: 16 << 10)
        hit.write(to: &writer, request: highlight ?? SearchRequest())
        return Response(writer.bytes)
    }

    func documents(_ request: Request) throws(ProblemDetails) -> Response {
        let parameters = try ListParameters.schema.check(try request.query())
        let filter = parameters["filter"]?.string
        let after = try parameters["cursor"]?.string.map(DocumentCursor.key)
        let limit = parameters["limit"]?.integer.map(Int.init)
        switch try PageForm(accept: request.accept) {
        case .json:
            let limit = limit ?? 20
            // One more than asked for, to know whether there is a next page.
            var page = try page(request, filter: filter, after: after, limit: limit + 1)
            let hasMore = page.count > limit
            if hasMore { page.removeLast() }
            var writer = JSONWriter(capacity: 64 << 10)
            writer.beginObject()
            writer.key("results")
            writer.beginArray()
            for document in page { writer.value(.object(document.members)) }
            writer.endArray()
            writer.key("limit")
            writer.value(limit)
            if hasMore, let last = page.last {
                writer.key("nextCursor")
                writer.value(DocumentCursor.cursor(after: last.key))
            }
            writer.endObject()
            return Response(writer.bytes)
        case .lines:
            // The first piece is made before the status goes out, so that a wrong filter or
            // collection is a clean error.
            let first = min(limit ?? .max, DocumentExport.pageSize)
            let page = try page(request, filter: filter, after: after, limit: first)
            return Response(
                contentType: "application/x-ndjson",
                stream: DocumentExport(
                    router: self, request: request, filter: filter, firstPage: page, limit: limit))
        }
    }

    func page(_ request: Request, filter: String?, after: DocumentKey?, limit: Int)
        throws(ProblemDetails) -> [Document]
    {
        try engine { () throws(EngineError) in
            try service.documents(
                in: request.collection, filter: filter, after: after, limit: limit)
        }
    }

    func deleteDocument(_ request: Request) async throws(ProblemDetails) -> Response {
        let wait = try WriteParameters.wait(request)
        let result = try await delete([request.documentID], request, wait)
        guard let outcome = result.lines.first?.outcome, outcome == .deleted else {
            throw ProblemDetails(
                EngineError.documentNotFound(key: request.documentID))
        }
        return Self.deletion(
            JSONObject([
                "id": .string(request.documentID), "status": "deleted",
                "generation": .integer(Int64(clamping: result.generation)),
            ]), wait)
    }

    private static func deletion(_ answer: JSONObject, _ wait: Engine.Wait) -> Response {
        var answer = answer
        answer.sayIfNotDurable(wait != .none)
        return Response(status: wait == .none ? 202 : 200, .object(answer))
    }

    func deleteDocuments(_ request: Request) async throws(ProblemDetails) -> Response {
        let wait = try WriteParameters.wait(request)
        switch try DeletionMessage(json: try request.json()) {
        case .ids(let ids):
            let result = try await delete(ids, request, wait)
            let deleted = result.lines.count { $0.outcome == .deleted }
            return Self.deletion(
                JSONObject([
                    "deleted": .integer(Int64(deleted)),
                    "notFound": .integer(Int64(result.lines.count - deleted)),
                    "generation": .integer(Int64(clamping: result.generation)),
                ]), wait)
        case .filter(let filter):
            do throws(EngineError) {
                let deleted = try await service.delete(
                    filter: filter, from: request.collection, wait: wait)
                return Self.deletion(JSONObject(["deleted": .integer(Int64(deleted))]), wait)
            } catch {
                throw ProblemDetails(error)
            }
        }
    }

    private func delete(_ keys: [String], _ request: Request, _ wait: Engine.Wait)
        async
        throws(ProblemDetails) -> Engine.BatchResult
    {
        do throws(EngineError) {
            return try await service.delete(keys, from: request.collection, wait: wait)
        } catch {
            throw ProblemDetails(error)
        }
    }
}

/// The form in which a page of documents is wanted.
private enum PageForm {
    case json, lines

    init(accept: String?) throws(ProblemDetails) {
        guard let accept else {
            self = .json
            return
        }
        for part in accept.split(separator: ",") {
            let type = part.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
            switch type {
            case "application/x-ndjson", "application/jsonl":
                self = .lines
                return
            case "application/json", "application/*", "*/*":
                self = .json
                return
            default: continue
            }
        }
        throw ProblemDetails(
            .notAcceptable, "Documents are given as application/json or application/x-ndjson",
            param: "Accept")
    }
}

/// The opaque place where a page of documents ended: the key of its last document.
enum DocumentCursor {
    /// The cursor of the page that follows a key.
    static func cursor(after key: DocumentKey) -> String {
        "k" + key.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The key in a cursor.
    static func key(_ cursor: String) throws(ProblemDetails) -> DocumentKey {
        let digits = Array(cursor.utf8.dropFirst())
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count - 1, by: 2) {
            let pair = String(decoding: digits[index...index + 1], as: UTF8.self)
            // The library would take `+1` for a number.
            guard pair.allSatisfy(\.isHexDigit), let byte = UInt8(pair, radix: 16) else { break }
            bytes.append(byte)
        }
        guard cursor.hasPrefix("k"), bytes.count * 2 == digits.count, !bytes.isEmpty,
            let key = String(validating: bytes, as: UTF8.self)
        else {
            throw ProblemDetails(
                .invalidCursor, "This is not a `nextCursor` of a page of documents",
                param: "cursor")
        }
        return key
    }
}

/// All documents of a collection, one JSON object a line, page by page.
private final class DocumentExport: BodyStream {
    /// Documents read at once: each may have megabytes.
    static let pageSize = 100

    private struct Place {
        var page: [Document]
        var remaining: Int
    }

    private let router: Router
    private let request: Request
    private let filter: String?
    private let place: Mutex<Place>

    init(
        router: Router, request: Request, filter: String?, firstPage: [Document], limit: Int?
    ) {
        self.router = router
        self.request = request
        self.filter = filter
        place = Mutex(Place(page: firstPage, remaining: limit ?? .max))
    }

    func next(_ reply: @escaping @Sendable (Result<[UInt8]?, ProblemDetails>) -> Void) {
        router.runAdmitted { [self] in reply(piece()) }
    }

    private func piece() -> Result<[UInt8]?, ProblemDetails> {
        // Pieces are asked for one after the other; the mutex only shows that to the compiler.
        let (page, remaining) = place.withLock { ($0.page, $0.remaining) }
        guard let last = page.last else { return .success(nil) }
        var writer = JSONWriter(capacity: 64 << 10)
        for document in page {
            writer.value(.object(document.members))
            writer.endLine()
        }
        let left = remaining - page.count
        do throws(ProblemDetails) {
            let limit = min(left, Self.pageSize)
            let following =
                page.count < Self.pageSize || limit == 0
                ? [] : try router.page(request, filter: filter, after: last.key, limit: limit)
            place.withLock { $0 = Place(page: following, remaining: left) }
            return .success(writer.bytes)
        } catch {
            return .failure(error)
        }
    }
}
