import InvertedIndex
import JSON

/// Why a document is refused, as it is told to its sender.
struct DocumentProblem: Error, Equatable {
    /// A code of the API: `missing_field`, `invalid_document` ...
    var code: String
    /// The member that is meant.
    var parameter: String?
    /// What was found and expected; holds no text of the document.
    var message: String
}

/// A document whose members fit its collection; not analysed yet.
///
/// After this check nothing in a document can fail, so that a batch is written as a whole.
struct CheckedDocument: Sendable {
    /// One value of a text or names member.
    struct Text: Sendable {
        /// The place in `CollectionLayout.textFields`.
        var field: Int
        var text: String
        /// The code of its language, if it was given with it.
        var language: String?
    }

    var key: DocumentKey
    var members: JSONObject
    /// The values of text and names members, those of one member together.
    var texts: [Text] = []
    var keywords: [(field: FieldID, value: String)] = []
    var numbers: [(field: FieldID, value: Int64)] = []
    /// The language given by the sender.
    var language: String?
    /// The document as JSON, as it came.
    var json: [UInt8]
    /// The hash of `json`.
    var hash: UInt64

    /// The most bytes of one keyword; longer ones are no values to filter by.
    static let keywordByteCount = 1024
    /// The most values of one member.
    static let valueCount = 10_000

    /// Checks a document against the layout of its collection and the limits.
    init(_ document: Document, layout: CollectionLayout, limits: Limits) throws(DocumentProblem) {
        try Self.checkKey(document.key, limits: limits)
        key = document.key
        members = document.members
        guard members.members.count <= limits.documentFieldCount else {
            throw DocumentProblem(
                code: "invalid_document", parameter: nil,
                message: "The document has \(members.members.count) members; at most "
                    + "\(limits.documentFieldCount) are allowed.")
        }
        guard Self.isShallow(.object(members), levels: 60) else {
            throw DocumentProblem(
                code: "invalid_document", parameter: nil,
                message: "The document is nested deeper than 60 levels, or one of its objects has "
                    + "more than 1024 members.")
        }
        json = JSONValue.object(members).bytes
        guard json.count <= limits.documentByteCount else {
            throw DocumentProblem(
                code: "document_too_large", parameter: nil,
                message: "The document has \(json.count) bytes; at most "
                    + "\(limits.documentByteCount) are allowed.")
        }
        hash = ContentHash.hash(json)
        for index in layout.textFields.indices { try readText(index, layout.textFields[index]) }
        for field in layout.valueFields { try readValue(field) }
        guard layout.textFields.contains(where: { members[$0.name].map { !$0.isNull } ?? false })
        else {
            throw DocumentProblem(
                code: "missing_field", parameter: layout.kind.titleField,
                message: "The document has no text: `\(layout.kind.titleField)` or another text "
                    + "field of its kind is needed.")
        }
    }

    /// Checks the key of a document.
    static func checkKey(_ key: DocumentKey, limits: Limits) throws(DocumentProblem) {
        let count = key.utf8.count
        guard count > 0 else {
            throw DocumentProblem(
                code: "missing_field", parameter: "id", message: "The document has no `id`.")
        }
        guard count <= limits.keyByteCount else {
            throw DocumentProblem(
                code: "invalid_document_id", parameter: "id",
                message: "The `id` has \(count) bytes; at most \(limits.keyByteCount) are "
                    + "allowed.")
        }
        guard !key.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else {
            throw DocumentProblem(
                code: "invalid_document_id", parameter: "id",
                message: "The `id` holds a control character.")
        }
    }

    /// Whether a value can be read again by a reader with the limits of `JSONReader`.
    private static func isShallow(_ value: JSONValue, levels: Int) -> Bool {
        guard levels > 0 else { return false }
        switch value {
        case .array(let elements):
            return elements.allSatisfy { isShallow($0, levels: levels - 1) }
        case .object(let object):
            return object.members.count <= 1024
                && object.members.allSatisfy { isShallow($0.value, levels: levels - 1) }
        default: return true
        }
    }

    // MARK: Text

    private mutating func readText(_ index: Int, _ field: CollectionLayout.TextField)
        throws(DocumentProblem)
    {
        guard let value = members[field.name], !value.isNull else { return }
        switch value {
        case .string(let text): add(text, index)
        case .array(let elements):
            try checkCount(elements, field.name)
            for element in elements {
                switch element {
                case .string(let text): add(text, index)
                case .object(let object) where field.isNames:
                    try addName(object, index, field.name)
                default:
                    throw Self.wrongType(field.name, element, "strings", isNames: field.isNames)
                }
            }
        case .object(let object) where field.isNames: try addName(object, index, field.name)
        default: throw Self.wrongType(field.name, value, "a string", isNames: field.isNames)
        }
    }

    private mutating func add(_ text: String, _ field: Int, language: String? = nil) {
        if !text.isEmpty { texts.append(Text(field: field, text: text, language: language)) }
    }

    private mutating func addName(_ object: JSONObject, _ index: Int, _ name: String)
        throws(DocumentProblem)
    {
        guard let value = object["value"]?.string else {
            throw DocumentProblem(
                code: "invalid_document", parameter: name,
                message: "A name in `\(name)` needs a member `value` that is a string.")
        }
        add(value, index, language: object["lang"]?.string)
    }

    // MARK: Values

    private mutating func readValue(_ field: CollectionLayout.ValueField) throws(DocumentProblem) {
        guard let value = members[field.name], !value.isNull else { return }
        switch field.role {
        case .keyword: try readKeywords(value, field)
        case .number:
            guard let number = value.integer else {
                throw Self.wrongType(field.name, value, "a whole number")
            }
            numbers.append((field.field, number))
        case .date:
            guard let text = value.string else {
                throw Self.wrongType(field.name, value, "a date in a string")
            }
            guard let date = DateValue(text) else {
                throw DocumentProblem(
                    code: "invalid_document", parameter: field.name,
                    message: "`\(field.name)` is no date; expected is 2024, 2024-09, 2024-09-12 "
                        + "or 2024-09-12T10:00:00Z.")
            }
            numbers.append((field.field, date.first))
        case .text, .names: break
        }
    }

    private mutating func readKeywords(_ value: JSONValue, _ field: CollectionLayout.ValueField)
        throws(DocumentProblem)
    {
        switch value {
        case .array(let elements):
            try checkCount(elements, field.name)
            for element in elements { try addKeyword(element, field) }
        default: try addKeyword(value, field)
        }
    }

    private mutating func addKeyword(_ value: JSONValue, _ field: CollectionLayout.ValueField)
        throws(DocumentProblem)
    {
        if field.name == CollectionLayout.mentionsName, DocumentMention.isFound(value) { return }
        guard let text = value.string ?? value["id"]?.string else {
            throw Self.wrongType(field.name, value, "a string, or an object with `id`")
        }
        guard text.utf8.count <= Self.keywordByteCount else {
            throw DocumentProblem(
                code: "invalid_document", parameter: field.name,
                message: "A value of `\(field.name)` has \(text.utf8.count) bytes; at most "
                    + "\(Self.keywordByteCount) are allowed.")
        }
        guard !text.isEmpty else { return }
        if field.name == CollectionLayout.languageName, language == nil { language = text }
        if !keywords.contains(where: { $0.field == field.field && $0.value == text }) {
            keywords.append((field.field, text))
        }
    }

    private func checkCount(_ elements: [JSONValue], _ name: String) throws(DocumentProblem) {
        guard elements.count <= Self.valueCount else {
            throw DocumentProblem(
                code: "invalid_document", parameter: name,
                message: "`\(name)` has \(elements.count) values; at most \(Self.valueCount) are "
                    + "allowed.")
        }
    }

    private static func wrongType(
        _ name: String, _ value: JSONValue, _ expected: String, isNames: Bool = false
    ) -> DocumentProblem {
        let more = isNames ? ", or objects with `value`" : ""
        return DocumentProblem(
            code: "invalid_document", parameter: name,
            message: "`\(name)` is expected to hold \(expected)\(more), not "
                + "\(value.kindName).")
    }
}
