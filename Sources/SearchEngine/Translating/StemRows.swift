/// What lemmas stand for, by the stems of their words and their language.
///
/// A query asks for many lemmas that are not there. Asking allocates nothing: the hash is worked out
/// over the stems where they are, and stems are compared where they agree in it.
struct StemRows: Sendable {
    /// What the lemmas of some stems stand for in a language.
    struct Row: Sendable {
        /// The concepts of words.
        var concepts: [UInt32] = []
        /// Those of names that lost what looks like an ending: `Салала` is not сала.
        var names: [UInt32] = []
        /// Those of lemmas in capitals: `ЕС` is the European Union, `ес` is memory.
        var acronyms: [UInt32] = []
        /// Whether it is the first stem of lemmas of several words.
        var beginsPhrase = false

        fileprivate var stems: [[UInt8]]
        fileprivate var language: Int
    }

    private var rows: [Row] = []
    /// The places of the rows of a hash.
    private var places: [UInt64: [UInt32]] = [:]

    /// No lemmas.
    init() {}

    /// The row of some stems in a language, if there is one.
    subscript(stems: ArraySlice<[UInt8]>, language: Int) -> Row? {
        place(stems, language, Self.hash(stems, language)).map { rows[$0] }
    }

    /// Whether lemmas of several words begin with a stem; asked of every word of a query.
    func beginsPhrase(_ stem: [UInt8], _ language: Int) -> Bool {
        var hash = FNVHash()
        Self.take(stem, into: &hash)
        hash.take(UInt8(truncatingIfNeeded: language))
        guard let found = places[hash.value] else { return false }
        return found.contains { place in
            let place = Int(place)
            return rows[place].beginsPhrase && rows[place].language == language
                && rows[place].stems.count == 1 && rows[place].stems[0] == stem
        }
    }

    /// Changes the row of some stems; an empty one is made where there is none.
    mutating func change(
        _ stems: ArraySlice<[UInt8]>, _ language: Int, _ body: (inout Row) -> Void
    ) {
        let hash = Self.hash(stems, language)
        let place: Int
        if let known = self.place(stems, language, hash) {
            place = known
        } else {
            place = rows.count
            rows.append(Row(stems: Array(stems), language: language))
            places[hash, default: []].append(UInt32(place))
        }
        body(&rows[place])
    }

    private func place(
        _ stems: ArraySlice<[UInt8]>, _ language: Int, _ hash: UInt64
    ) -> Int? {
        guard let found = places[hash] else { return nil }
        for place in found {
            let place = Int(place)
            if rows[place].language == language, rows[place].stems.elementsEqual(stems) {
                return place
            }
        }
        return nil
    }

    /// The hash of stems, a zero behind each, and of their language.
    private static func hash(_ stems: ArraySlice<[UInt8]>, _ language: Int) -> UInt64 {
        var hash = FNVHash()
        for stem in stems { take(stem, into: &hash) }
        hash.take(UInt8(truncatingIfNeeded: language))
        return hash.value
    }

    @inline(__always)
    private static func take(_ stem: [UInt8], into hash: inout FNVHash) {
        hash.take(stem)
        hash.take(0)
    }
}
