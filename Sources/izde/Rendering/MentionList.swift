import JSON

/// Whom and what a document mentions: one line an entity, however often it is mentioned.
struct MentionList {
    /// One entity with the places where it is mentioned taken together.
    struct Entity: Equatable {
        /// Its key; `nil` where the document has none.
        var id: String?
        /// Whether it is somebody whom no list holds.
        var isUnlisted: Bool
        /// What it is called.
        var name: String
        /// What it is, empty if unknown.
        var type: String
        /// How often it is mentioned.
        var count: Int
        /// How it is written there, each way once, in the order of the text.
        var surfaces: [String]
    }

    /// More ways of writing than these are not shown.
    private static let surfaceCount = 5

    /// Those that are in a list first, each part in the order of the text.
    let entities: [Entity]

    /// The list that a member `mentions` holds; `nil` if it holds no such objects, as when it is a
    /// list of ids alone.
    init?(_ json: JSONValue?) {
        let mentions = (json?.array ?? []).filter { $0.object != nil }
        guard !mentions.isEmpty else { return nil }
        var entities: [Entity] = []
        var places: [String: Int] = [:]
        for mention in mentions {
            let id = mention["id"]?.string
            let surface = mention["surface"]?.string ?? ""
            let name = mention["name"]?.string ?? (surface.isEmpty ? id ?? "—" : surface)
            let key = id.map { "id \($0)" } ?? "name \(name)"
            let place = places[key] ?? entities.count
            if place == entities.count {
                places[key] = place
                entities.append(
                    Entity(
                        id: id, isUnlisted: id.map { $0.hasPrefix("unlisted:") } ?? true,
                        name: name, type: mention["type"]?.string ?? "", count: 0,
                        surfaces: []))
            }
            entities[place].count += 1
            if !surface.isEmpty, !entities[place].surfaces.contains(surface) {
                entities[place].surfaces.append(surface)
            }
        }
        self.entities = entities.filter { !$0.isUnlisted } + entities.filter(\.isUnlisted)
    }

    /// A heading, then `name · type · id · 3 × · surface, surface` for each.
    func lines(width: Int) -> [StyledText] {
        [StyledText("mentions:", .faint)]
            + entities.map { entity in
                var line = StyledText()
                line.append(safe: "  ", .plain)
                // What follows has to be read too: the id is what a filter asks for.
                line.append(StyledText(entity.name, .strong).cut(to: max(20, width / 2)))
                if let about = about(entity) {
                    line.append(safe: " ", .plain)
                    line.append(StyledText(about, .faint))
                }
                return line.cut(to: width)
            }
    }

    private func about(_ entity: Entity) -> String? {
        var parts: [String] = []
        if let id = entity.id, !entity.isUnlisted {
            parts = [entity.type, id, "\(entity.count) ×"].filter { !$0.isEmpty }
        } else {
            parts = ([entity.id] + [entity.count > 1 ? "\(entity.count) ×" : nil]).compactMap { $0 }
        }
        // A name that is written as it is listed says nothing new.
        if entity.surfaces != [entity.name], !entity.surfaces.isEmpty {
            let more = entity.surfaces.count > Self.surfaceCount ? " …" : ""
            parts.append(
                entity.surfaces.prefix(Self.surfaceCount).joined(separator: ", ") + more)
        }
        let start = entity.isUnlisted ? "— not in any list" : ""
        let text = ([start] + parts).filter { !$0.isEmpty }.joined(separator: " · ")
        return text.isEmpty ? nil : (entity.isUnlisted ? text : "· " + text)
    }
}
