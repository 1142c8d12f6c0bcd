public import TextAnalysis

/// A place of the gazetteer.
public struct NamePlace: Sendable, Equatable {
    /// A name that the place once bore.
    public struct FormerName: Sendable, Equatable {
        /// The name as it was written then.
        public var name: String
        /// The language of the name.
        public var language: Language
        /// The years in which it bore it, as far as they are known.
        public var from: Int?
        /// The last of these years.
        public var until: Int?
    }

    /// Its id: `semey`.
    public var id: String
    /// What it is: `city`, `region`, `country`, `water` ...
    public var kind: String
    /// Its names by language, the best first.
    public var names: [Language: [String]]
    /// What it was called before.
    public var formerNames: [FormerName]
    /// Russian adjectives made of its name.
    public var adjectives: [String]
    /// The id of the region or country that it lies in.
    public var within: String?

    /// The place as a concept of names.
    var concept: NameConcept {
        var forms = names
        forms[.russian, default: []] += adjectives
        return NameConcept(slug: id, kind: .place, forms: forms)
    }

    /// A place by its row.
    init(row: String, number: Int) throws(NameTableError) {
        let cells = row.split(separator: "\t", omittingEmptySubsequences: false)
        guard cells.count == 9 else {
            throw NameTableError(
                table: "places", row: number, reason: "9 columns are expected, not \(cells.count)")
        }
        id = cells[0].trimmed
        kind = cells[1].trimmed
        names = [.kazakh: cells[2].forms, .russian: cells[3].forms, .english: cells[4].forms]
        adjectives = cells[5].forms
        formerNames = []
        for item in cells[6].forms {
            guard let former = Self.former(item) else {
                throw NameTableError(
                    table: "places", row: number,
                    reason: "`\(item)` is no former name (name@language:from-until)")
            }
            formerNames.append(former)
        }
        let within = cells[7].trimmed
        self.within = within.isEmpty || within == "-" ? nil : within
    }

    /// A place that Unicode's data names, such as a country.
    init(id: String, kind: String, names: [Language: [String]]) {
        self.id = id
        self.kind = kind
        self.names = names
        formerNames = []
        adjectives = []
        within = nil
    }

    private static func former(_ item: String) -> FormerName? {
        guard let at = item.lastIndex(of: "@") else { return nil }
        let name = item[..<at].trimmed
        let rest = item[item.index(after: at)...].split(separator: ":", maxSplits: 1)
        guard !name.isEmpty, let code = rest.first, let language = Language(code: String(code))
        else { return nil }
        var former = FormerName(name: name, language: language)
        if rest.count == 2 {
            let years = rest[1].split(separator: "-", omittingEmptySubsequences: false)
            former.from = years.first.flatMap { Int($0.trimmed) }
            former.until = years.count > 1 ? Int(years[1].trimmed) : nil
        }
        return former
    }
}
