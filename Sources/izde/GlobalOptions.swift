import ArgumentParser
import ServiceAPI

/// How results are written, if not for people or as one line a hit.
enum OutputForm: String, EnumerableFlag {
    case json, jsonl, plain

    static func help(for value: OutputForm) -> ArgumentHelp? {
        switch value {
        case .json: "Write exactly what the daemon answered."
        case .jsonl: "Write one JSON object a line: hits, tokens, collections."
        case .plain: "Write tab-separated columns that stay the same."
        }
    }
}

extension OutputForm? {
    /// Whether programs read the result, as one value or one a line; `nil` is for people.
    var isJSON: Bool { self == .json || self == .jsonl }
}

extension Terminal.ColorChoice: ExpressibleByArgument {}

/// A span of time on the command line: `500ms`, `5s`, `2m`; a bare number counts seconds.
struct TimeSpan: ExpressibleByArgument, Equatable {
    /// The span.
    var milliseconds: Int

    init(milliseconds: Int) {
        self.milliseconds = milliseconds
    }

    init?(argument: String) {
        let digits = argument.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let number = Double(digits), number > 0 else { return nil }
        let factor: Double
        switch argument[digits.endIndex...] {
        case "ms": factor = 1
        case "", "s": factor = 1000
        case "m": factor = 60_000
        case "h": factor = 3_600_000
        default: return nil
        }
        // A day is longer than any answer is worth waiting for.
        let milliseconds = number * factor
        guard milliseconds >= 1, milliseconds <= 86_400_000 else { return nil }
        self.milliseconds = Int(milliseconds)
    }
}

/// The options that every verb has.
struct GlobalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The socket of the daemon.",
            discussion: "Without it: $IZDE_SOCKET, else the first that exists of "
                + "$XDG_RUNTIME_DIR/izde/izded.sock, /run/izde/izded.sock and run/izded.sock.",
            valueName: "path"))
    var socket: String?

    @Option(
        help: ArgumentHelp(
            "The longest wait for an answer: 500ms, 5s, 2m.", valueName: "duration"))
    var timeout: TimeSpan?

    @Flag(exclusivity: .exclusive)
    var form: OutputForm?

    @Option(
        help: ArgumentHelp("Colour: auto, always or never.", valueName: "when"))
    var color: Terminal.ColorChoice = .auto

    @Flag(name: [.short, .long], help: "Say more: scores, requests, times.")
    var verbose = false

    /// The names that may also stand before the verb, and whether a value follows.
    static let leadingNames: [String: Bool] = [
        "--socket": true, "--timeout": true, "--color": true, "--json": false, "--jsonl": false,
        "--plain": false, "--verbose": false, "-v": false, "--quiet": false,
    ]
}

/// `--quiet` for verbs on which `-q` is free.
struct QuietOption: ParsableArguments {
    @Flag(name: [.short, .long], help: "Write results and errors only.")
    var quiet = false
}

/// The arguments as they are parsed: a global option may stand before the verb.
enum ArgumentOrder {
    /// Moves global options that stand before a verb behind it; everything else stays.
    ///
    /// Without this, `izde --json status` would search for the word “status”. What stands behind
    /// one of `groups` is a verb too.
    static func normalized(
        _ arguments: [String], verbs: [String], groups: [String] = []
    ) -> [String] {
        var index = 0
        while index < arguments.count {
            let name = arguments[index].split(separator: "=", maxSplits: 1).first.map(String.init)
            guard let name, let takesValue = GlobalOptions.leadingNames[name] else { break }
            index += takesValue && !arguments[index].contains("=") ? 2 : 1
        }
        guard index > 0, index < arguments.count, verbs.contains(arguments[index]) else {
            return arguments
        }
        var end = index + 1
        if groups.contains(arguments[index]), end < arguments.count,
            !arguments[end].hasPrefix("-")
        {
            end += 1
        }
        return Array(arguments[index..<end] + arguments[..<index] + arguments[end...])
    }
}
