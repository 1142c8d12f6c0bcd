public import TextAnalysis

/// Reads names: words, what they mean, what part they play.
///
/// Not thread-safe, its buffers are reused: one for each thread.
public final class NameReader {
    /// The most parts of a name; what stands behind them is left out.
    public static let mostUnits = 32

    /// The most letters of an acronym that is typed without capitals.
    private static let longestSmallAcronym = 12

    let vocabulary: NameVocabulary
    /// Whether words may stand in a case; names of lists do not.
    public var readsCases = true

    private let tokenizer: NameTokenizer
    private var tokens = NameTokens()
    private var keys: [[UInt8]] = []
    private var sounds = SoundReader()
    /// Words as they are read among others; `nil` for those whose neighbours have a say in it.
    private let plainWords = BoundedMemory<PlainWord, PlainReading?>(limit: 1 << 10)

    /// A word with what its text tells of it.
    private struct PlainWord: Hashable {
        let letters: [UInt8]
        /// Whether some word of the text has a capital.
        let isAmongCapitals: Bool
    }

    /// How such a word is read.
    private struct PlainReading {
        var unit: NameUnit
        /// Whether a form of several words begins with it.
        var beginsForm: Bool
    }

    /// A reader with a vocabulary.
    ///
    /// - Throws: `AnalysisError.unavailable` if ICU cannot be opened.
    public init(vocabulary: NameVocabulary) throws(AnalysisError) {
        self.vocabulary = vocabulary
        tokenizer = try NameTokenizer()
    }

    /// Reads a name.
    ///
    /// - Cost: linear in its length, some microseconds for a usual one.
    public func read(_ name: String) -> ParsedName {
        read(Array(name.utf8).span)
    }

    /// Reads a name of UTF-8 bytes; others part words.
    func read(_ name: Span<UInt8>) -> ParsedName {
        cut(name)
        var parsed = parse(.phrases)
        parsed.text = text
        if let unit = loneAcronym(besides: parsed) {
            parsed.other = [unit]
            return parsed
        }
        guard parsed.units.contains(where: { $0.wordCount > 1 }) else { return parsed }
        // Phrases are not cut alike in all languages, so institutions are also read word by word.
        // `Мағжан Жұмабаев` is a district and a poet: without a word that says what it is, the
        // words of a place may be those of a person.
        let words = parse(.words)
        let isArea = words.units.contains { hasArea($0) }
        parsed.other = words.type == .organization || isArea ? words.units : parse(.none).units
        return parsed
    }

    /// The parts of a text of several words, each of nothing but letters, each of which is read once
    /// for many texts; `nil` where the text has to be read as a whole.
    ///
    /// They are those of `read`, but for where they stand.
    func read(plainWords words: [Substring]) -> [NameUnit]? {
        guard words.count > 1, words.count <= Self.mostUnits else { return nil }
        var units: [NameUnit] = []
        units.reserveCapacity(words.count)
        let texts = words.map { Array($0.utf8) }
        var hasCapitals = false
        for text in texts {
            guard let isCapitalized = Self.isCapitalized(text) else { return nil }
            hasCapitals = hasCapitals || isCapitalized
        }
        var beginsForm = false
        for text in texts {
            guard let reading = reading(PlainWord(letters: text, isAmongCapitals: hasCapitals))
            else { return nil }
            if beginsForm, let last = units.last,
                vocabulary.hasForm(
                    last.folded[...], reading.unit.folded[...], takesAcronyms: !hasCapitals)
            {
                return nil
            }
            units.append(reading.unit)
            beginsForm = reading.beginsForm
        }
        return units
    }

    private func reading(_ word: PlainWord) -> PlainReading? {
        if let known = plainWords[word] { return known }
        let reading = read(word)
        if word.letters.count <= NameTokenizer.longestWord { plainWords.keep(reading, of: word) }
        return reading
    }

    private func read(_ word: PlainWord) -> PlainReading? {
        cut(word.letters.span)
        guard tokens.tokens.count == 1, let token = tokens.tokens.first, token.letterCount > 1,
            token.source.count == UInt32(word.letters.count),
            !PersonEndings.isSeparate(tokens.folded(token))
        else { return nil }
        let (concepts, beginsForm) = vocabulary.word(
            tokens.folded(token), takesAcronyms: !word.isAmongCapitals)
        // «Named after» says of its neighbours what they are.
        guard !concepts.contains(where: { vocabulary.kind($0) == .marker }) else { return nil }
        let unit =
            concepts.isEmpty ? unit(token, isAllCapitals: false) : concept(0..<1, concepts)
        // Its letters are no longer those of the word.
        guard unit.role != .number else { return nil }
        return PlainReading(unit: unit, beginsForm: beginsForm)
    }

    /// Whether a word begins with a capital; `nil` unless all its letters, but the first, are small
    /// ones of the Latin and the Cyrillic alphabets.
    private static func isCapitalized(_ word: [UInt8]) -> Bool? {
        var isCapitalized: Bool?
        for scalar in String(decoding: word, as: UTF8.self).unicodeScalars {
            guard let isCapital = PlainLetter.isCapital(scalar) else { return nil }
            if isCapitalized != nil, isCapital { return nil }
            isCapitalized = isCapitalized ?? isCapital
        }
        return isCapitalized
    }

    /// A lone short word without capitals, as an acronym: who types no capitals may mean `ШҚТУ`.
    ///
    /// So are capitals that are a word of the vocabulary as well: `СУ`, `КарУ`.
    private func loneAcronym(besides parsed: ParsedName) -> NameUnit? {
        guard readsCases, tokens.tokens.count == 1, let token = tokens.tokens.first,
            (2...Self.longestSmallAcronym).contains(token.letterCount),
            !token.shape.contains(.number),
            token.capitalCount == 0
                || parsed.units.first?.role == .concept && isAcronym(token, isAllCapitals: false)
        else { return nil }
        var unit = NameUnit(
            source: token.source, folded: Array(tokens.folded(token)), script: token.script,
            role: .acronym)
        read(tokens.folded(token), into: &unit)
        unit.isSmallAcronym = token.capitalCount == 0
        unit.segments =
            unit.isSmallAcronym
            ? String(decoding: unit.folded, as: UTF8.self).utf16.map { [$0] } : segments(of: token)
        return unit
    }

    private func cut(_ name: Span<UInt8>) {
        // Of a longer text the beginning tells.
        let length = min(name.count, Self.mostUnits * NameTokenizer.longestWord * 4)
        text.removeAll(keepingCapacity: true)
        for index in 0..<length { text.append(name[index]) }
        tokenizer.tokenize(name.extracting(0..<length), mostTokens: Self.mostUnits, into: &tokens)
        keys.removeAll(keepingCapacity: true)
        for token in tokens.tokens { keys.append(ScriptKey.key(of: Array(tokens.folded(token)))) }
    }

    /// How far the vocabulary is used.
    private enum Depth { case none, words, phrases }

    private func hasArea(_ unit: NameUnit) -> Bool {
        unit.concepts.contains { vocabulary.concepts[Int($0)].kind == .area }
    }

    private func parse(_ depth: Depth) -> ParsedName {
        let isAllCapitals = Self.isAllCapitals(tokens)
        let hasCapitals = tokens.hasCapitals
        var parsed = ParsedName()
        var index = 0
        while index < tokens.tokens.count {
            if depth != .none, tokens.tokens[index].letterCount > 1,
                let found = vocabulary.longest(
                    in: keys, from: index, tokens: tokens,
                    mostWords: depth == .words ? 1 : NameVocabulary.longestForm)
            {
                parsed.units.append(concept(index..<index + found.count, found.concepts))
                index += found.count
                continue
            }
            let token = tokens.tokens[index]
            // Тоқаев Қасым-Жомарт Кемел ұлы: «son of» belongs to the word before it.
            if index > 0, parsed.units.last?.role == .word,
                PersonEndings.isSeparate(tokens.folded(token)), var last = parsed.units.last
            {
                last.role = .patronymic
                last.source.count = token.source.start + token.source.count - last.source.start
                parsed.units[parsed.units.count - 1] = last
                index += 1
                continue
            }
            index += 1
            // к.т.н., «о», «и»: letters of a degree and words of one letter are no initials.
            if token.letterCount == 1, hasCapitals, token.capitalCount == 0,
                !token.shape.contains(.number), tokens.tokens.count > 1
            {
                continue
            }
            parsed.units.append(unit(token, isAllCapitals: isAllCapitals))
        }
        parsed.type = guess(parsed.units)
        Eponyms.mark(&parsed.units, vocabulary)
        if parsed.units.count == 1, parsed.units[0].concepts.count > 1 {
            // «Республика Казахстан» alone is the country.
            parsed.units[0].concepts.sort { left, _ in
                vocabulary.concepts[Int(left)].kind == .place
            }
        }
        return parsed
    }

    /// A line of capitals says nothing by them: `ТОҚАЕВ ҚАСЫМ-ЖОМАРТ`.
    private static func isAllCapitals(_ tokens: NameTokens) -> Bool {
        let long = tokens.tokens.filter { $0.letterCount > 1 && !$0.shape.contains(.number) }
        return long.count > 1 && long.allSatisfy(\.isCapitals)
            && long.contains { $0.letterCount > 5 }
    }

    private func concept(_ range: Range<Int>, _ concepts: [NameVocabulary.ConceptID]) -> NameUnit {
        let first = tokens.tokens[range.lowerBound]
        let last = tokens.tokens[range.upperBound - 1]
        var unit = NameUnit(
            source: ByteRange(
                start: first.source.start,
                count: last.source.start + last.source.count - first.source.start),
            folded: [], script: first.script, role: .concept)
        for token in tokens.tokens[range] {
            if !unit.folded.isEmpty { unit.folded.append(0x20) }
            unit.folded.append(contentsOf: tokens.folded(token))
        }
        unit.concepts = concepts
        unit.wordCount = range.count
        unit.followsHyphen = first.shape.contains(.followsHyphen)
        if range.count == 1 {
            sounds.read(unit.folded, script: first.script)
            unit.sounds = sounds.sounds
            unit.key = NameKey(unit.sounds)
            // A town that is named after a person is that person in the name of an institution.
            if let concept = concepts.first, vocabulary.isEponymous(concept),
                !PersonEndings.isAdjective(unit.folded[...]),
                let count = PersonEndings.surnameBase(of: unit.folded[...])
            {
                unit.role = .surname
                sounds.read(unit.folded.prefix(count), script: first.script)
                unit.bare = sounds.sounds
            }
        }
        return unit
    }

    private func unit(_ token: NameToken, isAllCapitals: Bool) -> NameUnit {
        let folded = tokens.folded(token)
        var unit = NameUnit(
            source: token.source, folded: Array(folded), script: token.script, role: .word)
        unit.followsHyphen = token.shape.contains(.followsHyphen)
        if token.shape.contains(.number) {
            unit.role = .number
            return unit
        }
        let roman =
            token.isCapitals && token.letterCount > 1 ? RomanNumeral.value(of: folded) : nil
        if let value = roman ?? RomanNumeral.valueOfOnes(folded) {
            unit.role = .number
            unit.folded = Array(String(value).utf8)
            return unit
        }
        unit.isAbbreviation = token.shape.contains(.precedesStop) && token.letterCount < 6
        if token.letterCount == 1 || Self.isDigraph(token, folded) {
            unit.role = .initial
            sounds.read(folded, script: token.script)
            unit.sounds = sounds.sounds
            return unit
        }
        readWord(folded, into: &unit)
        if unit.role != .patronymic, isAcronym(token, isAllCapitals: isAllCapitals) {
            unit.role = .acronym
            unit.segments = segments(of: token)
        }
        return unit
    }

    /// A word of several letters by these alone, as it is read in any name.
    func word(_ folded: ArraySlice<UInt8>, script: NameToken.Script) -> NameUnit {
        var unit = NameUnit(
            source: ByteRange(start: 0, count: UInt32(folded.count)), folded: Array(folded),
            script: script, role: .word)
        readWord(folded, into: &unit)
        return unit
    }

    /// Reads what the letters of a word tell of it.
    private func readWord(_ folded: ArraySlice<UInt8>, into unit: inout NameUnit) {
        if let count = PersonEndings.patronymicBase(of: folded) {
            unit.role = .patronymic
            read(folded.prefix(count), into: &unit)
            return
        }
        read(folded, into: &unit)
        if let count = PersonEndings.surnameBase(of: folded) {
            unit.role = .surname
            sounds.read(folded.prefix(count), script: unit.script)
            unit.bare = sounds.sounds
            if PersonEndings.hidesVowel(folded.dropFirst(count)) { unit.bare.append(.anyVowel) }
        } else if let count = PersonEndings.villageBase(of: folded) {
            sounds.read(folded.prefix(count), script: unit.script)
            unit.bare = sounds.sounds
        }
        guard readsCases else { return }
        for base in CaseEndings.bases(of: folded, script: unit.script) {
            sounds.read(base, script: unit.script)
            if !sounds.sounds.isEmpty { unit.stems.append(sounds.sounds) }
        }
    }

    /// `Zh.`, `Sh.`, `Yu.`: two letters for one of Cyrillic.
    private static func isDigraph(_ token: NameToken, _ folded: ArraySlice<UInt8>) -> Bool {
        token.script == .latin && token.letterCount == 2 && token.shape.contains(.precedesStop)
            && digraphs.contains(Array(folded))
    }

    private static let digraphs: Set<[UInt8]> = Set(
        "zh sh ch kh gh ts yu ya yo ye ju ja dj dz th ph".split(separator: " ").map {
            Array($0.utf8)
        })

    private func read(_ letters: ArraySlice<UInt8>, into unit: inout NameUnit) {
        sounds.read(letters, script: unit.script)
        unit.sounds = sounds.sounds
        unit.key = NameKey(unit.sounds)
    }

    /// At least two capitals, not all of a long word: `ҚазҰУ`, `EKTU`.
    private func isAcronym(_ token: NameToken, isAllCapitals: Bool) -> Bool {
        guard token.capitalCount >= 2, !isAllCapitals else { return false }
        return token.isCapitals ? token.letterCount <= 7 : token.letterCount <= 12
    }

    /// The parts of an acronym, each from a capital on: Қаз, Ұ, У.
    private func segments(of token: NameToken) -> [[UInt16]] {
        var segments: [[UInt16]] = []
        let text = source(token)
        for character in text {
            let units = Array(String(character).lowercased().utf16)
            if character.isUppercase || segments.isEmpty {
                segments.append(units)
            } else {
                segments[segments.count - 1] += units
            }
        }
        return segments
    }

    /// The letters of a token as they are written; kept from the last text.
    private var text: [UInt8] = []
    private func source(_ token: NameToken) -> String {
        String(decoding: text[token.source.range], as: UTF8.self)
    }

    private func guess(_ units: [NameUnit]) -> ParsedName.EntityTypeGuess? {
        var isArea = false
        var isPerson = false
        // By place: units are dear to copy.
        for place in units.indices {
            for concept in units[place].concepts {
                switch vocabulary.concepts[Int(concept)].kind {
                case .type, .legal: return .organization
                case .area, .place: isArea = true
                default: break
                }
            }
            switch units[place].role {
            case .acronym: return .organization
            case .patronymic, .initial, .surname: isPerson = true
            default: break
            }
        }
        if isPerson, units.count < 6 { return .person }
        return isArea ? .place : nil
    }
}
