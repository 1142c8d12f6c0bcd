public import TextAnalysis

extension NameVocabulary {
    /// How many places the gazetteer has; as entities they are counted from 0.
    public var placeCount: Int { places.count }

    /// A place of the gazetteer.
    ///
    /// - Requires: `entity` is below `placeCount`.
    public func place(_ entity: UInt32) -> NamePlace? { places[firstPlace + Int(entity)] }

    /// Adds the names of all places to a builder, official ones and former, by the kinds of
    /// `NameKind`; each place is the entity of its number.
    public func addPlaces(to builder: NameDirectoryBuilder) {
        for entity in 0..<UInt32(placeCount) {
            guard let place = place(entity) else { continue }
            var known: Set<String> = []
            for language in [Language.kazakh, .russian, .english] {
                for name in place.names[language] ?? [] where known.insert(name).inserted {
                    builder.add(name, entity: entity, kind: NameKind.official.rawValue)
                }
            }
            for former in place.formerNames where known.insert(former.name).inserted {
                builder.add(former.name, entity: entity, kind: NameKind.former.rawValue)
            }
        }
    }

    /// The gazetteer as a list to find mentions of.
    ///
    /// - Throws: `AnalysisError.unavailable` if ICU cannot be opened.
    public func placeList() throws(AnalysisError) -> MentionList {
        let builder = try NameDirectoryBuilder(vocabulary: self)
        addPlaces(to: builder)
        return MentionList(builder.finish(), vocabulary: self) { entity in
            EntityDescription(.place, places: place(entity).map { [$0.id] } ?? [])
        }
    }

    /// The concept of the first place; places follow words.
    var firstPlace: Int { concepts.count - places.count }
}
