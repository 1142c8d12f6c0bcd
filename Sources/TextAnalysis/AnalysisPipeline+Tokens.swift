/// The last stage: words become tokens, with compounds and dates beside them.
extension AnalysisPipeline {
    /// How a word is stemmed, once and perhaps a second time.
    private struct Plan {
        var language: Language
        var stemming: WordCache.Stemming?
        var other: WordCache.Stemming?
    }

    /// Appends the tokens of the chunk.
    mutating func appendTokens(to stream: inout TokenStream) {
        findOrthography()
        terms.truncate()
        defer { stream.bytes.append(contentsOf: terms.bytes) }
        stream.tokens.reserveCapacity(stream.tokens.count + tokenizer.words.count)
        var nextDate = 0
        for number in identifier.segments.indices {
            let segment = identifier.segments[number]
            for index in segment.words {
                let word = tokenizer.words[index]
                if word.isDropped { continue }
                let position = stream.positionCount
                stream.positionCount += 1
                appendWord(index, segment, position: position, to: &stream)
                appendCompounds(from: index, segment, position: position, to: &stream)
                while nextDate < recognizer.dates.count,
                    recognizer.dates[nextDate].first <= index
                {
                    let date = recognizer.dates[nextDate]
                    nextDate += 1
                    guard date.first == index else { continue }
                    appendDate(date, segment, position: position, to: &stream)
                }
            }
        }
    }

    // Given the text, not the pipeline: that one would be copied as a whole for each call.
    @inline(__always)
    private static func source(
        _ first: Word, _ last: Word, in clean: borrowing CleanText
    ) -> ByteRange {
        let start = clean.starts[Int(first.start)]
        return ByteRange(start: start, count: clean.ends[Int(last.end) - 1] - start)
    }

    // MARK: - Words

    private mutating func appendWord(
        _ index: Int, _ segment: LanguageSegment, position: UInt32, to stream: inout TokenStream
    ) {
        let word = tokenizer.words[index]
        let kind = kind(of: word)
        let plan = plan(for: word, kind, segment)
        append(
            entry: Int(entries[index]), source: Self.source(word, word, in: clean),
            position: position, plan,
            kind: kind, to: &stream)
        if word.romanValue > 0 {
            appendNumber(word.romanValue, of: word, segment, position: position, to: &stream)
        }
    }

    /// Appends the value of a Roman numeral beside it: `VIII` is 8 too.
    private mutating func appendNumber(
        _ value: UInt8, of word: Word, _ segment: LanguageSegment, position: UInt32,
        to stream: inout TokenStream
    ) {
        term.truncate()
        if value >= 10 { term.append(UInt8(ascii: "0") + value / 10) }
        term.append(UInt8(ascii: "0") + value % 10)
        append(
            entry: cache.intern(term), source: Self.source(word, word, in: clean),
            position: position,
            Plan(language: segment.language), kind: .number, to: &stream)
    }

    private func kind(of word: Word) -> Token.Kind {
        if word.flags.contains(.digit) { return .number }
        let isAcronym =
            word.upperCount >= 2 && !tokenizer.lines[Int(word.line)].isMostlyCapitals
        return isAcronym ? .acronym : .word
    }

    /// Which stemmers a word gets: by its script first, then by the language of its sentence.
    private func plan(
        for word: Word, _ kind: Token.Kind, _ segment: LanguageSegment
    ) -> Plan {
        let flags = word.flags
        if kind == .number || word.special != .none {
            return Plan(language: segment.language)
        }
        if kind == .acronym {
            // `ҚазҰУ` takes its suffixes behind a hyphen; `КазНУдың` is stemmed.
            let last = CharacterTable.shared.flags(clean.units[Int(word.end) - 1])
            if last.contains(.upper) { return Plan(language: segment.language) }
        }
        if flags.contains(.cyrillic) { return planCyrillic(word, segment) }
        if flags.contains(.latin) {
            if segment.isLatinKazakh, segment.language == .kazakh {
                // A typed word or two may be English after all.
                return Plan(
                    language: .kazakh, stemming: .unified, other: isShort ? .english : nil)
            }
            // `Ulttıq` alone does not make a text Kazakh, but English it is not.
            let other: WordCache.Stemming? =
                isShort && flags.contains(.kazakhLatin) ? .unified : nil
            return segment.language == .other
                ? Plan(language: .other, other: other)
                : Plan(language: .english, stemming: .english, other: other)
        }
        if flags.contains(.arabic), isShort || segment.language == .kazakh {
            return Plan(language: segment.language, stemming: .unified)
        }
        return Plan(language: segment.language)
    }

    private func planCyrillic(_ word: Word, _ segment: LanguageSegment) -> Plan {
        if word.flags.contains(.kazakh) {
            return Plan(language: .kazakh, stemming: .kazakh)
        }
        let isKnown = segment.language == .kazakh || segment.language == .russian
        let isName =
            word.isCapitalized && !word.startsSentence
            && !tokenizer.lines[Int(word.line)].isMostlyCapitals
        let isDoubtful = isShort || segment.isDoubtful || !isKnown || isName
        if segment.language == .kazakh {
            return Plan(
                language: .kazakh, stemming: .kazakh,
                other: isDoubtful ? (isName ? .russianName : .russian) : nil)
        }
        var plan = Plan(language: .russian, stemming: isName ? .russianName : .russian)
        if isDoubtful {
            plan.other = .kazakh
        } else if word.isCapitalized {
            // The first word of a sentence may be a surname or a plural in -ов.
            plan.stemming = .russianName
            plan.other = .russian
        } else if isTyped {
            plan.other = .russianName
        }
        return plan
    }

    private mutating func append(
        entry: Int, source: ByteRange, position: UInt32, _ plan: Plan, kind: Token.Kind,
        to stream: inout TokenStream
    ) {
        let start = terms.count
        terms.append(cache.bytes(of: entry), isPadded: true)
        let exact = range(from: start, in: stream)
        var token = Token(
            source: source, position: position, exact: exact, stem: exact,
            language: plan.language, kind: kind)
        token.exactNumber = UInt32(truncatingIfNeeded: entry)
        token.stemNumber = token.exactNumber
        if let stemming = plan.stemming {
            let stem = cache.stem(entry, stemming, stemmers)
            token.stem = place(stem, of: exact, in: stream)
            token.stemNumber = UInt32(truncatingIfNeeded: stem.number)
        }
        if let other = plan.other {
            let stem = cache.stem(entry, other, stemmers)
            token.otherStemNumber = UInt32(truncatingIfNeeded: stem.number)
            if token.otherStemNumber != token.stemNumber {
                token.otherStem = place(stem, of: exact, in: stream)
            }
        }
        stream.tokens.append(token)
    }

    /// Where a stem stands: in its word, or appended.
    @inline(__always)
    private mutating func place(
        _ stem: WordCache.Stem, of exact: ByteRange, in stream: borrowing TokenStream
    ) -> ByteRange {
        if stem.prefixCount > 0 {
            return ByteRange(start: exact.start, count: UInt32(stem.prefixCount))
        }
        let start = terms.count
        terms.append(cache.bytes(of: Int(stem.number)), isPadded: true)
        return range(from: start, in: stream)
    }

    /// The bytes that were appended since `start`, as they will stand in the stream.
    @inline(__always)
    private func range(from start: Int, in stream: borrowing TokenStream) -> ByteRange {
        ByteRange(
            start: UInt32(truncatingIfNeeded: stream.bytes.count &+ start),
            count: UInt32(truncatingIfNeeded: terms.count &- start))
    }

    // MARK: - Compounds and dates

    /// Appends the joined forms of the compounds that begin at a word.
    private mutating func appendCompounds(
        from index: Int, _ segment: LanguageSegment, position: UInt32,
        to stream: inout TokenStream
    ) {
        guard index + 1 < tokenizer.words.count else { return }
        let link = tokenizer.words[index + 1].link
        guard link == .hyphen || link == .host || link == .initials,
            tokenizer.words[index].link != link || !hasLinkedPart(before: index)
        else { return }
        let words = tokenizer.words
        var end = index + 1
        while end < words.count, words[end].link == link, !words[end].isDropped { end += 1 }
        guard end - index > 1, end - index <= Self.mostParts else { return }
        if link == .hyphen, !isCompound(words[index..<end]) { return }
        term.truncate()
        for part in index..<end {
            if link == .host, part > index { term.append(UInt8(ascii: ".")) }
            term.append(cache.bytes(of: Int(entries[part])), isPadded: true)
        }
        let scalars = term.bytes.count { $0 & 0xC0 != 0x80 }
        guard scalars <= TermFolder.longestTerm else { return }
        var plan = Plan(language: segment.language)
        if link == .hyphen {
            plan = self.plan(for: words[end - 1], kind(of: words[end - 1]), segment)
        }
        append(
            entry: cache.intern(term), source: Self.source(words[index], words[end - 1], in: clean),
            position: position, plan, kind: .compound, to: &stream)
    }

    private func hasLinkedPart(before index: Int) -> Bool {
        index > 0 && !tokenizer.words[index - 1].isDropped
    }

    /// Whether words on hyphens are one: not the numbers of a range or a telephone, also in Roman
    /// numerals, not a number before a word of its own (`2021-жылғы`).
    private func isCompound(_ parts: ArraySlice<Word>) -> Bool {
        guard let first = parts.first, parts.contains(where: { $0.flags.contains(.letter) })
        else { return false }
        if parts.contains(where: { $0.romanValue > 0 }) { return false }
        return !(first.isNumber && first.range.count >= 3)
    }

    private mutating func appendDate(
        _ date: RecognizedDate, _ segment: LanguageSegment, position: UInt32,
        to stream: inout TokenStream
    ) {
        term.truncate()
        date.append(to: &term)
        append(
            entry: cache.intern(term),
            source: Self.source(
                tokenizer.words[date.first], tokenizer.words[date.last], in: clean),
            position: position, Plan(language: segment.language), kind: .date, to: &stream)
    }
}
