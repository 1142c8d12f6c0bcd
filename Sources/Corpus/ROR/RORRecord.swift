import JSON
import SearchEngine

/// What a record of the Research Organization Registry becomes.
///
/// | of the record | of the document |
/// | --- | --- |
/// | `id` | key `ror:` and its last nine letters; the address in `identifiers` |
/// | names: display name, labels | `names` of kind official, the display name first |
/// | names: acronyms, aliases | `names` of kind acronym, alias |
/// | types | `type`: the first of `schemas` that it has, else `Organization` |
/// | first location | `city`, `region`; `country`, a list where the locations are of several |
/// | domains, links to websites | `domains` |
/// | other identifiers | `identifiers` by their kind; the preferred one, else the first |
/// | established, status | `founded`, `status` |
/// | its successors, predecessors | `predecessorOf`, `successorOf`: keys |
enum RORRecord {
    /// Why a record is no document.
    struct Malformed: Error {
        var reason: String
    }

    /// The types of the registry with schema.org's words, what says most first.
    ///
    /// A university that also gives money is a university. A facility is a laboratory, a telescope,
    /// a park: schema.org has no narrower word for what it does than research.
    private static let schemas = [
        ("education", "CollegeOrUniversity"), ("healthcare", "Hospital"),
        ("government", "GovernmentOrganization"), ("facility", "ResearchOrganization"),
        ("archive", "ArchiveOrganization"), ("company", "Corporation"), ("nonprofit", "NGO"),
    ]

    /// The document of a record.
    static func document(_ json: JSONValue) throws(Malformed) -> Document {
        guard json.object != nil else {
            throw Malformed(reason: "expected an object, found \(json.kindName)")
        }
        guard let key = key(json) else { throw Malformed(reason: "no id of ROR in `id`") }
        let isFirstVersion = json["names"] == nil
        let names = isFirstVersion ? RORFirstVersion.names(json) : names(json)
        guard !names.isEmpty else { throw Malformed(reason: "\(key) has no name") }

        var members = JSONObject(["id": .string(key), "type": .string(type(json))])
        members["names"] = .array(ordered(names).map(\.json))
        let places = isFirstVersion ? RORFirstVersion.places(json) : places(json)
        members["city"] = places.compactMap(\.city).first.map(JSONValue.string)
        members["region"] = places.compactMap(\.region).first.map(JSONValue.string)
        let countries = unique(places.compactMap(\.country))
        members["country"] =
            countries.count > 1
            ? .array(countries.map(JSONValue.string)) : countries.first.map(JSONValue.string)
        let links = isFirstVersion ? RORFirstVersion.links(json) : websites(json)
        let domains = unique(
            (texts(json["domains"]) + links.map(WebAddress.host)).filter { !$0.isEmpty })
        if !domains.isEmpty { members["domains"] = .array(domains.map(JSONValue.string)) }
        members["identifiers"] = .object(
            identifiers(
                key, isFirstVersion ? RORFirstVersion.identifiers(json) : identifiers(json)))
        members["founded"] = json["established"]?.integer.map(JSONValue.integer)
        members["status"] = text(json["status"]).map { .string($0.lowercased()) }
        // The relationship says what the other one is to this one.
        members["predecessorOf"] = related(json, "successor")
        members["successorOf"] = related(json, "predecessor")
        return Document(key: key, members: members)
    }

    /// `ror:` and the last part of the id, `nil` where it is no id of the registry.
    static func key(_ json: JSONValue) -> String? { json["id"]?.string.flatMap(key(id:)) }

    private static func key(id: String) -> String? {
        let pieces = id.lowercased().split(separator: "/")
        guard let last = pieces.last, pieces.count == 1 || pieces.dropLast().last == "ror.org",
            last.utf8.count == 9, last.utf8.first == UInt8(ascii: "0"),
            last.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) })
        else { return nil }
        return "ror:\(last)"
    }

    // MARK: Names

    /// One name.
    struct Name: Equatable {
        /// The kinds in the order in which they are listed.
        enum Kind: Int {
            case display, label, acronym, alias

            /// The kind in the document.
            var word: String {
                switch self {
                case .display, .label: "official"
                case .acronym: "acronym"
                case .alias: "alias"
                }
            }
        }

        var value: String
        var language: String?
        var kind: Kind

        var json: JSONValue {
            var object = JSONObject(["value": .string(value)])
            object["lang"] = language.map(JSONValue.string)
            object["kind"] = .string(kind.word)
            return .object(object)
        }
    }

    private static func names(_ json: JSONValue) -> [Name] {
        (json["names"]?.array ?? []).compactMap { name in
            guard let value = text(name["value"]) else { return nil }
            let types = texts(name["types"])
            let kind: Name.Kind =
                types.contains("ror_display")
                ? .display
                : types.contains("label") ? .label : types.contains("acronym") ? .acronym : .alias
            return Name(value: value, language: text(name["lang"]), kind: kind)
        }
    }

    /// By kind, else as they came; what is there twice in one language stays once.
    private static func ordered(_ names: [Name]) -> [Name] {
        var result: [Name] = []
        for kind in [Name.Kind.display, .label, .acronym, .alias] {
            for name in names where name.kind == kind {
                let isThere = result.contains {
                    $0.value == name.value && $0.language == name.language
                }
                if !isThere { result.append(name) }
            }
        }
        return result
    }

    private static func type(_ json: JSONValue) -> String {
        let types = texts(json["types"]).map { $0.lowercased() }
        return schemas.first { types.contains($0.0) }?.1 ?? "Organization"
    }

    // MARK: Places and addresses

    /// Where it is.
    struct Place {
        var city: String?
        var region: String?
        var country: String?
    }

    private static func places(_ json: JSONValue) -> [Place] {
        (json["locations"]?.array ?? []).map { location in
            let details = location["geonames_details"]
            return Place(
                city: text(details?["name"]), region: text(details?["country_subdivision_name"]),
                country: text(details?["country_code"])?.uppercased())
        }
    }

    private static func websites(_ json: JSONValue) -> [String] {
        (json["links"]?.array ?? []).filter { $0["type"]?.string == "website" }
            .compactMap { text($0["value"]) }
    }

    // MARK: Others

    private static func identifiers(_ json: JSONValue) -> [(kind: String, value: JSONValue)] {
        (json["external_ids"]?.array ?? []).compactMap { id in
            text(id["type"]).map { ($0, id) }
        }
    }

    private static func identifiers(_ key: String, _ others: [(kind: String, value: JSONValue)])
        -> JSONObject
    {
        var object = JSONObject(["ror": .string("https://ror.org/\(key.dropFirst(4))")])
        for (kind, value) in others {
            let value = text(value["preferred"]) ?? texts(value["all"]).first
            object[kind.lowercased()] = value.map(JSONValue.string)
        }
        return object
    }

    private static func related(_ json: JSONValue, _ type: String) -> JSONValue? {
        let keys = (json["relationships"]?.array ?? [])
            .filter { $0["type"]?.string?.lowercased() == type }.compactMap(key)
        return keys.isEmpty ? nil : .array(unique(keys).map(JSONValue.string))
    }

    /// A text that is not blank.
    static func text(_ json: JSONValue?) -> String? {
        json?.string.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }

    /// The texts of a list, or of a single one.
    static func texts(_ json: JSONValue?) -> [String] {
        (json?.array ?? [json].compactMap(\.self)).compactMap(text)
    }

    private static func unique(_ values: [String]) -> [String] {
        var seen: Set<String> = []
        return values.filter { seen.insert($0).inserted }
    }
}
