import ArgumentParser
import JSON
import ServiceAPI

/// `izde explain`: why a document got its score.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say why a document got its score for a query.",
        discussion: "Without --collection the first collection that has the id is taken.")

    @Argument(help: "The query, in quotes if it has several words.")
    var query: String

    @Argument(help: "The id of the document.")
    var id: String

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The collection of the document.", valueName: "name"))
    var collection: String?

    @Option(name: [.short, .long], help: "The language of the query: kk, ru, en or auto.")
    var lang: QueryLanguage?

    @Flag(help: "Only the words as they are typed: no other forms, spellings or layouts.")
    var exact = false

    @OptionGroup var ways: WayOptions

    @Flag(help: "Read AND, OR, NOT, ( ), prefix*, word~1, field:word in the query.")
    var queryMode = false

    @OptionGroup var quiet: QuietOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
        try explained(Session(global, isQuiet: quiet.quiet))
    }

    private func explained(_ session: Session) throws(ClientError) {
        var arguments = SearchArguments()
        arguments.query = query
        arguments.lang = lang?.rawValue
        arguments.isExact = exact
        arguments.ways = ways.off
        arguments.isQueryMode = queryMode
        let name: String
        if let collection {
            name = collection
        } else {
            name = try session.find(id, in: nil).collection
        }
        let message = ExplainMessage(search: arguments.message, id: id, collection: name)
        let response = try session.client.send(
            .explain, body: .json(message.json), texts: arguments.texts)
        switch session.form {
        case .json: try session.write(answer: response)
        case .jsonl: try session.write([try DaemonClient.json(of: response).text])
        case .plain, nil:
            let json = try DaemonClient.json(of: response)
            try session.write(OutlineLayout.lines(json, width: session.terminal.width))
        }
        try session.flush()
    }
}
