public import JSON

/// A snapshot asked for.
public struct SnapshotMessage: Sendable, Equatable {
    /// Its name; `nil` for the time of now.
    public var name: String?

    /// A snapshot asked for.
    public init(name: String? = nil) {
        self.name = name
    }

    /// The message of a body.
    public init(json: JSONValue) throws(ProblemDetails) {
        name = try Self.schema.check(json)["name"]?.string
        if let name, !Self.isName(name) {
            throw ProblemDetails(
                .invalidValue, "A name has 1 to 64 characters of a-z, A-Z, 0-9, - and _",
                param: "name")
        }
    }

    /// The body.
    public var json: JSONValue {
        var object = JSONObject()
        object["name"] = name.map(JSONValue.string)
        return .object(object)
    }

    /// Whether a name can be that of a folder, and of nothing else.
    private static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// The field of the message.
    public static let schema = MessageSchema(fields: [
        MessageField("name", .string, "The name; the time of now if absent")
    ])
}

extension MessageSchema {
    /// A body without fields.
    public static let empty = MessageSchema(fields: [])
}

/// What is to be compacted or verified.
public struct MaintenanceMessage: Sendable, Equatable {
    /// The collection; `nil` for all.
    public var collection: String?

    /// One collection, or all.
    public init(collection: String? = nil) {
        self.collection = collection
    }

    /// The message of a body.
    public init(json: JSONValue) throws(ProblemDetails) {
        collection = try Self.schema.check(json)["collection"]?.string
    }

    /// The body.
    public var json: JSONValue {
        var object = JSONObject()
        object["collection"] = collection.map(JSONValue.string)
        return .object(object)
    }

    /// The field of the message.
    public static let schema = MessageSchema(fields: [
        MessageField("collection", .string, "The collection; all if absent")
    ])
}
