import ArgumentParser
import JSON
import ServiceAPI

/// `izde get`: one document.
struct Get: ParsableCommand {
    /// How the document is written.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    static let configuration = CommandConfiguration(
        abstract: "Show one document.",
        discussion: "Without --collection the first collection that has the id is taken.")

    @Argument(help: "The id of the document.")
    var id: String

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The collection of the document.", valueName: "name"))
    var collection: String?

    @Option(help: ArgumentHelp("Mark what this query finds in it.", valueName: "query"))
    var highlight: String?

    @Option(help: "How the document is written: text or json.")
    var format: Format = .text

    @OptionGroup var quiet: QuietOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
        try shown(Session(global, isQuiet: quiet.quiet))
    }

    private func shown(_ session: Session) throws(ClientError) {
        let isJSON = format == .json || session.form == .json
        let isForReading = !isJSON && session.form == nil
        var query = QueryString()
        if let highlight {
            query.items.append(("highlight", highlight))
            if isForReading {
                query.items.append(("highlightPreTag", String(SafeText.openMark)))
                query.items.append(("highlightPostTag", String(SafeText.closeMark)))
            }
        }
        let found = try session.find(
            id, in: collection, query: query, texts: ["highlight": highlight ?? ""])
        if isJSON {
            try session.write(answer: found.response)
        } else {
            let json = try DaemonClient.json(of: found.response)
            switch session.form {
            case .jsonl: try session.write([json.text])
            case .plain:
                try session.write([TabbedLayout.fullLine(Hit(json, languages: languages), rank: 1)])
            default:
                try session.write(
                    DocumentLayout.lines(json, languages: languages, terminal: session.terminal))
            }
        }
        try session.flush()
    }

    private var languages: [String] {
        SearchAnswer.languages(
            asked: nil, detected: [], locale: SearchAnswer.locale(Environment.value))
    }
}
