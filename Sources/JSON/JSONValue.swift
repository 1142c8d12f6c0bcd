/// One JSON value; an object keeps the order of its members.
public enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    /// A number without fraction and exponent that fits 64 bits.
    case integer(Int64)
    /// Any other number; always finite.
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

/// The members of a JSON object in their order; keys are unique.
public struct JSONObject: Sendable, Equatable {
    /// The members in the order in which they were read or set.
    public private(set) var members: [(key: String, value: JSONValue)]

    /// An object with the given members; a later one with an equal key replaces an earlier one.
    public init(_ members: KeyValuePairs<String, JSONValue> = [:]) {
        self.members = []
        for (key, value) in members { self[key] = value }
    }

    /// Requires that the keys are unique; the reader has checked that.
    init(uniqueMembers: [(key: String, value: JSONValue)]) {
        members = uniqueMembers
    }

    /// The value of a member.
    ///
    /// Setting `nil` removes the member. Linear in the number of members.
    public subscript(key: String) -> JSONValue? {
        get { members.first { $0.key == key }?.value }
        set {
            let index = members.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append((key, value))
            case (nil, nil): break
            }
        }
    }

    /// Two objects are equal when they hold the same members in the same order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.count == right.members.count
            && zip(left.members, right.members).allSatisfy {
                $0.key == $1.key && $0.value == $1.value
            }
    }
}

extension JSONValue {
    /// The text of a string, else `nil`.
    public var string: String? { if case .string(let value) = self { value } else { nil } }

    /// The value of `true` or `false`, else `nil`.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The value of a whole number, else `nil`.
    public var integer: Int64? { if case .integer(let value) = self { value } else { nil } }

    /// The value of any number, else `nil`.
    public var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    /// The elements of an array, else `nil`.
    public var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }

    /// The members of an object, else `nil`.
    public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }

    /// The member of an object, `nil` where there is none or this is not an object.
    public subscript(key: String) -> JSONValue? { object?[key] }

    /// Whether this is `null`.
    public var isNull: Bool { if case .null = self { true } else { false } }

    /// What kind of value this is, for messages to people: `string`, `array` ...
    public var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .integer, .double: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A whole number.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A number.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// An array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// An object; a later member with an equal key replaces an earlier one.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        var object = JSONObject()
        for (key, value) in elements { object[key] = value }
        self = .object(object)
    }
}
