import ArgumentParser
import JSON
import ServiceAPI

/// `izde suggest`: how a text may go on.
struct Suggest: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Complete a text as one would while it is typed.",
        discussion: """
            One suggestion a line: words of the index in any script, then titles. --plain adds \
            kind, via, frequency and the id of a title's document, separated by tabs.
            """)

    @Argument(help: "The text so far; its last word may be unfinished.")
    var text: [String]

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("A collection; may be given several times.", valueName: "name"))
    var collection: [String] = []

    @Option(
        name: [.customShort("n"), .long],
        help: ArgumentHelp("The most suggestions; 10 if not given.", valueName: "count"))
    var limit: Int?

    @OptionGroup var quiet: QuietOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit must not be negative") }
    }

    func run() throws {
        try suggested(Session(global, isQuiet: quiet.quiet))
    }

    private func suggested(_ session: Session) throws(ClientError) {
        let text = text.joined(separator: " ")
        let message = SuggestMessage(
            q: text, collections: collection.isEmpty ? nil : SearchArguments.list(collection),
            limit: limit)
        let response = try session.client.send(
            .suggest, query: message.query, texts: ["q": text])
        let json = try DaemonClient.json(of: response)
        let suggestions = json["suggestions"]?.array ?? []
        switch session.form {
        case .json: try session.write(answer: response)
        case .jsonl: try session.write(suggestions.map(\.text))
        case .plain: try session.write(suggestions.map(Self.plainLine))
        case nil:
            try session.write(
                suggestions.map { SafeText.line($0["text"]?.string ?? "") })
        }
        try session.flush()
        if suggestions.isEmpty { throw .ended(.nothingFound) }
    }

    private static func plainLine(_ suggestion: JSONValue) -> String {
        let cells = [
            suggestion["text"]?.string, suggestion["kind"]?.string, suggestion["via"]?.string,
            suggestion["frequency"]?.integer.map { String($0) }, suggestion["id"]?.string,
        ]
        return cells.map { SafeText.line($0 ?? "") }.joined(separator: "\t")
    }
}
