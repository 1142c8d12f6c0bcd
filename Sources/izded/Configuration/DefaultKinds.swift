import SearchEngine

/// The kinds of collections that are built in; `config/izde.yaml` says the same, and a test holds
/// the two together.
enum DefaultKinds {
    static let all = [institutions, news, people]

    static let news = CollectionKind(
        name: "news",
        fields: [
            .init(name: "title", role: .text, weight: 2),
            .init(name: "lead", role: .text),
            .init(name: "body", role: .text),
            .init(name: "url", role: .keyword),
            .init(name: "source", role: .keyword),
            .init(name: "lang", role: .keyword),
            .init(name: "publishedAt", role: .date),
            .init(name: "topics", role: .keyword),
            .init(name: "mentions", role: .keyword),
            .init(name: "authors", role: .keyword),
            .init(name: "cluster", role: .keyword),
            .init(name: "translationOf", role: .keyword),
            .init(name: "syndicatedFrom", role: .keyword),
        ],
        titleField: "title")

    static let institutions = CollectionKind(
        name: "institutions",
        fields: [
            .init(name: "names", role: .names),
            .init(name: "namedAfter", role: .text, weight: 0.5),
            .init(name: "city", role: .text, weight: 0.5),
            .init(name: "region", role: .text, weight: 0.3),
            .init(name: "type", role: .keyword),
            .init(name: "country", role: .keyword),
            .init(name: "domains", role: .keyword),
            .init(name: "founded", role: .number),
            .init(name: "status", role: .keyword),
        ],
        titleField: "names")

    static let people = CollectionKind(
        name: "people",
        fields: [
            .init(name: "names", role: .names),
            .init(name: "type", role: .keyword),
            .init(name: "jobTitle", role: .text, weight: 0.5),
            .init(name: "worksFor", role: .keyword),
            .init(name: "birthDate", role: .date),
            .init(name: "country", role: .keyword),
            .init(name: "gender", role: .keyword),
        ],
        titleField: "names", types: ["Person"])
}
