import TextAnalysis

/// One typed word and the terms it stands for.
struct QueryWord: Equatable {
    /// As it was typed.
    var typed: String
    /// Its place among the words of its text.
    var position: UInt32
    /// Its exact forms, folded; at least one.
    var exact: [[UInt8]]
    /// Its stems, in all languages that it may be of; and its exact form, if that is never cut.
    var stems: [[UInt8]]
    /// Whether it is a function word.
    var isStopWord = false
    /// What kind of word it is.
    var kind = Token.Kind.word
    /// The language it was stemmed in.
    var language = Language.other
    /// Terms that it stands for though it was not typed so.
    var related: [RelatedTerm] = []
}

/// A term that a typed word stands for in another way than by its forms.
struct RelatedTerm: Equatable {
    /// The bytes of the term.
    var term: [UInt8]
    /// Whether it is a stem, to be looked for in the fields of stems.
    var isStem: Bool
    /// How much an occurrence counts, beside 1 for a form of the typed word.
    var weight: Float
    /// How it came about.
    var via: SearchResponse.Match.Via
}

/// What has to match as one: a word, or several that are also written as one.
enum QueryUnit: Equatable, Sendable {
    case word(QueryWord)
    /// A compound (`Қасым-Жомарт`) or a date, by its parts and as a whole.
    case compound(parts: [QueryWord], whole: QueryWord)
    /// The name of a listed entity: its words, or any mention of who bears it.
    indirect case name(parts: [QueryUnit], ids: [String])

    /// Words of one lemma, or one word, with what they are called in other languages.
    indirect case translated(parts: [QueryUnit], translations: [Translation])

    /// Its words, without the whole of a compound.
    var words: [QueryWord] {
        switch self {
        case .word(let word): [word]
        case .compound(let parts, _): parts
        case .name(let parts, _), .translated(let parts, _): parts.flatMap(\.words)
        }
    }

    /// Whether it is nothing but function words.
    var isStopWord: Bool {
        switch self {
        case .word(let word): word.isStopWord
        case .compound, .name, .translated: false
        }
    }
}

/// Analyses typed text, a run of words at a time, so that language and dates are seen whole.
final class QueryAnalysis {
    private let analyzer: Analyzer
    private let stopWords: StopWordSet
    private var stream = TokenStream()
    /// What `stream` holds the tokens of: as often as not the same text is asked for again.
    private var analyzed: (source: [UInt8], language: Language?)?
    /// The tokens of a lone term.
    private var termStream = TokenStream()
    /// How many words were typed in each language.
    private(set) var languageCounts: [Language: Int] = [:]

    /// An analysis of one query.
    init(analyzer: Analyzer, stopWords: StopWordSet) {
        self.analyzer = analyzer
        self.stopWords = stopWords
    }

    /// What letters say of a language.
    var model: LanguageModel { analyzer.languageModel }

    /// The words of a text without their relations, not counted for the language of the query.
    func words(of text: String, language: Language?) -> [QueryWord] {
        let counts = languageCounts
        defer { languageCounts = counts }
        return units(of: text, language: language).flatMap(\.words)
    }

    /// The stem of a term as a word of a language, or of the one that it looks like.
    func stems(of term: [UInt8], language: Language?) -> [[UInt8]] {
        analyzer.analyze(term.span, language: language, into: &termStream)
        guard termStream.tokens.count == 1, let token = termStream.tokens.first else { return [] }
        return [Array(termStream.bytes[token.stem.range])]
    }

    /// The language that most words of a text are in, if any can be told.
    func language(of text: String) -> Language? {
        analyze(Array(text.utf8), language: nil)
        let languages = Language.allCases.filter { $0 != .other && stream.wordCount(in: $0) > 0 }
        return languages.max { stream.wordCount(in: $0) < stream.wordCount(in: $1) }
    }

    /// The words of a text in their order.
    func units(of text: String, language: Language?) -> [QueryUnit] {
        let source = Array(text.utf8)
        analyze(source, language: language)
        var words: [(word: QueryWord, range: Range<Int>)] = []
        var wholes: [(word: QueryWord, range: Range<Int>)] = []
        for token in stream.tokens {
            let word = queryWord(token, in: source)
            let range = token.source.range
            if token.kind == .date || token.kind == .compound {
                wholes.append((word, range))
            } else if let last = words.indices.last, words[last].word.position == token.position {
                words[last].word.merge(word)
                words[last].range = words[last].range.lowerBound..<range.upperBound
            } else {
                words.append((word, range))
            }
            if token.kind != .date, token.kind != .compound {
                languageCounts[token.language, default: 0] += 1
            }
        }
        return joined(words, wholes)
    }

    private func analyze(_ source: [UInt8], language: Language?) {
        if let analyzed, analyzed.language == language, analyzed.source == source { return }
        analyzer.analyze(source.span, language: language, into: &stream)
        analyzed = (source, language)
    }

    private func queryWord(_ token: Token, in source: [UInt8]) -> QueryWord {
        let exact = Array(stream.bytes[token.exact.range])
        var word = QueryWord(
            typed: String(decoding: source[token.source.range], as: UTF8.self),
            position: token.position, exact: [exact], stems: [])
        word.kind = token.kind
        word.language = token.language
        word.addStem(Array(stream.bytes[token.stem.range]))
        if !token.otherStem.isEmpty { word.addStem(Array(stream.bytes[token.otherStem.range])) }
        if token.isIndexedExactly { word.addStem(exact) }
        word.isStopWord =
            token.kind == .word && stopWords.contains(exact, language: token.language)
        return word
    }

    /// Puts the parts of compounds and dates together.
    private func joined(
        _ words: [(word: QueryWord, range: Range<Int>)],
        _ wholes: [(word: QueryWord, range: Range<Int>)]
    ) -> [QueryUnit] {
        var units: [QueryUnit] = []
        var index = 0
        while index < words.count {
            let start = words[index].range.lowerBound
            // The widest whole that begins here.
            let whole = wholes.filter { $0.range.lowerBound == start }.max {
                $0.range.upperBound < $1.range.upperBound
            }
            guard let whole else {
                units.append(.word(words[index].word))
                index += 1
                continue
            }
            var end = index
            while end < words.count, words[end].range.upperBound <= whole.range.upperBound {
                end += 1
            }
            let parts = words[index..<end].map(\.word)
            switch parts.count {
            case 0:
                units.append(.word(words[index].word))
                index += 1
            case 1:
                var word = parts[0]
                word.merge(whole.word)
                units.append(.word(word))
                index = end
            default:
                units.append(.compound(parts: parts, whole: whole.word))
                index = end
            }
        }
        // A date may stand where no word is left beside it.
        for whole in wholes where !words.contains(where: { $0.range.overlaps(whole.range) }) {
            units.append(.word(whole.word))
        }
        return units
    }
}

extension QueryWord {
    /// Adds a stem once.
    mutating func addStem(_ stem: [UInt8]) {
        if !stem.isEmpty, !stems.contains(stem) { stems.append(stem) }
    }

    /// The exact forms that may stand in a text for it: as typed, and as it is spelt otherwise.
    var written: [[UInt8]] { exact + related.filter { !$0.isStem }.map(\.term) }

    /// Adds a related term, unless it is one of the word's own; of two alike the heavier stays.
    mutating func addRelated(_ term: RelatedTerm) {
        guard !(term.isStem ? stems : exact).contains(term.term) else { return }
        let known = related.firstIndex { $0.term == term.term && $0.isStem == term.isStem }
        guard let known else { return related.append(term) }
        if related[known].weight < term.weight { related[known] = term }
    }

    /// Adds the terms of another word at the same place.
    mutating func merge(_ other: QueryWord) {
        for form in other.exact where !exact.contains(form) { exact.append(form) }
        for stem in other.stems { addStem(stem) }
        for term in other.related { addRelated(term) }
        isStopWord = isStopWord && other.isStopWord
    }
}
