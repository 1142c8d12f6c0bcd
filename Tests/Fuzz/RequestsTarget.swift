import FuzzSupport
import JSON
import SearchEngine

@testable import Service
@testable import ServiceAPI

/// Bodies and query strings of requests: the messages that they become, and back.
///
/// The first byte chooses the message.
@main
struct RequestsTarget: FuzzTarget {
    init() {}

    func run(_ input: [UInt8]) throws {
        var input = FuzzInput(input)
        let choice = input.choice(9)
        do throws(ProblemDetails) {
            if choice == 8 {
                return try readQueryString(String(decoding: input.remainder(), as: UTF8.self))
            }
            let json: JSONValue
            do throws(JSONError) {
                json = try JSONReader().read(input.remainder())
            } catch {
                throw ProblemDetails(error)
            }
            try read(json, choice)
        } catch {
            hold((400..<500).contains(error.status), "a request that is refused: \(error)")
            hold(ProblemDetails(json: error.json) == error, "an error is read as it was written")
        }
    }

    private func read(_ json: JSONValue, _ choice: Int) throws(ProblemDetails) {
        switch choice {
        case 0:
            let message = try SearchMessage(json: json)
            hold(try SearchMessage(json: message.json) == message, "search")
            _ = try SearchRequest(message)
        case 1:
            for query in try MultiSearchMessage(json: json).queries { _ = try SearchRequest(query) }
        case 2:
            let message = try MatchMessage(json: json)
            hold(try MatchMessage(json: message.json) == message, "match")
        case 3:
            let message = try NamesMessage(json: json)
            hold(try NamesMessage(json: message.json) == message, "names")
        case 4:
            let message = try ExplainMessage(json: json)
            hold(try ExplainMessage(json: message.json) == message, "explain")
        case 5:
            let message = try AnalyzeMessage(json: json)
            hold(try AnalyzeMessage(json: message.json) == message, "analyze")
        case 6:
            let message = try CollectionMessage(json: json)
            hold(try CollectionMessage(json: message.json) == message, "collection")
        default:
            _ = DocumentReader(limits: Limits()).input(json, byteCount: 1)
        }
    }

    private func readQueryString(_ text: String) throws(ProblemDetails) {
        let query = try QueryString(parsing: text)
        do throws(ProblemDetails) { _ = try NamesMessage(query: query) } catch _ {}
        do throws(ProblemDetails) { _ = try SuggestMessage(query: query) } catch _ {}
        let message = try SearchMessage(query: query)
        hold(try SearchMessage(json: message.json) == message, "search by query string")
        _ = try SearchRequest(message)
    }
}
