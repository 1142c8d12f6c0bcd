import JSON

/// One entity that bears a name, taken out of the daemon's answer.
///
/// What is missing or of another kind than expected is left out; nothing of an answer is an error.
struct NameHit {
    /// Which words of the name asked for were taken for which of the name found.
    struct Explanation {
        var query: String
        var result: String
        var kind: String
        var score: Double
    }

    /// The key of the entity.
    var id: String
    /// Its collection.
    var collection: String
    /// What it is, in schema.org's word.
    var schema: String
    /// What it is called.
    var caption: String
    /// How alike the names are, 0 to 1.
    var score: Double
    /// Whether that says that both are one.
    var isMatch: Bool
    /// Its name that is most alike.
    var name: String
    /// What kind of name that is, empty if unknown.
    var nameKind: String
    /// How the names were compared.
    var explanations: [Explanation]

    /// A hit of `names`, or a result of `match`.
    init(_ json: JSONValue) {
        id = json["id"]?.string ?? ""
        collection = json["_collection"]?.string ?? json["collection"]?.string ?? ""
        schema = json["schema"]?.string ?? ""
        name = json["name"]?.string ?? ""
        let title = json["caption"]?.string ?? ""
        caption = title.isEmpty ? name.isEmpty ? id : name : title
        score = json["score"]?.number ?? 0
        isMatch = json["match"]?.bool ?? false
        nameKind = json["nameKind"]?.string ?? ""
        explanations = (json["explanations"]?.array ?? []).map {
            Explanation(
                query: $0["query"]?.string ?? "", result: $0["result"]?.string ?? "",
                kind: $0["kind"]?.string ?? "", score: $0["score"]?.number ?? 0)
        }
    }
}
