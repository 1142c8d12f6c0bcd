import TextAnalysis

/// Reads what was typed on the wrong keyboard layout.
///
/// Some word must be known to documents, or to a lexicon, as it may have been meant and not as it was
/// typed. Then words that are known both ways, or neither, are read as their letters and their
/// neighbours suggest; words that are known only as they were typed stay.
struct LayoutCorrector {
    /// A text as it was meant.
    struct Correction: Equatable {
        var text: String
        var conversion: LayoutConversion
    }

    let vocabulary: SearchedVocabulary
    /// The words of a text, as the search would take them.
    let words: (String) -> [QueryWord]
    /// What letters say of a language.
    let model: LanguageModel
    /// Words that are known whether a document has them or not.
    let lexicon: LexiconVocabulary
    /// Knows words of the three languages, too, if it is there.
    let translator: WordTranslator?
    /// The language of the text, if it was told.
    let language: Language?
    let memory: WordMemory

    /// Fewest letters of a word that speaks for a layout on its own: shorter ones are abbreviations
    /// (`LG`, `5G`, `C++`) and hit a word of the other layout by chance.
    private static let fewestLetters = 3
    /// Fewest letters of such a word in capitals alone, which may be a name: `QARMET`.
    private static let fewestCapitals = 7
    /// Up to how many letters a word that nobody knows goes with its neighbours.
    private static let fewLetters = 4
    /// How much likelier the letters of a word must be where a hyphen is taken for itself, in nats
    /// a letter: mostly it is a letter.
    private static let hyphenMargin: Float = 1.5
    /// Fewest letters of each part of a word with a hyphen that are known apart.
    private static let fewestInPart = 3
    /// Longest text looked at, in words: nobody types a page without a glance.
    private static let mostWords = 32

    /// A word between two spaces and what is known of it.
    private struct Piece {
        var typed: String
        var isKnown: Bool
        /// Whether it has letters at all.
        var isWord: Bool
        /// How many letters it has.
        var letterCount: Int
        /// Whether it may be read otherwise only in company.
        var isShort: Bool
        var reading = ""
        var isReadingKnown = false
    }

    /// The text as it was meant; `nil` if it seems to be typed as it was meant.
    func correction(of text: String) throws(EngineError) -> Correction? {
        let words = TypedWords.words(of: text)
        guard words.count <= Self.mostWords else { return nil }
        var areKnown: [Bool] = []
        for word in words { areKnown.append(try isKnownAsTyped(word)) }
        guard zip(words, areKnown).contains(where: { !$1 && $0.contains(where: \.isLetter) }) else {
            return nil
        }
        let pieces = zip(words, areKnown).map { piece(String($0), isKnown: $1) }
        var best: (score: Score, text: String, conversion: LayoutConversion)?
        for conversion in LayoutConversion.all {
            guard let (score, read) = try read(pieces, as: conversion) else { continue }
            if let best, !(best.score < score) { continue }
            best = (score, read, conversion)
        }
        return best.map { Correction(text: $0.text, conversion: $0.conversion) }
    }

    /// How much speaks for a conversion: letters of words that become known; of equals, how likely
    /// the letters of the other words are.
    private struct Score: Comparable {
        var letterCount = 0
        var plausibility: Float = 0

        static func < (left: Score, right: Score) -> Bool {
            (left.letterCount, left.plausibility) < (right.letterCount, right.plausibility)
        }
    }

    private func isKnownAsTyped(_ text: Substring) throws(EngineError) -> Bool {
        let word = WordMemory.Typed(
            text: text, language: language, isTranslated: translator != nil, isReading: false)
        if let isKnown = memory.isKnown(word) { return isKnown }
        let isKnown = try findOut(text)
        memory.keep(isKnown, of: word)
        return isKnown
    }

    /// Whether a word is known as it was typed: most are, and for most of them that is known
    /// without an analysis.
    private func findOut(_ text: Substring) throws(EngineError) -> Bool {
        let shape = TypedShape(text)
        if let form = shape.folded(text) {
            if try vocabulary.frequency(of: form) > 0 {
                if shape.isOfLetters || text.contains(where: \.isLetter) { return true }
            } else if shape.isOfLetters, lexicon.frequency(of: form) > 0 {
                return true
            }
        }
        return shape.isOfLetters || !hasOddSigns(text) ? try isKnown(String(text)) : false
    }

    private func piece(_ text: String, isKnown: Bool) -> Piece {
        let letters = text.filter(\.isLetter)
        let isCapital = letters.allSatisfy(\.isUppercase)
        return Piece(
            typed: text, isKnown: isKnown,
            isWord: !letters.isEmpty,
            letterCount: letters.count,
            isShort: letters.count < (isCapital ? Self.fewestCapitals : Self.fewestLetters))
    }

    /// Whether a document knows every word of a text that has letters.
    private func isKnown(_ text: String) throws(EngineError) -> Bool {
        let word = WordMemory.Typed(
            text: text[...], language: language, isTranslated: translator != nil, isReading: true)
        if let isKnown = memory.isKnown(word) { return isKnown }
        let isKnown = try knowsAllWords(of: text)
        memory.keep(isKnown, of: word)
        return isKnown
    }

    private func knowsAllWords(of text: String) throws(EngineError) -> Bool {
        var hasLetters = false
        for word in words(text) where word.typed.contains(where: \.isLetter) {
            hasLetters = true
            if try !vocabulary.knows(word), !isInLexicon(word) { return false }
        }
        return hasLetters
    }

    /// Whether signs stand in a word, or before it, that no word has there: `;'c`, `=n3k3`.
    private func hasOddSigns(_ text: Substring) -> Bool {
        let inner = text.reversed().drop { !$0.isLetter && !$0.isNumber }.reversed()
        return inner.contains { ";[]=,`".contains($0) } || inner.first == "-" || inner.first == "'"
            || text.hasSuffix("[") || text.hasSuffix("=")
            || text.contains("-") && text.split(separator: "-").contains { $0.count == 1 }
    }

    /// Whether a reading is known; one with a hyphen as a whole, or if no part is short.
    private func isReadingKnown(_ reading: String, isFirst: Bool) throws(EngineError) -> Bool {
        let parts = reading.split(separator: "-")
        // An ending behind a hyphen is no word of its own: `ксро-да`.
        if isFirst || parts.allSatisfy({ $0.count >= Self.fewestInPart })
            || words(reading).count < parts.count
        {
            return try isKnown(reading)
        }
        return parts.count > 1 ? try isWholeKnown(parts.joined()) : false
    }

    private func isWholeKnown(_ text: String) throws(EngineError) -> Bool {
        for word in words(text) {
            for form in word.exact where try vocabulary.frequency(of: form) > 0 { return true }
        }
        return false
    }

    private func isInLexicon(_ word: QueryWord) -> Bool {
        translator?.knows(word) == true || word.exact.contains { lexicon.frequency(of: $0) > 0 }
    }

    /// The text by one conversion, and how much speaks for it; `nil` if nothing does.
    private func read(
        _ typed: [Piece], as conversion: LayoutConversion
    ) throws(EngineError) -> (score: Score, text: String)? {
        var pieces = typed
        var score = Score()
        var hasWitness = false
        var balance = 0
        for index in pieces.indices {
            try take(conversion, &pieces[index])
            takeSingle(conversion, index, &pieces)
            let piece = pieces[index]
            guard piece.reading != piece.typed else { continue }
            if !piece.isKnown, piece.isReadingKnown {
                score.letterCount += piece.reading.count(where: \.isLetter)
                hasWitness = hasWitness || !piece.isShort
                balance += 1
            } else if piece.isKnown, !piece.isReadingKnown {
                balance -= 1
            } else if !piece.isKnown {
                score.plausibility += plausibility(piece.reading, conversion.meant)
            }
        }
        guard hasWitness else { return nil }
        let choices = pieces.map { choice($0, conversion) }
        let text = pieces.indices.map { index in
            takesReading(index, choices, isMostly: balance > 0)
                ? pieces[index].reading : pieces[index].typed
        }
        return (score, text.joined(separator: " "))
    }

    /// Reads a sign or a digit that stands alone where only a letter makes sense: no text begins
    /// with a hyphen, and behind the number of a century stands ғ.
    private func takeSingle(_ conversion: LayoutConversion, _ index: Int, _ pieces: inout [Piece]) {
        let typed = pieces[index].typed
        let isFirst = index == 0 && typed == "-"
        let isCentury = index > 0 && typed == "5" && Self.isCentury(pieces[index - 1].reading)
        guard isFirst || isCentury, pieces.count > 1,
            let letter = conversion.letter(of: typed)
        else { return }
        pieces[index].reading = letter
    }

    /// Whether a text is a Roman number in small Cyrillic or Latin letters.
    private static func isCentury(_ text: String) -> Bool {
        !text.isEmpty && text.allSatisfy { "хіvix".contains($0) }
    }

    /// Whether a word is taken by its reading, `nil` if it may be either.
    private func choice(_ piece: Piece, _ conversion: LayoutConversion) -> Bool? {
        if piece.reading == piece.typed { return piece.isWord ? false : nil }
        switch (piece.isKnown, piece.isReadingKnown) {
        case (false, true): return true
        case (true, false): return false
        case (true, true): return nil
        case (false, false):
            // Few letters say little.
            guard piece.letterCount > Self.fewLetters else { return nil }
            // Signs among letters are letters of the other layout.
            if !piece.typed.allSatisfy({ $0.isLetter || $0 == "-" }) || piece.typed.hasPrefix("-"),
                piece.reading.allSatisfy(\.isLetter)
            {
                return true
            }
            return plausibility(piece.reading, conversion.meant)
                > plausibility(piece.typed, conversion.typed)
        }
    }

    /// A word that may be either goes with the nearest one that may not.
    private func takesReading(_ index: Int, _ choices: [Bool?], isMostly: Bool) -> Bool {
        if let choice = choices[index] { return choice }
        for distance in 1..<max(2, choices.count) {
            for neighbour in [index - distance, index + distance]
            where choices.indices.contains(neighbour) {
                if let choice = choices[neighbour] { return choice }
            }
        }
        return isMostly
    }

    /// How well the letters of a text fit the languages of a layout: the worst of its words.
    private func plausibility(_ text: String, _ layout: KeyboardLayout) -> Float {
        let languages: [Language] =
            switch layout {
            case .us: [.english, .kazakh]
            case .russian: [.russian, .kazakh]
            case .kazakh, .kazakhShifted: [.kazakh, .russian]
            }
        var worst: Float = 0
        for word in words(text) {
            // A sign inside of a word speaks against it as no letter does.
            let likeliest = languages.map { language in
                model.plausibility(of: word.exact.first ?? [], as: language)
            }.max()
            // 0 is what the model says of what is no word.
            worst = min(worst, likeliest.flatMap { $0 < 0 ? $0 : nil } ?? Self.sign)
        }
        return worst
    }

    /// What a word of no letters counts, in nats a letter.
    private static let sign: Float = -8

    /// Chooses the reading of a piece: the first that is known, else the likeliest by its letters.
    private func take(_ conversion: LayoutConversion, _ piece: inout Piece) throws(EngineError) {
        piece.isReadingKnown = false
        piece.reading = piece.typed
        guard piece.isWord else {
            piece.reading = conversion.reading(ofSigns: piece.typed) ?? piece.typed
            return
        }
        let readings = conversion.readings(of: piece.typed)
        guard let first = readings.first, first != piece.typed else { return }
        for reading in readings
        where try isReadingKnown(reading, isFirst: reading == first) {
            piece.reading = reading
            piece.isReadingKnown = true
            return
        }
        piece.reading = first
        guard readings.count > 1 else { return }
        var best = plausibility(first, conversion.meant) + Self.hyphenMargin
        for reading in readings.dropFirst() {
            let likelihood = plausibility(reading, conversion.meant)
            guard likelihood > best else { continue }
            best = likelihood
            piece.reading = reading
        }
    }
}
