import InvertedIndex
import TextAnalysis

/// How the members of a kind of documents are laid out in the fields of an index.
///
/// A text or names member `f` has two fields: `f` holds exact forms with positions, `f.stem` the
/// stems, whose length is that of `f`. Keywords, numbers and dates have one field of their name.
/// One number field more holds the hash of each document, to know an unchanged one; two relations
/// have the script-neutral keys of all exact forms and of all stems. Where there is a keyword
/// `mentions`, one more text field has an id for each time that an entity is mentioned, so that
/// documents which mention it more often come first.
struct CollectionLayout: Sendable {
    /// A text or names member.
    struct TextField: Sendable {
        var name: String
        /// The field of exact forms.
        var exact: FieldID
        /// The field of stems.
        var stem: FieldID
        var weight: Float
        var lengthNormalization: Float
        var isNames: Bool
    }

    /// A keyword, number or date member.
    struct ValueField: Sendable {
        var name: String
        var field: FieldID
        var role: CollectionKind.Field.Role
    }

    /// The name of the built-in field of languages.
    static let languageName = "lang"
    /// The name of the field of document hashes; no member can have it.
    static let hashName = ".hash"
    /// The name of the member that lists who is mentioned.
    static let mentionsName = "mentions"
    /// The name of the member that says of which document, or of which story, one is a translation.
    static let translationOfName = "translationOf"
    /// The name of the field of their ids; no member can have it.
    static let mentionTermsName = ".mentions"
    /// The names of the relations of keys to exact forms and to stems; no member can have them.
    static let wordKeysName = ".words"
    static let stemKeysName = ".stems"

    let kind: CollectionKind
    let schema: IndexSchema
    let textFields: [TextField]
    /// The fields of exact forms and those of stems of all text fields, for who asks for nothing
    /// else of them.
    let exactFields: [FieldID]
    let stemFields: [FieldID]
    let valueFields: [ValueField]
    /// The field of the document's language, if the kind has one.
    let language: FieldID?
    /// The keyword field of those who are mentioned, and the text field of their ids; `nil` for a
    /// kind without.
    let mentions: FieldID?
    let mentionTerms: FieldID?
    /// The keyword field of what a document translates; `nil` for a kind without.
    let translationOf: FieldID?
    /// The field of the hashes; only an index of another version has none.
    let hash: FieldID?
    /// The relations of keys to exact forms and stems; only an index of another version has none.
    let wordKeys: FieldID?
    let stemKeys: FieldID?

    /// The layout of a kind in an index with a given schema.
    ///
    /// Members that the schema does not have, or has differently, are left out: an index that an
    /// older configuration built is still searched by what both know.
    init(kind: CollectionKind, schema: IndexSchema) {
        self.kind = kind
        self.schema = schema
        var textFields: [TextField] = []
        var valueFields: [ValueField] = []
        for field in kind.fields {
            guard let id = schema.field(named: field.name) else { continue }
            switch (field.role, schema[id].kind) {
            case (.text, .text), (.names, .text):
                guard let stem = schema.field(named: field.name + ".stem") else { continue }
                textFields.append(
                    TextField(
                        name: field.name, exact: id, stem: stem, weight: field.weight,
                        lengthNormalization: field.lengthNormalization,
                        isNames: field.role == .names))
            case (.keyword, .keyword), (.number, .number), (.date, .number):
                valueFields.append(ValueField(name: field.name, field: id, role: field.role))
            default: continue
            }
        }
        self.textFields = textFields
        exactFields = textFields.map(\.exact)
        stemFields = textFields.map(\.stem)
        self.valueFields = valueFields
        language = valueFields.first { $0.name == Self.languageName && $0.role == .keyword }?.field
        mentions =
            valueFields.first { $0.name == Self.mentionsName && $0.role == .keyword }?.field
        mentionTerms = schema.field(named: Self.mentionTermsName)
        translationOf =
            valueFields.first { $0.name == Self.translationOfName && $0.role == .keyword }?.field
        hash = schema.field(named: Self.hashName)
        wordKeys = Self.relation(Self.wordKeysName, in: schema)
        stemKeys = Self.relation(Self.stemKeysName, in: schema)
    }

    private static func relation(_ name: String, in schema: IndexSchema) -> FieldID? {
        guard let field = schema.field(named: name), case .termKeys = schema[field].kind else {
            return nil
        }
        return field
    }

    /// How terms get the keys of the relations.
    static let keying = TermKeying { term, key in ScriptKey.append(keyOf: term, to: &key) }

    /// The layout of a kind in an index that is made for it.
    init(kind: CollectionKind) {
        self.init(kind: kind, schema: Self.schema(of: kind))
    }

    /// The schema of a kind.
    ///
    /// - Requires: `problem(in:)` found nothing.
    static func schema(of kind: CollectionKind) -> IndexSchema {
        var fields: [IndexField] = []
        for field in kind.fields {
            switch field.role {
            case .text, .names:
                let exact = FieldID(rawValue: UInt16(fields.count))
                fields.append(
                    IndexField(
                        name: field.name, kind: .text(hasPositions: true, lengthOf: nil)))
                fields.append(
                    IndexField(
                        name: field.name + ".stem",
                        kind: .text(hasPositions: false, lengthOf: exact)))
            case .keyword: fields.append(IndexField(name: field.name, kind: .keyword))
            case .number, .date: fields.append(IndexField(name: field.name, kind: .number))
            }
        }
        fields.append(IndexField(name: hashName, kind: .number))
        var exact: [FieldID] = []
        var stems: [FieldID] = []
        for (place, field) in fields.enumerated() {
            guard case .text(_, let lengthOf) = field.kind else { continue }
            let id = FieldID(rawValue: UInt16(place))
            if lengthOf == nil { exact.append(id) } else { stems.append(id) }
        }
        if kind.fields.contains(where: { $0.name == mentionsName && $0.role == .keyword }) {
            fields.append(
                IndexField(
                    name: mentionTermsName, kind: .text(hasPositions: false, lengthOf: nil)))
        }
        fields.append(IndexField(name: wordKeysName, kind: .termKeys(of: exact)))
        fields.append(IndexField(name: stemKeysName, kind: .termKeys(of: stems)))
        return IndexSchema(fields: fields)
    }

    /// Why a kind cannot be laid out; `nil` if it can.
    static func problem(in kind: CollectionKind) -> String? {
        // Each member takes two fields at the most, and an index has at most 1,024.
        guard kind.fields.count <= 500 else { return "it has more than 500 fields" }
        var names: Set<String> = []
        for field in kind.fields {
            guard let first = field.name.utf8.first, field.name.utf8.count <= 64,
                field.name != "id", first | 0x20 >= UInt8(ascii: "a"),
                first | 0x20 <= UInt8(ascii: "z"),
                field.name.utf8.allSatisfy(isNameByte)
            else { return "`\(field.name)` is no name for a field" }
            guard names.insert(field.name).inserted else {
                return "the field `\(field.name)` is there twice"
            }
            guard field.weight > 0, field.weight.isFinite,
                (0...1).contains(field.lengthNormalization)
            else { return "the weights of `\(field.name)` are out of range" }
        }
        let title = kind.fields.first { $0.name == kind.titleField }
        guard let title, title.role == .text || title.role == .names else {
            return "its title field `\(kind.titleField)` is no text or names field of it"
        }
        return nil
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
            || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || byte == UInt8(ascii: "_")
    }

    /// What an index of this kind holds, as text: differs wherever analysis or fields differ.
    static func fingerprint(of kind: CollectionKind, analysis: String) -> String {
        let fields = kind.fields.map { "\($0.name):\($0.role)" }.joined(separator: ",")
        return "\(analysis); layout 3; \(fields)"
    }

    /// The names of all members that can be searched, filtered or counted.
    var names: [String] { textFields.map(\.name) + valueFields.map(\.name) }

    /// The text or names member of a name.
    func textField(named name: String) -> TextField? { textFields.first { $0.name == name } }

    /// The keyword, number or date member of a name.
    func valueField(named name: String) -> ValueField? { valueFields.first { $0.name == name } }

    /// The weights of the text fields.
    func scoring(_ weights: RankingWeights) -> Scoring {
        var scoring = Scoring(k1: weights.termSaturation)
        for field in textFields {
            let weight = Scoring.FieldWeight(
                boost: field.weight, b: field.lengthNormalization)
            scoring.fields[field.exact] = weight
            scoring.fields[field.stem] = weight
        }
        if let mentionTerms {
            scoring.fields[mentionTerms] = Scoring.FieldWeight(boost: 1, b: 0)
        }
        return scoring
    }
}
