import ArgumentParser
import Glibc
import JSON
import Logging

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
    let format: LogFormat
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    init(format: LogFormat, logLevel: Logger.Level) {
        self.format = format
        self.logLevel = logLevel
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let values = metadata.merging(event.metadata ?? [:]) { $1 }
        let sorted = values.sorted { $0.key < $1.key }
        let line: String
        switch format {
        case .text:
            let pairs = sorted.map { " \($0.key)=\(Self.escaped("\($0.value)"))" }.joined()
            line = "\(Self.time()) \(event.level) \(Self.escaped("\(event.message)"))\(pairs)\n"
        case .json:
            var object = JSONObject([
                "time": .string(Self.time()), "level": .string(event.level.rawValue),
                "message": .string("\(event.message)"),
            ])
            for (key, value) in sorted where object[key] == nil {
                object[key] = .string("\(value)")
            }
            line = JSONValue.object(object).text + "\n"
        }
        StandardError.write(line)
    }

    /// A value without what could begin a line, move a cursor or turn the direction of writing.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E,
                0x2066...0x2069:
                result += "\\u{\(String(scalar.value, radix: 16))}"
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
