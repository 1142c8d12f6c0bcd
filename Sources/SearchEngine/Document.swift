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
    private var content: Content

    private enum Content: Sendable {
        case members(JSONObject)
        /// As it is stored: hits are mostly shown as they are.
        case text(JSONMembers)
    }

    /// A document with its members; `members["id"]` is set to the key.
    public init(key: DocumentKey, members: JSONObject) {
        self.key = key
        var members = members
        members["id"] = .string(key)
        content = .members(members)
    }

    /// A document as it is stored; `nil` where its text has no plain key.
    init?(_ text: JSONMembers) {
        guard let member = text.members.first(where: { $0.key == "id" }),
            let key = text.plainString(member)
        else { return nil }
        self.key = key
        content = .text(text)
    }

    /// All members, `id` among them.
    ///
    /// - Cost: each time, that of reading the text where the document is one that is shown as it is
    ///   stored.
    public var members: JSONObject {
        get {
            switch content {
            case .members(let members): members
            case .text(let text): Self.members(of: text)
            }
        }
        set { content = .members(newValue) }
    }

    /// The text with its members where the document is as it is stored and was not read.
    public var text: JSONMembers? {
        if case .text(let text) = content { text } else { nil }
    }

    private static func members(of text: JSONMembers) -> JSONObject {
        do {
            return try JSONReader().read(text.text).object ?? JSONObject()
        } catch {
            preconditionFailure("the reader reads what the members were found in: \(error)")
        }
    }

    /// Whether both have the same key and members.
    public static func == (left: Document, right: Document) -> Bool {
        left.key == right.key && left.members == right.members
    }
}
