import JSON
import SearchEngine
import ServiceAPI

/// Searches answered without a socket, and what they took.
public struct SearchTiming: Sendable {
    /// The times of the engine, ascending.
    private var search: [Duration] = []
    /// The times with reading the request and writing the answer, ascending.
    private var whole: [Duration] = []

    /// Answers bodies of `POST /v1/search` one after the other, all at least once, as long as it
    /// is to take.
    ///
    /// - Throws: `SearchTimingError` for a body that is not answered.
    public init(service: any SearchService, bodies: [[UInt8]], seconds: Double)
        throws(SearchTimingError)
    {
        let end = ContinuousClock.now.advanced(by: .seconds(seconds))
        repeat {
            for body in bodies {
                do throws(ProblemDetails) {
                    try time(service, body)
                } catch {
                    throw SearchTimingError(description: error.detail)
                }
            }
        } while ContinuousClock.now < end
        search.sort()
        whole.sort()
    }

    private mutating func time(_ service: any SearchService, _ body: [UInt8])
        throws(ProblemDetails)
    {
        let start = ContinuousClock.now
        var request = Request(endpoint: .search, parameters: [:], id: RequestID())
        request.body = body
        let search = try SearchRequest(try SearchMessage(json: try request.json()))
        let began = ContinuousClock.now
        let response: SearchResponse
        do throws(EngineError) {
            response = try service.search(search)
        } catch {
            throw ProblemDetails(error)
        }
        let ended = ContinuousClock.now
        var writer = JSONWriter(capacity: 16 << 10)
        response.write(to: &writer, request: search, id: request.id)
        self.search.append(ended - began)
        whole.append(.now - start)
    }

    /// The figures as a line of JSON.
    public var line: String {
        let value: JSONValue = [
            "searches": .integer(Int64(search.count)),
            "searchP50Microseconds": .double(Self.microseconds(search, 0.5)),
            "searchP99Microseconds": .double(Self.microseconds(search, 0.99)),
            "wholeP50Microseconds": .double(Self.microseconds(whole, 0.5)),
        ]
        return value.text
    }

    private static func microseconds(_ times: [Duration], _ part: Double) -> Double {
        guard !times.isEmpty else { return 0 }
        let time = times[min(times.count - 1, Int(Double(times.count) * part))].components
        return Double(time.seconds) * 1e6 + Double(time.attoseconds / 1_000_000_000) / 1000
    }
}

/// Why a search could not be timed.
public struct SearchTimingError: Error, CustomStringConvertible {
    /// What was answered.
    public let description: String
}
