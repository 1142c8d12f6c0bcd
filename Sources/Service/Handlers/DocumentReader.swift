import JSON
import SearchEngine
import ServiceAPI

/// Makes documents of foreign bytes; what is none becomes an input that says why, not a failure.
struct DocumentReader: Sendable {
    let limits: Limits

    /// The input that one line of NDJSON stands for.
    func input(_ line: Span<UInt8>) -> Engine.Input {
        guard line.count <= limits.documentByteCount else { return tooLarge(line.count, key: nil) }
        do throws(JSONError) {
            return input(try JSONReader().read(line), byteCount: line.count)
        } catch {
            return .invalid(
                key: nil, code: ProblemCode.invalidJSON.rawValue, parameter: nil,
                message: "The line is not valid JSON: \(error.reason) at byte \(error.byteOffset)")
        }
    }

    /// The input that a value stands for; `byteCount` is its size as JSON.
    func input(_ value: JSONValue, byteCount: Int) -> Engine.Input {
        guard let members = value.object else {
            return .invalid(
                key: nil, code: ProblemCode.invalidDocument.rawValue, parameter: nil,
                message: "A document is a JSON object, not \(value.kindName)")
        }
        guard let id = members["id"] else {
            return .invalid(
                key: nil, code: ProblemCode.missingField.rawValue, parameter: "id",
                message: "A document needs an `id`")
        }
        guard let key = id.string else {
            return .invalid(
                key: nil, code: ProblemCode.invalidDocumentID.rawValue, parameter: "id",
                message: "An id is a string, not a \(id.kindName)")
        }
        guard !key.isEmpty, key.utf8.count <= limits.keyByteCount else {
            return .invalid(
                key: nil, code: ProblemCode.invalidDocumentID.rawValue, parameter: "id",
                message: "An id has 1 to \(limits.keyByteCount) bytes, not \(key.utf8.count)")
        }
        guard key.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            return .invalid(
                key: nil, code: ProblemCode.invalidDocumentID.rawValue, parameter: "id",
                message: "An id has no control characters")
        }
        guard byteCount <= limits.documentByteCount else { return tooLarge(byteCount, key: key) }
        guard members.members.count <= limits.documentFieldCount else {
            return .invalid(
                key: key, code: ProblemCode.invalidDocument.rawValue, parameter: nil,
                message: "A document has at most \(limits.documentFieldCount) members, not "
                    + "\(members.members.count)")
        }
        return .document(Document(key: key, members: members))
    }

    private func tooLarge(_ byteCount: Int, key: String?) -> Engine.Input {
        .invalid(
            key: key, code: ProblemCode.documentTooLarge.rawValue, parameter: nil,
            message: "A document has at most \(limits.documentByteCount) bytes, not \(byteCount)")
    }
}

/// The documents of an ingest body, not yet read: stretches of bytes, or values.
enum IngestBody: Sendable {
    /// Lines of NDJSON: where each stands, and its number from 1.
    case lines([(number: Int, bytes: Range<Int>)])
    /// Elements of a JSON array, or one object.
    case values([JSONValue])

    /// How many documents there are.
    var count: Int {
        switch self {
        case .lines(let lines): lines.count
        case .values(let values): values.count
        }
    }

    /// The number of the line or element at a place, from 1.
    func number(at index: Int) -> Int {
        switch self {
        case .lines(let lines): lines[index].number
        case .values: index + 1
        }
    }

    /// Finds the documents by the media type, or by the first byte where none is told.
    ///
    /// - Throws: `ProblemDetails` for another media type, a JSON array or object that cannot be
    ///   read, or more lines than `WireLimits.ingestLineCount`.
    init(_ body: [UInt8], contentType: String?) throws(ProblemDetails) {
        switch contentType {
        case "application/x-ndjson", "application/jsonl", "application/x-jsonlines":
            self = .lines(try Self.lines(of: body))
        case "application/json":
            self = .values(try Self.values(of: body))
        // What curl says unless told otherwise counts as nothing.
        case nil, "application/x-www-form-urlencoded", "application/octet-stream":
            let first = body.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
            self =
                first == UInt8(ascii: "[")
                ? .values(try Self.values(of: body)) : .lines(try Self.lines(of: body))
        default:
            throw ProblemDetails(
                .unsupportedMediaType,
                "Documents are taken as application/x-ndjson or application/json",
                param: "Content-Type")
        }
        guard count <= WireLimits.ingestLineCount else {
            throw ProblemDetails(
                .batchTooLarge,
                "The body has \(count) documents, allowed are \(WireLimits.ingestLineCount); send "
                    + "several requests")
        }
    }

    /// The lines that are not blank; a byte order mark at the very start is passed over.
    private static func lines(of body: [UInt8]) throws(ProblemDetails)
        -> [(number: Int, bytes: Range<Int>)]
    {
        var lines: [(number: Int, bytes: Range<Int>)] = []
        var number = 1
        var start = body.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var isBlank = true
        func end(at place: Int) {
            if !isBlank { lines.append((number, start..<place)) }
            number += 1
            start = place + 1
            isBlank = true
        }
        for index in start..<max(start, body.count) {
            switch body[index] {
            case 0x0A: end(at: index)
            case 0x20, 0x09, 0x0D: break
            default: isBlank = false
            }
        }
        end(at: body.count)
        return lines
    }

    private static func values(of body: [UInt8]) throws(ProblemDetails) -> [JSONValue] {
        do throws(JSONError) {
            let value = try JSONReader().read(body)
            return value.array ?? [value]
        } catch {
            throw ProblemDetails(error)
        }
    }
}
