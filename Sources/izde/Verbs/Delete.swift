import ArgumentParser
import Glibc
import JSON
import ServiceAPI

/// `izde delete`: documents by their ids or by a filter.
struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Delete documents by id, or all that a filter matches.",
        discussion: """
            Asks first on a terminal; elsewhere --yes is needed. Without --collection each id is \
            looked for in all collections, and one that several have is refused.
            """)

    @Argument(help: "The ids of the documents; - reads them from standard input, one a line.")
    var ids: [String] = []

    @Option(
        name: [.short, .long], help: ArgumentHelp("The collection.", valueName: "name"))
    var collection: String?

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
        if filter != nil, collection == nil {
            throw ValidationError("--filter needs --collection")
        }
    }

    func run() throws {
        try deleted(
            Session(
                global, isQuiet: quiet.quiet, defaultMilliseconds: Session.writeMilliseconds))
    }

    /// One request: what is deleted from a collection.
    private struct Deletion {
        var collection: String
        var message: DeletionMessage
    }

    private func deleted(_ session: Session) throws(ClientError) {
        let deletions = try self.deletions(session)
        var count: Int64 = 0
        for deletion in deletions {
            switch deletion.message {
            case .ids(let ids): count += Int64(ids.count)
            case .filter(let filter):
                count += try matchCount(filter, in: deletion.collection, session)
            }
        }
        let names = Set(deletions.map(\.collection)).sorted().joined(separator: ", ")
        let what = "\(count) \(count == 1 ? "document" : "documents") of \(SafeText.line(names))"
        if dryRun {
            let isBound = filter == nil && collection != nil
            try session.write(["Would delete \(isBound ? "up to " : "")\(what)"])
            try session.flush()
            if count == 0 { throw .ended(.nothingFound) }
            return
        }
        if count > 0 { try confirm(what) }
        var deletedCount: Int64 = 0
        for deletion in deletions {
            let response = try session.client.send(
                .deleteDocuments, parameters: ["collection": deletion.collection],
                // Who deletes by hand expects that the next search no longer finds it.
                query: QueryString([("wait", "visible")]),
                body: .json(deletion.message.json), texts: ["filter": filter ?? ""])
            if session.form == .json { try session.write(answer: response) }
            deletedCount += try Self.deletedCount(response.body)
        }
        if session.form == .jsonl {
            let summary: JSONValue = ["deleted": .integer(deletedCount)]
            try session.write([summary.text])
        } else if session.form != .json {
            try session.write([
                "\(deletedCount) \(deletedCount == 1 ? "document" : "documents") deleted"
            ])
        }
        try session.flush()
        if deletedCount == 0 { throw .ended(.nothingFound) }
    }

    /// The requests: one for a filter, one for each thousand ids of a collection.
    private func deletions(_ session: Session) throws(ClientError) -> [Deletion] {
        if let filter, let collection {
            return [Deletion(collection: collection, message: .filter(filter))]
        }
        var all = ids
        if ids == ["-"] {
            all = try InputFile.standardInput.text(limit: 64 << 20)
                .split(whereSeparator: \.isNewline).map(String.init)
        }
        var groups: [(collection: String, ids: [String])] = []
        if let collection {
            groups = [(collection, all)]
        } else {
            for name in try session.collectionNames() { groups.append((name, [])) }
            for id in all {
                guard let place = try self.place(of: id, in: groups.map(\.collection), session)
                else { continue }
                groups[place].ids.append(id)
            }
        }
        var deletions: [Deletion] = []
        for (name, ids) in groups {
            for start in stride(from: 0, to: ids.count, by: WireLimits.deletionCount) {
                let part = ids[start..<min(start + WireLimits.deletionCount, ids.count)]
                deletions.append(Deletion(collection: name, message: .ids(Array(part))))
            }
        }
        return deletions
    }

    /// The only collection that has an id, by its place in the list; `nil` if none has it.
    private func place(of id: String, in collections: [String], _ session: Session)
        throws(ClientError) -> Int?
    {
        var places: [Int] = []
        for (place, name) in collections.enumerated() {
            let response = try session.client.exchange(
                .getDocument, parameters: ["collection": name, "id": id])
            if response.status == 200 {
                places.append(place)
            } else if response.status != 404 {
                throw DaemonClient.problem(of: response, texts: [:])
            }
        }
        if places.count > 1 {
            let names = places.map { collections[$0] }.joined(separator: " and ")
            throw .usage("\(id) is in \(names); say which is meant with -c. Nothing was deleted")
        }
        if places.isEmpty { session.note("izde: \(SafeText.line(id)): no collection has it") }
        return places.first
    }

    private func matchCount(_ filter: String, in collection: String, _ session: Session)
        throws(ClientError) -> Int64
    {
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
