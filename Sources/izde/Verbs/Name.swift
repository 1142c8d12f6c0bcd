import ArgumentParser
import JSON
import ServiceAPI

/// `izde name`: who or what bears a name.
struct Name: ParsableCommand {
    /// What may be asked for: the words of `NamedType`.
    enum Bearer: String, CaseIterable, ExpressibleByArgument {
        case person, organization, place, any

        /// As the daemon is told; `nil` for anything.
        var type: NamedType? { self == .any ? nil : NamedType(rawValue: rawValue) }
    }

    static let configuration = CommandConfiguration(
        abstract: "Find people, organizations and places by name, in any spelling.",
        discussion: """
            On a terminal: rank, caption, what it is and its id, and the name that is alike where \
            it is another. In a pipe a hit is one line with the columns rank, id, schema, score, \
            caption, separated by tabs; --plain adds collection, name, its kind and match.

            With --batch each line of a file is a name, and one line is written for each: name, \
            id, score and caption of the best match; a name without one keeps its line, with \
            empty cells. Lines that cannot be looked up are told, and the exit code is then 65.
            """)

    @Argument(help: "The name.")
    var name: [String] = []

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("A collection; may be given several times.", valueName: "name"))
    var collection: [String] = []

    @Option(name: [.short, .long], help: "What bears it: person, organization, place or any.")
    var type: Bearer = .any

    @Option(help: ArgumentHelp("The least score, 0 to 1.", valueName: "score"))
    var threshold = 0.7

    @Option(
        name: [.customShort("n"), .long],
        help: ArgumentHelp("The most hits; 10 if not given.", valueName: "count"))
    var limit: Int?

    @Option(
        help: ArgumentHelp(
            "Look up each line of a file; - for standard input.", valueName: "file"))
    var batch: String?

    @Flag(help: "Say which words were taken for which.")
    var why = false

    @OptionGroup var quiet: QuietOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard (0...1).contains(threshold) else {
            throw ValidationError("--threshold is a number from 0 to 1")
        }
        if let limit, limit < 0 { throw ValidationError("--limit must not be negative") }
        guard batch != nil else {
            if name.isEmpty { throw ValidationError("a name is needed, or --batch with a file") }
            return
        }
        if !name.isEmpty { throw ValidationError("--batch takes its names from the file alone") }
        if why { throw ValidationError("--batch has one line a name, without --why") }
        if limit != nil, !global.form.isJSON {
            throw ValidationError("--batch shows the best match; --limit needs --json or --jsonl")
        }
    }

    func run() throws {
        let session = Session(global, isQuiet: quiet.quiet)
        if let batch {
            try lookedUp(InputFile(argument: batch), session)
        } else {
            try lookedUp(name.joined(separator: " "), session)
        }
    }

    // MARK: One name

    /// The request that the arguments stand for.
    func message(_ text: String) -> NamesMessage {
        NamesMessage(
            q: text, collections: collection.isEmpty ? nil : SearchArguments.list(collection),
            type: type.type, threshold: threshold, limit: limit)
    }

    private func lookedUp(_ text: String, _ session: Session) throws(ClientError) {
        let response = try session.client.send(
            .names, body: .json(message(text).json), texts: ["q": text])
        let json = try DaemonClient.json(of: response)
        let found = json["hits"]?.array ?? []
        let hits = found.map(NameHit.init)
        switch session.form {
        case .json: try session.write(answer: response)
        case .jsonl: try session.write(found.map(\.text))
        case .plain:
            try session.write(
                hits.enumerated().map { NameLayout.fullLine($1, rank: $0 + 1) })
        // `--why` in a pipe is for people too.
        case nil where session.terminal.isInteractive || why:
            let layout = NameLayout(
                terminal: session.terminal, showsScore: global.verbose, showsWhy: why)
            try session.write(layout.lines(hits))
        case nil:
            try session.write(hits.enumerated().map { NameLayout.line($1, rank: $0 + 1) })
        }
        try session.flush()
        if hits.isEmpty {
            try noteNearest(to: text, session)
            throw .ended(.nothingFound)
        }
    }

    /// Says what comes next below the threshold.
    private func noteNearest(to text: String, _ session: Session) throws(ClientError) {
        guard threshold > 0, limit != 0, !session.isQuiet else { return }
        var message = message(text)
        message.threshold = 0
        message.limit = 1
        let response = try session.client.send(.names, body: .json(message.json))
        guard
            let hit = try DaemonClient.json(of: response)["hits"]?.array?.first.map(NameHit.init)
        else { return }
        session.note(Self.nearest(hit, threshold: threshold))
    }

    /// What is said of the best hit below the threshold.
    static func nearest(_ hit: NameHit, threshold: Double) -> String {
        let reached = Decimal.text((hit.score * 100).rounded(.down) / 100, places: 2)
        return "izde: nothing reaches \(Decimal.text(threshold, places: 2)); the nearest is "
            + "\(SafeText.line(hit.caption)) (\(SafeText.line(hit.id))) with \(reached). "
            + "See it with --threshold \(reached)"
    }

    // MARK: Many names

    private func lookedUp(_ file: InputFile, _ session: Session) throws(ClientError) {
        let batch = NameBatch(
            session,
            .init(
                type: type.type ?? .any, threshold: threshold, limit: limit ?? 1,
                collections: SearchArguments.list(collection)))
        var splitter = LineSplitter(limit: NameBatch.lineByteCount)
        try file.read { (bytes) throws(ClientError) in
            for line in splitter.append(bytes) { try batch.add(line, from: file.name) }
            // Who writes names one by one wants the answers one by one.
            try batch.send()
            try session.flush()
        }
        if let last = splitter.end() { try batch.add(last, from: file.name) }
        try batch.finish()
        try session.flush()
        if batch.refusedCount > 0 { throw .ended(.dataError) }
        if batch.matchedCount == 0 { throw .ended(.nothingFound) }
    }
}
