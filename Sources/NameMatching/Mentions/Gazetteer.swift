public import TextAnalysis

extension NameVocabulary {
    /// How many places the gazetteer has; as entities of `gazetteer()` they are counted from 0.
    public var placeCount: Int { places.count }

    /// A place of the gazetteer.
    ///
    /// - Requires: `entity` is below `placeCount`.
    public func place(_ entity: UInt32) -> NamePlace? { places[firstPlace + Int(entity)] }

    /// The names of all places, present ones and former, as a directory; each place is an entity.
    ///
    /// - Throws: `AnalysisError.unavailable` if ICU cannot be opened.
    public func gazetteer() throws(AnalysisError) -> NameDirectory {
        let builder = try NameDirectoryBuilder(vocabulary: self)
        for entity in 0..<UInt32(placeCount) {
            guard let place = place(entity) else { continue }
            var known: Set<String> = []
            for language in [Language.kazakh, .russian, .english] {
                for name in place.names[language] ?? [] where known.insert(name).inserted {
                    builder.add(name, entity: entity)
                }
            }
            for former in place.formerNames where known.insert(former.name).inserted {
                builder.add(former.name, entity: entity, kind: Self.formerKind)
            }
        }
        return builder.finish()
    }

    /// The kind of former names in `gazetteer()`.
    public static let formerKind: UInt8 = 1

    /// The gazetteer as a list to find mentions of.
    ///
    /// - Throws: `AnalysisError.unavailable` if ICU cannot be opened.
    public func placeList() throws(AnalysisError) -> MentionList {
        MentionList(try gazetteer(), vocabulary: self) { entity in
            EntityDescription(.place, places: place(entity).map { [$0.id] } ?? [])
        }
    }

    /// The concept of the first place; places follow words.
    var firstPlace: Int { concepts.count - places.count }
}
