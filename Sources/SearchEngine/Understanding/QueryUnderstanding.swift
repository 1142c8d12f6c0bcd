import TextAnalysis

/// Finds out what was meant by what was typed: for one search, over all its collections.
///
/// Postings hold what was written. That a word has other spellings, that a key was missed or the
/// keyboard was set to another language, is found here, in the dictionary, before any posting is
/// read. Each way can be switched off, each says itself in the answer.
final class QueryUnderstanding {
    /// The text that is searched for.
    private(set) var text: String
    /// What was read otherwise than it was typed, in the order in which it was found.
    private(set) var corrections: [SearchResponse.Correction] = []
    /// The words as they were typed.
    let analysis: QueryAnalysis
    let vocabulary: SearchedVocabulary

    /// The listed entities that the text names.
    private(set) var entities: [QueryNames.Entity] = []

    private let request: SearchRequest
    private let weights: RankingWeights
    private let names: QueryNameSource
    /// Finds what words are called in other languages; `nil` where that is not wanted.
    let translator: WordTranslator?
    private let spellings: NameSpellings
    private let cognates: CognateFinder?
    private let language: Language?
    let times: SearchTimes
    private let lexicon: LexiconVocabulary
    private let memory: WordMemory
    private let expander: WordExpander
    private let spelling: WordSpelling
    private var known: [String: [QueryUnit]] = [:]
    /// The words that were misspelt, and what they were taken for.
    private var slips: [(typed: String, meant: String)] = []
    /// How many words were looked at that are no function words.
    private var wordCount = 0
    /// The words that no document knows, however they are read, and the nearest that some do.
    private var unknown: [(typed: String, nearest: String)] = []

    /// The understanding of a request.
    init(
        request: SearchRequest, language: Language?, analysis: QueryAnalysis,
        vocabulary: SearchedVocabulary, weights: RankingWeights, limits: Limits,
        memory: WordMemory, lexicon: LexiconVocabulary,
        names: QueryNameSource, translator: WordTranslator?, times: SearchTimes
    ) {
        self.times = times
        self.request = request
        self.weights = weights
        self.names = names
        self.translator = translator
        spellings = NameSpellings(
            vocabulary: vocabulary, weights: weights, usesForms: request.forms != .off,
            likeness: names.likeness)
        cognates = translator.map {
            CognateFinder(
                vocabulary: vocabulary, letters: $0.lexicon.letters, weights: weights)
        }
        self.language = language
        self.analysis = analysis
        self.vocabulary = vocabulary
        self.lexicon = lexicon
        self.memory = memory
        text = request.q
        expander = WordExpander(
            vocabulary: vocabulary, analysis: analysis, weights: weights, limits: limits,
            usesForms: request.forms != .off)
        spelling = WordSpelling(
            vocabulary: vocabulary, analysis: analysis, lexicon: lexicon, weights: weights,
            limits: limits, usesForms: request.forms != .off)
    }

    /// Reads the text by another keyboard layout if it makes no sense as it is typed.
    ///
    /// Only in simple mode: who writes operators looks at what he writes.
    func correctLayout() throws(EngineError) {
        guard request.layout != .off, request.mode == .simple else { return }
        let corrector = LayoutCorrector(
            vocabulary: vocabulary,
            words: { [analysis, language] in analysis.words(of: $0, language: language) },
            model: analysis.model, lexicon: lexicon, translator: translator,
            language: language, memory: memory)
        guard let correction = try corrector.correction(of: text) else { return }
        corrections.append(
            SearchResponse.Correction(typed: text, meant: correction.text, via: .layout))
        text = correction.text
    }

    /// The words of a part of the text, with all they stand for.
    func units(of part: String, language: Language?) throws(EngineError) -> [QueryUnit] {
        if let units = known[part] { return units }
        var units = times.measure(.analysis) { analysis.units(of: part, language: language) }
        for index in units.indices {
            switch units[index] {
            case .word(var word):
                if !word.isStopWord { wordCount += 1 }
                try understand(&word, ways.union(.whole))
                units[index] = .word(word)
            case .name, .translated: break
            case .compound(var parts, var whole):
                wordCount += parts.count
                for part in parts.indices { try understand(&parts[part], ways) }
                try understand(&whole, ways)
                units[index] = .compound(parts: parts, whole: whole)
            }
        }
        try times.measure(.names) { () throws(EngineError) in try link(&units, part) }
        if request.mode == .simple, let translator {
            units = times.measure(.languages) { translator.translate(units) }
            try times.measure(.senses) { () throws(EngineError) in
                try SenseChooser(vocabulary: vocabulary).choose(&units)
            }
        }
        known[part] = units
        return units
    }

    /// Puts the names of listed entities together, and adds how else they are written.
    private func link(_ units: inout [QueryUnit], _ part: String) throws(EngineError) {
        guard request.names != .off, request.mode == .simple, names.isReady else { return }
        for link in try names.links(part) {
            guard let range = Self.place(of: link.words, in: units),
                !isCommonWord(units[range], of: units.count, namesSurely: link.isSure)
            else { continue }
            entities += link.entities
            var parts = Array(units[range])
            if request.scripts != .off {
                for index in parts.indices { addSpellings(link.spellings, to: &parts[index]) }
            }
            units.replaceSubrange(
                range, with: [.name(parts: parts, ids: link.entities.map(\.id))])
        }
    }

    /// Whether some units are one word among others that is no name there.
    ///
    /// It begins a sentence, or is written in capitals, but is a function word, or one that the
    /// lexicon has (Главной, СМИ). Only a name that is that word and nothing more is meant even so.
    private func isCommonWord(
        _ units: ArraySlice<QueryUnit>, of count: Int, namesSurely isSure: Bool
    ) -> Bool {
        guard count > 1, units.count == 1, case .word(let word)? = units.first else { return false }
        if word.isStopWord, word.kind != .acronym { return true }
        return !isSure && translator?.knowsAsCommonWord(word) == true
    }

    /// The units that some words of the text became.
    private static func place(of words: [String], in units: [QueryUnit]) -> Range<Int>? {
        let wanted = words.joined(separator: " ")
        for start in units.indices {
            var typed: [String] = []
            for end in start..<units.count {
                if case .name = units[end] { break }
                typed += units[end].words.map(\.typed)
                // Signs between words are in neither.
                if letters(typed.joined(separator: " ")) == letters(wanted) {
                    return start..<end + 1
                }
                if typed.count > 2 * words.count + 4 { break }
            }
        }
        return nil
    }

    private static func letters(_ text: String) -> String {
        text.filter { $0.isLetter || $0.isNumber }
    }

    private func addSpellings(_ spellings: [QueryNames.Spelling], to unit: inout QueryUnit) {
        func add(to word: inout QueryWord) {
            for spelling in spellings where spelling.typed == word.typed {
                word.addRelated(
                    RelatedTerm(
                        term: spelling.form, isStem: false,
                        weight: weights.scripts * spelling.score * weights.exactForm,
                        via: .scripts))
                guard request.forms != .off else { continue }
                for stem in analysis.stems(of: spelling.form, language: nil) {
                    word.addRelated(
                        RelatedTerm(
                            term: stem, isStem: true, weight: weights.scripts * spelling.score,
                            via: .scripts))
                }
            }
        }
        switch unit {
        case .word(var word):
            add(to: &word)
            unit = .word(word)
        case .compound(var parts, let whole):
            for index in parts.indices { add(to: &parts[index]) }
            unit = .compound(parts: parts, whole: whole)
        case .name, .translated: break
        }
    }

    /// The ways in which the words of the request are understood now.
    private var ways: WordMemory.Ways {
        var ways: WordMemory.Ways = []
        if request.forms != .off { ways.insert(.forms) }
        if request.scripts != .off { ways.insert(.scripts) }
        guard request.mode == .simple else { return ways }
        if request.typos != .off { ways.insert(.typos) }
        if names.isReady { ways.formUnion(request.names != .off ? [.names, .sounds] : .sounds) }
        if translator != nil { ways.insert(.languages) }
        return ways
    }

    /// Adds what a word stands for beside its own forms.
    private func understand(_ word: inout QueryWord, _ ways: WordMemory.Ways) throws(EngineError) {
        let asked = WordMemory.Word(word, ways)
        let meaning: WordMemory.Meaning
        if let known = memory.meaning(of: asked) {
            meaning = known
        } else {
            meaning = try self.meaning(of: word, ways)
            memory.keep(meaning, of: asked)
        }
        word.related = meaning.related
        guard let nearest = meaning.nearest else { return }
        if nearest.isSure {
            slips.append((word.typed, nearest.text))
        } else {
            unknown.append((word.typed, nearest.text))
        }
    }

    private func meaning(
        of word: QueryWord, _ ways: WordMemory.Ways
    ) throws(EngineError) -> WordMemory.Meaning {
        var word = word
        try expand(&word, ways)
        var meaning = WordMemory.Meaning()
        if ways.contains(.whole) {
            meaning.nearest = try correct(&word, ways)
            if meaning.nearest?.isSure != true { try addCognates(to: &word, ways) }
        }
        meaning.related = word.related
        return meaning
    }

    private func expand(_ word: inout QueryWord, _ ways: WordMemory.Ways) throws(EngineError) {
        if ways.contains(.scripts) {
            try times.measure(.scripts) { () throws(EngineError) in try expander.expand(&word) }
        }
        // What the lexicon has is found in other scripts by its translations.
        guard ways.contains(.names), NameSpellings.mayBeName(word), translator?.knows(word) != true
        else { return }
        try times.measure(.names) { () throws(EngineError) in
            try spellings.expand(&word, as: .name)
        }
    }

    /// Adds how another language writes a word that has no translation, if it is not a slip: by
    /// the letters that were learnt, else by its sounds in another script.
    private func addCognates(to word: inout QueryWord, _ ways: WordMemory.Ways) throws(EngineError)
    {
        guard let translator, ways.contains(.languages), !NameSpellings.mayBeName(word),
            !translator.knows(word)
        else { return }
        try times.measure(.languages) { () throws(EngineError) in
            if ways.contains(.forms), let cognates, try cognates.expand(&word) { return }
            if ways.contains(.sounds) { try spellings.expand(&word, as: .cognate) }
        }
    }

    /// Takes a word that nobody knows for a near one; the nearest, if it was looked for.
    private func correct(
        _ word: inout QueryWord, _ ways: WordMemory.Ways
    ) throws(EngineError) -> WordSpelling.Nearest? {
        guard ways.contains(.typos), word.related.isEmpty, word.kind == .word, !word.isStopWord,
            try !vocabulary.knows(word),
            // Nobody has misspelt a word that is in the lexicon.
            translator?.knows(word) != true
        else { return nil }
        return try times.measure(.typos) { () throws(EngineError) in try spelling.correct(&word) }
    }

    /// Says which misspelt words were read otherwise; after the last call of `units`.
    ///
    /// Where most of the words are known, the query stands as it was typed: what an unknown word
    /// was also taken for is said at the word alone.
    func noteSlips() {
        guard !slips.isEmpty, slips.count * 2 >= wordCount else {
            slips = []
            return
        }
        corrections.append(
            SearchResponse.Correction(
                typed: text, meant: Self.replace(slips, in: text), via: .typo))
        slips = []
    }

    /// What may have been meant, where nothing was found: the nearest words that documents know,
    /// in the place of those that none knows; `nil` without any.
    var suggestion: String? {
        let base = corrections.last?.meant ?? text
        return unknown.isEmpty
            ? nil : Self.replace(unknown.map { ($0.typed, $0.nearest) }, in: base)
    }

    /// Puts words in the place of others, each once and in order.
    private static func replace(_ words: [(typed: String, meant: String)], in text: String)
        -> String
    {
        var result = ""
        var rest = text[...]
        for (typed, meant) in words {
            guard let place = rest.firstRange(of: typed) else { continue }
            result += rest[..<place.lowerBound] + meant
            rest = rest[place.upperBound...]
        }
        return result + rest
    }
}
