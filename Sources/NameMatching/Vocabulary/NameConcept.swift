public import TextAnalysis

/// What a word of a name means, in whatever language: *university*, *national*, *Semey*.
public struct NameConcept: Sendable, Equatable {
    /// What it tells of an institution.
    public enum Class: String, Sendable, CaseIterable {
        /// What it is: university, ministry, bank.
        case type
        /// Its standing: national, state, regional.
        case status
        /// What it is about: medical, oil and gas.
        case subject
        /// A country or a people as an adjective: Kazakh, Eurasian.
        case people
        /// A direction in a name of a place: east.
        case direction
        /// A legal form: ЖШС, ТОО, LLP.
        case legal
        /// A word that only joins others: named after, of, and.
        case marker
        /// A title before a name: academician, khan, al-.
        case title
        /// First, second.
        case ordinal
        /// The kind of a place: city, region, district.
        case area
        /// A place of the gazetteer.
        case place
    }

    /// Its short English name, unique among words; for places their id.
    public var slug: String
    /// What it tells.
    public var kind: Class
    /// Its forms as the table has them, by language, the best first.
    public var forms: [Language: [String]]

    /// How much it counts in the name of an institution, against 1 for an eponym.
    var weight: Float {
        switch kind {
        case .type: 0.6
        case .status: 0.3
        case .subject: 0.8
        case .people: 0.6
        case .direction: 0.7
        case .legal: 0.02
        case .marker: 0
        case .title: 0.08
        case .ordinal: 0.8
        case .area: 0.15
        case .place: 0.8
        }
    }

    /// Whether acronyms have a letter for it.
    var isInAcronyms: Bool {
        switch kind {
        case .marker, .legal, .title: false
        default: true
        }
    }
}
