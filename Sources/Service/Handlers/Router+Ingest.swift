import JSON
import SearchEngine
import ServiceAPI

/// The handler that adds documents.
extension Router {
    /// Adds the documents of a body in batches, and answers when all are in: one line for each
    /// line that came, then a summary.
    ///
    /// Each batch is wholly in or wholly out. If one fails as a whole, those before it stay, and
    /// the error says how many lines they had; sending all again does no harm.
    func addDocuments(_ request: Request) async throws(ProblemDetails) -> Response {
        let wait = try WriteParameters.wait(request)
        guard service.collections.contains(where: { $0.name == request.collection }) else {
            throw ProblemDetails(EngineError.collectionNotFound(name: request.collection))
        }
        let contentType = request.contentType
        let found: Result<IngestBody, ProblemDetails> = await bodies.value {
            do throws(ProblemDetails) {
                return .success(try IngestBody(request.body, contentType: contentType))
            } catch {
                return .failure(error)
            }
        }
        let body = try found.get()
        var report = IngestReport(isDurable: wait != .none)
        let batchCount = limits.batchDocumentCount
        let reader = DocumentReader(limits: limits)
        var start = 0
        while start < body.count {
            let batch = start..<min(start + batchCount, body.count)
            let inputs = await bodies.value { reader.inputs(batch, of: body, request.body) }
            // What is synced is searchable once the last batch is: only that one waits for it.
            let isLast = batch.upperBound == body.count
            let batchWait = wait == .visible && !isLast ? Engine.Wait.durable : wait
            do throws(EngineError) {
                let result = try await service.add(
                    inputs, to: request.collection, wait: batchWait)
                report.take(result, numbers: batch.map(body.number))
            } catch {
                var problem = ProblemDetails(error)
                problem.extensions["summary"] = report.summary
                throw problem
            }
            start = batch.upperBound
        }
        if report.received > 0, report.failed == report.received {
            throw ProblemDetails(
                .allLinesFailed,
                "None of \(report.received) lines could be taken; `errors` has the first of them",
                extensions: JSONObject(["errors": report.firstErrors, "summary": report.summary]))
        }
        return Response(
            status: wait == .none ? 202 : 200, contentType: "application/x-ndjson",
            report.finished())
    }
}

extension JSONObject {
    /// Says of an answer that came before the disk had what it tells.
    mutating func sayIfNotDurable(_ isDurable: Bool) {
        if !isDurable { self["durable"] = false }
    }
}

extension DocumentReader {
    /// The inputs of a part of a body.
    fileprivate func inputs(_ batch: Range<Int>, of body: IngestBody, _ bytes: [UInt8])
        -> [Engine.Input]
    {
        switch body {
        case .lines(let lines):
            lines[batch].map {
                GivingWay.pause()
                return input(bytes.span.extracting($0.bytes))
            }
        case .values(let values):
            // The size of one element is not known before it is written again; only a body that
            // is larger than a document may be has to be looked at.
            values[batch].map {
                GivingWay.pause()
                return input(
                    $0,
                    byteCount: bytes.count <= limits.documentByteCount ? 0 : $0.bytes.count)
            }
        }
    }
}

extension WriteParameters {
    /// The `wait` of a request.
    static func wait(_ request: Request) throws(ProblemDetails) -> Engine.Wait {
        let parameters = try schema.check(try request.query())
        return parameters["wait"]?.string.flatMap(Engine.Wait.init) ?? .durable
    }
}

/// The answer to an ingest while it is made: a line for each document, and the sums.
private struct IngestReport {
    /// Whether what was taken survives a crash from now on.
    let isDurable: Bool
    private var writer = JSONWriter(capacity: 16 << 10)
    private var counts: [String: Int64] = [:]
    private var errors: [JSONValue] = []
    private var generation: UInt64 = 0
    private(set) var received = 0
    private(set) var failed = 0

    /// The first lines that failed.
    var firstErrors: JSONValue { .array(errors) }

    mutating func take(_ result: Engine.BatchResult, numbers: [Int]) {
        generation = max(generation, result.generation)
        for (line, number) in zip(result.lines, numbers) {
            received += 1
            switch line.outcome {
            case .created: take(number, line.key, "created")
            case .replaced: take(number, line.key, "replaced")
            case .unchanged: take(number, line.key, "unchanged")
            case .deleted: take(number, line.key, "deleted")
            case .notFound: take(number, line.key, "notFound")
            case .failed(let code, let parameter, let message):
                fail(number, line.key, code, parameter, message)
            }
        }
    }

    private mutating func take(_ number: Int, _ key: String?, _ status: String) {
        counts[status, default: 0] += 1
        writer.beginObject()
        writer.key("line")
        writer.value(number)
        if let key {
            writer.key("id")
            writer.value(key)
        }
        writer.key("status")
        writer.value(status)
        writer.endObject()
        writer.endLine()
    }

    private mutating func fail(
        _ number: Int, _ key: String?, _ code: String, _ parameter: String?, _ message: String
    ) {
        failed += 1
        var error = JSONObject(["code": .string(code)])
        error["param"] = parameter.map(JSONValue.string)
        error["detail"] = .string(message)
        var line = JSONObject(["line": .integer(Int64(number))])
        line["id"] = key.map(JSONValue.string)
        line["status"] = "error"
        line["error"] = .object(error)
        // Enough to see what is wrong; all of them would be as long as the body.
        if errors.count < 100 { errors.append(.object(line)) }
        writer.value(.object(line))
        writer.endLine()
    }

    init(isDurable: Bool) { self.isDurable = isDurable }

    var summary: JSONValue {
        var summary = JSONObject([
            "received": .integer(Int64(received)), "created": .integer(counts["created"] ?? 0),
            "replaced": .integer(counts["replaced"] ?? 0),
            "unchanged": .integer(counts["unchanged"] ?? 0), "failed": .integer(Int64(failed)),
            "generation": .integer(Int64(clamping: generation)),
        ])
        summary.sayIfNotDurable(isDurable)
        return .object(summary)
    }

    /// All lines with the summary as the last.
    mutating func finished() -> [UInt8] {
        writer.value(["summary": summary])
        writer.endLine()
        return writer.bytes
    }
}
