import ArgumentParser
import Glibc
import JSON
import Logging
import Synchronization

/// How log lines look.
enum LogFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json
}

/// The levels of the log as arguments.
enum LogLevel: String, CaseIterable, ExpressibleByArgument {
    case trace, debug, info, notice, warning, error, critical

    /// The level of the library.
    var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .info }
}

/// Log lines on standard error: one line an event, whatever is in its values.
struct StandardErrorLog: LogHandler {
    let settings: LogSettings
    var metadata: Logger.Metadata = [:]

    init(settings: LogSettings) {
        self.settings = settings
    }

    /// The level of all loggers of the program: it can change while they are in use.
    var logLevel: Logger.Level {
        get { settings.level }
        set { settings.level = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let values = metadata.merging(event.metadata ?? [:]) { $1 }
            .map { (key: $0.key, value: "\($0.value)") }.sorted { $0.key < $1.key }
        let text = Self.line(
            settings.format, time: Self.time(), level: "\(event.level)",
            message: "\(event.message)",
            values)
        StandardError.write(text)
    }

    /// The line of an event, with its end.
    static func line(
        _ format: LogFormat, time: String, level: String, message: String,
        _ values: [(key: String, value: String)]
    ) -> String {
        switch format {
        case .text:
            let pairs = values.map { " \(escaped($0.key))=\(escaped($0.value))" }.joined()
            return "\(time) \(level) \(escaped(message))\(pairs)\n"
        case .json:
            var object = JSONObject([
                "time": .string(time), "level": .string(level),
                "message": .string(message),
            ])
            for (key, value) in values where object[key] == nil { object[key] = .string(value) }
            // JSON allows most of what a terminal would obey; only strings can hold it.
            return escaped(JSONValue.object(object).text) { digits in
                "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            } + "\n"
        }
    }

    /// A value without what could begin a line, move a cursor or turn the direction of writing.
    static func escaped(
        _ text: String, _ form: (String) -> String = { "\\u{\($0)}" }
    ) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x061C, 0x200E, 0x200F, 0x202A...0x202E,
                0x2066...0x2069:
                result += form(String(scalar.value, radix: 16))
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The time in UTC to milliseconds, ISO 8601.
    private static func time() -> String {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        var parts = tm()
        gmtime_r(&now.tv_sec, &parts)
        func padded(_ value: Int, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        let date = [
            padded(Int(parts.tm_year) + 1900, 4), padded(Int(parts.tm_mon) + 1, 2),
            padded(Int(parts.tm_mday), 2),
        ].joined(separator: "-")
        let clock = [Int(parts.tm_hour), Int(parts.tm_min), Int(parts.tm_sec)]
            .map { padded($0, 2) }.joined(separator: ":")
        return "\(date)T\(clock).\(padded(now.tv_nsec / 1_000_000, 3))Z"
    }
}

/// How much is written to the log and in which form; both can change at any time.
final class LogSettings: Sendable {
    private static let levels = Logger.Level.allCases
    private let levelPlace: Atomic<Int>
    private let isJSON: Atomic<Bool>

    init(level: Logger.Level, format: LogFormat) {
        levelPlace = Atomic(Self.place(of: level))
        isJSON = Atomic(format == .json)
    }

    /// The least level that is written.
    var level: Logger.Level {
        get { Self.levels[levelPlace.load(ordering: .relaxed)] }
        set { levelPlace.store(Self.place(of: newValue), ordering: .relaxed) }
    }

    /// How lines look.
    var format: LogFormat {
        get { isJSON.load(ordering: .relaxed) ? .json : .text }
        set { isJSON.store(newValue == .json, ordering: .relaxed) }
    }

    private static func place(of level: Logger.Level) -> Int {
        levels.firstIndex(of: level) ?? 0
    }
}
