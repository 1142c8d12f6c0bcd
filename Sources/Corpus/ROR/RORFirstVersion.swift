import JSON

/// What is called otherwise in records of schema version 1, which older dumps have.
enum RORFirstVersion {
    /// The one name is the display name; labels are names in other languages.
    static func names(_ json: JSONValue) -> [RORRecord.Name] {
        var names: [RORRecord.Name] = []
        func add(_ value: String?, _ language: String?, _ kind: RORRecord.Name.Kind) {
            guard let value else { return }
            names.append(.init(value: value, language: language, kind: kind))
        }
        add(RORRecord.text(json["name"]), nil, .display)
        for label in json["labels"]?.array ?? [] {
            add(RORRecord.text(label["label"]), RORRecord.text(label["iso639"]), .label)
        }
        for value in RORRecord.texts(json["acronyms"]) { add(value, nil, .acronym) }
        for value in RORRecord.texts(json["aliases"]) { add(value, nil, .alias) }
        return names
    }

    /// The country stands beside the addresses.
    static func places(_ json: JSONValue) -> [RORRecord.Place] {
        let country = RORRecord.text(json["country"]?["country_code"])?.uppercased()
        let places = (json["addresses"]?.array ?? []).map { address in
            RORRecord.Place(
                city: RORRecord.text(address["city"]), region: RORRecord.text(address["state"]),
                country: country)
        }
        return places.isEmpty ? [RORRecord.Place(country: country)] : places
    }

    /// All links are websites.
    static func links(_ json: JSONValue) -> [String] { RORRecord.texts(json["links"]) }

    /// An object by kind instead of a list.
    static func identifiers(_ json: JSONValue) -> [(kind: String, value: JSONValue)] {
        (json["external_ids"]?.object?.members ?? []).map { ($0.key, $0.value) }
    }
}
