public import TextAnalysis

/// An occurrence of an entity of a list in a text.
public struct Mention: Sendable, Equatable {
    /// How it was found.
    public enum Method: String, Sendable, CaseIterable {
        /// A whole name of the list.
        case name
        /// An acronym of the list, or one by rule of what the document names in full.
        case acronym
        /// A surname or a short form of what the document names in full.
        case short
        /// A name of doubt, decided by a word beside it, by place or by what else is mentioned.
        case context
    }

    /// Which text of the document, counted from 0 in the order in which they were added.
    public var field: Int
    /// Where it stands, in UTF-8 bytes of that text; the ending of its last word belongs to it.
    public var source: ByteRange
    /// Which list, as the finder was given them.
    public var list: Int
    /// The entity, as the directory of the list has it.
    public var entity: UInt32
    /// The name that was found, of that directory.
    public var name: NameDirectory.NameID
    /// How it was found.
    public var method: Method
    /// How sure it is, above 0 to 1.
    public var score: Float
}

/// A person that a document names and no list holds.
public struct UnresolvedPerson: Sendable, Equatable {
    /// What told that it is a person.
    public enum Method: String, Sendable, CaseIterable {
        /// A title beside the name: ректор.
        case title
        /// A word of speech beside it: деді.
        case speech
        /// The shape of the name: a patronymic, initials, a surname behind a given name.
        case fullName
    }

    /// Where the person is named.
    public struct Occurrence: Sendable, Equatable {
        /// Which text of the document, counted from 0.
        public var field: Int
        /// Where, in UTF-8 bytes of that text.
        public var source: ByteRange
    }

    /// The fullest spelling, in the nominative as far as it can be told.
    public var name: String
    /// Where it is named, in cases and by the surname alone as well; in the order of the texts.
    public var occurrences: [Occurrence]
    /// What told of the person first.
    public var method: Method
    /// How sure it is that it is one, above 0 to 1.
    public var score: Float
}

/// What a document mentions.
public struct Mentions: Sendable, Equatable {
    /// Entities of lists, in the order of the texts; none overlaps another.
    public var mentions: [Mention] = []
    /// People that no list holds, in the order of their first occurrence; none overlaps a mention.
    public var people: [UnresolvedPerson] = []

    /// Nothing.
    public init() {}
}

/// What a list tells of an entity beside its names.
public struct EntityDescription: Sendable, Equatable {
    /// What entities are.
    public enum Kind: Sendable {
        case person, organization, place
    }

    /// What it is.
    public var kind: Kind
    /// Where it is, by ids or names of places of the gazetteer, such as its city and its region.
    ///
    /// Of a place its own id. Names that the gazetteer does not have count for nothing.
    public var places: [String]

    /// A description.
    public init(_ kind: Kind, places: [String] = []) {
        self.kind = kind
        self.places = places
    }
}
