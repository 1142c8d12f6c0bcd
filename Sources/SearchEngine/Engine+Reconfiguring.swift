extension Engine {
    /// Takes over the weights, the ways and the limits of a configuration for all requests that
    /// come from now on; those under way end as they began.
    ///
    /// - Returns: the keys of what differs from the configuration that the engine was opened with
    ///   and needs a restart; as they stand in `config/izde.yaml`.
    /// - Throws: `invalidKind`, `unknownKind` where the engine could not be opened with it; then
    ///   nothing was taken over.
    public func reconfigure(_ new: EngineConfiguration) throws(EngineError) -> [String] {
        for kind in new.kinds {
            if let reason = CollectionLayout.problem(in: kind) {
                throw .invalidKind(name: kind.name, reason: reason)
            }
        }
        for (_, kind) in new.defaultCollections { _ = try new.kind(named: kind) }
        currentSettings.value = RequestSettings(new)
        let old = configuration
        var left: [String] = []
        func compare(_ isSame: Bool, _ key: String) {
            if !isSame { left.append(key) }
        }
        compare(old.kinds == new.kinds, "kinds")
        compare(
            old.defaultCollections.elementsEqual(new.defaultCollections) { $0 == $1 },
            "collections")
        compare(
            old.limits.logReservationByteCount == new.limits.logReservationByteCount,
            "limits.logReservationByteCount")
        compare(old.limits.segmentCount == new.limits.segmentCount, "limits.segmentCount")
        compare(old.mergeOrder == new.mergeOrder, "merge.order")
        compare(old.tables == new.tables, "languages")
        compare(old.names == new.names, "names")
        compare(old.lexicon == new.lexicon && old.letters == new.letters, "lexicon")
        compare(old.learnt == new.learnt, "learnt")
        return left
    }
}
