/// A whole answer of the daemon.
struct HTTPResponse: Equatable {
    /// The status.
    var status: Int
    /// The header fields in their order, names in small letters.
    var fields: [(name: String, value: String)]
    /// The body, without transfer coding.
    var body: [UInt8]
    /// Whether the connection may carry another request.
    var keepsConnection: Bool

    /// The first field of a name, given in small letters.
    func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    static func == (left: HTTPResponse, right: HTTPResponse) -> Bool {
        left.status == right.status && left.body == right.body
            && left.keepsConnection == right.keepsConnection
            && left.fields.elementsEqual(right.fields) { $0 == $1 }
    }
}

/// Why bytes are not the HTTP answer that was expected.
enum HTTPError: Error, Equatable {
    /// Not HTTP/1.1; says what is wrong.
    case malformed(String)
    /// The answer is longer than the client takes.
    case tooLarge(limit: Int)
    /// The connection ended in the middle.
    case cut
}

/// Reads one HTTP/1.1 answer from pieces as they come.
///
/// Knows what the daemon's answers hold: a body with `Content-Length`, chunked, or up to the end of
/// the connection; interim answers (1xx) are passed over. Bytes after the answer are an error,
/// since the client never sends a second request before the first is answered.
/// - Source: RFC 9112, sections 4, 5, 6 and 7.
struct HTTPResponseReader {
    private enum State: Equatable {
        case head
        case body(remaining: Int)
        case chunkSize
        case chunk(remaining: Int)
        case chunkEnd
        case trailer
        case untilClose
        case done
    }

    /// Longest head, trailer or line that says the size of a chunk.
    private static let headByteCount = 64 << 10

    private let limit: Int
    private var state = State.head
    private var pending: [UInt8] = []
    private var trailerByteCount = 0
    private var answer = HTTPResponse(status: 0, fields: [], body: [], keepsConnection: true)

    /// A reader of an answer whose body has at most `limit` bytes.
    init(limit: Int) {
        self.limit = limit
    }

    /// The answer, once it is whole.
    var response: HTTPResponse? { state == .done ? answer : nil }

    /// Takes bytes that came.
    ///
    /// - Throws: `HTTPError`; the reader is of no use afterwards.
    mutating func append(_ bytes: ArraySlice<UInt8>) throws(HTTPError) {
        pending.append(contentsOf: bytes)
        var position = 0
        while try step(&position) {}
        pending.removeFirst(position)
    }

    /// Says that the connection has ended.
    ///
    /// - Throws: `HTTPError.cut` if the answer is not whole.
    mutating func end() throws(HTTPError) {
        switch state {
        case .done: return
        case .untilClose: state = .done
        default: throw .cut
        }
    }

    /// Reads on from `position`; false if more bytes are needed.
    private mutating func step(_ position: inout Int) throws(HTTPError) -> Bool {
        switch state {
        case .head:
            guard let lines = try headLines(&position) else { return false }
            try readHead(lines)
            return true
        case .body(let remaining):
            let taken = take(remaining, &position)
            state = taken == remaining ? .done : .body(remaining: remaining - taken)
            return taken == remaining
        case .chunkSize:
            guard let line = try line(&position) else { return false }
            let size = try chunkSize(line)
            guard size <= limit - answer.body.count else { throw .tooLarge(limit: limit) }
            state = size == 0 ? .trailer : .chunk(remaining: size)
            return true
        case .chunk(let remaining):
            let taken = take(remaining, &position)
            state = taken == remaining ? .chunkEnd : .chunk(remaining: remaining - taken)
            return taken == remaining
        case .chunkEnd:
            guard let line = try line(&position) else { return false }
            guard line.isEmpty else { throw .malformed("a chunk is longer than it says") }
            state = .chunkSize
            return true
        case .trailer:
            guard let line = try line(&position) else { return false }
            trailerByteCount += line.utf8.count + 2
            guard trailerByteCount <= Self.headByteCount else {
                throw .malformed("the trailer is too long")
            }
            if line.isEmpty { state = .done } else { answer.fields.append(try field(line)) }
            return true
        case .untilClose:
            guard pending.count - position <= limit - answer.body.count else {
                throw .tooLarge(limit: limit)
            }
            _ = take(.max, &position)
            return false
        case .done:
            guard position == pending.count else {
                throw .malformed("bytes follow the answer")
            }
            return false
        }
    }

    /// Moves up to `count` bytes to the body.
    private mutating func take(_ count: Int, _ position: inout Int) -> Int {
        let taken = min(count, pending.count - position)
        answer.body.append(contentsOf: pending[position..<position + taken])
        position += taken
        return taken
    }

    /// The next line without its end, `nil` if it is not whole yet.
    private func line(_ position: inout Int) throws(HTTPError) -> String? {
        guard let end = pending[position...].firstIndex(of: UInt8(ascii: "\n")) else {
            guard pending.count - position <= Self.headByteCount else {
                throw .malformed("a line is too long")
            }
            return nil
        }
        var text = pending[position..<end]
        guard text.count <= Self.headByteCount else { throw .malformed("a line is too long") }
        if text.last == UInt8(ascii: "\r") { text.removeLast() }
        position = end + 1
        return String(decoding: text, as: UTF8.self)
    }

    /// All lines of the head, `nil` if the empty one is not there yet.
    private func headLines(_ position: inout Int) throws(HTTPError) -> [String]? {
        var lines: [String] = []
        var next = position
        while let line = try line(&next) {
            guard next - position <= Self.headByteCount else {
                throw .malformed("the head is too long")
            }
            if line.isEmpty {
                position = next
                return lines
            }
            lines.append(line)
        }
        guard pending.count - position <= Self.headByteCount else {
            throw .malformed("the head is too long")
        }
        return nil
    }

    private mutating func readHead(_ lines: [String]) throws(HTTPError) {
        let status = lines.first.map { $0.split(separator: " ", maxSplits: 2) } ?? []
        guard status.count >= 2, status[0] == "HTTP/1.1" || status[0] == "HTTP/1.0",
            status[1].utf8.count == 3, let code = Int(status[1]), (100...599).contains(code)
        else { throw .malformed("the answer does not begin as HTTP/1.1") }
        answer = HTTPResponse(status: code, fields: [], body: [], keepsConnection: true)
        for line in lines.dropFirst() { answer.fields.append(try field(line)) }
        if code < 200 { return }  // Interim: the real head follows.

        let connection = answer.field("connection")?.lowercased()
        answer.keepsConnection =
            status[0] == "HTTP/1.1" ? connection != "close" : connection == "keep-alive"
        if code == 204 || code == 304 {
            state = .done
        } else if let coding = answer.field("transfer-encoding") {
            guard coding.lowercased() == "chunked" else {
                throw .malformed("transfer coding is not chunked")
            }
            guard answer.field("content-length") == nil else {
                throw .malformed("both Content-Length and Transfer-Encoding are given")
            }
            state = .chunkSize
        } else if let length = try contentLength() {
            guard length <= limit else { throw .tooLarge(limit: limit) }
            answer.body.reserveCapacity(length)
            state = length == 0 ? .done : .body(remaining: length)
        } else {
            answer.keepsConnection = false
            state = .untilClose
        }
    }

    private func contentLength() throws(HTTPError) -> Int? {
        let values = answer.fields.filter { $0.name == "content-length" }.map(\.value)
        guard let first = values.first else { return nil }
        guard values.allSatisfy({ $0 == first }), !first.isEmpty,
            first.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let length = Int(first)
        else { throw .malformed("Content-Length is not a number") }
        return length
    }

    private func chunkSize(_ line: String) throws(HTTPError) -> Int {
        let digits = line.prefix { $0 != ";" && $0 != " " && $0 != "\t" }
        guard !digits.isEmpty, digits.utf8.count <= 15,
            digits.allSatisfy({ $0.isASCII && $0.isHexDigit }), let size = Int(digits, radix: 16)
        else { throw .malformed("the size of a chunk is not a number") }
        return size
    }

    private func field(_ line: String) throws(HTTPError) -> (name: String, value: String) {
        guard let colon = line.firstIndex(of: ":"), colon != line.startIndex,
            !line[..<colon].contains(where: \.isWhitespace)
        else { throw .malformed("a header field has no name") }
        var value = line[line.index(after: colon)...]
        while let first = value.first, first == " " || first == "\t" { value.removeFirst() }
        while let last = value.last, last == " " || last == "\t" { value.removeLast() }
        return (line[..<colon].lowercased(), String(value))
    }
}
