import TextAnalysis

/// Finds the words of a query in a text and shows them: highlighted whole, or cropped around the
/// best place.
///
/// All ranges are UTF-8 bytes of the *original* text, on scalar borders, ascending, not touching
/// inside: taking the tags out of a highlighted text gives the original back, byte by byte.
struct SnippetBuilder {
    /// A stretch of the text that matched.
    struct Match: Equatable {
        var range: Range<Int>
        var via: SearchResponse.Match.Via
    }

    /// What is put around a match and at the cut ends.
    struct Markup {
        var preTag: String
        var postTag: String
        var cropMarker: String
    }

    private let text: [UInt8]
    private let stream: TokenStream

    /// Requires that `stream` is the analysis of `text`.
    init(text: [UInt8], stream: TokenStream) {
        self.text = text
        self.stream = stream
    }

    // MARK: Finding

    /// The matches in the text; parts of one compound that touch each other become one.
    func matches(_ terms: HighlightTerms) -> [Match] {
        var nothing = TranslationEvidence([])
        return matches(terms, &nothing)
    }

    /// The same, and what they say of words that were found in another language.
    func matches(_ terms: HighlightTerms, _ evidence: inout TranslationEvidence) -> [Match] {
        var found: [Match] = []
        for token in stream.tokens {
            if let via = via(of: token, terms) {
                found.append(Match(range: token.source.range, via: via))
                evidence.note(token, of: stream, in: text)
            }
        }
        for phrase in terms.phrases { findPhrase(phrase, into: &found) }
        return merged(found)
    }

    private func via(of token: Token, _ terms: HighlightTerms) -> SearchResponse.Match.Via? {
        let exact = stream.bytes[token.exact.range]
        if terms.exact.contains(exact) { return terms.exactVia }
        if terms.prefixes.contains(where: { exact.starts(with: $0) }) { return .exact }
        if terms.stems.contains(stream.bytes[token.stem.range])
            || !token.otherStem.isEmpty
                && terms.stems.contains(stream.bytes[token.otherStem.range])
        {
            return terms.scripts.contains(WordScript(exact)) ? .forms : .scripts
        }
        return terms.related.first { related in
            related.exact.contains(exact)
                || related.stems.contains(stream.bytes[token.stem.range])
                || !token.otherStem.isEmpty
                    && related.stems.contains(stream.bytes[token.otherStem.range])
        }?.via
    }

    /// Marks each place where all words of a phrase stand in order, starting at each of its words.
    private func findPhrase(_ phrase: HighlightTerms.Phrase, into found: inout [Match]) {
        guard let firstSlot = phrase.slots.first else { return }
        for start in stream.tokens.indices where matches(stream.tokens[start], firstSlot) {
            var indexes = [start]
            var spare = phrase.slop
            for slot in phrase.slots.dropFirst() {
                guard let next = nextIndex(of: slot, after: indexes[indexes.count - 1], &spare)
                else { break }
                indexes.append(next)
            }
            guard indexes.count == phrase.slots.count else { continue }
            for index in indexes {
                found.append(Match(range: stream.tokens[index].source.range, via: .exact))
            }
        }
    }

    private func nextIndex(of slot: TermSet, after index: Int, _ spare: inout Int) -> Int? {
        let position = Int(stream.tokens[index].position)
        var candidate = index + 1
        while candidate < stream.tokens.count {
            let distance = Int(stream.tokens[candidate].position) - position
            if distance > 1 + spare { return nil }
            if distance >= 1, matches(stream.tokens[candidate], slot) {
                spare -= distance - 1
                return candidate
            }
            candidate += 1
        }
        return nil
    }

    private func matches(_ token: Token, _ slot: TermSet) -> Bool {
        slot.contains(stream.bytes[token.exact.range])
    }

    /// Sorts and joins what overlaps; a joined match is exact only if all of it is.
    private func merged(_ found: [Match]) -> [Match] {
        let sorted = found.sorted {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }
        var result: [Match] = []
        for match in sorted {
            guard let last = result.last, match.range.lowerBound < last.range.upperBound else {
                result.append(match)
                continue
            }
            let end = max(last.range.upperBound, match.range.upperBound)
            result[result.count - 1].range = last.range.lowerBound..<end
            if last.range == match.range, match.via == .exact {
                result[result.count - 1].via = .exact
            }
        }
        return result
    }

    // MARK: Showing

    /// The matches with UTF-16 offsets beside the UTF-8 ones.
    func positions(of matches: [Match]) -> [SearchResponse.Match] {
        var byte = 0
        var unit = 0
        func advance(to end: Int) {
            while byte < end {
                // A lead byte counts one unit, one of a four-byte sequence two.
                if text[byte] & 0xC0 != 0x80 { unit += text[byte] >= 0xF0 ? 2 : 1 }
                byte += 1
            }
        }
        return matches.map { match in
            advance(to: match.range.lowerBound)
            let startUnit = unit
            advance(to: match.range.upperBound)
            return SearchResponse.Match(
                start: match.range.lowerBound, length: match.range.count, startUtf16: startUnit,
                lengthUtf16: unit - startUnit, via: match.via)
        }
    }

    /// The whole text with tags around the matches.
    func highlighted(_ matches: [Match], _ markup: Markup) -> String {
        tagged(0..<text.count, matches, markup)
    }

    /// About `wordCount` words around the best place, with tags; without any match the beginning.
    func cropped(_ matches: [Match], wordCount: Int, _ markup: Markup, isHighlighted: Bool)
        -> String
    {
        let words = wordRanges()
        guard words.count > wordCount, wordCount > 0 else {
            return tagged(0..<text.count, isHighlighted ? matches : [], markup)
        }
        let first = bestWindow(words, matches, wordCount: wordCount)
        let last = first + wordCount - 1
        let start = first == 0 ? 0 : words[first].lowerBound
        let end = last == words.count - 1 ? text.count : closingEnd(words, last)
        let inside = matches.filter { $0.range.lowerBound >= start && $0.range.upperBound <= end }
        let body = tagged(start..<end, isHighlighted ? inside : [], markup)
        return (start > 0 ? markup.cropMarker : "") + body
            + (end < text.count ? markup.cropMarker : "")
    }

    private func tagged(_ range: Range<Int>, _ matches: [Match], _ markup: Markup) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(range.count + matches.count * 16)
        var position = range.lowerBound
        for match in matches {
            output.append(contentsOf: text[position..<match.range.lowerBound])
            output.append(contentsOf: markup.preTag.utf8)
            output.append(contentsOf: text[match.range])
            output.append(contentsOf: markup.postTag.utf8)
            position = match.range.upperBound
        }
        output.append(contentsOf: text[position..<range.upperBound])
        return String(decoding: output, as: UTF8.self)
    }

    /// The source ranges of the words, one for each position.
    private func wordRanges() -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for token in stream.tokens where token.kind != .date && token.kind != .compound {
            let range = token.source.range
            if let last = ranges.last, range.lowerBound < last.upperBound { continue }
            ranges.append(range)
        }
        return ranges
    }

    /// The first word of the window that shows most: different matched words before repeated ones,
    /// and the earliest of equals, with some words left before its first match.
    private func bestWindow(_ words: [Range<Int>], _ matches: [Match], wordCount: Int) -> Int {
        var matchOfWord = [Int](repeating: -1, count: words.count)
        var names: [ArraySlice<UInt8>: Int] = [:]
        var matchIndex = 0
        for (index, word) in words.enumerated() {
            while matchIndex < matches.count,
                matches[matchIndex].range.upperBound <= word.lowerBound
            {
                matchIndex += 1
            }
            guard matchIndex < matches.count, matches[matchIndex].range.overlaps(word) else {
                continue
            }
            let key = text[matches[matchIndex].range]
            matchOfWord[index] = names[key] ?? names.count
            names[key] = matchOfWord[index]
        }
        guard !names.isEmpty else { return 0 }
        var counts = [Int](repeating: 0, count: names.count)
        var distinct = 0
        var total = 0
        var best = (score: -1, first: 0)
        for end in words.indices {
            if matchOfWord[end] >= 0 {
                counts[matchOfWord[end]] += 1
                total += 1
                if counts[matchOfWord[end]] == 1 { distinct += 1 }
            }
            let leaving = end - wordCount
            if leaving >= 0, matchOfWord[leaving] >= 0 {
                counts[matchOfWord[leaving]] -= 1
                total -= 1
                if counts[matchOfWord[leaving]] == 0 { distinct -= 1 }
            }
            let score = distinct * 1000 + min(total, 999)
            if score > best.score { best = (score, max(0, leaving + 1)) }
        }
        let firstMatch = matchOfWord[best.first...].firstIndex { $0 >= 0 } ?? best.first
        let wanted = max(0, firstMatch - wordCount / 4)
        // Moving the window back must not push its last match out.
        let lastMatch =
            matchOfWord[..<min(words.count, best.first + wordCount)].lastIndex { $0 >= 0 }
            ?? firstMatch
        let earliest = max(0, lastMatch - wordCount + 1)
        return min(max(wanted, earliest), words.count - wordCount)
    }

    /// The end of a word with the punctuation that belongs to it.
    private func closingEnd(_ words: [Range<Int>], _ index: Int) -> Int {
        var end = words[index].upperBound
        let limit = index + 1 < words.count ? words[index + 1].lowerBound : text.count
        while end < limit, text[end] > 0x20 { end += 1 }
        return end
    }
}
