/// What bears a name, as requests say it.
public enum NamedType: String, Sendable, CaseIterable {
    /// A human being.
    case person
    /// An institution, a company, a body of the state.
    case organization
    /// A country, a region, a city.
    case place
    /// Any of them.
    case any

    /// The type that a word of schema.org or of FollowTheMoney stands for, `nil` for a stranger.
    public init?(schema word: String) {
        guard let type = Self.schemas.first(where: { $0.word == word })?.type else { return nil }
        self = type
    }

    /// The words by which an example may say what it is.
    public static var schemaWords: [String] { schemas.map(\.word) }

    /// The most used first: of words that are equally near to a slip, the first is named.
    ///
    /// A legal entity of FollowTheMoney may be a human being; here it is taken as an organization,
    /// which most are.
    private static let schemas: [(word: String, type: NamedType)] =
        words(
            .person, "Person"
        )
        + words(
            .organization, "Organization", "Company", "LegalEntity", "PublicBody",
            "CollegeOrUniversity", "ResearchOrganization", "GovernmentOrganization", "Hospital",
            "Corporation", "EducationalOrganization", "School", "HighSchool", "MiddleSchool",
            "ElementarySchool", "Preschool", "MedicalOrganization", "ArchiveOrganization",
            "Library", "Museum", "NGO", "NewsMediaOrganization", "FundingAgency",
            "PoliticalParty", "WorkersUnion", "SportsOrganization", "SportsTeam",
            "PerformingGroup", "Project", "Consortium", "LocalBusiness", "Airline"
        )
        + words(
            .place, "Place", "City", "Country", "State", "AdministrativeArea", "Address",
            "PostalAddress", "Landform", "Mountain", "BodyOfWater", "LakeBodyOfWater",
            "RiverBodyOfWater", "Continent"
        )
        + words(.any, "Thing")

    private static func words(_ type: NamedType, _ words: String...) -> [(
        word: String, type: NamedType
    )] {
        words.map { ($0, type) }
    }
}
