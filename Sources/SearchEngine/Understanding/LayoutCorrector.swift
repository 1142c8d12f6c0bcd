import TextAnalysis

/// Reads what was typed on the wrong keyboard layout.
///
/// A word is read otherwise only if no document knows it as it was typed, and some document knows
/// it as it may have been meant. A word that is known both ways, or neither, follows the others.
struct LayoutCorrector {
    /// A text as it was meant.
    struct Correction: Equatable {
        var text: String
        var conversion: LayoutConversion
    }

    let vocabulary: SearchedVocabulary
    /// The words of a text, as the search would take them.
    let words: (String) -> [QueryWord]

    /// Fewest letters of a word that speaks for a layout on its own: shorter ones are abbreviations
    /// (`LG`, `5G`, `C++`) and hit a word of the other layout by chance.
    private static let fewestLetters = 3
    /// Fewest letters of such a word in capitals alone, which may be a name: `QARMET`.
    private static let fewestCapitals = 7
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
        var pieces: [Piece] = []
        for word in text.split(whereSeparator: \.isWhitespace) {
            pieces.append(try piece(String(word)))
        }
        guard pieces.count <= Self.mostWords, pieces.contains(where: { $0.isWord && !$0.isKnown })
        else { return nil }
        var best: (score: Int, text: String, conversion: LayoutConversion)?
        for conversion in LayoutConversion.all {
            guard let (score, read) = try read(pieces, as: conversion),
                score > best?.score ?? 0
            else { continue }
            best = (score, read, conversion)
        }
        return best.map { Correction(text: $0.text, conversion: $0.conversion) }
    }

    private func piece(_ text: String) throws(EngineError) -> Piece {
        let letters = text.filter(\.isLetter)
        let isCapital = letters.allSatisfy(\.isUppercase)
        return Piece(
            typed: text, isKnown: try isKnown(text), isWord: !letters.isEmpty,
            letterCount: letters.count,
            isShort: letters.count < (isCapital ? Self.fewestCapitals : Self.fewestLetters))
    }

    /// Whether a document knows every word of a text that has letters.
    private func isKnown(_ text: String) throws(EngineError) -> Bool {
        var hasLetters = false
        for word in words(text) where word.typed.contains(where: \.isLetter) {
            hasLetters = true
            if try !vocabulary.knows(word) { return false }
        }
        return hasLetters
    }

    /// The text by one conversion, and how many letters speak for it; `nil` if nothing does.
    private func read(
        _ typed: [Piece], as conversion: LayoutConversion
    ) throws(EngineError) -> (score: Int, text: String)? {
        var pieces = typed
        var gained = 0
        var lost = 0
        var hasWitness = false
        for index in pieces.indices {
            try take(conversion, &pieces[index])
            let piece = pieces[index]
            guard piece.reading != piece.typed else { continue }
            if !piece.isKnown, piece.isReadingKnown {
                gained += piece.letterCount
                hasWitness = hasWitness || !piece.isShort
            } else if piece.isKnown, !piece.isReadingKnown {
                lost += piece.letterCount
            }
        }
        guard hasWitness else { return nil }
        let isMostly = gained > lost
        let text = pieces.map { piece in
            if piece.isReadingKnown, !piece.isKnown { return piece.reading }
            // Known as typed, or unknown both ways: as most of the others.
            if piece.isKnown {
                return piece.isReadingKnown && isMostly ? piece.reading : piece.typed
            }
            return isMostly ? piece.reading : piece.typed
        }
        return (gained, text.joined(separator: " "))
    }

    /// Chooses the reading of a piece: the first that is known, else the first.
    private func take(_ conversion: LayoutConversion, _ piece: inout Piece) throws(EngineError) {
        let readings = conversion.readings(of: piece.typed)
        piece.reading = readings.first ?? piece.typed
        piece.isReadingKnown = false
        guard piece.isWord, readings != [piece.typed] else { return }
        for reading in readings where try isKnown(reading) {
            piece.reading = reading
            piece.isReadingKnown = true
            return
        }
    }
}
