import ArgumentParser
import JSON
import ServiceAPI

/// `izde search`: one ranked list.
struct Search: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Search all collections, or the named ones.",
        discussion: """
            On a terminal a hit takes up to three lines; matches are coloured, or in [ ] without \
            colour. In a pipe it is one line with the columns rank, id, lang, date, title, \
            separated by tabs; --plain adds collection, source, url and score. Columns are only \
            ever added at the end.

            On this verb -q means --query-mode; elsewhere it is short for --quiet.
            """)

    @Argument(help: "The words to search for; \"words in quotes\" are a phrase.")
    var query: [String]

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("A collection; may be given several times.", valueName: "name"))
    var collection: [String] = []

    @Option(name: [.short, .long], help: "The language of the query: kk, ru, en or auto.")
    var lang: QueryLanguage?

    @Option(
        name: [.customShort("n"), .long],
        help: ArgumentHelp("The most hits; 20 if not given.", valueName: "count"))
    var limit: Int?

    @Option(help: ArgumentHelp("How many hits to pass over.", valueName: "count"))
    var offset: Int?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "A condition, such as \"lang = kk AND source = ektu.kz\".", valueName: "expression"))
    var filter: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only what mentions this entity; several times: all of them.", valueName: "id"))
    var mentions: [String] = []

    @Option(
        help: ArgumentHelp(
            "A field whose values are counted: source, publishedAt:month.", valueName: "field"))
    var facet: [String] = []

    @Option(help: ArgumentHelp("A sort key: publishedAt or publishedAt:desc.", valueName: "key"))
    var sort: [String] = []

    @Option(
        help: ArgumentHelp("Published then or later: 2024, 2024-09, 2024-09-12.", valueName: "date")
    )
    var since: String?

    @Option(help: ArgumentHelp("Published then or earlier.", valueName: "date"))
    var until: String?

    @Flag(help: "Only the words as they are typed: no other forms, spellings or layouts.")
    var exact = false

    @OptionGroup var ways: WayOptions

    @Flag(
        name: [.customShort("q"), .long],
        help: "Read AND, OR, NOT, ( ), prefix*, word~1, field:word in the query.")
    var queryMode = false

    @Flag(help: "Show translations of one story as one hit, the others below it.")
    var group = false

    @Option(help: ArgumentHelp("How many words a snippet has.", valueName: "count"))
    var snippet = 30

    @Flag(help: "Say how the query was understood and how each score came about.")
    var why = false

    @Flag(help: "Write hits and errors only, without the line about the whole.")
    var quiet = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit must not be negative") }
        if let offset, offset < 0 { throw ValidationError("--offset must not be negative") }
        guard (1...1000).contains(snippet) else {
            throw ValidationError("--snippet must be from 1 to 1000")
        }
        for (name, date) in [("--since", since), ("--until", until)] {
            if let date, !DateText.isDate(date) {
                throw ValidationError(
                    "\(name) \(date) is not a date; write 2024, 2024-09 or 2024-09-12")
            }
        }
    }

    func run() throws {
        try searched(Session(global, isQuiet: quiet))
    }

    /// The request that the arguments stand for.
    func arguments(isForReading: Bool) -> SearchArguments {
        var arguments = SearchArguments()
        arguments.query = query.joined(separator: " ")
        arguments.collections = collection
        arguments.lang = lang?.rawValue
        arguments.limit = limit
        arguments.offset = offset
        arguments.filters = filter
        arguments.mentions = mentions
        arguments.facets = facet
        arguments.sort = sort
        arguments.since = since
        arguments.until = until
        arguments.isExact = exact
        arguments.ways = ways.off
        arguments.isQueryMode = queryMode
        arguments.groupsTranslations = group
        arguments.snippetWordCount = snippet
        arguments.explains = why
        arguments.isForReading = isForReading
        arguments.showsScore = global.verbose || global.form != nil
        return arguments
    }

    private func searched(_ session: Session) throws(ClientError) {
        // `--why` on a pipe is for people too.
        let isForReading = session.form == nil && (session.terminal.isInteractive || why)
        let arguments = arguments(isForReading: isForReading)
        let response = try session.client.send(
            .search, body: .json(arguments.message.json), texts: arguments.texts)
        let json = try DaemonClient.json(of: response)
        let answer = SearchAnswer(
            json, lang: arguments.lang, locale: SearchAnswer.locale(Environment.value))
        switch session.form {
        case .json: try session.write(answer: response)
        case .jsonl: try session.write((json["hits"]?.array ?? []).map(\.text))
        case .plain:
            try session.write(
                answer.hits.enumerated().map {
                    TabbedLayout.fullLine($1, rank: answer.offset + $0 + 1)
                })
        case nil where isForReading:
            let layout = ReadingLayout(
                terminal: session.terminal, showsScore: global.verbose || why, showsWhy: why,
                showsSummary: !quiet, facets: SearchArguments.list(facet))
            try session.write(layout.lines(answer))
        case nil:
            try session.write(
                answer.hits.enumerated().map {
                    TabbedLayout.line($1, rank: answer.offset + $0 + 1)
                })
        }
        try session.flush()
        let isFound = !answer.hits.isEmpty || (limit == 0 && json["totalHits"]?.integer ?? 0 > 0)
        if !isFound { throw .ended(.nothingFound) }
    }
}

/// The languages that a query may be said to be in.
enum QueryLanguage: String, CaseIterable, ExpressibleByArgument {
    case auto, kk, ru, en
}
