/// The number of a field: its place in the schema.
public struct FieldID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The place in `IndexSchema.fields`, from 0.
    public let rawValue: UInt16

    /// The field at a place in the schema.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Orders by place.
    public static func < (left: FieldID, right: FieldID) -> Bool { left.rawValue < right.rawValue }
}

/// One field of an index.
public struct IndexField: Sendable, Equatable {
    /// What an index keeps of a field.
    public enum Kind: Sendable, Equatable {
        /// Terms with frequencies, and positions if asked. Its length in a document is the number
        /// of distinct positions; `lengthOf` takes the lengths (and averages) of another text
        /// field instead, for a field of stems beside one of exact forms.
        case text(hasPositions: Bool, lengthOf: FieldID?)
        /// Whole values: searched by equality, counted as facets; several to a document.
        case keyword
        /// At most one 64-bit number to a document: ranges, sorting.
        case number
        /// No postings, but a relation: for each distinct term of the given text fields the key
        /// that a `TermKeying` made of it, and how many documents hold the term, the fields
        /// summed. Searched by `Searcher.terms(_:key:limit:)` and its neighbours.
        case termKeys(of: [FieldID])
    }

    /// The name, unique in the schema.
    public var name: String
    /// What is kept.
    public var kind: Kind

    /// A field.
    public init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }
}

/// The fields of an index; stored in the commit point, equal for all its segments.
public struct IndexSchema: Sendable, Equatable {
    /// The fields by number; at most 1,024.
    public var fields: [IndexField]

    /// A schema with the given fields.
    ///
    /// - Requires: names are unique; `lengthOf` names a text field that has lengths of its own;
    ///   `termKeys` names text fields, each once.
    public init(fields: [IndexField]) {
        precondition(fields.count <= 1024, "a schema holds at most 1,024 fields")
        precondition(Set(fields.map(\.name)).count == fields.count, "field names are unique")
        self.fields = fields
    }

    /// The field with a name.
    public func field(named name: String) -> FieldID? {
        fields.firstIndex { $0.name == name }.map { FieldID(rawValue: UInt16($0)) }
    }

    /// The field at a number.
    ///
    /// - Requires: the schema has it.
    public subscript(field: FieldID) -> IndexField { fields[Int(field.rawValue)] }
}
