import TextAnalysis

/// Finds the names of people in a text by their shape and by the words beside them.
struct PersonRuns {
    /// The most words of a name.
    private static let mostWords = 6
    /// How far before a name its title may stand: «ректор … университета имени … Х».
    private static let titleReach = 3

    let text: MentionText
    let known: TextWords
    let taken: [Bool]

    /// The names, in the order of the text.
    func runs() -> [PersonRun] {
        var runs: [PersonRun] = []
        var place = 0
        while place < text.words.count {
            guard !taken[place], isNameLike(place) || isInitial(place) else {
                place += 1
                continue
            }
            let end = end(of: place)
            if let run = run(place..<end) {
                runs.append(run)
            }
            place = end
        }
        return runs
    }

    private func traits(_ place: Int) -> TextWords.Traits { known.traits(text.words[place].number) }

    private func has(_ place: Int, _ wanted: TextWords.Traits) -> Bool {
        text.words.indices.contains(place) && !traits(place).isDisjoint(with: wanted)
    }

    /// A capitalised word that the vocabulary does not have.
    private func isNameLike(_ place: Int) -> Bool {
        let word = text.words[place]
        guard word.isCapitalized, word.letterCount > 1, !word.isShouted,
            !word.shape.contains(.number)
        else { return false }
        let traits = traits(place)
        if traits.contains(.title) { return false }
        if word.capitalCount > 1, word.isCapitals { return false }
        if traits.contains(.spelledGiven) || traits.contains(.patronymic) { return true }
        if traits.contains(.given), traits.isDisjoint(with: [.meaning, .place]) { return true }
        if traits.contains(.speech) { return false }
        // «Daniyar Bekov»: words that sound like others.
        if traits.contains(.surname), !traits.contains(.adjective), place > 0, !isBreak(place),
            has(place - 1, .spelledGiven) || text.isKazakh && !has(place - 1, [.meaning, .title]),
            text.words[place - 1].isCapitalized
        {
            // In Kazakh «Базаров» is no genitive of markets.
            return true
        }
        if traits.contains(.meaning) {
            // «Бірлік Берікұлы»: behind it stands what only stands behind a given name.
            return place + 1 < text.words.count && !isBreak(place + 1)
                && text.words[place + 1].isCapitalized && has(place + 1, .patronymic)
                && !word.shape.contains(.precedesComma)
        }
        return !traits.contains(.place) || traits.contains(.surname) && !traits.contains(.adjective)
    }

    /// An initial with its full stop.
    private func isInitial(_ place: Int) -> Bool {
        let word = text.words[place]
        return word.isCapitalized && word.letterCount == 1
            && word.shape.contains(.precedesStop) && !taken[place]
    }

    private func end(of start: Int) -> Int {
        var end = start + 1
        while end < text.words.count, !taken[end], !isBreak(end) {
            if text.words[end - 1].shape.contains(.precedesComma)
                || text.words[end - 1].shape.contains(.closesQuote)
                || text.words[end].shape.contains(.opensQuote)
            {
                break
            }
            if text.words[end - 1].shape.contains(.precedesStop), !isInitial(end - 1),
                text.words[end - 1].letterCount > 3
            {
                break
            }
            if isNameLike(end) || isInitial(end) {
                end += 1
            } else if has(end, .particle), end + 1 < text.words.count, !taken[end + 1],
                !isBreak(end + 1),
                isNameLike(end + 1) || text.words[end].shape.contains(.followsHyphen)
            {
                end += 1
            } else {
                break
            }
        }
        return end
    }

    private func isBreak(_ place: Int) -> Bool {
        let shape = text.words[place].shape
        return shape.contains(.followsBreak)
            || shape.contains(.startsClause) && !isInitial(place - 1)
    }

    // MARK: Judging

    private func run(_ words: Range<Int>) -> PersonRun? {
        var words = words
        while words.count > 1, !isNameLike(words.upperBound - 1), !isInitial(words.upperBound - 1) {
            words = words.lowerBound..<words.upperBound - 1
        }
        words = withoutOpening(words)
        words = aroundPatronymic(words)
        guard var run = parts(words) else { return nil }
        let count = nameCount(run)
        guard count <= Self.mostWords else { return nil }
        judge(&run, count)
        return run.score > 0 ? run : nil
    }

    /// The first word of a sentence is no name if a name begins behind it.
    private func withoutOpening(_ words: Range<Int>) -> Range<Int> {
        guard words.count > 1, text.words[words.lowerBound].shape.contains(.startsClause),
            !isInitial(words.lowerBound),
            !has(words.lowerBound, [.given, .surname, .patronymic]),
            !text.words[words.lowerBound + 1].shape.contains(.followsHyphen)
        else { return words }
        let rest = words.lowerBound + 1..<words.upperBound
        let isName =
            rest.count > 1
            && (has(rest.lowerBound, .given) || isInitial(rest.lowerBound)
                || rest.contains { has($0, [.surname, .patronymic]) } && rest.count > 1)
        return isName ? rest : words
    }

    /// `Given Patronymic Surname`, `Surname Given Patronymic`: what stands before is no part of it.
    private func aroundPatronymic(_ words: Range<Int>) -> Range<Int> {
        guard let place = words.first(where: { has($0, .patronymic) }) else { return words }
        let isLast = place + 1 == words.upperBound
        let most = isLast ? 2 : 1
        var start = place
        var count = 0
        while start > words.lowerBound, count < most {
            start -= 1
            if !text.words[start].shape.contains(.followsHyphen) { count += 1 }
        }
        return start..<words.upperBound
    }

    private func parts(_ words: Range<Int>) -> PersonRun? {
        var run = PersonRun(words: words)
        for place in words {
            if isInitial(place) {
                run.initials.append(place)
            } else if isNameLike(place) {
                run.names.append(place)
                if has(place, .patronymic) { run.hasPatronymic = true }
            }
        }
        return run.names.isEmpty ? nil : run
    }

    /// How many names, compounds as one.
    private func nameCount(_ run: PersonRun) -> Int {
        run.names.count { !text.words[$0].shape.contains(.followsHyphen) || $0 == run.names[0] }
    }

    private func judge(_ run: inout PersonRun, _ count: Int) {
        let words = run.words
        if has(words.lowerBound - 1, [.namedAfter, .street])
            || has(words.upperBound, [.namedAfter, .street])
        {
            return
        }
        // «Мұхтар Әуезов театры»
        if words.upperBound < text.words.count, !text.isBreak(words.upperBound),
            has(words.upperBound, .type), !has(words.upperBound, .title),
            !has(words.upperBound - 1, .genitive),
            !text.words[words.upperBound - 1].shape.contains(.precedesComma)
        {
            return
        }
        if isInQuotes(words) { return }
        let hasTitle = hasTitle(before: words.lowerBound)
        let hasSpeech = hasSpeech(beside: words)
        let hasGiven = run.names.contains { has($0, .given) }
        let hasSurname = run.names.contains { has($0, .surname) }
        if run.hasPatronymic, count > 1 || !run.initials.isEmpty {
            run.score = 0.95
        } else if !run.initials.isEmpty, hasSurname || run.initials.count > 1 || hasTitle {
            run.score = 0.9
        } else if !run.initials.isEmpty, count == 1, text.words[run.names[0]].letterCount > 2 {
            run.score = 0.75
        } else if count > 1, hasGiven {
            run.score = hasSurname ? 0.95 : 0.85
        } else if count > 1, count < 4, hasSurname, !isTitled(words) {
            run.score = 0.75
        } else if count > 1, count < 4, run.names.count == words.count, isForeign(words) {
            run.score = 0.6
        }
        if hasTitle {
            if count > 1, count < 5 {
                run.score = max(run.score, 0.85)
                run.method = .title
            } else if count == 1, has(words.lowerBound - 1, .title),
                hasSurname || hasGiven
            {
                run.score = max(run.score, hasSurname ? 0.8 : 0.7)
                run.method = .title
            } else if run.score > 0 {
                run.method = .title
            }
        } else if hasSpeech {
            if count > 1, count < 5 {
                run.score = max(run.score, 0.8)
                run.method = .speech
            } else if count == 1, hasSurname {
                run.score = max(run.score, 0.7)
                run.method = .speech
            } else if run.score > 0 {
                run.method = .speech
            }
        }
    }

    private func isTitled(_ words: Range<Int>) -> Bool { text.words[words.lowerBound].isTitled }

    /// Two or three capitalised words of Cyrillic letters within a sentence: where languages write
    /// no other words with capitals, they are hardly anything but a name.
    private func isForeign(_ words: Range<Int>) -> Bool {
        !text.words[words.lowerBound].shape.contains(.opensQuote)
            && !text.words[words.upperBound - 1].shape.contains(.closesQuote)
            && words.allSatisfy { place in
                known.words[Int(text.words[place].number)].script == .cyrillic
                    && text.words[place].capitalCount == 1 && text.words[place].letterCount > 2
                    && !has(place, .adjective)
            } && !text.words[words.lowerBound].shape.contains(.startsClause)
    }

    private func isInQuotes(_ words: Range<Int>) -> Bool {
        text.words[words.lowerBound].shape.contains(.opensQuote)
            && text.words[words.upperBound - 1].shape.contains(.closesQuote)
    }

    /// A title before a name, perhaps with the institution between them.
    private func hasTitle(before start: Int) -> Bool {
        var place = start
        var free = 0
        while place > 0, start - place < 14, !text.isBreak(place) {
            place -= 1
            if text.words[place].shape.contains(.precedesComma), place < start - 1 { return false }
            if has(place, .title), !taken[place] { return true }
            if taken[place] || has(place, [.meaning, .place]) { continue }
            free += 1
            if free >= Self.titleReach { return false }
            if text.words[place].isCapitalized, text.words[place].letterCount > 3 { return false }
        }
        return false
    }

    /// A word of speech right before or behind a name.
    private func hasSpeech(beside words: Range<Int>) -> Bool {
        if isSpeech(words.upperBound) { return true }
        for start in stride(
            from: words.lowerBound - 1, through: max(0, words.lowerBound - 3), by: -1)
        where start >= 0 {
            if speechEnd(start) == words.lowerBound { return true }
        }
        return false
    }

    private func isSpeech(_ place: Int) -> Bool {
        guard text.words.indices.contains(place), !text.isBreak(place) else { return false }
        return speechEnd(place) != nil
    }

    /// The word behind the words of speech that begin at a word.
    private func speechEnd(_ place: Int) -> Int? {
        guard has(place, .speechStart) else { return nil }
        let rests = known.rests[text.words[place].number] ?? []
        var best: Int?
        for rest in rests where place + rest.count < text.words.count {
            let isThere = rest.indices.allSatisfy {
                known.folded(text.words[place + 1 + $0].number).elementsEqual(rest[$0])
            }
            if isThere { best = max(best ?? 0, place + 1 + rest.count) }
        }
        return best
    }
}
