import JSON
import ServiceAPI

/// Sends documents in batches and keeps count of what becomes of them.
final class DocumentSender {
    /// How the documents are sent.
    struct Settings {
        /// The collection.
        var collection: String
        /// When the daemon answers: `none`, `durable`, `visible`.
        var wait: String
        /// Whether nothing is sent, only checked here.
        var isDryRun: Bool
        /// Set where a document has none.
        var lang: String?
        /// Set where a document has none.
        var source: String?
    }

    /// The first so many refusals are told one by one, the others counted.
    private static let toldCount = 5
    /// Longest document that the daemon takes as JSON, in bytes.
    static let documentByteCount = 4 << 20

    private let session: Session
    private let settings: Settings
    private let rejects: RejectsFile?
    private var progress: ProgressLine
    private var batch = DocumentBatch()
    /// What has become of the documents so far.
    private(set) var report = AddReport()

    /// A sender with the settings of a verb.
    init(_ session: Session, _ settings: Settings, rejects: RejectsFile?) {
        self.session = session
        self.settings = settings
        self.rejects = rejects
        progress = ProgressLine(isQuiet: session.isQuiet)
    }

    /// Takes a document as JSON text; sends a batch when it is full.
    func add(_ text: [UInt8], from origin: DocumentBatch.Origin) throws(ClientError) {
        guard !text.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else { return }
        var text = text
        if origin.line == 1, text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
        if settings.isDryRun || settings.lang != nil || settings.source != nil {
            let json: JSONValue
            do throws(JSONError) {
                json = try DaemonClient.reader.read(text)
            } catch {
                try refuse(
                    origin, id: nil, code: .invalidJSON, "not valid JSON: \(error)", text[...])
                return
            }
            guard var object = json.object else {
                try refuse(
                    origin, id: nil, code: .invalidDocument,
                    "a document is an object, this is of kind \(json.kindName)", text[...])
                return
            }
            if settings.isDryRun {
                try check(object, text, origin)
                return
            }
            if let lang = settings.lang, object["lang"] == nil { object["lang"] = .string(lang) }
            if let source = settings.source, object["source"] == nil {
                object["source"] = .string(source)
            }
            text = JSONValue.object(object).bytes
        }
        if !batch.hasRoom(for: text.count) { try send() }
        batch.append(text, from: origin)
    }

    /// Refuses a record without sending it.
    func refuse(
        _ origin: DocumentBatch.Origin, id: String?, code: ProblemCode, _ message: String,
        _ record: ArraySlice<UInt8>?
    ) throws(ClientError) {
        report.count("error")
        try keep(
            origin, id: id, reason: message,
            error: ["code": .string(code.rawValue), "message": .string(message)], record: record)
    }

    /// Sends what is left; all has an outcome afterwards.
    func finish() throws(ClientError) {
        if !batch.isEmpty { try send() }
        progress.end()
        try rejects?.flush()
        if report.failedCount > Self.toldCount, rejects == nil {
            session.note(
                "izde: \(report.failedCount - Self.toldCount) more were rejected; "
                    + "--rejects FILE keeps them all with their reasons")
        }
    }

    /// What can be said without the daemon.
    private func check(_ object: JSONObject, _ text: [UInt8], _ origin: DocumentBatch.Origin)
        throws(ClientError)
    {
        guard let id = object["id"]?.string, !id.isEmpty else {
            try refuse(origin, id: nil, code: .missingField, "`id` is missing", text[...])
            return
        }
        report.count("accepted")
    }

    private func send() throws(ClientError) {
        let answer: BatchAnswer
        do throws(ClientError) {
            let response = try session.client.send(
                .addDocuments, parameters: ["collection": settings.collection],
                query: QueryString([("wait", settings.wait)]), body: .lines(batch.body))
            answer =
                response.body.isEmpty
                ? BatchAnswer(accepted: batch.origins.count) : try BatchAnswer(response.body)
        } catch {
            guard case .problem(let problem, _) = error, problem.knownCode == .allLinesFailed
            else {
                // Documents of earlier batches are in; the count says how far it went.
                progress.end()
                if report.receivedCount > 0 {
                    session.note("izde: before the error: \(report.text)")
                }
                throw error
            }
            answer = BatchAnswer(allFailed: problem, lineCount: batch.origins.count)
        }
        for entry in answer.entries {
            report.count(entry.status)
            guard entry.status == "error", batch.origins.indices.contains(entry.line - 1) else {
                continue
            }
            try keep(
                batch.origins[entry.line - 1], id: entry.id, reason: entry.reason,
                error: entry.error ?? .null, record: batch.document(entry.line - 1))
        }
        if answer.entries.count != batch.origins.count {
            throw .answer(
                "the daemon answered for \(answer.entries.count) of \(batch.origins.count) "
                    + "documents; add them again, nothing is doubled by that")
        }
        progress.update(report, sentByteCount: batch.body.count)
        batch = DocumentBatch()
    }

    private func keep(
        _ origin: DocumentBatch.Origin, id: String?, reason: String, error: JSONValue,
        record: ArraySlice<UInt8>?
    ) throws(ClientError) {
        if report.failedCount <= Self.toldCount {
            progress.end()
            let name = id.map { " (\(SafeText.line($0)))" } ?? ""
            session.note(
                "izde: \(SafeText.line(origin.file)):\(origin.line)\(name): \(SafeText.line(reason))"
            )
        }
        try rejects?.append(origin, id: id, error: error, record: record)
    }
}
