public import TextAnalysis

/// A name of a directory that is like an asked one.
public struct NameHit: Sendable {
    /// The name.
    public var name: NameDirectory.NameID
    /// The entity that bears it.
    public var entity: UInt32
    /// How alike they are, 0 to 1.
    public var score: Float
    /// Which part was taken for which.
    public var pairs: [NameLikeness.Pair]
}

/// Looks asked names up in directories.
///
/// First stage: words of the same keys, then of near ones, give names that may be meant. Second
/// stage: those with the most in common are compared part by part. Not thread-safe, its buffers are
/// reused: one for each thread.
public final class NameLookup {
    /// Keys shorter than this have no near ones: too many words are near to them.
    static let shortestNear = 4
    /// How many names of words are counted, so that a frequent surname costs no more than a rare one.
    private static let mostCounted = 24_000
    /// How many names are compared for each hit that is wanted, and at least.
    private static let comparedPerHit = 4
    private static let leastCompared = 48
    /// Above it no nearer spelling is looked for.
    private static let sureScore: Float = 0.9

    private let vocabulary: NameVocabulary
    private let reader: NameReader
    private var counted: [Float] = []
    private var touched: [NameDirectory.NameID] = []

    /// A lookup with the vocabulary that the directories were built with.
    ///
    /// - Throws: `AnalysisError.unavailable` if ICU cannot be opened.
    public init(vocabulary: NameVocabulary) throws(AnalysisError) {
        self.vocabulary = vocabulary
        reader = try NameReader(vocabulary: vocabulary)
    }

    /// Reads a name to be looked up.
    public func read(_ name: String) -> ParsedName { reader.read(name) }

    /// The names that are most like an asked one, at most one of each entity.
    ///
    /// - Parameters:
    ///   - limit: The most hits.
    ///   - accepts: Whether an entity is wanted at all.
    public func hits(
        _ asked: ParsedName, in directory: NameDirectory, limit: Int,
        accepts: (UInt32) -> Bool = { _ in true }
    ) -> [NameHit] {
        guard limit > 0, directory.nameCount > 0 else { return [] }
        var best: [UInt32: NameHit] = [:]
        for reading in asked.readings {
            var search = Search(
                comparison: NameComparison(asked: reading, vocabulary: vocabulary),
                terms: reading.map { Self.sameTerms($0, directory) })
            compare(&search, directory, limit, accepts, &best)
            let top = best.values.reduce(Float(0)) { max($0, $1.score) }
            guard top < Self.sureScore else { continue }
            for place in reading.indices where search.isDoubtful(place) {
                Self.addNearTerms(reading[place], directory, &search.terms[place])
            }
            compare(&search, directory, limit, accepts, &best)
        }
        var hits = Array(best.values)
        hits.sort { $0.score != $1.score ? $0.score > $1.score : $0.name < $1.name }
        if hits.count > limit { hits.removeSubrange(limit...) }
        return hits
    }

    // MARK: Terms

    /// The words of a directory that a part of the asked name may be.
    private struct Terms {
        var forms: Set<UInt32> = []
        var concepts: [NameVocabulary.ConceptID] = []
        var names: [UInt32] = []
    }

    private struct Search {
        var comparison: NameComparison
        var terms: [Terms]
        var compared: Set<NameDirectory.NameID> = []

        /// Whether a part is a word that may be spelt otherwise.
        func isDoubtful(_ place: Int) -> Bool {
            let unit = comparison.asked[place]
            switch unit.role {
            case .word, .surname: return true
            case .concept: return unit.wordCount == 1
            case .acronym: return terms[place].names.isEmpty
            case .patronymic, .initial, .number: return false
            }
        }
    }

    /// Words of the same letters, the same sounds, the same meaning.
    private static func sameTerms(_ unit: NameUnit, _ directory: NameDirectory) -> Terms {
        var terms = Terms()
        terms.concepts = unit.concepts
        switch unit.role {
        case .initial: return terms
        case .number:
            if let form = directory.forms.number(of: unit.folded) { terms.forms.insert(form) }
            return terms
        case .acronym:
            terms.names = Array(directory.acronyms[KeyTable.hash(unit.folded)])
        case .word where unit.wordCount == 1 && unit.folded.count <= 14:
            // Who types no capitals may mean an acronym all the same.
            terms.names = Array(directory.acronyms[KeyTable.hash(unit.folded)].prefix(64))
        default: break
        }
        if let form = directory.forms.number(of: unit.folded) { terms.forms.insert(form) }
        guard !unit.key.primary.isEmpty else { return terms }
        terms.forms.formUnion(directory.primary[KeyTable.hash(unit.key.primary)])
        if unit.role != .patronymic {
            terms.forms.formUnion(directory.skeleton[KeyTable.hash(unit.key.skeleton)].prefix(256))
        }
        for sounds in unit.stems + (unit.bare.isEmpty ? [] : [unit.bare]) {
            let key = NameKey(sounds)
            terms.forms.formUnion(directory.primary[KeyTable.hash(key.primary)])
        }
        return terms
    }

    /// Words whose keys are one letter away.
    private static func addNearTerms(
        _ unit: NameUnit, _ directory: NameDirectory, _ terms: inout Terms
    ) {
        let key = unit.key.primary
        guard key.count + 1 >= shortestNear else { return }
        func add(_ forms: ArraySlice<UInt32>) { terms.forms.formUnion(forms.prefix(512)) }
        add(directory.deletions[KeyTable.hash(key)])
        for place in key.indices {
            let hash = KeyTable.hash(key, without: place)
            add(directory.primary[hash])
            add(directory.deletions[hash])
        }
    }

    // MARK: Names

    private func compare(
        _ search: inout Search, _ directory: NameDirectory, _ limit: Int,
        _ accepts: (UInt32) -> Bool, _ best: inout [UInt32: NameHit]
    ) {
        for name in candidates(&search, directory, limit) {
            let entity = directory.entity(of: name)
            guard search.compared.insert(name).inserted, accepts(entity) else { continue }
            let likeness = search.comparison.likeness(
                directory.units(of: name), directory.forms)
            if likeness.score > best[entity]?.score ?? 0 {
                best[entity] = NameHit(
                    name: name, entity: entity, score: likeness.score, pairs: [])
            }
        }
    }

    /// The names that have most in common with the asked one, by a count over words.
    private func candidates(
        _ search: inout Search, _ directory: NameDirectory, _ limit: Int
    ) -> [NameDirectory.NameID] {
        if counted.count < directory.nameCount {
            counted = [Float](repeating: 0, count: directory.nameCount)
        }
        touched.removeAll(keepingCapacity: true)
        // The rarest part first: where the budget ends, the frequent ones are left out.
        var lists: [(weight: Float, place: Int, size: Int)] = []
        for (place, terms) in search.terms.enumerated() {
            var size = terms.names.count
            for form in terms.forms { size += directory.names(ofForm: form).count }
            for concept in terms.concepts { size += directory.names(ofConcept: concept).count }
            let unit = search.comparison.asked[place]
            let weight: Float = unit.role == .patronymic ? 0.3 : unit.role == .concept ? 0.6 : 1
            if size > 0 { lists.append((weight, place, size)) }
        }
        lists.sort { $0.size < $1.size }
        var budget = Self.mostCounted
        for (weight, place, size) in lists {
            if size > budget, budget < Self.mostCounted { break }
            budget -= size
            let terms = search.terms[place]
            for form in terms.forms {
                let likeness = search.comparison.wordLikeness(place, form, directory.forms)
                let value = max(likeness?.value ?? 0, terms.concepts.isEmpty ? 0 : 0.05)
                guard value > 0.05 else { continue }
                count(directory.names(ofForm: form), weight * value)
            }
            for concept in terms.concepts {
                count(directory.names(ofConcept: concept), weight * 0.9)
            }
            count(terms.names[...], 1.5)
        }
        return strongest(max(Self.leastCompared, limit * Self.comparedPerHit))
    }

    private func count(_ names: ArraySlice<NameDirectory.NameID>, _ weight: Float) {
        for name in names.prefix(Self.mostCounted) {
            if counted[Int(name)] == 0 { touched.append(name) }
            counted[Int(name)] += weight
        }
    }

    /// The names with the greatest counts; all counts are zero afterwards.
    private func strongest(_ limit: Int) -> [NameDirectory.NameID] {
        var greatest: Float = 0
        for name in touched { greatest = max(greatest, counted[Int(name)]) }
        var names: [(name: NameDirectory.NameID, count: Float)] = []
        for name in touched {
            let count = counted[Int(name)]
            if count >= greatest * 0.55 { names.append((name, count)) }
            counted[Int(name)] = 0
        }
        if names.count > limit {
            names.sort { $0.count != $1.count ? $0.count > $1.count : $0.name < $1.name }
            names.removeSubrange(limit...)
        }
        return names.map(\.name)
    }

    /// Which words of the asked name were taken for which of a hit's.
    public func explanation(_ hit: NameHit, of asked: String, in directory: NameDirectory)
        -> [NameExplanation]
    {
        let text = Array(asked.utf8)
        var best: (units: [NameUnit], likeness: NameLikeness) = ([], NameLikeness(score: -1))
        for reading in reader.read(text.span).readings {
            var comparison = NameComparison(asked: reading, vocabulary: vocabulary)
            let likeness = comparison.likeness(
                directory.units(of: hit.name), directory.forms, explains: true)
            if likeness.score > best.likeness.score { best = (reading, likeness) }
        }
        let found = directory.units(of: hit.name)
        return best.likeness.pairs.filter { $0.weight > 0.005 }.map { pair in
            NameExplanation(
                asked: pair.asked.map { place in
                    String(decoding: text[best.units[place].source.range], as: UTF8.self)
                }.joined(separator: " "),
                found: pair.found.map { place in
                    String(
                        decoding: directory.forms.folded(found[found.startIndex + place].form),
                        as: UTF8.self)
                }.joined(separator: " "),
                relation: pair.relation, score: pair.score, weight: pair.weight)
        }
    }
}

/// Words of an asked name, the words of a known one that they were taken for, and why.
public struct NameExplanation: Sendable, Equatable {
    /// Words of the asked name as they were typed; empty for what only the found one has.
    public var asked: String
    /// Words of the found name in small letters; empty for what only the asked one has.
    public var found: String
    /// How they relate.
    public var relation: NameRelation
    /// How alike they are, 0 to 1.
    public var score: Float
    /// How much they count in their name, 0 to 1.
    public var weight: Float
}
