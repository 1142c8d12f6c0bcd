import Foundation
import JSON

/// A daemon under test: started plainly or below another program, and ended by its own process id.
final class RunningDaemon: Sendable {
    /// Where it is started: folders that outlive it.
    struct Place: Sendable {
        /// The folder of socket and log.
        var folder: String
        /// The folder of the data.
        var data: String
        /// The configuration file.
        var configuration: String

        var socket: String { "\(folder)/d.sock" }
        var log: String { "\(folder)/log" }

        /// A place; by default the data lie beside the socket.
        init(folder: String, data: String? = nil, configuration: String? = nil) throws {
            self.folder = folder
            self.data = data ?? "\(folder)/data"
            self.configuration = try configuration ?? PlainSettings.shared.configuration()
        }
    }

    /// It ended before it served.
    struct NotServing: Error, CustomStringConvertible {
        /// Its exit status; 128 and more stand for a signal; -1 where it ran on without serving.
        var status: Int32
        var log: String
        var description: String { "the daemon did not serve (\(status)): \(log)" }
    }

    let place: Place
    let process: ChildProcess

    /// Starts a daemon and does not wait for it.
    ///
    /// A wrapper is a program with its arguments that stands in front of the daemon and becomes it,
    /// as `prlimit` and `strace -D` do.
    init(starting place: Place, wrapper: [String] = []) throws {
        self.place = place
        let words =
            wrapper + [
                Programs.folder.appendingPathComponent("izded").path, "serve", "--config",
                place.configuration, "--socket", place.socket, "--data", place.data,
            ]
        process = try ChildProcess(
            words[0], Array(words.dropFirst()), environment: PlainSettings.shared.environment,
            output: place.log, errors: place.log)
    }

    /// Starts a daemon and waits until it serves.
    convenience init(
        _ place: Place, wrapper: [String] = [], acceptsReadOnly: Bool = false
    ) throws {
        unlink(place.log)
        try self.init(starting: place, wrapper: wrapper)
        try waitUntilServing(acceptsReadOnly: acceptsReadOnly)
    }

    /// Waits until it says that it is healthy, or, if that will do, that it searches and does not
    /// write.
    func waitUntilServing(acceptsReadOnly: Bool = false) throws {
        let watch = Stopwatch()
        while process.poll() == nil, watch.seconds < 120 {
            if let client = try? SocketClient(place.socket),
                let answer = try? client.send("GET", "/v1/health"),
                answer.status == 200 || acceptsReadOnly && answer.text.contains("readOnly")
            {
                return
            }
            usleep(5000)
        }
        let status = process.poll() ?? -1
        throw NotServing(status: status, log: TextOfFile.read(place.log))
    }

    /// Ends it and gives its exit status.
    @discardableResult func stop(_ signal: Int32 = SIGTERM) -> Int32 {
        process.signal(signal)
        return process.wait()
    }

    /// A connection of its own.
    func client() throws -> SocketClient { try SocketClient(place.socket) }

    /// Whether it answers that it is healthy.
    var isHealthy: Bool {
        get throws { try client().send("GET", "/v1/health").status == 200 }
    }

    /// All documents by their ids, as the very text that the daemon gives.
    func documents(in collection: String = PlainSettings.collection) throws -> [String: String] {
        let answer = try client().send(
            "GET", "/v1/collections/\(collection)/documents",
            headers: ["Accept: application/x-ndjson"])
        guard answer.status == 200 else {
            throw SocketClient.Failure(description: "documents: \(answer.text)")
        }
        var documents: [String: String] = [:]
        for line in answer.body.split(separator: 0x0A) {
            let id = try JSONReader().read(Array(line))["id"]?.string
            documents[id ?? ""] = String(decoding: line, as: UTF8.self)
        }
        return documents
    }

    /// Makes what is only in the log visible too.
    func commit(in collection: String = PlainSettings.collection) throws {
        let ids: JSONValue = ["ids": ["nobody"]]
        let answer = try client().send(
            "POST", "/v1/collections/\(collection)/documents/delete?wait=visible", ids.bytes)
        guard answer.status == 200 else {
            throw SocketClient.Failure(description: "commit: \(answer.text)")
        }
    }

    /// How many documents a search finds.
    func foundCount(_ query: String) throws -> Int {
        let answer = try client().send(
            "POST", "/v1/search", (["q": .string(query), "limit": 1] as JSONValue).bytes)
        guard answer.status == 200, let total = try answer.json["totalHits"]?.integer else {
            throw SocketClient.Failure(description: "search: \(answer.text)")
        }
        return Int(total)
    }

    /// What the kernel knows of its process.
    var usage: ProcessUsage { ProcessUsage(process.identifier) }
}

/// What a process holds.
struct ProcessUsage {
    /// Open descriptors.
    let descriptorCount: Int
    /// Memory in use.
    let residentByteCount: Int

    init(_ identifier: pid_t) {
        let files = FileManager.default
        descriptorCount =
            (try? files.contentsOfDirectory(atPath: "/proc/\(identifier)/fd").count) ?? 0
        let pages = TextOfFile.read("/proc/\(identifier)/statm").split(separator: " ")
        residentByteCount = (pages.count > 1 ? Int(pages[1]) ?? 0 : 0) * 4096
    }
}
