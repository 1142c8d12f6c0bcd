import TextAnalysis

/// Gathers the people of a document that no list holds, each with all its spellings.
///
/// Not thread-safe.
struct PersonFinder {
    private let matcher: NameMatcher
    private var sounds = SoundReader()

    /// The most people of one document; further names are left out.
    private static let mostPeople = 256

    init(_ vocabulary: NameVocabulary) throws(AnalysisError) {
        matcher = try NameMatcher(vocabulary: vocabulary)
    }

    /// A person and where it is named.
    private struct Group {
        var runs: [PersonRun]
        /// The word of the surname in each of its spellings.
        var surnames: [TextWords.WordID]
        var given: [TextWords.WordID]
        var hasFullName: Bool
    }

    /// The people that a document names, but those that were found in lists.
    func people(
        in text: MentionText, _ known: TextWords, except matches: [NameMatch]
    ) -> [UnresolvedPerson] {
        var taken = [Bool](repeating: false, count: text.words.count)
        for match in matches { for word in match.words { taken[word] = true } }
        let runs = PersonRuns(text: text, known: known, taken: taken).runs()
        guard !runs.isEmpty else { return [] }
        var groups: [Group] = []
        // Fuller names first: a lone surname belongs to one of them.
        let order = runs.indices.sorted {
            let left = runs[$0].names.count + runs[$0].initials.count
            let right = runs[$1].names.count + runs[$1].initials.count
            return left != right ? left > right : $0 < $1
        }
        for index in order { add(runs[index], &groups, text, known) }
        for run in runs { for word in run.words { taken[word] = true } }
        addLoneSurnames(&groups, text, known, taken)
        for index in groups.indices {
            groups[index].runs.sort { $0.words.lowerBound < $1.words.lowerBound }
        }
        groups.sort { $0.runs[0].words.lowerBound < $1.runs[0].words.lowerBound }
        return groups.map { person($0, text, known) }
    }

    // MARK: Groups

    private func add(
        _ run: PersonRun, _ groups: inout [Group], _ text: MentionText, _ known: TextWords
    ) {
        guard let surname = run.surname(text, known) else { return }
        let number = text.words[surname].number
        let given = run.givenNames(text, known)
        for index in groups.indices
        where belongs(run, surname: number, given, to: groups[index], text, known) {
            groups[index].runs.append(run)
            if !groups[index].surnames.contains(number) { groups[index].surnames.append(number) }
            for place in given where !groups[index].given.contains(text.words[place].number) {
                groups[index].given.append(text.words[place].number)
            }
            return
        }
        guard groups.count < Self.mostPeople else { return }
        groups.append(
            Group(
                runs: [run], surnames: [number], given: given.map { text.words[$0].number },
                hasFullName: !given.isEmpty || !run.initials.isEmpty))
    }

    /// Whether a name may be one of a group: the same surname, and given names that agree.
    private func belongs(
        _ run: PersonRun, surname: TextWords.WordID, _ given: [Int], to group: Group,
        _ text: MentionText, _ known: TextWords
    ) -> Bool {
        let isSame = group.surnames.contains { known.areAlike($0, surname) }
        // A lone given name, or a name whose parts stand the other way round.
        let isCrossed =
            !isSame && given.isEmpty && run.initials.isEmpty
            && group.given.contains { known.areAlike($0, surname) }
        if isCrossed { return true }
        guard isSame else {
            return isSpelling(run, of: group, text, known)
        }
        if given.isEmpty, run.initials.isEmpty || group.given.isEmpty {
            return true
        }
        if !given.isEmpty, !group.given.isEmpty {
            return given.contains { place in
                group.given.contains { known.areAlike($0, text.words[place].number) }
            }
        }
        if let initial = run.initials.first {
            return group.given.contains { begins($0, with: text.words[initial].number, known) }
        }
        let initials = group.runs.compactMap(\.initials.first)
        guard let own = given.first else { return true }
        return initials.contains {
            begins(text.words[own].number, with: text.words[$0].number, known)
        }
    }

    private func begins(
        _ word: TextWords.WordID, with initial: TextWords.WordID, _ known: TextWords
    ) -> Bool {
        var reader = sounds
        reader.read(known.folded(word), script: known.words[Int(word)].script)
        guard let own = reader.sounds.first else { return false }
        reader.read(known.folded(initial), script: known.words[Int(initial)].script)
        guard let other = reader.sounds.first else { return false }
        return own.main == other.main || own.main.isNarrow && other.main.isNarrow
    }

    /// Another spelling of a whole name, by the comparison of names.
    private func isSpelling(
        _ run: PersonRun, of group: Group, _ text: MentionText, _ known: TextWords
    ) -> Bool {
        guard run.names.count > 1, let first = group.runs.first, first.names.count > 1 else {
            return false
        }
        // Only where a part is the same, so that few names are compared.
        let hasCommon = run.names.contains { place in
            first.names.contains {
                known.areAlike(text.words[place].number, text.words[$0].number)
            }
        }
        guard hasCommon else { return false }
        return matcher.likeness(text.string(run.words), text.string(first.words)).score >= 0.7
    }

    private func addLoneSurnames(
        _ groups: inout [Group], _ text: MentionText, _ known: TextWords, _ taken: [Bool]
    ) {
        var ofKey: [UInt32: [Int]] = [:]
        for (index, group) in groups.enumerated() {
            for surname in group.surnames {
                for key in known.words[Int(surname)].nameKeys
                where !(ofKey[key]?.contains(index) ?? false) {
                    ofKey[key, default: []].append(index)
                }
            }
        }
        for place in text.words.indices where !taken[place] {
            let word = text.words[place]
            guard word.isCapitalized, word.letterCount > 2, !word.isShouted else { continue }
            let traits = known.traits(word.number)
            guard traits.isDisjoint(with: [.title, .meaning, .speech]),
                !isNamesake(place, text, known)
            else { continue }
            var best: Int?
            for key in known.words[Int(word.number)].nameKeys {
                for index in ofKey[key] ?? [] {
                    // The one who was named last before it.
                    if best == nil
                        || last(groups[index], before: place)
                            > last(groups[best ?? 0], before: place)
                    {
                        best = index
                    }
                }
            }
            guard let best else { continue }
            var run = PersonRun(words: place..<place + 1, names: [place])
            run.score = 0.6
            groups[best].runs.append(run)
        }
    }

    private func last(_ group: Group, before place: Int) -> Int {
        group.runs.reduce(-1) { best, run in
            run.words.lowerBound < place ? max(best, run.words.lowerBound) : best
        }
    }

    private func isNamesake(_ place: Int, _ text: MentionText, _ known: TextWords) -> Bool {
        func has(_ place: Int) -> Bool {
            text.words.indices.contains(place)
                && !known.traits(text.words[place].number).isDisjoint(with: [.namedAfter, .street])
        }
        return has(place - 1) || has(place + 1)
    }

    // MARK: Result

    private func person(_ group: Group, _ text: MentionText, _ known: TextWords)
        -> UnresolvedPerson
    {
        let best = group.runs.max { $0.score < $1.score } ?? group.runs[0]
        var person = UnresolvedPerson(
            name: PersonNominative(text: text, known: known).name(of: group.runs),
            occurrences: [], method: best.method, score: best.score)
        for run in group.runs {
            let range = text.source(run.words)
            let (field, base) = text.field(at: UInt32(range.lowerBound))
            person.occurrences.append(
                .init(
                    field: field,
                    source: ByteRange(
                        start: UInt32(range.lowerBound) - base, count: UInt32(range.count))))
        }
        return person
    }
}
