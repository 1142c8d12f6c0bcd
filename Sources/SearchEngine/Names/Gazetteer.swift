import NameMatching
import TextAnalysis

/// The entities that the program knows by itself: the places of its table, and the countries,
/// languages and months of Unicode's data.
///
/// A class, since every search that names take part in hands it on: as a value, all arrays of its
/// directory would be retained each time.
final class Gazetteer: Sendable {
    /// The name of the collection that hits of the gazetteer bear; no collection can have it.
    static let collectionName = "gazetteer"

    /// One entity.
    struct Entry: Sendable {
        /// `place:semey`, `country:KZ`, `language:kk`, `month:9`.
        var id: String
        /// Its type in schema.org's words.
        var schema: String
        /// Its first name.
        var caption: String
        /// Whether it is a place.
        var isPlace: Bool
        /// What it lies in, an id; `nil` where that is not known.
        var within: String?
    }

    let entries: [Entry]
    let directory: NameDirectory
    private let list = OnceMade<MentionList>()

    /// The gazetteer of a vocabulary.
    init(vocabulary: NameVocabulary) throws(AnalysisError) {
        var entries: [Entry] = []
        let builder = try NameDirectoryBuilder(vocabulary: vocabulary)
        vocabulary.addPlaces(to: builder)
        for number in 0..<UInt32(vocabulary.placeCount) {
            guard let place = vocabulary.place(number) else {
                preconditionFailure("places are numbered without gaps")
            }
            entries.append(
                Entry(
                    id: "place:\(place.id)", schema: Self.schema(ofKind: place.kind),
                    caption: Self.caption(place.names), isPlace: true,
                    within: place.within.map { "place:\($0)" }))
        }
        for (kind, prefix, schema) in [
            (DisplayNames.Kind.language, "language", "Language"), (.month, "month", "Month"),
        ] {
            for entry in DisplayNames.entries(kind) {
                let number = UInt32(entries.count)
                entries.append(
                    Entry(
                        id: "\(prefix):\(entry.code)", schema: schema,
                        caption: Self.caption(entry.names.mapValues { [$0] }), isPlace: false,
                        within: nil))
                for language in Self.languages {
                    guard let name = entry.names[language] else { continue }
                    builder.add(name, entity: number, kind: NameKind.official.rawValue)
                }
            }
        }
        self.entries = entries
        directory = builder.finish()
    }

    /// The places as they are found in running text.
    ///
    /// Languages and months are no mentions.
    func mentions(_ vocabulary: NameVocabulary) throws(EngineError) -> MentionList {
        do throws(AnalysisError) {
            return try list.value { () throws(AnalysisError) in try vocabulary.placeList() }
        } catch {
            throw .analysisUnavailable(reason: error.description)
        }
    }

    /// The order in which names are given: that of the captions of institutions.
    private static let languages = [Language.kazakh, .russian, .english]

    private static func caption(_ names: [Language: [String]]) -> String {
        languages.compactMap { names[$0]?.first }.first ?? ""
    }

    private static func schema(ofKind kind: String) -> String {
        switch kind {
        case "country": "Country"
        case "city", "town", "village", "foreign-city": "City"
        case "region", "district", "foreign-region": "AdministrativeArea"
        case "water": "BodyOfWater"
        case "mountain": "Mountain"
        default: "Place"
        }
    }

    /// The rows of the table with those of the countries that it does not have.
    static func withCountries(_ tables: NameTables) -> NameTables {
        guard !tables.places.isEmpty else { return tables }
        var known: Set<String> = []
        for row in tables.places {
            let cells = row.split(separator: "\t", omittingEmptySubsequences: false)
            guard cells.count > 4, cells[1] == "country" else { continue }
            for cell in cells[2...4] {
                for name in cell.split(separator: "|") { known.insert(name.lowercased()) }
            }
        }
        var tables = tables
        for entry in DisplayNames.entries(.country) {
            let names = languages.compactMap { entry.names[$0] }
            guard names.count == languages.count,
                !names.contains(where: { known.contains($0.lowercased()) || $0.contains("|") })
            else { continue }
            tables.places.append(
                "country-\(entry.code.lowercased())\tcountry\t" + names.joined(separator: "\t")
                    + "\t-\t-\t-\tCLDR")
        }
        return tables
    }
}
