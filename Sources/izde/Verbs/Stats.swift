import ArgumentParser
import JSON
import ServiceAPI

/// `izde stats`: the numbers of the collections.
struct Stats: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the numbers of all collections, or of one.")

    @Argument(help: "A collection.")
    var collection: String?

    @OptionGroup var quiet: QuietOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
        try shown(Session(global, isQuiet: quiet.quiet))
    }

    private func shown(_ session: Session) throws(ClientError) {
        let response = try session.client.send(.stats)
        let json = try DaemonClient.json(of: response)
        let all = StatsLayout.collections(of: json)
        let shown = collection.map { name in all.filter { $0.name == name } } ?? all
        if let collection, shown.isEmpty {
            throw .problem(
                ProblemDetails(
                    .collectionNotFound, "There is no collection `\(collection)`",
                    suggestion: EditDistance.nearest(to: collection, in: all.map(\.name))),
                texts: [:])
        }
        switch session.form {
        case .json where collection == nil: try session.write(answer: response)
        case .json, .jsonl:
            try session.write(
                shown.map { name, numbers in
                    var object = numbers.object ?? JSONObject()
                    object["name"] = .string(name)
                    return JSONValue.object(object).text
                })
        case .plain:
            try session.write(
                shown.flatMap { name, numbers in
                    (numbers.object?.members ?? []).map { member in
                        TabbedLayout.row([
                            name, member.key, member.value.string ?? member.value.text,
                        ])
                    }
                })
        case nil:
            for (name, numbers) in shown {
                try session.write([StyledText(name, .strong)])
                let lines = OutlineLayout.lines(numbers, width: session.terminal.width - 2)
                try session.write(
                    lines.map { line in
                        var indented = StyledText()
                        indented.append(safe: "  ", .plain)
                        indented.append(line)
                        return indented
                    })
            }
        }
        try session.flush()
    }
}
