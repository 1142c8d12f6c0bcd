import TextAnalysis

extension MentionFinder {
    /// What a word may be short for.
    private struct ShortForms {
        /// By list and form of a surname, those who bear it.
        var people: [UInt64: [NameMatch]] = [:]
        /// By entity, institutions; the first mention of each.
        var institutions: [UInt64: NameMatch] = [:]

        /// The most mentions of one surname that a later one may be of.
        static let mostBearers = 64

        static func key(_ list: Int, _ number: UInt32) -> UInt64 {
            UInt64(list) << 32 | UInt64(number)
        }
    }

    /// Surnames and acronyms by rule of what a document names in full.
    func shortForms(_ chosen: [NameMatch]) -> [NameMatch] {
        var taken = [Bool](repeating: false, count: text.words.count)
        var forms = ShortForms()
        for match in chosen {
            for word in match.words { taken[word] = true }
            note(match, &forms)
        }
        if forms.people.isEmpty, forms.institutions.isEmpty { return [] }
        var result: [NameMatch] = []
        for place in text.words.indices where !taken[place] {
            let word = text.words[place]
            guard word.isCapitalized else { continue }
            if let match = surname(place, forms, taken) {
                for word in match.words { taken[word] = true }
                result.append(match)
            } else if word.capitalCount > 1, word.letterCount >= 2, !word.isShouted,
                let match = acronym(place, forms)
            {
                result.append(match)
            }
        }
        return result
    }

    private func note(_ match: NameMatch, _ forms: inout ShortForms) {
        if match.traits.contains(.person), match.partCount > 1 {
            guard
                let surname = Self.surname(
                    lists[match.list].directory.units(of: match.name))
            else { return }
            let key = ShortForms.key(match.list, surname.form)
            if forms.people[key]?.count ?? 0 < ShortForms.mostBearers {
                forms.people[key, default: []].append(match)
            }
        } else if match.traits.isDisjoint(with: [.person, .place, .acronym, .lone]) {
            let key = ShortForms.key(match.list, match.entity)
            if forms.institutions[key] == nil { forms.institutions[key] = match }
        }
    }

    /// The person whose surname a word is: the one named last before it.
    private func surname(_ place: Int, _ forms: ShortForms, _ taken: [Bool]) -> NameMatch? {
        guard !forms.people.isEmpty else { return nil }
        let word = text.words[place]
        var best: NameMatch?
        for form in known.words[Int(word.number)].forms {
            for person in forms.people[ShortForms.key(Int(form.list), form.form)] ?? []
            where best == nil || isNearer(person, than: best, to: place) {
                best = person
            }
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

    private func isNearer(_ match: NameMatch, than best: NameMatch?, to place: Int) -> Bool {
        guard let best else { return true }
        return match.words.lowerBound < place && match.words.lowerBound > best.words.lowerBound
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

    private func acronym(_ place: Int, _ forms: ShortForms) -> NameMatch? {
        guard !forms.institutions.isEmpty else { return nil }
        let word = text.words[place]
        guard !known.traits(word.number).contains(.joining) else { return nil }
        let hashes = AcronymWriter.hashes(ofAsked: Array(known.folded(word.number)))
        for (number, list) in lists.enumerated() {
            for name in hashes.flatMap({ list.directory.acronyms[$0] }) {
                let entity = list.directory.entity(of: name)
                guard var match = forms.institutions[ShortForms.key(number, entity)] else {
                    continue
                }
                match.words = place..<place + 1
                match.name = name
                match.method = .acronym
                match.score *= 0.8
                return match
            }
        }
        return nil
    }
}
