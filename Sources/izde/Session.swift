import Glibc
import JSON
import ServiceAPI

/// What one run of a verb works with: the daemon, the two output streams, what they are.
final class Session {
    /// The daemon.
    let client: DaemonClient
    /// Standard output as a place to read.
    let terminal: Terminal
    /// The form asked for.
    let form: OutputForm?
    /// Whether more is said.
    let isVerbose: Bool
    /// Whether only results and errors are said.
    let isQuiet: Bool
    private var output = OutputStream(descriptor: STDOUT_FILENO)

    /// Writing many documents takes longer than a search.
    static let searchMilliseconds = 30_000
    /// How long a snapshot, a compaction or a verification may take.
    static let maintenanceMilliseconds = 3_600_000
    /// How long a batch of documents may take.
    static let writeMilliseconds = 300_000

    /// A session with the options of a verb.
    init(_ options: GlobalOptions, isQuiet: Bool, defaultMilliseconds: Int = searchMilliseconds) {
        var environment: [String: String] = [:]
        for name in ["IZDE_SOCKET", "XDG_RUNTIME_DIR"] {
            environment[name] = Environment.value(name)
        }
        let path = SocketPath.resolve(flag: options.socket, environment: environment) { path in
            // A socket that may not be seen is there, and its error is the useful one.
            access(path, F_OK) == 0 || errno == EACCES
        }
        client = DaemonClient(
            path: path, timeoutMilliseconds: options.timeout?.milliseconds ?? defaultMilliseconds)
        terminal = Terminal.current(STDOUT_FILENO, choice: options.color)
        form = options.form
        isVerbose = options.verbose
        self.isQuiet = isQuiet
        if isVerbose { client.report = { Session.note("izde: \($0)") } }
    }

    /// Writes a line to standard error; what cannot be written there is lost.
    static func note(_ text: String, endsLine: Bool = true) {
        var stream = OutputStream(descriptor: STDERR_FILENO)
        do {
            try stream.write(text + (endsLine ? "\n" : ""))
            try stream.flush()
        } catch {
            // Nobody is left to be told.
        }
    }

    /// Writes a line to standard error unless only results are wanted.
    func note(_ text: String) {
        if !isQuiet { Session.note(text) }
    }

    /// Writes lines to standard output.
    func write(_ lines: [String]) throws(ClientError) {
        do throws(OutputStream.Failure) {
            for line in lines { try output.writeLine(line) }
        } catch {
            throw .output(error)
        }
    }

    /// Writes styled lines to standard output.
    func write(_ lines: [StyledText]) throws(ClientError) {
        try write(lines.map { $0.rendered(color: terminal.hasColor) })
    }

    /// Writes an answer as it came, with a line end behind it.
    func write(answer: HTTPResponse) throws(ClientError) {
        do throws(OutputStream.Failure) {
            try output.write(bytes: answer.body)
            if answer.body.last != UInt8(ascii: "\n") { try output.writeLine() }
        } catch {
            throw .output(error)
        }
    }

    /// Hands all output to the system.
    func flush() throws(ClientError) {
        do throws(OutputStream.Failure) {
            try output.flush()
        } catch {
            throw .output(error)
        }
    }

    /// The collections that the daemon has, by name.
    func collectionNames() throws(ClientError) -> [String] {
        let stats = try DaemonClient.json(of: client.send(.stats))
        return StatsLayout.collections(of: stats).map(\.name)
    }

    /// Finds a document by its id in the given collection, or else in the first that has it.
    ///
    /// - Throws: the daemon's `document_not_found` if no collection has it.
    func find(
        _ id: String, in collection: String?, query: QueryString = QueryString(),
        texts: [String: String] = [:]
    ) throws(ClientError) -> (collection: String, response: HTTPResponse) {
        let names: [String]
        if let collection { names = [collection] } else { names = try collectionNames() }
        guard !names.isEmpty else {
            throw .problem(
                ProblemDetails(.documentNotFound, "The daemon has no collections yet"), texts: [:])
        }
        var last: ClientError?
        for name in names {
            do throws(ClientError) {
                let response = try client.send(
                    .getDocument, parameters: ["collection": name, "id": id], query: query,
                    texts: texts)
                return (name, response)
            } catch {
                guard case .problem(let problem, _) = error, problem.status == 404,
                    collection == nil
                else { throw error }
                last = error
            }
        }
        throw last ?? .ended(.nothingFound)
    }
}
