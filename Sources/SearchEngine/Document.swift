public import JSON

/// The key of a document from outside, unique in its collection: 1 to 512 bytes of UTF-8, without
/// control characters.
public typealias DocumentKey = String

/// One document as it came in: its key and its members by name, in the order of the source.
///
/// Which members are searched, filtered or counted is said by the kind of its collection; members
/// that the kind does not name are kept and returned, not searched.
public struct Document: Sendable, Equatable {
    /// The key, member `id`.
    public var key: DocumentKey
    /// All members, `id` among them.
    public var members: JSONObject

    /// A document with its members; `members["id"]` is set to the key.
    public init(key: DocumentKey, members: JSONObject) {
        self.key = key
        self.members = members
        self.members["id"] = .string(key)
    }
}
