import TextAnalysis

/// Which concept words of names stand for, in three languages and all scripts.
///
/// Forms of several words are found as well, the longest first. Words are looked up by their
/// script-neutral keys, so that `ýnıversıteti` is університеті; short ones letter by letter.
public struct NameVocabulary: Sendable {
    /// The number of a concept in `concepts`.
    typealias ConceptID = UInt16

    /// All concepts: words first, then places.
    public let concepts: [NameConcept]
    private let kinds: [NameConcept.Class]
    private let weights: [Float]
    private let areAreas: [Bool]
    /// The script-neutral keys of words for areas: район, ауданы.
    private let areaKeys: Set<[UInt8]>
    /// The places, by their concept.
    let places: [Int: NamePlace]
    let trie: FormTrie
    /// Words that begin an acronym, by language and concept.
    let initials: ConceptInitials
    /// Words beside which people are named.
    let cues: SpeechCues

    /// The most words of one form.
    static let longestForm = 8
    /// Keys of up to so many letters count only with their very letters.
    static let shortestKey = 3

    /// A vocabulary of tables.
    ///
    /// - Throws: `NameTableError` for a row that is not as `config/names` says.
    /// - Cost: some tens of milliseconds for the tables that ship; keep it.
    public init(_ tables: NameTables) throws(NameTableError) {
        var concepts: [NameConcept] = []
        var places: [Int: NamePlace] = [:]
        for (row, text) in tables.words.enumerated() {
            concepts.append(try Self.word(text, row))
        }
        for (row, text) in tables.places.enumerated() {
            let place = try NamePlace(row: text, number: row)
            places[concepts.count] = place
            concepts.append(place.concept)
        }
        guard concepts.count < Int(ConceptID.max) else {
            throw NameTableError(
                table: "places", row: 0, reason: "more than \(ConceptID.max - 1) concepts")
        }
        self.concepts = concepts
        kinds = concepts.map(\.kind)
        weights = concepts.map(\.weight)
        areAreas = concepts.map { $0.kind == .area && !Self.settlements.contains($0.slug) }
        areaKeys = Self.areaKeys(of: concepts)
        self.places = places
        initials = ConceptInitials(concepts)
        cues = try SpeechCues(tables.speech)
        var builder = VocabularyBuilder()
        for (number, concept) in concepts.enumerated() {
            let place = places[number]
            // In a fixed order, so that a name is read alike in every process.
            for language in [Language.kazakh, .russian, .english] {
                for form in concept.forms[language] ?? [] {
                    builder.add(form, language, number, isPlace: place != nil)
                }
            }
            for former in place?.formerNames ?? [] {
                builder.add(former.name, former.language, number, isPlace: true)
            }
        }
        trie = builder.finish()
    }

    static func word(_ row: String, _ number: Int) throws(NameTableError) -> NameConcept {
        func malformed(_ reason: String) -> NameTableError {
            NameTableError(table: "words", row: number, reason: reason)
        }
        let cells = row.split(separator: "\t", omittingEmptySubsequences: false)
        guard cells.count == 5 else {
            throw malformed("5 columns are expected, not \(cells.count)")
        }
        guard let kind = NameConcept.Class(rawValue: cells[1].trimmed), kind != .place else {
            throw malformed("unknown class `\(cells[1])`")
        }
        return NameConcept(
            slug: cells[0].trimmed, kind: kind,
            forms: [
                .kazakh: cells[2].forms, .russian: cells[3].forms, .english: cells[4].forms,
            ])
    }

    /// Under what a word is looked up: its key; short keys join too many words, so those words are
    /// looked up letter by letter.
    static func lookupKey(_ key: [UInt8], _ folded: ArraySlice<UInt8>) -> [UInt8] {
        key.count <= shortestKey ? [0] + folded : key
    }

    /// The concepts of the longest form that begins at a word, and of how many words it is.
    func longest(
        in keys: [[UInt8]], from start: Int, tokens: NameTokens, mostWords: Int
    ) -> (count: Int, concepts: [ConceptID])? {
        var nodes: [UInt32] = [FormTrie.root]
        var best: (count: Int, concepts: [ConceptID])?
        var place = start
        while place < keys.count, place - start < mostWords {
            if keys[place].isEmpty { break }
            let token = tokens.tokens[place]
            let key = Self.lookupKey(keys[place], tokens.folded(token))
            if place > start, token.shape.contains(.followsBreak) { break }
            nodes = trie.next(
                nodes, key, takesAcronyms: token.isCapitals || !tokens.hasCapitals)
            guard !nodes.isEmpty else { break }
            place += 1
            let concepts = trie.concepts(nodes)
            if !concepts.isEmpty { best = (place - start, concepts) }
        }
        guard let best else { return nil }
        guard keys.count == 1 else { return (best.count, preferred(best.concepts)) }
        // Only a name that has nothing else is one of a district by its ending.
        let word = tokens.folded(tokens.tokens[0])
        let isAdjective = PersonEndings.isMasculineAdjective(word)
        var concepts = best.concepts
        if isAdjective || PersonEndings.isNeuterAdjective(word) {
            concepts.removeAll { !isNamed($0, keys[0], isMasculine: isAdjective) }
            if concepts.isEmpty { return nil }
        }
        return (best.count, preferred(concepts, isAdjective: isAdjective, isLone: true))
    }

    /// The concepts of a word among others, and whether a form of several words begins with it.
    ///
    /// Acronyms among the forms count where no word has a capital.
    func word(_ folded: ArraySlice<UInt8>, takesAcronyms: Bool)
        -> (concepts: [ConceptID], beginsForm: Bool)
    {
        let nodes = nodes(behind: [FormTrie.root], folded, takesAcronyms)
        return (preferred(trie.concepts(nodes)), trie.goesOn(nodes))
    }

    /// Whether some form begins with two words.
    func hasForm(
        _ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>, takesAcronyms: Bool
    ) -> Bool {
        let nodes = nodes(behind: [FormTrie.root], first, takesAcronyms)
        return !self.nodes(behind: nodes, second, takesAcronyms).isEmpty
    }

    private func nodes(
        behind nodes: [UInt32], _ folded: ArraySlice<UInt8>, _ takesAcronyms: Bool
    ) -> [UInt32] {
        let key = ScriptKey.key(of: Array(folded))
        guard !key.isEmpty else { return [] }
        return trie.next(nodes, Self.lookupKey(key, folded), takesAcronyms: takesAcronyms)
    }

    /// Whether a lone adjective names a place, rather than a village: «Октябрьское» is none of the
    /// town that was Октябрьск, «Николаевский» none of what was Николаевск.
    private func isNamed(_ concept: ConceptID, _ key: [UInt8], isMasculine: Bool) -> Bool {
        guard let place = places[Int(concept)] else { return true }
        func has(_ name: String) -> Bool {
            ScriptKey.key(of: Array(name.lowercased().utf8)) == key
        }
        if isMasculine {
            return !place.formerNames.contains { $0.language == .russian && has($0.name + "ий") }
                || place.adjectives.contains(where: has)
        }
        return place.names.values.contains { $0.contains(where: has) }
            || place.formerNames.contains { has($0.name) }
    }

    /// The meanings of a form, one place among them at the most: the best known of its name; if it
    /// stands alone, a river or a mountain as well, which other languages may name alone.
    private func preferred(
        _ concepts: [ConceptID], isAdjective: Bool = false, isLone: Bool = false
    ) -> [ConceptID] {
        guard concepts.count > 1 else { return concepts }
        let best = concepts.filter { places[Int($0)] != nil }.min {
            rank($0, isAdjective) < rank($1, isAdjective)
        }
        let result = concepts.filter { places[Int($0)] == nil || $0 == best }
        guard isLone, !isAdjective else { return result }
        return result
            + concepts.filter { $0 != best && Self.landscape.contains(places[Int($0)]?.kind ?? "") }
    }

    private static let landscape: Set<String> = ["water", "mountain"]

    /// «Абайский» alone is a district, «Абай» first of all something else.
    func rank(_ concept: ConceptID, _ isAdjective: Bool = false) -> Int {
        let kinds = isAdjective ? Self.kindsOfAdjectives : Self.kindsOfNames
        return kinds.firstIndex(of: places[Int(concept)]?.kind ?? "") ?? kinds.count
    }

    private static let kindsOfNames = [
        "country", "city", "foreign-city", "town", "region", "foreign-region", "village", "water",
        "mountain",
    ]
    private static let kindsOfAdjectives = ["district", "country", "city", "region"]

    /// What a concept tells.
    func kind(_ concept: ConceptID) -> NameConcept.Class { kinds[Int(concept)] }

    private static func areaKeys(of concepts: [NameConcept]) -> Set<[UInt8]> {
        var keys: Set<[UInt8]> = []
        for concept in concepts
        where concept.kind == .area && !settlements.contains(concept.slug) {
            for (language, forms) in concept.forms {
                for form in forms where !form.contains(" ") {
                    for word in NameInflection.forms(of: form.lowercased(), language) {
                        let key = ScriptKey.key(of: Array(word.utf8))
                        if !key.isEmpty { keys.insert(key) }
                    }
                }
            }
        }
        return keys
    }

    /// Words for settlements, which a name may do without: «село Абай» is «Абай».
    private static let settlements: Set<String> = ["city", "settlement-area", "village"]

    /// Whether a concept is a kind of area that is no settlement: a district is not its town.
    func isArea(_ concept: ConceptID) -> Bool { areAreas[Int(concept)] }

    /// How much a concept counts in the name of an institution.
    func weight(_ concept: ConceptID) -> Float { weights[Int(concept)] }

    /// Whether a name of a place says that it is no settlement: «Отырар ауданы», «Отырарский».
    func tellsArea(_ folded: ArraySlice<UInt8>) -> Bool {
        if PersonEndings.isMasculineAdjective(folded) { return true }
        guard folded.contains(0x20) else { return false }
        return folded.split(separator: 0x20).contains {
            areaKeys.contains(ScriptKey.key(of: Array($0)))
        }
    }

    /// Whether acronyms may have the letter of another spelling of a concept: of Karaganda the K
    /// and the Q.
    func hasManySpellings(_ concept: ConceptID) -> Bool {
        kinds[Int(concept)] == .place || kinds[Int(concept)] == .people
    }

    /// Whether a place of Kazakhstan may bear the name of a person.
    func isEponymous(_ concept: ConceptID) -> Bool {
        guard let place = places[Int(concept)] else { return false }
        return ["city", "town", "district", "village"].contains(place.kind)
    }
}
