import Glibc
import SearchEngine
import ServiceAPI
import Synchronization

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

    /// Where the row of chances of this process is; it begins by chance.
    ///
    /// Numbers have to differ, not to be secret, so the kernel is not asked at each request.
    private static let places = Atomic<UInt64>(.random(in: 0 ... .max))

    /// SplitMix64: a row of places becomes a row of chances.
    private static func mixed(_ place: UInt64) -> UInt64 {
        var bits = place
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }

    /// A new number.
    init() {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let milliseconds = UInt64(now.tv_sec) &* 1000 &+ UInt64(now.tv_nsec) / 1_000_000
        let place = Self.places.wrappingAdd(
            0x9E37_79B9_7F4A_7C15, ordering: .relaxed
        ).newValue
        let high = milliseconds << 16 | 0x7000 | Self.mixed(~place) & 0x0FFF
        let low = 0x8000_0000_0000_0000 | Self.mixed(place) & 0x3FFF_FFFF_FFFF_FFFF
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
