import Glibc
import SearchEngine
import ServiceAPI

/// One request, read to its end.
struct Request: Sendable {
    /// What it asks for.
    var endpoint: Endpoint
    /// The parameters of its path, decoded.
    var parameters: [String: String]
    /// What stands behind the `?`, encoded.
    var queryText = ""
    /// The media type of the body without its parameters, in small letters.
    var contentType: String?
    /// The media types that the client accepts, as sent.
    var accept: String?
    /// The body.
    var body: [UInt8] = []
    /// The number of the request.
    var id: RequestID
    /// Who asks, where it matters.
    var peer: Peer?
    /// Whether the client went away.
    var cancellation = Cancellation()

    /// The collection in the path.
    var collection: String { parameters["collection"] ?? "" }

    /// The document in the path.
    var documentID: String { parameters["id"] ?? "" }

    /// The query string, read.
    func query() throws(ProblemDetails) -> QueryString { try QueryString(parsing: queryText) }
}

/// The number of a request: time in milliseconds, then chance, so that numbers ascend and differ.
///
/// - Source: RFC 9562, UUID version 7.
struct RequestID: Sendable, Equatable {
    let text: String

    /// A new number.
    init() {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let milliseconds = UInt64(now.tv_sec) &* 1000 &+ UInt64(now.tv_nsec) / 1_000_000
        var generator = SystemRandomNumberGenerator()
        let high = milliseconds << 16 | 0x7000 | generator.next() & 0x0FFF
        let low = 0x8000_0000_0000_0000 | generator.next() & 0x3FFF_FFFF_FFFF_FFFF
        text = String(unsafeUninitializedCapacity: 36) { bytes in
            var place = 0
            for nibble in 0..<32 {
                if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
                    bytes[place] = UInt8(ascii: "-")
                    place += 1
                }
                let word = nibble < 16 ? high : low
                let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - nibble % 16 * 4)) & 15
                bytes[place] = digit < 10 ? 48 + digit : 87 + digit
                place += 1
            }
            return place
        }
    }
}
