import JSON

/// Search results for people: at most three lines a hit, then one line about the whole.
struct ReadingLayout {
    /// Where the lines go.
    var terminal: Terminal
    /// Whether the score stands beside each hit.
    var showsScore = false
    /// Whether explanations follow.
    var showsWhy = false
    /// Whether the line about the whole is shown.
    var showsSummary = true
    /// Facets counted beside the languages.
    var facets: [String] = []

    /// All lines for an answer.
    func lines(_ answer: SearchAnswer) -> [StyledText] {
        var lines: [StyledText] = []
        lines += corrections(answer.json)
        let numberWidth = max(2, String(answer.offset + answer.hits.count).count)
        for (index, hit) in answer.hits.enumerated() {
            lines += self.lines(
                hit, number: answer.offset + index + 1, numberWidth: numberWidth)
        }
        if showsWhy { lines += interpretation(answer.json) }
        lines += facetCounts(answer.json)
        if showsSummary { lines += summary(answer.json) }
        return lines
    }

    /// One hit: number and title; language, date and source right-aligned beside them if there is
    /// room, else on a line of their own; the snippet on what is left of three lines; a line for
    /// each translation.
    func lines(_ hit: Hit, number: Int, numberWidth: Int) -> [StyledText] {
        let entry = NumberedEntry(
            number: number, numberWidth: numberWidth,
            title: StyledText(marked: hit.title, base: .strong, brackets: false),
            about: about(hit), width: terminal.width)
        let room = terminal.width - entry.indent
        var lines = entry.lines
        let snippet = StyledText(marked: hit.snippet, brackets: !terminal.hasColor)
        lines += snippet.wrapped(to: room, lineCount: 3 - lines.count).map(entry.indented)
        lines += TranslatedHit.lines(hit.translations, of: hit.translationCount, width: room)
            .map(entry.indented)
        if showsWhy, let details = hit.scoreDetails {
            lines += ExplanationLayout.lines(details, width: room).map(entry.indented)
        }
        return lines
    }

    /// `0.81 · ru · 14 Oct 2025 · ektu.kz  (+1 same)`; for a hit that was found through a translation
    /// `kk→ru ғылым = науке · 14 Oct 2025 · ektu.kz`.
    private func about(_ hit: Hit) -> StyledText {
        var parts: [String] = []
        if showsScore, let score = hit.score { parts.append(Decimal.text(score, places: 2)) }
        let mark = TranslatedMatch.mark(hit.translatedMatches)
        // The mark has the language in it, and comes first so that it is not cut.
        let isLangSaid = hit.translatedMatches.first?.lang == hit.lang
        parts += [isLangSaid ? "" : hit.lang, mark, DateText.forPeople(hit.date), hit.source].filter
        { !$0.isEmpty }
        var line = StyledText(parts.joined(separator: " · "), .faint)
        if hit.duplicateCount > 0 {
            line.append(safe: line.isEmpty ? "" : "  ", .plain)
            line.append(safe: "(+\(hit.duplicateCount) same)", .faint)
        }
        return line
    }

    /// `41 results in 3 ms · also searched: … · kk 12  ru 21  en 8`.
    private func summary(_ json: JSONValue) -> [StyledText] {
        let total = json["totalHits"]?.integer ?? 0
        let isExact = (json["totalHitsRelation"]?.string ?? "eq") == "eq"
        var parts: [String] = []
        let count = total == 0 ? "No results" : total == 1 ? "1 result" : "\(total) results"
        let time = json["processingTimeMs"]?.number.map { " in \(Decimal.text($0, places: 0)) ms" }
        parts.append((isExact ? "" : "At least ") + count + stories(json) + (time ?? ""))
        if json["timedOut"]?.bool == true { parts.append("time ran out, these are not all") }
        let also = alsoSearched(json)
        if !also.isEmpty { parts.append("also searched: " + also.joined(separator: ", ")) }
        let languages = (json["facetDistribution"]?["lang"]?.object?.members ?? [])
            .compactMap { name, count in count.integer.map { "\(name)\u{2002}\($0)" } }
        if !languages.isEmpty { parts.append(languages.joined(separator: "\u{2002}\u{2002}")) }
        // En spaces are kept as they are, and no line breaks at them.
        return StyledText(parts.joined(separator: " · "), .faint)
            .wrapped(to: terminal.width, lineCount: max(3, 240 / terminal.width))
            .map { $0.replacing("\u{2002}", with: " ") }
    }

    /// The words that were searched beside those typed, but for other forms of the same word.
    private func alsoSearched(_ json: JSONValue) -> [String] {
        var words: [String] = []
        for term in json["interpretation"]?["terms"]?.array ?? [] {
            let via = (term["via"]?.array ?? []).compactMap(\.string)
            guard via.contains(where: { $0 != "exact" && $0 != "forms" }) else { continue }
            let typed = term["typed"]?.string?.lowercased()
            for word in (term["used"]?.array ?? []).compactMap(\.string)
            where word.lowercased() != typed && !words.contains(word) {
                words.append(word)
            }
        }
        return words
    }

    /// `, 17 stories`, where translations are shown as one hit.
    private func stories(_ json: JSONValue) -> String {
        guard let count = json["totalStories"]?.integer, count > 0 else { return "" }
        let isExact = (json["totalStoriesRelation"]?.string ?? "eq") == "eq"
        return (isExact ? ", " : ", at least ") + (count == 1 ? "1 story" : "\(count) stories")
    }

    /// One line for each facet asked for beside the languages.
    private func facetCounts(_ json: JSONValue) -> [StyledText] {
        facets.filter { $0 != "lang" }.flatMap { name -> [StyledText] in
            let members = json["facetDistribution"]?[name]?.object?.members ?? []
            guard !members.isEmpty else { return [] }
            let counts = members.compactMap { value, count in
                count.integer.map { "\(value) \($0)" }
            }
            return StyledText("\(name): " + counts.joined(separator: ", "), .faint)
                .wrapped(to: terminal.width, lineCount: 3)
        }
    }

    /// What was searched instead of what was typed.
    ///
    /// `Showing "университет" for "eybdthcbntn" (keyboard layout). Exact: izde --no-layout …`
    private func corrections(_ json: JSONValue) -> [StyledText] {
        (json["interpretation"]?["corrections"]?.array ?? []).compactMap { correction in
            guard let shown = correction["to"]?.string else { return nil }
            var line = "Showing \"\(shown)\""
            if let typed = correction["from"]?.string { line += " for \"\(typed)\"" }
            switch correction["via"]?.string {
            case "layout"?: line += " (keyboard layout). Exact: izde --no-layout …"
            case "words"?:
                line = "Nothing has the phrase as it stands. " + line
            case "typo"?: line += " (spelling). Exact: izde --no-typos …"
            case let other?: line += " (\(other))."
            case nil: line += "."
            }
            return StyledText(line, .warning).cut(to: terminal.width)
        } + suggestion(json)
    }

    /// What may have been meant, where nothing was found.
    private func suggestion(_ json: JSONValue) -> [StyledText] {
        guard let text = json["interpretation"]?["didYouMean"]?.string else { return [] }
        return [StyledText("Did you mean \"\(text)\"?", .warning).cut(to: terminal.width)]
    }

    /// How the query was understood: a line for the language, one for each word.
    private func interpretation(_ json: JSONValue) -> [StyledText] {
        var lines: [StyledText] = []
        let languages = (json["interpretation"]?["language"]?.array ?? []).compactMap {
            language -> String? in
            guard let code = language["lang"]?.string else { return nil }
            let score = language["score"]?.number.map { " " + Decimal.text($0, places: 2) }
            return code + (score ?? "")
        }
        if !languages.isEmpty {
            lines.append(StyledText("language: " + languages.joined(separator: ", ")))
        }
        for term in json["interpretation"]?["terms"]?.array ?? [] {
            guard let typed = term["typed"]?.string else { continue }
            let used = (term["used"]?.array ?? []).compactMap(\.string).joined(separator: ", ")
            let via = (term["via"]?.array ?? []).compactMap(\.string).joined(separator: ", ")
            lines.append(
                StyledText(
                    "\(typed) → \(used.isEmpty ? "—" : used)" + (via.isEmpty ? "" : " (\(via))")))
        }
        return lines.map { $0.cut(to: terminal.width) }
    }
}
