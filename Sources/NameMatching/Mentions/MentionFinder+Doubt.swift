import TextAnalysis

extension MentionFinder {
    // MARK: What needs no other cue

    /// Acronyms of so many letters and more tell by themselves.
    private static let longAcronym = 4
    /// Names of one word of so many letters and more are hardly words of the language.
    private static let longWord = 7

    /// Whether a match that nothing contradicts needs nothing else in its document.
    func isSure(_ match: NameMatch) -> Bool {
        if match.traits.contains(.person) {
            return !match.traits.contains(.lone) && !isNamesake(match)
        }
        if match.traits.contains(.place) { return isSurePlace(match) }
        if match.traits.contains(.generic) || match.traits.contains(.acronym) { return false }
        if match.traits.contains(.title) { return isTitle(match) }
        return !match.traits.contains(.lone) || isUnusual(match)
    }

    /// A word that is hardly one of the language: КазМунайГаз, Самрук-Казына, QARMET.
    private func isUnusual(_ match: NameMatch) -> Bool {
        let words = match.words
        let first = text.words[words.lowerBound]
        let traits = known.traits(first.number)
        guard first.isCapitalized, traits.isDisjoint(with: [.word, .place, .given]),
            isWrittenAlike(match)
        else { return false }
        if words.contains(where: { text.words[$0].isShouted }) { return false }
        if words.count > 1 { return true }
        if first.capitalCount > 1, !first.shape.contains(.number) { return true }
        return Int(first.letterCount) >= Self.longWord
    }

    /// Words that no type word makes a name: in quotation marks, or all with capitals.
    private func isTitle(_ match: NameMatch) -> Bool {
        let words = match.words
        if words.count == 1 { return isUnusual(match) }
        // Organizations that the vocabulary knows by their whole name: «Содружества Независимых
        // Государств».
        if text.phrase(at: words.lowerBound)?.count == words.count,
            text.words[words.lowerBound].isCapitalized
        {
            return true
        }
        if text.words[words.lowerBound].shape.contains(.opensQuote),
            text.words[words.upperBound - 1].shape.contains(.closesQuote)
        {
            return true
        }
        return words.allSatisfy {
            text.words[$0].isCapitalized || text.words[$0].shape.contains(.number)
        } && isWrittenAlike(match) && !text.words[words.lowerBound].isShouted
    }

    /// Whether all words but the last, which may be in a case, have the letters of the name.
    private func isWrittenAlike(_ match: NameMatch) -> Bool {
        let directory = lists[match.list].directory
        let units = directory.units(of: match.name)
        return match.words.allSatisfy { place in
            let number = text.words[place].number
            return known.words[Int(number)].forms.contains { form in
                guard form.list == match.list, form.isExact,
                    units.contains(where: { $0.form == form.form })
                else { return false }
                return place == match.words.upperBound - 1
                    || directory.forms.folded(form.form).elementsEqual(known.folded(number))
            }
        }
    }

    // MARK: What speaks against a match

    /// Whether what stands beside a match makes it another thing: a ministry of another country.
    func contradicts(_ match: NameMatch) -> Bool {
        guard !match.traits.contains(.place), !match.traits.contains(.person) else { return false }
        if isBeforeOwner(match) { return true }
        let places = lists[match.list].entities[match.entity]?.places ?? []
        let before = match.words.lowerBound - 1
        if before >= 0, !text.isBreak(match.words.lowerBound),
            !text.words[before].shape.contains(.precedesComma)
        {
            if isOtherPlace(before, places, isBefore: true) { return true }
        }
        let after = match.words.upperBound
        // In Kazakh the owner stands before: «Сыртқы істер министрлігі Қытай аумағында …».
        if after < text.words.count, !text.isBreak(after), !isKazakh(match),
            text.words[after].capitalCount > 0,
            !text.words[after - 1].shape.contains(.precedesComma),
            !text.words[after - 1].shape.contains(.closesQuote)
        {
            if isOtherPlace(after, places, isBefore: false) { return true }
        }
        return false
    }

    /// Whether a match is written with letters that Russian does not have.
    private func isKazakh(_ match: NameMatch) -> Bool {
        match.words.contains { place in
            let number = text.words[place].number
            return known.traits(number).contains(.kazakh)
                || known.folded(number).indices.dropLast().contains {
                    // і
                    known.folded(number)[$0] == 0xD1 && known.folded(number)[$0 + 1] == 0x96
                }
        }
    }

    /// Whether Kazakh words of an institution end with a place, which owns nothing there:
    /// «… министрлігі Қытай аумағында».
    private func isBeforeOwner(_ match: NameMatch) -> Bool {
        func has(_ place: Int, _ trait: TextWords.Traits) -> Bool {
            known.traits(text.words[place].number).contains(trait)
        }
        return has(match.words.upperBound - 1, .place)
            && match.words.dropLast().contains { has($0, .type) } && isKazakh(match)
    }

    /// Whether a word beside an institution says that it is of another place.
    private func isOtherPlace(
        _ place: Int, _ places: [NameVocabulary.ConceptID], isBefore: Bool
    ) -> Bool {
        // Without a capital only an adjective names a place: российский, ресейлік.
        let folded = known.folded(text.words[place].number)
        guard text.words[place].capitalCount > 0 || WordReader.isRelation(folded) else {
            return false
        }
        var concepts = known.words[Int(text.words[place].number)].concepts
        if !isBefore, let phrase = text.phrase(at: place) { concepts = phrase.concepts }
        if isBefore {
            for start in stride(from: place - 1, through: max(0, place - 4), by: -1) {
                if let phrase = text.phrase(at: start), start + phrase.count == place + 1 {
                    concepts = phrase.concepts
                }
            }
        }
        var isPlace = false
        for concept in concepts {
            let kind = vocabulary.concepts[Int(concept)].kind
            if kind == .direction, isBefore { return text.words[place].capitalCount > 0 }
            guard kind == .place else { continue }
            if places.contains(concept) || tree.chain(concept).contains(where: places.contains) {
                return false
            }
            isPlace = true
        }
        guard isPlace else { return false }
        // In Kazakh the owner stands before: Ресей Қорғаныс министрлігі; not in a local case.
        return !(isBefore && known.traits(text.words[place].number).contains(.locative))
            && !places.isEmpty
    }

    /// Whether a person is only the one that something is named after.
    func isNamesake(_ match: NameMatch) -> Bool {
        isNamesake(match.words) || match.traits.contains(.person) && isBeforeType(match.words)
    }

    func isNamesake(_ words: Range<Int>) -> Bool {
        func has(_ place: Int, _ traits: TextWords.Traits) -> Bool {
            text.words.indices.contains(place)
                && !known.traits(text.words[place].number).isDisjoint(with: traits)
        }
        return has(words.lowerBound - 1, [.namedAfter, .street])
            || has(words.upperBound, [.namedAfter, .street])
    }

    /// «Мұхтар Әуезов театры»: an institution that bears the name without any other word.
    private func isBeforeType(_ words: Range<Int>) -> Bool {
        let next = words.upperBound
        guard text.words.indices.contains(next), !text.isBreak(next),
            !text.words[next - 1].shape.contains(.precedesComma)
        else { return false }
        let traits = known.traits(text.words[next].number)
        return traits.contains(.type) && !traits.contains(.title)
            && !known.traits(text.words[next - 1].number).contains(.genitive)
    }

    // MARK: What the document decides

    /// Those of the matches of doubt that the document speaks for.
    func decided(_ matches: [NameMatch], _ context: DocumentContext) -> [NameMatch] {
        matches.compactMap { match in
            var match = match
            if match.traits.contains(.person) {
                return decidedPerson(match, context)
            } else if match.traits.contains(.place) {
                guard isWrittenAsPlace(match),
                    isNear(match, context) || isHomePlace(match, context)
                else { return nil }
                match.method = .context
                match.score *= 0.8
                return match
            } else if match.traits.contains(.acronym) {
                return decidedAcronym(match, context)
            } else if match.traits.contains(.generic) {
                let places = lists[match.list].entities[match.entity]?.places ?? []
                if match.words.count == 1,
                    known.traits(text.words[match.words.lowerBound].number).contains(.adjective)
                {
                    return nil
                }
                guard !isAtHome(places) || context.isSet(in: places) else { return nil }
                match.method = .context
                match.score *= 0.9
                return match
            }
            return decidedLone(match, context)
        }
    }

    /// Whether institutions of some places are called by what they are, as every country has them.
    ///
    /// What a list names of other countries is known by its name all the world over.
    func isAtHome(_ places: [NameVocabulary.ConceptID]) -> Bool {
        tree.concept(DocumentContext.home).map(places.contains) ?? false
    }

    private func decidedPerson(_ match: NameMatch, _ context: DocumentContext) -> NameMatch? {
        var match = match
        guard !isNamesake(match), text.words[match.words.lowerBound].isCapitalized else {
            return nil
        }
        if context.names(match) {
            match.method = .short
            match.score *= 0.85
            return match
        }
        guard match.words.lowerBound > 0, !text.isBreak(match.words.lowerBound),
            known.traits(text.words[match.words.lowerBound - 1].number).contains(.title),
            !isFollowedByName(match.words)
        else { return nil }
        match.method = .context
        match.score *= 0.7
        return match
    }

    /// Whether a further capitalised word makes a name another one.
    private func isFollowedByName(_ words: Range<Int>) -> Bool {
        let next = words.upperBound
        return next < text.words.count && !text.isBreak(next) && text.words[next].isCapitalized
    }

    private func decidedAcronym(_ match: NameMatch, _ context: DocumentContext) -> NameMatch? {
        let word = text.words[match.words.lowerBound]
        guard !word.isShouted else { return nil }
        var match = match
        match.method = .acronym
        if context.names(match) { return match }
        if known.traits(word.number).contains(.joining) { return nil }
        guard let entity = lists[match.list].entities[match.entity] else { return nil }
        if word.letterCount < 3, !isKnownAcronym(match) { return nil }
        if !isAtHome(entity.places) { return match }
        match.score *= 0.9
        if entity.isGeneric || Int(word.letterCount) < Self.longAcronym {
            return context.isSet(in: entity.places) ? match : nil
        }
        return match
    }

    /// Two letters that the vocabulary knows as an organization of the world: ЕС, UN.
    private func isKnownAcronym(_ match: NameMatch) -> Bool {
        guard let unit = lists[match.list].directory.units(of: match.name).first,
            unit.concept != FoundUnit.noConcept
        else { return false }
        let kind = vocabulary.kind(unit.concept)
        return kind == .people || kind == .subject
    }

    /// One word that may be a word of the language: Аманат, Kaspi.
    private func decidedLone(_ match: NameMatch, _ context: DocumentContext) -> NameMatch? {
        guard text.words[match.words.lowerBound].isCapitalized else { return nil }
        var match = match
        if context.names(match) {
            match.method = .short
            match.score *= 0.85
            return match
        }
        return nil
    }
}
