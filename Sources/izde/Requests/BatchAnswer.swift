import JSON
import ServiceAPI

/// The daemon's answer to a batch: one line for each document, then a summary.
struct BatchAnswer {
    /// What became of one document.
    struct Entry: Equatable {
        /// The line of the request, from 1.
        var line: Int
        /// The id, if it could be read.
        var id: String?
        /// `created`, `replaced`, `unchanged`, `accepted` or `error`.
        var status: String
        /// Why it was refused.
        var error: JSONValue?

        /// The reason for people: the message, else the code and the field.
        var reason: String {
            if let text = error?["message"]?.string ?? error?["detail"]?.string { return text }
            let parts = [error?["code"]?.string, error?["param"]?.string].compactMap { $0 }
            return parts.isEmpty ? "refused" : parts.joined(separator: " ")
        }
    }

    /// What became of each document.
    var entries: [Entry]
    /// The line `summary`, if the answer was whole.
    var summary: JSONValue?

    /// The answer of a body of lines.
    ///
    /// - Throws: `ClientError.answer` if a line is not JSON.
    init(_ body: [UInt8]) throws(ClientError) {
        entries = []
        for line in body.split(separator: UInt8(ascii: "\n")) where line != [UInt8(ascii: "\r")] {
            let json: JSONValue
            do throws(JSONError) {
                json = try DaemonClient.reader.read(Array(line))
            } catch {
                throw .answer("a line of the daemon's answer is not JSON: \(error)")
            }
            if let summary = json["summary"] {
                self.summary = summary
            } else {
                add(json)
            }
        }
    }

    /// The answer when no line of `lineCount` was taken; a line of which nothing is
    /// told gets the reason of the whole.
    init(allFailed problem: ProblemDetails, lineCount: Int) {
        entries = []
        for json in problem.extensions["lines"]?.array ?? problem.extensions["errors"]?.array ?? []
        {
            add(json)
        }
        summary = problem.extensions["summary"]
        // The daemon tells the first ones only.
        let told = Set(entries.map(\.line))
        let error: JSONValue = ["code": .string(problem.code), "message": .string(problem.detail)]
        for line in 1...max(lineCount, 1) where !told.contains(line) {
            entries.append(Entry(line: line, id: nil, status: "error", error: error))
        }
    }

    private mutating func add(_ json: JSONValue) {
        guard let line = json["line"]?.integer, let number = Int(exactly: line) else { return }
        entries.append(
            Entry(
                line: number, id: json["id"]?.string,
                status: json["status"]?.string ?? (json["error"] == nil ? "accepted" : "error"),
                error: json["error"]))
    }
}

extension BatchAnswer {
    /// The answer to a batch that was taken without a word about each document.
    init(accepted lineCount: Int) {
        entries = (0..<lineCount).map {
            Entry(line: $0 + 1, id: nil, status: "accepted", error: nil)
        }
        summary = nil
    }
}
