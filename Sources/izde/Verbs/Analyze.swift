import ArgumentParser
import JSON
import ServiceAPI

/// `izde analyze`: what analysis makes of a text.
struct Analyze: ParsableCommand {
    /// What is answered for each line of the input.
    enum LineAnswer: String, CaseIterable, ExpressibleByArgument {
        case stem, lang
    }

    static let configuration = CommandConfiguration(
        abstract: "Show what analysis makes of a text.",
        discussion: """
            With --lines it is a filter: for each line of the text, or of standard input, one \
            line is written: the stems of its words, or its language.
            """)

    @Argument(help: "The text; - or nothing for standard input.")
    var text: [String] = []

    @Option(name: [.short, .long], help: "The language of the text: kk, ru, en or auto.")
    var lang: QueryLanguage = .auto

    @Flag(help: "Show every stage.")
    var steps = false

    @Option(help: "One answer a line: stem or lang.")
    var lines: LineAnswer?

    @OptionGroup var quiet: QuietOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
        try analyzed(Session(global, isQuiet: quiet.quiet))
    }

    private func analyzed(_ session: Session) throws(ClientError) {
        let isInput = text.isEmpty || text == ["-"]
        if let lines {
            var splitter = LineSplitter(limit: WireLimits.bodyByteCount / 2)
            func answer(_ line: LineSplitter.Line) throws(ClientError) {
                guard case .text(let bytes) = line.content else {
                    throw .usage("line \(line.number) is longer than analysis takes")
                }
                guard !bytes.isEmpty else {
                    try session.write([""])
                    return
                }
                let json = try analysis(String(decoding: bytes, as: UTF8.self), session).json
                try session.write([Self.answer(lines, json)])
            }
            if isInput {
                try InputFile.standardInput.read { (bytes) throws(ClientError) in
                    for line in splitter.append(bytes) { try answer(line) }
                    try session.flush()
                }
            } else {
                for line in splitter.append(Array(joined.utf8)[...]) { try answer(line) }
            }
            if let last = splitter.end() { try answer(last) }
        } else {
            let whole = isInput ? try InputFile.standardInput.text(limit: 128 << 10) : joined
            let (response, json) = try analysis(whole, session)
            switch session.form {
            case .json: try session.write(answer: response)
            case .jsonl: try session.write((json["tokens"]?.array ?? []).map(\.text))
            case .plain:
                try session.write(
                    (json["tokens"]?.array ?? []).map { token in
                        TabbedLayout.row(
                            [
                                token["text"]?.string, token["start"]?.integer?.description,
                                token["length"]?.integer?.description,
                                token["exact"]?.string, Self.stems(token).joined(separator: " "),
                            ].map { $0 ?? "" })
                    })
            case nil: try session.write(OutlineLayout.lines(json, width: session.terminal.width))
            }
        }
        try session.flush()
    }

    private var joined: String { text.joined(separator: " ") }

    private func analysis(_ text: String, _ session: Session) throws(ClientError)
        -> (response: HTTPResponse, json: JSONValue)
    {
        let message = AnalyzeMessage(text: text, lang: lang.rawValue, steps: steps)
        let response = try session.client.send(
            .analyze, body: .json(message.json), texts: ["text": text])
        return (response, try DaemonClient.json(of: response))
    }

    private static func stems(_ token: JSONValue) -> [String] {
        (token["stems"]?.array ?? []).compactMap(\.string)
    }

    /// The line that stands for one text: its language, or a stem for each word.
    static func answer(_ lines: LineAnswer, _ json: JSONValue) -> String {
        switch lines {
        case .lang: json["lang"]?.string ?? ""
        case .stem:
            (json["tokens"]?.array ?? []).compactMap {
                stems($0).first ?? $0["exact"]?.string ?? $0["text"]?.string
            }.map { SafeText.line($0) }.joined(separator: " ")
        }
    }
}
