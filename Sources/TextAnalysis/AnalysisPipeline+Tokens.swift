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
        tokens.truncate()
        let words = tokenizer.words
        var position = stream.positionCount
        var nextDate = 0
        var nextDateStart = recognizer.dates.first?.first ?? .max
        for number in identifier.segments.indices {
            let segment = identifier.segments[number]
            for index in segment.words {
                if words[index].isDropped { continue }
                appendWord(words[index], entry: Int(entries[index]), segment, position: position)
                let link = index + 1 < words.count ? words[index + 1].link : .none
                if link == .hyphen || link == .host || link == .initials {
                    appendCompound(from: index, link, segment, position: position)
                }
                while nextDateStart <= index {
                    let date = recognizer.dates[nextDate]
                    nextDate += 1
                    nextDateStart =
                        nextDate < recognizer.dates.count ? recognizer.dates[nextDate].first : .max
                    guard date.first == index else { continue }
                    appendDate(date, segment, position: position)
                }
                position &+= 1
            }
        }
        stream.positionCount = position
        addToStream(&stream)
    }

    /// Adds the tokens and terms of the chunk to those of the stream.
    private mutating func addToStream(_ stream: inout TokenStream) {
        let base = UInt32(truncatingIfNeeded: stream.bytes.count)
        if base > 0 {
            let elements = tokens.elements
            for index in elements.indices {
                elements[index].exact.start &+= base
                elements[index].stem.start &+= base
                if !elements[index].otherStem.isEmpty {
                    elements[index].otherStem.start &+= base
                }
            }
        }
        stream.tokens.append(contentsOf: tokens.elements)
        stream.bytes.append(contentsOf: terms.bytes)
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

    @inline(__always)
    private mutating func appendWord(
        _ word: Word, entry: Int, _ segment: LanguageSegment, position: UInt32
    ) {
        let kind = kind(of: word)
        let plan = plan(for: word, kind, segment)
        append(
            entry: entry, exact: word.term, source: Self.source(word, word, in: clean),
            position: position, plan, kind: kind)
        if word.romanValue > 0 {
            appendNumber(word.romanValue, of: word, segment, position: position)
        }
    }

    /// Appends the value of a Roman numeral beside it: `VIII` is 8 too.
    private mutating func appendNumber(
        _ value: UInt8, of word: Word, _ segment: LanguageSegment, position: UInt32
    ) {
        term.truncate()
        if value >= 10 { term.append(UInt8(ascii: "0") + value / 10) }
        term.append(UInt8(ascii: "0") + value % 10)
        appendTerm(
            source: Self.source(word, word, in: clean), position: position,
            Plan(language: segment.language), kind: .number)
    }

    @inline(__always)
    private func kind(of word: Word) -> Token.Kind {
        if word.flags.contains(.digit) { return .number }
        let isAcronym =
            word.upperCount >= 2 && !tokenizer.lines[Int(word.line)].isMostlyCapitals
        return isAcronym ? .acronym : .word
    }

    /// Which stemmers a word gets: by its script first, then by the language of its sentence.
    @inline(__always)
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

    @inline(__always)
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

    /// Appends a token of the term that was put together in `term`.
    @inline(never)
    private mutating func appendTerm(
        source: ByteRange, position: UInt32, _ plan: Plan, kind: Token.Kind
    ) {
        let start = terms.count
        terms.append(term.bytes, isPadded: true)
        append(
            entry: cache.intern(term), exact: terms.range(from: start), source: source,
            position: position, plan, kind: kind)
    }

    @inline(__always)
    private mutating func append(
        entry: Int, exact: ByteRange, source: ByteRange, position: UInt32, _ plan: Plan,
        kind: Token.Kind
    ) {
        // Where it stays: a copy of what was just written would wait for the writes.
        let token = tokens.extend(by: 1)
        token.initialize(
            to: Token(
                source: source, position: position, exact: exact, stem: exact,
                language: plan.language, kind: kind))
        let number = UInt32(truncatingIfNeeded: entry)
        token.pointee.exactNumber = number
        token.pointee.stemNumber = number
        var stemNumber = number
        if let stemming = plan.stemming {
            let stem = cache.stem(entry, stemming, stemmers)
            stemNumber = UInt32(truncatingIfNeeded: stem.number)
            token.pointee.stemNumber = stemNumber
            token.pointee.stem = place(stem, of: exact)
        }
        if let other = plan.other {
            let stem = cache.stem(entry, other, stemmers)
            let otherNumber = UInt32(truncatingIfNeeded: stem.number)
            token.pointee.otherStemNumber = otherNumber
            if otherNumber != stemNumber { token.pointee.otherStem = place(stem, of: exact) }
        }
    }

    /// Where a stem stands: in its word, or appended.
    @inline(__always)
    private mutating func place(_ stem: WordCache.Stem, of exact: ByteRange) -> ByteRange {
        if stem.prefixCount > 0 {
            return ByteRange(start: exact.start, count: UInt32(stem.prefixCount))
        }
        let start = terms.count
        terms.append(cache.bytes(of: Int(stem.number)), isPadded: true)
        return terms.range(from: start)
    }

    // MARK: - Compounds and dates

    /// Appends the joined form of the compound of which a word is the first part, if it is.
    @inline(never)
    private mutating func appendCompound(
        from index: Int, _ link: Word.Link, _ segment: LanguageSegment, position: UInt32
    ) {
        let words = tokenizer.words
        guard words[index].link != link || !hasLinkedPart(before: index) else { return }
        var end = index + 1
        while end < words.count, words[end].link == link, !words[end].isDropped { end += 1 }
        guard end - index > 1, end - index <= Self.mostParts else { return }
        if link == .hyphen, !isCompound(words[index..<end]) { return }
        term.truncate()
        for part in index..<end {
            if link == .host, part > index { term.append(UInt8(ascii: ".")) }
            term.append(terms.bytes(words[part].term), isPadded: true)
        }
        let scalars = term.bytes.count { $0 & 0xC0 != 0x80 }
        guard scalars <= TermFolder.longestTerm else { return }
        var plan = Plan(language: segment.language)
        if link == .hyphen {
            plan = self.plan(for: words[end - 1], kind(of: words[end - 1]), segment)
        }
        appendTerm(
            source: Self.source(words[index], words[end - 1], in: clean), position: position,
            plan, kind: .compound)
    }

    private func hasLinkedPart(before index: Int) -> Bool {
        index > 0 && !tokenizer.words[index - 1].isDropped
    }

    /// Whether words on hyphens are one: not the numbers of a range or a telephone, also in Roman
    /// numerals, not a number before a word of its own (`2021-жылғы`).
    private func isCompound(_ parts: Slice<UnsafeMutableBufferPointer<Word>>) -> Bool {
        guard let first = parts.first, parts.contains(where: { $0.flags.contains(.letter) })
        else { return false }
        if parts.contains(where: { $0.romanValue > 0 }) { return false }
        return !(first.isNumber && first.range.count >= 3)
    }

    @inline(never)
    private mutating func appendDate(
        _ date: RecognizedDate, _ segment: LanguageSegment, position: UInt32
    ) {
        term.truncate()
        date.append(to: &term)
        let (first, last) = (tokenizer.words[date.first], tokenizer.words[date.last])
        appendTerm(
            source: Self.source(first, last, in: clean), position: position,
            Plan(language: segment.language), kind: .date)
    }
}
