public import JSON

/// The fields that a request body may have; the reader of bodies and query strings, and the source
/// of the OpenAPI document.
public struct MessageSchema: Sendable, Equatable {
    /// The fields; names are unique.
    public var fields: [MessageField]

    init(fields: [MessageField]) {
        self.fields = fields
    }

    /// The JSON Schema: unknown fields are refused.
    public var json: JSONValue { .object(jsonObject) }

    var jsonObject: JSONObject {
        var properties = JSONObject()
        for field in fields { properties[field.name] = field.schema }
        var schema = JSONObject([
            "type": "object", "properties": .object(properties), "additionalProperties": false,
        ])
        let required = fields.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { schema["required"] = .array(required) }
        return schema
    }

    /// The members of a body, all known and of the right kind; a `null` is left out.
    ///
    /// - Throws: `ProblemDetails` that names the field, and the nearest known one for a stranger.
    public func check(_ value: JSONValue) throws(ProblemDetails) -> JSONObject {
        try check(value, prefix: "")
    }

    /// The members that a query string stands for, checked as a body is.
    ///
    /// Lists are separated by commas; a field of an object is written `expand.forms`.
    public func check(_ query: QueryString) throws(ProblemDetails) -> JSONObject {
        var object = JSONObject()
        for (name, text) in query.items {
            let pieces = name.split(separator: ".", maxSplits: 1).map(String.init)
            if pieces.count == 2, let field = field(named: pieces[0]),
                case .object(let inner) = field.kind
            {
                let schema = MessageSchema(fields: inner)
                guard let member = schema.field(named: pieces[1]) else {
                    throw unknown(name, nearest: schema.nearest(to: pieces[1]), "\(pieces[0]).")
                }
                var nested = object[pieces[0]]?.object ?? JSONObject()
                nested[pieces[1]] = try Self.value(of: text, for: member, name: name)
                object[pieces[0]] = .object(nested)
            } else {
                guard let field = field(named: name) else {
                    throw unknown(name, nearest: nearest(to: name), "")
                }
                object[name] = try Self.value(of: text, for: field, name: name)
            }
        }
        return try check(.object(object))
    }

    private func field(named name: String) -> MessageField? { fields.first { $0.name == name } }

    private func nearest(to name: String) -> String? {
        EditDistance.nearest(to: name, in: fields.map(\.name))
    }

    private func unknown(_ name: String, nearest: String?, _ prefix: String) -> ProblemDetails {
        let suggestion = nearest.map { prefix + $0 }
        let detail =
            suggestion.map { "Unknown field. Did you mean `\($0)`?" }
            ?? (fields.isEmpty
                ? "This request has no fields."
                : "Unknown field. Known are: "
                    + fields.map { prefix + $0.name }.joined(separator: ", "))
        return ProblemDetails(
            .unknownField, detail, param: Self.shortened(name), suggestion: suggestion)
    }

    /// A name as it may be repeated to the sender: what is longer is no slip of a key.
    static func shortened(_ name: String) -> String {
        name.unicodeScalars.count <= 64
            ? name : String(String.UnicodeScalarView(name.unicodeScalars.prefix(64))) + "…"
    }

    private func check(_ value: JSONValue, prefix: String) throws(ProblemDetails) -> JSONObject {
        guard let object = value.object else {
            throw ProblemDetails(
                .invalidValue, "A JSON object is expected, not \(value.phrase)",
                param: prefix.isEmpty ? nil : String(prefix.dropLast()))
        }
        var checked = JSONObject()
        for (name, member) in object.members {
            guard let field = field(named: name) else {
                throw unknown(prefix + name, nearest: nearest(to: name), prefix)
            }
            if member.isNull { continue }
            checked[name] = try Self.check(member, for: field, name: prefix + name)
        }
        for field in fields where field.isRequired && checked[field.name] == nil {
            throw ProblemDetails(
                .missingField, "The field `\(prefix)\(field.name)` is needed",
                param: prefix + field.name)
        }
        return checked
    }

    private static func check(
        _ value: JSONValue, for field: MessageField, name: String
    ) throws(ProblemDetails) -> JSONValue {
        switch field.kind {
        case .string where value.string != nil: return value
        case .boolean where value.bool != nil: return value
        case .strings:
            if let elements = value.array, elements.allSatisfy({ $0.string != nil }) {
                return value
            }
        case .integer(let range):
            if let number = value.integer {
                guard range.contains(Int(number)) else {
                    throw ProblemDetails(
                        field.code, "`\(name)` is \(number), allowed is \(range.phrase)",
                        param: name)
                }
                return value
            }
        case .number(let range):
            if let number = value.number {
                guard range.contains(number) else {
                    throw ProblemDetails(
                        field.code, "`\(name)` is \(number), allowed is \(range.phrase)",
                        param: name)
                }
                return value
            }
        case .choice(let words):
            if let text = value.string {
                if words.contains(text) { return value }
                let nearest = EditDistance.nearest(to: text, in: words)
                throw ProblemDetails(
                    field.code, "`\(name)` is one of: \(words.joined(separator: ", "))",
                    param: name, suggestion: nearest)
            }
        case .object(let fields):
            if value.object != nil {
                let schema = MessageSchema(fields: fields)
                return .object(try schema.check(value, prefix: "\(name)."))
            }
        case .objects(let count):
            if let elements = value.array, elements.allSatisfy({ $0.object != nil }) {
                guard elements.count <= count else {
                    throw ProblemDetails(
                        .batchTooLarge,
                        "`\(name)` has \(elements.count) elements, allowed are \(count)",
                        param: name)
                }
                return value
            }
        case .map(let fields, let count):
            if let object = value.object {
                guard object.members.count <= count else {
                    throw ProblemDetails(
                        .batchTooLarge,
                        "`\(name)` has \(object.members.count) members, allowed are \(count)",
                        param: name)
                }
                let schema = MessageSchema(fields: fields)
                var checked = JSONObject()
                for (key, member) in object.members {
                    let prefix = "\(name).\(shortened(key))."
                    checked[key] = .object(try schema.check(member, prefix: prefix))
                }
                return .object(checked)
            }
        case .anyObject where value.object != nil: return value
        default: break
        }
        throw ProblemDetails(
            field.code, "`\(name)` has to be \(field.kind.phrase), not \(value.phrase)",
            param: name)
    }

    /// What the text of a query parameter stands for; ranges and words are checked later.
    private static func value(of text: String, for field: MessageField, name: String)
        throws(ProblemDetails) -> JSONValue
    {
        switch field.kind {
        case .string, .choice: return .string(text)
        case .strings:
            return .array(text.split(separator: ",").map { .string(String($0)) })
        case .integer:
            guard let number = Int64(text) else {
                throw ProblemDetails(
                    field.code, "`\(name)` has to be a whole number", param: name)
            }
            return .integer(number)
        case .number:
            // `Double` would take `nan` and `0x1p-2` too, which are no numbers of JSON.
            guard text.utf8.allSatisfy({ $0 < 0x3A || $0 == 0x45 || $0 == 0x65 }),
                let number = Double(text), number.isFinite
            else {
                throw ProblemDetails(field.code, "`\(name)` has to be a number", param: name)
            }
            return .double(number)
        case .boolean:
            guard text == "true" || text == "false" else {
                throw ProblemDetails(
                    field.code, "`\(name)` has to be `true` or `false`", param: name)
            }
            return .bool(text == "true")
        case .object, .objects, .map, .anyObject:
            throw ProblemDetails(
                field.code, "`\(name)` cannot be given in a query string as a whole", param: name)
        }
    }
}

extension MessageField.Kind {
    /// The kind in words, after “has to be”.
    var phrase: String {
        switch self {
        case .string: "a string"
        case .strings: "an array of strings"
        case .boolean: "true or false"
        case .integer: "a whole number"
        case .number(let range): "a number from \(range.phrase)"
        case .choice(let words): "one of: \(words.joined(separator: ", "))"
        case .object, .map, .anyObject: "an object"
        case .objects: "an array of objects"
        }
    }
}

extension ClosedRange<Int> {
    /// The range in words.
    fileprivate var phrase: String {
        upperBound == .max ? "\(lowerBound) or more" : "\(lowerBound) to \(upperBound)"
    }
}

extension ClosedRange<Double> {
    /// The range in words.
    fileprivate var phrase: String {
        "\(Self.text(lowerBound)) to \(Self.text(upperBound))"
    }

    private static func text(_ bound: Double) -> String {
        Int(exactly: bound).map { String($0) } ?? String(bound)
    }
}

extension JSONValue {
    /// The kind with its article: `an array`.
    var phrase: String {
        switch self {
        case .null: "null"
        case .array, .object: "an \(kindName)"
        default: "a \(kindName)"
        }
    }
}
