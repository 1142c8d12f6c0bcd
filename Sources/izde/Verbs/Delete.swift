import ArgumentParser
import Glibc
import JSON
import ServiceAPI

/// `izde delete`: documents by their ids or by a filter.
struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Delete documents by id, or all that a filter matches.",
        discussion: "Asks first on a terminal; elsewhere --yes is needed.")

    @Argument(help: "The ids of the documents; - reads them from standard input, one a line.")
    var ids: [String] = []

    @Option(
        name: [.short, .long], help: ArgumentHelp("The collection.", valueName: "name"))
    var collection: String

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Delete what this matches.", valueName: "expression"))
    var filter: String?

    @Flag(help: "Do not ask.")
    var yes = false

    @Flag(name: [.customShort("n"), .long], help: "Say what would be deleted, delete nothing.")
    var dryRun = false

    @OptionGroup var quiet: QuietOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard ids.isEmpty != (filter == nil) else {
            throw ValidationError("Give the ids of documents, or --filter, not both")
        }
    }

    func run() throws {
        try deleted(
            Session(
                global, isQuiet: quiet.quiet, defaultMilliseconds: Session.writeMilliseconds))
    }

    private func deleted(_ session: Session) throws(ClientError) {
        let messages = try self.messages()
        let count: Int64
        switch filter {
        case let filter?: count = try matchCount(filter, session)
        case nil:
            count = messages.reduce(0) { total, message in
                if case .ids(let ids) = message { total + Int64(ids.count) } else { total }
            }
        }
        let what =
            "\(count) \(count == 1 ? "document" : "documents") of \(SafeText.line(collection))"
        if dryRun {
            try session.write(["Would delete \(filter == nil ? "up to " : "")\(what)"])
            try session.flush()
            if count == 0 { throw .ended(.nothingFound) }
            return
        }
        try confirm(what)
        var deletedCount: Int64 = 0
        for message in messages {
            let response = try session.client.send(
                .deleteDocuments, parameters: ["collection": collection],
                body: .json(message.json), texts: ["filter": filter ?? ""])
            if session.form == .json { try session.write(answer: response) }
            deletedCount += try Self.deletedCount(response.body)
        }
        if session.form == nil || session.form == .plain {
            try session.write([
                "\(deletedCount) \(deletedCount == 1 ? "document" : "documents") deleted"
            ])
        } else if session.form == .jsonl {
            let summary: JSONValue = ["deleted": .integer(deletedCount)]
            try session.write([summary.text])
        }
        try session.flush()
        if deletedCount == 0 { throw .ended(.nothingFound) }
    }

    /// The requests: one for a filter, one for each thousand ids.
    private func messages() throws(ClientError) -> [DeletionMessage] {
        if let filter { return [.filter(filter)] }
        var all = ids
        if ids == ["-"] {
            all = try InputFile.standardInput.text(limit: 64 << 20)
                .split(whereSeparator: \.isNewline).map(String.init)
        }
        return stride(from: 0, to: all.count, by: WireLimits.deletionCount).map {
            .ids(Array(all[$0..<min($0 + WireLimits.deletionCount, all.count)]))
        }
    }

    private func matchCount(_ filter: String, _ session: Session) throws(ClientError) -> Int64 {
        var search = SearchMessage()
        search.q = ""
        search.collections = [collection]
        search.filter = filter
        search.limit = 0
        let response = try session.client.send(
            .search, body: .json(search.json), texts: ["filter": filter])
        return try DaemonClient.json(of: response)["totalHits"]?.integer ?? 0
    }

    private func confirm(_ what: String) throws(ClientError) {
        if yes { return }
        guard isatty(STDIN_FILENO) == 1, ids != ["-"] else {
            throw .usage("deleting needs --yes when standard input is not a terminal")
        }
        Session.note("Delete \(what)? [y/N] ", endsLine: false)
        let answer = (readLine() ?? "").lowercased()
        guard answer == "y" || answer == "yes" else { throw .usage("nothing was deleted") }
    }

    /// How many documents an answer says are gone: `deleted` as a number, or lines of that status.
    static func deletedCount(_ body: [UInt8]) throws(ClientError) -> Int64 {
        var count: Int64 = 0
        for line in body.split(separator: UInt8(ascii: "\n")) {
            let json: JSONValue
            do throws(JSONError) {
                json = try DaemonClient.reader.read(Array(line))
            } catch {
                throw .answer("the daemon's answer is not JSON: \(error)")
            }
            // The summary counts once more what the lines before it said.
            if let total = (json["summary"] ?? json)["deleted"]?.integer { return total }
            if json["status"]?.string == "deleted" { count += 1 }
        }
        return count
    }
}
