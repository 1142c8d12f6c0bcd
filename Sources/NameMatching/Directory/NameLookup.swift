public import TextAnalysis

/// Looks asked names up in directories.
///
/// First stage: words of the same keys, then of near ones, give names that may be meant. Second
/// stage: those with the most in common are compared part by part. Not thread-safe, its buffers are
/// reused: one for each thread.
public final class NameLookup {
    /// Keys shorter than this have no near ones: too many words are near to them.
    static let shortestNear = 4
    /// How many names are compared for each hit that is wanted, and at least.
    private static let comparedPerHit = 4
    private static let leastCompared = 48
    /// Behind so many, names are left out that have much less in common than the first.
    private static let surelyCompared = 12
    private static let weakShare: Float = 0.62
    private static let nearlyAll: Float = 0.9
    /// Above it no nearer spelling is looked for.
    private static let sureScore: Float = 0.9
    /// Below it all words may be spelt otherwise; above it those that no word is surely.
    private static let badScore: Float = 0.6
    /// Below it spellings of foreign names are looked for.
    private static let poorScore: Float = 0.8
    private static let sureWord: Float = 0.95
    /// What an acronym counts that is a name itself.
    private static let listedAcronym: Float = 2
    /// Words below this likeness do not count.
    private static let leastCounted: Float = 0.05

    /// A name that is to be compared.
    private struct Candidate {
        var name: NameDirectory.NameID
        var entity: UInt32
        var count: Float
        var units: Range<Int>
        var firstForm: UInt32 = 0
    }

    private let reader: NameReader
    private var comparison: NameComparison
    private var presence: WordPresence
    private var counter = CandidateCounter()
    private var terms: [LookupTerms] = []
    private var parts: [CandidateCounter.Part] = []
    /// How alike the nearest word of the directory is to each part.
    private var sureness: [Float] = []
    /// What reading ahead has returned.
    private var readAhead = 0
    private var candidates: [Candidate] = []
    private var compared: [NameDirectory.NameID] = []
    /// What names of the same asked words and the same kinds of other words have scored.
    private var known: [(pattern: UInt64, score: Float)] = []
    private var best: [NameHit] = []
    /// The name that was last compared by itself.
    private var comparedName: (text: [UInt8], units: [NameUnit])?

    /// A lookup with the vocabulary that the directories were built with.
    ///
    /// - Throws: `AnalysisError.unavailable` if ICU cannot be opened.
    public init(vocabulary: NameVocabulary) throws(AnalysisError) {
        reader = try NameReader(vocabulary: vocabulary)
        comparison = NameComparison(vocabulary: vocabulary)
        presence = WordPresence(vocabulary: vocabulary)
    }

    /// Reads a name to be looked up.
    public func read(_ name: String) -> ParsedName { reader.read(name) }

    /// Reads a text of several words; `nil` where these are not its parts one by one, or where it
    /// has other readings.
    public func read(wordByWord words: [Substring]) -> WordByWord? {
        if let units = reader.read(plainWords: words) { return WordByWord(units: units) }
        return WordByWord(reader.read(words.joined(separator: " ")), words: words)
    }

    /// Which words of a text that was read word by word some name of a directory has.
    public func words(of asked: WordByWord, in directory: NameDirectory) -> NamedWords {
        presence.words(of: asked, in: directory)
    }

    /// How alike two names are by themselves, 0 to 1.
    public func likeness(_ left: String, _ right: String) -> Float {
        var forms = NameForms()
        let known = reader.read(right).units.map { FoundUnit($0, form: forms.add($0)) }
        // One name is mostly compared with many in a row.
        if comparedName?.text != Array(left.utf8) {
            comparedName = (Array(left.utf8), reader.read(left).units)
        }
        comparison.ask(comparedName?.units ?? [])
        return comparison.likeness(known[...], forms).score
    }

    /// The names that are most like an asked one, at most one of each entity.
    ///
    /// - Parameters:
    ///   - asked: The name, read by `read(_:)`.
    ///   - directory: Where it is looked for.
    ///   - limit: The most hits.
    ///   - accepts: Whether an entity is wanted at all.
    /// - Returns: The hits, the best first; those alike in the order of the directory.
    public func hits(
        _ asked: ParsedName, in directory: NameDirectory, limit: Int,
        accepts: (UInt32) -> Bool = { _ in true }
    ) -> [NameHit] {
        guard limit > 0, directory.nameCount > 0 else { return [] }
        best.removeAll(keepingCapacity: true)
        for reading in asked.readings {
            ask(reading, directory)
            compare(directory, limit, accepts)
            guard addFurther(reading, { $0.addNear($1, directory) }, below: Self.sureScore) else {
                continue
            }
            compare(directory, limit, accepts)
            guard addFurther(reading, { $0.addCoarse($1, directory) }, below: Self.poorScore) else {
                continue
            }
            compare(directory, limit, accepts)
        }
        best.sort { $0.score != $1.score ? $0.score > $1.score : $0.name < $1.name }
        orderTies(asked.text, directory, limit)
        return Array(best.prefix(limit))
    }

    /// The most hits of one score that are put in order by how they are written.
    private static let mostTied = 64

    /// Puts hits of the same score in the order of how near they are written to the asked name.
    private func orderTies(_ asked: [UInt8], _ directory: NameDirectory, _ limit: Int) {
        var marks: SpellingMarks?
        var start = 0
        while start < min(limit, best.count) {
            let score = best[start].score
            let end =
                best[start...].prefix(Self.mostTied).firstIndex { $0.score != score }
                ?? min(best.count, start + Self.mostTied)
            if end - start > 1 {
                let own = marks ?? SpellingMarks(asked)
                marks = own
                for place in start..<end {
                    let text = directory.names[Int(best[place].name)].text
                    best[place].writingDistance = own.distance(
                        to: SpellingMarks(directory.texts[text.range]))
                }
                best[start..<end].sort {
                    ($0.writingDistance, $0.name) < ($1.writingDistance, $1.name)
                }
            }
            start = end
        }
    }

    /// Adds words to parts that no word of the directory surely is; whether there was such a part.
    private func addFurther(
        _ reading: [NameUnit], _ add: (inout LookupTerms, NameUnit) -> Void, below score: Float
    ) -> Bool {
        let top = best.reduce(Float(0)) { max($0, $1.score) }
        guard top < score else { return false }
        var hasAdded = false
        for place in reading.indices
        where isDoubtful(place) && (sureness[place] < Self.sureWord || top < Self.badScore) {
            add(&terms[place], reading[place])
            hasAdded = true
        }
        return hasAdded
    }

    private func ask(_ reading: [NameUnit], _ directory: NameDirectory) {
        comparison.ask(reading)
        compared.removeAll(keepingCapacity: true)
        while terms.count < reading.count { terms.append(LookupTerms()) }
        for place in reading.indices {
            terms[place].removeAll()
            terms[place].addSame(reading[place], directory)
            if place + 1 < reading.count {
                terms[place].addJoined(reading[place], reading[place + 1], directory)
            }
        }
    }

    /// Whether a part is a word that may be spelt otherwise.
    private func isDoubtful(_ place: Int) -> Bool {
        let unit = comparison.asked[place]
        switch unit.role {
        case .word, .surname: return true
        case .concept: return unit.wordCount == 1
        case .acronym: return terms[place].names.isEmpty
        case .patronymic, .initial, .number: return false
        }
    }

    // MARK: Names

    private func compare(
        _ directory: NameDirectory, _ limit: Int, _ accepts: (UInt32) -> Bool
    ) {
        let most = max(Self.leastCompared, limit * Self.comparedPerHit)
        fillParts(directory)
        counter.count(parts, in: directory, limit: most)
        readCandidates(directory, limit)
        known.removeAll(keepingCapacity: true)
        let greatest = candidates.first?.count ?? 0
        var top = best.reduce(Float(0)) { max($0, $1.score) }
        for candidate in candidates {
            // Behind one that is surely meant, none is that has much less in common; when there
            // are hits enough, none that has less.
            let least = best.count < limit ? Self.weakShare : Self.nearlyAll
            if candidate.count < least * greatest, top >= Self.sureScore { break }
            let entity = candidate.entity
            let name = candidate.name
            guard !compared.contains(name), accepts(entity) else { continue }
            compared.append(name)
            let score = score(candidate, directory)
            guard score > 0 else { continue }
            top = max(top, score)
            let hit = NameHit(name: name, entity: entity, score: score)
            if let known = best.firstIndex(where: { $0.entity == entity }) {
                if score > best[known].score { best[known] = hit }
            } else {
                best.append(hit)
            }
        }
    }

    private func score(_ candidate: Candidate, _ directory: NameDirectory) -> Float {
        let locations = directory.locations(of: candidate.entity)
        let units = directory.units[candidate.units]
        let pattern = locations.isEmpty ? comparison.pattern(of: units, directory.forms) : nil
        if let pattern, let known = known.first(where: { $0.pattern == pattern }) {
            return known.score
        }
        let score = comparison.likeness(units, directory.forms, locations: locations).score
        if let pattern { known.append((pattern, score)) }
        return score
    }

    /// Reads the names that are to be compared: one behind the other, so that memory is not waited
    /// for at each.
    private func readCandidates(_ directory: NameDirectory, _ limit: Int) {
        candidates.removeAll(keepingCapacity: true)
        let weak = (counter.strongest.first?.count ?? 0) * Self.weakShare
        for (place, candidate) in counter.strongest.enumerated() {
            if place >= max(Self.surelyCompared, 2 * limit), candidate.count < weak { break }
            let name = directory.names[Int(candidate.name)]
            candidates.append(
                Candidate(
                    name: candidate.name, entity: name.entity, count: candidate.count,
                    units: name.units.range))
        }
        for place in candidates.indices {
            guard let first = directory.units[candidates[place].units].first else { continue }
            candidates[place].firstForm = first.form
        }
    }

    /// What the words of a directory count that the asked name may have.
    private func fillParts(_ directory: NameDirectory) {
        let asked = comparison.asked
        while parts.count < asked.count { parts.append(.init()) }
        if parts.count > asked.count { parts.removeSubrange(asked.count...) }
        sureness.removeAll(keepingCapacity: true)
        for place in asked.indices {
            let role = asked[place].role
            let weight: Float = role == .patronymic ? 0.3 : role == .concept ? 0.6 : 1
            // Taken out while it is filled, so that nothing else holds its buffers.
            var part = CandidateCounter.Part()
            swap(&part, &parts[place])
            part.forms.removeAll(keepingCapacity: true)
            part.concepts.removeAll(keepingCapacity: true)
            if !(part.names.isEmpty && terms[place].names.isEmpty) {
                part.names = terms[place].names
            }
            part.mayDrive = role != .patronymic
            var size = terms[place].names.count
            var nearest: Float = 0
            let hasMeaning = !terms[place].concepts.isEmpty
            if let row = terms[place].row {
                for entry in directory.likenesses.entries(of: row) {
                    comparison.know(place, entry)
                    nearest = max(nearest, entry.value)
                    guard entry.value > Self.leastCounted else { continue }
                    part.forms.append((entry.form, weight * entry.value))
                    size += Int(entry.nameCount)
                }
            }
            readAhead &+= directory.forms.readAhead(terms[place].forms)
            for form in terms[place].forms {
                let likeness = comparison.wordLikeness(place, form, directory.forms)
                nearest = max(nearest, likeness?.value ?? 0)
                let value = max(likeness?.value ?? 0, hasMeaning ? 0.06 : 0)
                guard value > Self.leastCounted else { continue }
                // The very acronym goes before the names that it may stand for by rule.
                let isListed = role == .acronym && likeness?.relation == .exact
                part.forms.append((form, isListed ? Self.listedAcronym : weight * value))
                size += directory.nameCount(ofForm: form)
            }
            for form in terms[place].joined {
                part.forms.append((form, 1.5))
                size += directory.nameCount(ofForm: form)
            }
            for concept in terms[place].concepts {
                part.concepts.append((concept, weight * 0.9))
                size += directory.names(ofConcept: concept).count
            }
            part.size = size
            swap(&part, &parts[place])
            sureness.append(nearest)
        }
    }

    // MARK: Reasons

    /// Which words of an asked name were taken for which of a known one's.
    ///
    /// - Parameters:
    ///   - name: A name of the directory.
    ///   - asked: The name as it was asked for.
    ///   - directory: The directory.
    /// - Returns: Pairs of words with what they weigh; parts that say next to nothing are left out.
    public func explanation(
        of name: NameDirectory.NameID, asked: String, in directory: NameDirectory
    ) -> [NameExplanation] {
        explanation(of: name, asked: reader.read(asked), typed: asked, in: directory)
    }

    /// The same for a name that has been read, as `typed`.
    public func explanation(
        of name: NameDirectory.NameID, asked: ParsedName, typed: String,
        in directory: NameDirectory
    ) -> [NameExplanation] {
        explanations(of: name..<name + 1, asked: asked, typed: typed, in: directory)[0]
    }

    /// The same for names that stand one behind the other, in their order: what is found out of the
    /// words of one serves for the others.
    public func explanations(
        of names: Range<NameDirectory.NameID>, asked: ParsedName, typed: String,
        in directory: NameDirectory
    ) -> [[NameExplanation]] {
        let text = Array(typed.utf8)
        var best = [(units: [NameUnit], likeness: NameLikeness)](
            repeating: ([], NameLikeness(score: -1)), count: names.count)
        for reading in asked.readings {
            comparison.ask(reading)
            for (place, name) in names.enumerated() {
                let likeness = comparison.likeness(
                    directory.units(of: name), directory.forms,
                    locations: directory.locations(of: directory.entity(of: name)),
                    explains: true)
                if likeness.score > best[place].likeness.score { best[place] = (reading, likeness) }
            }
        }
        return zip(names, best).map { name, best in
            let found = directory.units(of: name)
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
}
