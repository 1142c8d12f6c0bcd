import JSON
import NameMatching

/// Somebody or something that a document mentions, as it is kept with the document.
struct DocumentMention: Equatable {
    /// The id of the entity; of a person that no list holds a key of the name, under which all its
    /// spellings in all documents come together: `unlisted:AIJAN+SAMAMBAV`.
    var id: String
    /// What it is called.
    var name: String
    /// What it is: `person`, `organization`, `place`.
    var type: String
    /// The words of the text.
    var surface: String
    /// The member of the text, and which of its values, from 0.
    var field: String
    var value: Int
    /// Where in the text, in UTF-8 bytes.
    var start: Int
    var length: Int
    /// How it was found: see `Mention.Method` and `UnresolvedPerson.Method`.
    var method: String
    /// How sure it is, 0 to 1.
    var score: Float

    /// What ids of people begin with that no list holds.
    static let unlisted = "unlisted:"

    /// The words that `method` may be; who sends a document with others has found them himself.
    static let methods: Set<String> = Set(
        Mention.Method.allCases.map(\.rawValue) + UnresolvedPerson.Method.allCases.map(\.rawValue))

    /// Whether a mention of a document was found by the program: then it is found anew.
    static func isFound(_ mention: JSONValue) -> Bool {
        mention["method"]?.string.map { methods.contains($0) } ?? false
    }

    /// The mention as it stands in the document.
    var json: JSONValue {
        var object = JSONObject([
            "id": .string(id), "name": .string(name), "type": .string(type),
            "surface": .string(surface), "field": .string(field),
            "start": .integer(Int64(start)), "length": .integer(Int64(length)),
            "method": .string(method), "score": .double((Double(score) * 100).rounded() / 100),
        ])
        if value > 0 { object["value"] = .integer(Int64(value)) }
        return .object(object)
    }
}
