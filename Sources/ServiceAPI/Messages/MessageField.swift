public import JSON

/// One field of a request body: its name, what it may hold, what it does.
public struct MessageField: Sendable, Equatable {
    /// What a field may hold.
    public enum Kind: Sendable, Equatable {
        case string
        case strings
        case boolean
        case integer(ClosedRange<Int>)
        /// Any number in a range.
        case number(ClosedRange<Double>)
        /// One of some words.
        case choice([String])
        case object([MessageField])
        /// Objects that are read by others, at most so many.
        case objects(maximumCount: Int)
        /// An object whose keys the sender chooses, at most so many; each value has these fields.
        case map([MessageField], maximumCount: Int)
        /// An object that is read by others; what they do not know is passed over.
        case anyObject
    }

    /// The name.
    public var name: String
    /// What it may hold.
    public var kind: Kind
    /// What it does, for the OpenAPI document.
    public var purpose: String
    /// The code of the error when it holds something else.
    public var code: ProblemCode
    /// Whether a request without it is refused.
    public var isRequired: Bool

    init(
        _ name: String, _ kind: Kind, _ purpose: String, code: ProblemCode = .invalidValue,
        isRequired: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.purpose = purpose
        self.code = code
        self.isRequired = isRequired
    }

    /// The JSON Schema of the field.
    public var schema: JSONValue {
        var schema = JSONObject()
        switch kind {
        case .string: schema["type"] = "string"
        case .strings:
            schema["type"] = "array"
            schema["items"] = ["type": "string"]
        case .boolean: schema["type"] = "boolean"
        case .integer(let range):
            schema["type"] = "integer"
            schema["minimum"] = .integer(Int64(range.lowerBound))
            if range.upperBound < .max { schema["maximum"] = .integer(Int64(range.upperBound)) }
        case .number(let range):
            schema["type"] = "number"
            schema["minimum"] = .double(range.lowerBound)
            schema["maximum"] = .double(range.upperBound)
        case .choice(let words):
            schema["type"] = "string"
            schema["enum"] = .array(words.map(JSONValue.string))
        case .object(let fields): schema = MessageSchema(fields: fields).jsonObject
        case .objects(let count):
            schema["type"] = "array"
            schema["items"] = ["type": "object"]
            schema["maxItems"] = .integer(Int64(count))
        case .map(let fields, let count):
            schema["type"] = "object"
            schema["additionalProperties"] = MessageSchema(fields: fields).json
            schema["maxProperties"] = .integer(Int64(count))
        case .anyObject: schema["type"] = "object"
        }
        schema["description"] = .string(purpose)
        return .object(schema)
    }
}
