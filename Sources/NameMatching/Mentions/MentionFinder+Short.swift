import TextAnalysis

extension MentionFinder {
    /// Surnames and acronyms by rule of what a document names in full.
    func shortForms(_ chosen: [NameMatch], _ context: DocumentContext) -> [NameMatch] {
        var taken = [Bool](repeating: false, count: text.words.count)
        for match in chosen { for word in match.words { taken[word] = true } }
        let people = chosen.filter { $0.traits.contains(.person) && $0.partCount > 1 }
        let institutions = chosen.filter {
            $0.traits.isDisjoint(with: [.person, .place, .acronym, .lone])
        }
        if people.isEmpty, institutions.isEmpty { return [] }
        var result: [NameMatch] = []
        for place in text.words.indices where !taken[place] {
            let word = text.words[place]
            guard word.isCapitalized else { continue }
            if let match = surname(place, people, taken) {
                for word in match.words { taken[word] = true }
                result.append(match)
            } else if word.capitalCount > 1, word.letterCount >= 2, !word.isShouted,
                let match = acronym(place, institutions)
            {
                result.append(match)
            }
        }
        return result
    }

    /// The person whose surname a word is: the one named last before it.
    private func surname(_ place: Int, _ people: [NameMatch], _ taken: [Bool]) -> NameMatch? {
        let word = text.words[place]
        var best: NameMatch?
        for person in people {
            let directory = lists[person.list].directory
            guard let surname = Self.surname(directory.units(of: person.name)),
                known.words[Int(word.number)].forms.contains(where: {
                    $0.list == person.list && $0.form == surname.form
                })
            else { continue }
            if person.words.lowerBound < place || best == nil { best = person }
        }
        guard var best, !isOfOtherPerson(place, taken) else { return nil }
        best.words = place..<place + 1
        if place > 0, !taken[place - 1], isInitial(place - 1), !text.isBreak(place) {
            best.words = place - 1..<place + 1
        }
        best.method = .short
        best.score *= 0.85
        return best
    }

    /// The surname of a person: the part of that ending, else the last.
    private static func surname(_ units: ArraySlice<FoundUnit>) -> FoundUnit? {
        let words = units.filter { $0.role != .patronymic && $0.role != .initial }
        guard words.count > 1 else { return nil }
        return words.last { $0.role == .surname } ?? words.last
    }

    private func isInitial(_ place: Int) -> Bool {
        text.words[place].letterCount == 1 && text.words[place].capitalCount == 1
            && text.words[place].shape.contains(.precedesStop)
    }

    /// Whether another given name stands beside a surname, or something is named after it.
    private func isOfOtherPerson(_ place: Int, _ taken: [Bool]) -> Bool {
        if isNamesake(place) { return true }
        for (other, border) in [(place - 1, place), (place + 1, place + 1)]
        where text.words.indices.contains(other) && !taken[other] && !text.isBreak(border) {
            let traits = known.traits(text.words[other].number)
            if text.words[min(place, other)].shape.contains(.precedesComma) { continue }
            if text.words[other].isCapitalized, text.words[other].letterCount > 1,
                traits.isDisjoint(with: [.title, .meaning, .place])
            {
                return other < place ? !text.isBreak(other) || traits.contains(.given) : true
            }
        }
        return false
    }

    private func isNamesake(_ place: Int) -> Bool {
        func has(_ place: Int) -> Bool {
            text.words.indices.contains(place)
                && !known.traits(text.words[place].number).isDisjoint(with: [.namedAfter, .street])
        }
        return has(place - 1) || has(place + 1)
    }

    private func acronym(_ place: Int, _ institutions: [NameMatch]) -> NameMatch? {
        let word = text.words[place]
        guard !known.traits(word.number).contains(.meaning) else { return nil }
        let hashes = AcronymWriter.hashes(ofAsked: Array(known.folded(word.number)))
        for institution in institutions {
            let directory = lists[institution.list].directory
            let names = hashes.flatMap { directory.acronyms[$0] }
            guard
                let name = names.first(where: { directory.entity(of: $0) == institution.entity })
            else { continue }
            var match = institution
            match.words = place..<place + 1
            match.name = name
            match.method = .acronym
            match.score *= 0.8
            return match
        }
        return nil
    }
}
