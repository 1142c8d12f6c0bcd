public import JSON

/// An error as it goes over the socket: `application/problem+json`.
///
/// - Source: RFC 9457, with the members `code`, `param`, `position` and `suggestion`.
public struct ProblemDetails: Error, Sendable, Equatable {
    /// The media type.
    public static let mediaType = "application/problem+json"

    /// A place in the parameter, in UTF-8 bytes.
    public struct Position: Sendable, Equatable {
        /// Where it begins.
        public var start: Int
        /// How long it is; 0 for a point.
        public var length: Int

        /// A place.
        public init(start: Int, length: Int) {
            self.start = start
            self.length = length
        }
    }

    /// The code as it is written; a client may meet one that it does not know yet.
    public var code: String
    /// The HTTP status.
    public var status: Int
    /// What went wrong, the same for every occurrence.
    public var title: String
    /// What went wrong this time and what to do; never text of a document.
    public var detail: String
    /// The field of the request that is meant.
    public var param: String?
    /// Where in the field.
    public var position: Position?
    /// What would be right, if something is near.
    public var suggestion: String?
    /// The request, `/requests/<id>`.
    public var instance: String?
    /// Further members, such as the lines of a batch that failed.
    public var extensions: JSONObject

    /// An error with a known code.
    public init(
        _ code: ProblemCode, _ detail: String, param: String? = nil, position: Position? = nil,
        suggestion: String? = nil, extensions: JSONObject = JSONObject()
    ) {
        self.code = code.rawValue
        self.status = code.status
        self.title = code.title
        self.detail = detail
        self.param = param
        self.position = position
        self.suggestion = suggestion
        self.extensions = extensions
    }

    /// The error of a body that is not JSON; says where, not what stands there.
    public init(_ error: JSONError) {
        self.init(
            .invalidJSON, "The body is not valid JSON: \(error.reason) at byte \(error.byteOffset)",
            position: Position(start: error.byteOffset, length: 0))
    }

    /// The code, `nil` for one that is not known here.
    public var knownCode: ProblemCode? { ProblemCode(rawValue: code) }

    /// The error as JSON.
    public var json: JSONValue {
        var object: JSONObject = JSONObject([
            "type": .string("/problems/\(code)"), "title": .string(title),
            "status": .integer(Int64(status)), "detail": .string(detail), "code": .string(code),
        ])
        object["param"] = param.map(JSONValue.string)
        object["position"] = position.map {
            ["start": .integer(Int64($0.start)), "length": .integer(Int64($0.length))]
        }
        object["suggestion"] = suggestion.map(JSONValue.string)
        object["instance"] = instance.map(JSONValue.string)
        for (key, value) in extensions.members where object[key] == nil { object[key] = value }
        return .object(object)
    }

    /// Reads an error; `nil` if the value is none (`code` and `status` are needed).
    public init?(json: JSONValue) {
        guard let object = json.object, let code = object["code"]?.string,
            let status = object["status"]?.integer, (400...599).contains(status)
        else { return nil }
        self.code = code
        self.status = Int(status)
        title = object["title"]?.string ?? ""
        detail = object["detail"]?.string ?? ""
        param = object["param"]?.string
        suggestion = object["suggestion"]?.string
        instance = object["instance"]?.string
        if let place = object["position"], let start = place["start"]?.integer,
            let length = place["length"]?.integer
        {
            position = Position(start: Int(start), length: Int(length))
        }
        extensions = JSONObject()
        for (key, value) in object.members where !Self.ownMembers.contains(key) {
            extensions[key] = value
        }
    }

    private static let ownMembers: Set<String> = [
        "type", "title", "status", "detail", "code", "param", "position", "suggestion", "instance",
    ]
}
