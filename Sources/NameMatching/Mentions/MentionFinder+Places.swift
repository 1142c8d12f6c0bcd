import TextAnalysis

extension MentionFinder {
    /// Whether a word is a place by itself.
    func isSurePlace(_ match: NameMatch) -> Bool {
        guard isWrittenAsPlace(match) else { return false }
        return !isDoubtfulPlace(match) || supports(match)
    }

    func isWrittenAsPlace(_ match: NameMatch) -> Bool {
        let first = text.words[match.words.lowerBound]
        guard first.isCapitalized, !first.isShouted || match.words.count > 1 else { return false }
        if match.words.count == 1, isAdjectiveOf(match) { return false }
        if !isSpelt(match) { return false }
        // A place of two names: Казахстанско-…, «…»
        if isInQuotedTitle(match.words) { return false }
        if isNamesake(match.words) { return false }
        return true
    }

    /// Whether a place is written much as one of its names; sounds alone join too much.
    private func isSpelt(_ match: NameMatch) -> Bool {
        let number = text.words[match.words.lowerBound].number
        guard let place = lists[match.list].entities[match.entity]?.places.first,
            known.words[Int(number)].script != .arabic
        else { return true }
        return spellings.isSpelt(
            known.folded(number), place, isPart: match.words.count > 1)
    }

    /// An adjective made of a place: казахстанский.
    private func isAdjectiveOf(_ match: NameMatch) -> Bool {
        let number = text.words[match.words.lowerBound].number
        guard let place = lists[match.list].entities[match.entity]?.places.first,
            vocabulary.places[Int(place)]?.adjectives.isEmpty == false
        else { return known.traits(number).contains(.adjective) }
        return known.traits(number).contains(.adjective)
            && spellings.isAdjective(known.folded(number), place)
    }

    /// A short title in quotation marks: «Астана», «Казахстанская правда».
    private func isInQuotedTitle(_ words: Range<Int>) -> Bool {
        var start = words.lowerBound
        while start > 0, words.lowerBound - start < 4,
            !text.words[start].shape.contains(.opensQuote), !text.isBreak(start)
        {
            start -= 1
        }
        guard text.words[start].shape.contains(.opensQuote) else { return false }
        var end = words.upperBound - 1
        while end + 1 < text.words.count, end - start < 5,
            !text.words[end].shape.contains(.closesQuote)
        {
            end += 1
        }
        return text.words[end].shape.contains(.closesQuote) && end - start < 5
    }

    /// Whether the name of a place is that of a person or a word as well, or little known.
    private func isDoubtfulPlace(_ match: NameMatch) -> Bool {
        let word = text.words[match.words.lowerBound]
        let traits = known.traits(word.number)
        guard match.words.count == 1 else {
            // «Мағжан Жұмабаев» is a district with a word that says so.
            return traits.contains(.spelledGiven)
                && !match.words.contains { known.traits(text.words[$0].number).contains(.area) }
        }
        guard let concept = lists[match.list].entities[match.entity]?.places.first,
            let place = vocabulary.places[Int(concept)]
        else { return true }
        if place.kind == "country" { return isBesideSurname(match.words) }
        if traits.contains(.word) || traits.contains(.spelledGiven) { return true }
        switch place.kind {
        case "city", "region":
            return word.letterCount < 4 && !word.isCapitals
                || traits.contains(.surname) && !isPresentName(match)
        case "foreign-city", "foreign-region":
            return word.letterCount < 4 && !word.isCapitals || isBesideName(match.words)
                || traits.contains(.surname) && !isPresentName(match)
        default:
            // Parts of the world are peoples too: Еуразия.
            return !(place.kind == "area" && traits.contains(.people) && word.letterCount > 3)
        }
    }

    /// Whether a surname stands behind it, as in «Дания Еспаева».
    private func isBesideSurname(_ words: Range<Int>) -> Bool {
        let next = words.upperBound
        guard text.words.indices.contains(next), !text.isBreak(next),
            !text.words[next - 1].shape.contains(.precedesComma), text.words[next].isCapitalized
        else { return false }
        let traits = known.traits(text.words[next].number)
        return traits.contains(.surname)
            && traits.isDisjoint(with: [.title, .meaning, .place, .adjective])
    }

    private func isPresentName(_ match: NameMatch) -> Bool {
        lists[match.list].directory.kind(of: match.name) != NameKind.former.rawValue
    }

    /// Whether another capitalised word beside it makes a place part of a name.
    private func isBesideName(_ words: Range<Int>) -> Bool {
        func isName(_ place: Int, _ border: Int) -> Bool {
            guard text.words.indices.contains(place), !text.isBreak(border),
                !text.words[border - 1].shape.contains(.precedesComma)
            else { return false }
            return text.words[place].isCapitalized && text.words[place].letterCount > 1
                && !text.words[place].shape.contains(.startsClause)
                && known.traits(text.words[place].number)
                    .isDisjoint(with: [.title, .meaning, .place])
        }
        return isName(words.lowerBound - 1, words.lowerBound)
            || isName(words.upperBound, words.upperBound)
    }

    /// Whether a word beside a place of doubt, its case, or where the document is set speaks for it.
    private func supports(_ match: NameMatch) -> Bool {
        let words = match.words
        let traits = known.traits(text.words[words.upperBound - 1].number)
        if traits.contains(.locative) { return true }
        func has(_ place: Int, _ traits: TextWords.Traits) -> Bool {
            text.words.indices.contains(place)
                && !known.traits(text.words[place].number).isDisjoint(with: traits)
        }
        if words.lowerBound > 0, !text.isBreak(words.lowerBound),
            has(words.lowerBound - 1, [.preposition, .area])
        {
            return true
        }
        return words.upperBound < text.words.count && !text.isBreak(words.upperBound)
            && has(words.upperBound, .area)
    }

    // MARK: What the document decides

    /// Whether the region or a place beside a place of doubt is named.
    func isNear(_ match: NameMatch, _ context: DocumentContext) -> Bool {
        let places = lists[match.list].entities[match.entity]?.places ?? []
        // The country alone says too little of a word.
        guard places.count > 2 else { return false }
        return places.dropFirst().dropLast().contains { context.named[$0] != nil }
    }

    /// A town or a river of the country that a document is set in, of a name that is no word.
    func isHomePlace(_ match: NameMatch, _ context: DocumentContext) -> Bool {
        let places = lists[match.list].entities[match.entity]?.places ?? []
        let word = text.words[match.words.lowerBound]
        let traits = known.traits(word.number)
        return isAtHome(places) && context.isSet(in: places) && word.letterCount >= 5
            && traits.isDisjoint(with: [.word, .given, .surname, .adjective])
            && !isBesideName(match.words) && !word.shape.contains(.startsClause)
    }
}
