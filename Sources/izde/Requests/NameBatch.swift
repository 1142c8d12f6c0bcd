import JSON
import ServiceAPI

/// Names, one a line, looked up many at once: one line out for each line in, in the same order.
final class NameBatch {
    /// What is asked of each name.
    struct Settings {
        /// What bears the names.
        var type = NamedType.any
        /// From this score on an entity is the one.
        var threshold = 0.7
        /// The most entities of each name; people see the first only.
        var limit = 1
        /// The collections; empty for all.
        var collections: [String] = []
    }

    private enum Line {
        case name(String, key: String)
        /// An empty line, or one that cannot be looked up.
        case none
    }

    /// The longest line in bytes; within it the daemon counts characters.
    static let lineByteCount = WireLimits.nameScalarCount * 4
    /// A request stays below this, and so well under what the daemon takes.
    private static let requestByteCount = WireLimits.bodyByteCount / 2
    /// How many refused lines are told one by one.
    private static let toldCount = 5

    private let session: Session
    private let settings: Settings
    private var lines: [Line] = []
    private var queries: [MatchMessage.Query] = []
    private var byteCount = 0

    /// How many names were matched.
    private(set) var matchedCount = 0
    /// How many lines could not be looked up.
    private(set) var refusedCount = 0

    /// A batch that is written to the session's output.
    init(_ session: Session, _ settings: Settings) {
        self.session = session
        self.settings = settings
    }

    /// Takes a line; asks the daemon when there is enough for a request.
    func add(_ line: LineSplitter.Line, from file: String) throws(ClientError) {
        func refuse(_ reason: String) {
            refusedCount += 1
            lines.append(.none)
            guard refusedCount <= Self.toldCount else { return }
            session.note("izde: \(SafeText.line(file)):\(line.number): \(reason)")
        }
        switch line.content {
        case .tooLong(let count):
            refuse("\(count) bytes, a name may have \(WireLimits.nameScalarCount) characters")
        case .text(var bytes):
            // A mark of the byte order is no part of the first name.
            if line.number == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
            if let text = String(validating: bytes, as: UTF8.self) {
                let count = text.unicodeScalars.count
                if count > WireLimits.nameScalarCount {
                    refuse(
                        "\(count) characters, a name may have \(WireLimits.nameScalarCount)")
                } else if text.allSatisfy(\.isWhitespace) {
                    lines.append(.none)
                } else {
                    try add(name: text)
                }
            } else {
                refuse("not UTF-8")
            }
        }
        // Lines without a name wait for those before them, but not without end.
        if queries.isEmpty || lines.count >= 10 * WireLimits.matchQueryCount { try send() }
    }

    private func add(name: String) throws(ClientError) {
        let key = String(queries.count)
        let query = MatchMessage.Query(key: key, type: settings.type, names: [name])
        let size = query.json.bytes.count + 16
        if queries.count == WireLimits.matchQueryCount || byteCount + size > Self.requestByteCount {
            try send()
            return try add(name: name)
        }
        byteCount += size
        queries.append(query)
        lines.append(.name(name, key: key))
    }

    /// Asks for what has gathered and writes the lines.
    func send() throws(ClientError) {
        var responses: JSONValue?
        if !queries.isEmpty {
            let message = MatchMessage(
                queries: queries, threshold: settings.threshold, limit: settings.limit,
                collections: settings.collections.isEmpty ? nil : settings.collections)
            let response = try session.client.send(.match, body: .json(message.json))
            if session.form == .json { try session.write(answer: response) }
            responses = try DaemonClient.json(of: response)["responses"]
        }
        let rows = lines.map { row($0, responses) }
        if session.form != .json { try session.write(rows) }
        lines.removeAll(keepingCapacity: true)
        queries.removeAll(keepingCapacity: true)
        byteCount = 0
    }

    /// The line that stands for one name, and counts it.
    private func row(_ line: Line, _ responses: JSONValue?) -> String {
        guard case .name(let name, let key) = line else {
            return session.form == .jsonl ? "null" : NameLayout.batchLine("", nil)
        }
        let answer = responses?[key]
        let hit = (answer?["results"]?.array ?? []).map(NameHit.init).first(where: \.isMatch)
        if hit != nil { matchedCount += 1 }
        return session.form == .jsonl
            ? (answer ?? .null).text : NameLayout.batchLine(name, hit)
    }

    /// Asks for the rest and says how many lines were refused.
    func finish() throws(ClientError) {
        try send()
        if refusedCount > Self.toldCount {
            session.note("izde: \(refusedCount) lines could not be looked up")
        }
    }
}
