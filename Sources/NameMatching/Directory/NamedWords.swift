import TextAnalysis

/// Which words of a text some name of a directory has: found out word by word, which is much less
/// than to look the text up, and once for all its stretches.
public struct NamedWords: Sendable {
    /// By word: whether it, or one that is spelt otherwise, is a word of some name, has a meaning
    /// for names, or stands for names as a whole.
    var isNamed: [Bool]
    /// By word: whether it is a word of some name together with the one behind it.
    var isJoined: [Bool]

    /// Of longer stretches a single word tells too little: it may be left out.
    private static let longestStretch = 5

    /// Whether some name may have all words of a stretch.
    ///
    /// A name that has one of them only as a letter of an acronym, or as an abbreviation, is not
    /// seen: who types such a word does not type the name.
    public func mayName(_ stretch: Range<Int>) -> Bool {
        stretch.count > Self.longestStretch
            || stretch.allSatisfy { place in
                isNamed[place] || place + 1 < stretch.upperBound && isJoined[place]
                    || place > stretch.lowerBound && isJoined[place - 1]
            }
    }
}

/// Finds out which words of a text some name of a directory has.
///
/// The words of the directory are those that a lookup would compare, so that what is no word here
/// is at best a slip of one there. Keeps its buffers; not thread-safe.
struct WordPresence {
    private var comparison: NameComparison
    private var terms = LookupTerms()
    private var mayLackWords = false
    /// What is looked at, and whether the comparison has been asked about it.
    private var reading: [NameUnit] = []
    private var isAsked = false

    /// The presence of words as they are compared with a vocabulary.
    init(vocabulary: NameVocabulary) {
        comparison = NameComparison(vocabulary: vocabulary)
    }

    /// The words of a reading that a directory has.
    mutating func words(of reading: [NameUnit], in directory: NameDirectory) -> NamedWords {
        self.reading = reading
        isAsked = false
        // A given name counts next to nothing beside the surname of whom an institution is named
        // after, so it may be left out.
        mayLackWords = reading.count > 2 && reading.contains { $0.role == .surname }
        var words = NamedWords(isNamed: [], isJoined: [])
        for (place, unit) in reading.enumerated() {
            words.isNamed.append(isNamed(place, unit, directory))
            let next = place + 1 < reading.count ? reading[place + 1] : nil
            words.isJoined.append(next.map { isJoined(unit, $0, directory) } ?? false)
        }
        return words
    }

    private mutating func isNamed(
        _ place: Int, _ unit: NameUnit, _ directory: NameDirectory
    ) -> Bool {
        // What is compared otherwise than by its sounds is not judged by them.
        guard unit.role == .surname || unit.role == .word && !mayLackWords,
            unit.concepts.isEmpty, !unit.isAbbreviation
        else { return true }
        let word = PresentWord(folded: unit.folded, role: unit.role)
        if let known = directory.presence[word] { return known }
        let isNamed = hasWord(place, unit, directory)
        directory.presence.keep(isNamed, of: word)
        return isNamed
    }

    /// Whether a directory has a word, or one that is spelt otherwise, or names that it stands for.
    private mutating func hasWord(
        _ place: Int, _ unit: NameUnit, _ directory: NameDirectory
    ) -> Bool {
        terms.removeAll()
        terms.addSame(unit, directory)
        // A word of the directory finds itself.
        if terms.row != nil || !terms.names.isEmpty || hasWord(place, unit, from: 0, directory) {
            return true
        }
        let same = terms.forms.count
        terms.addNear(unit, directory)
        terms.addCoarse(unit, directory)
        return hasWord(place, unit, from: same, directory)
    }

    /// Whether one of the found words, from some one on, is a part of the asked name.
    private mutating func hasWord(
        _ place: Int, _ unit: NameUnit, from first: Int, _ directory: NameDirectory
    ) -> Bool {
        guard first < terms.forms.count else { return false }
        // Most words are remembered: nothing is compared for them.
        if !isAsked {
            comparison.ask(reading)
            isAsked = true
        }
        for form in terms.forms[first...] {
            guard let word = comparison.wordLikeness(place, form, directory.forms) else { continue }
            // A surname that is nearly the name of a father may be made of it.
            if word.relation != .typo || unit.role == .surname { return true }
        }
        return false
    }

    private mutating func isJoined(
        _ unit: NameUnit, _ next: NameUnit, _ directory: NameDirectory
    ) -> Bool {
        terms.removeAll()
        terms.addJoined(unit, next, directory)
        return !terms.joined.isEmpty
    }
}

extension ParsedName {
    /// Whether the parts are the words of a text, one by one, and it has no other reading.
    ///
    /// Then each stretch of the words is read as it is here.
    ///
    /// - Parameter words: The words of the text that was read, which had one space between them.
    /// - Returns: `false` also where words were put together or left out.
    public func isRead(wordByWord words: [String]) -> Bool {
        guard other.isEmpty, units.count == words.count else { return false }
        var start = 0
        for (unit, word) in zip(units, words) {
            let end = start + word.utf8.count
            guard unit.wordCount == 1, unit.source.start >= start,
                unit.source.start + unit.source.count <= end
            else { return false }
            start = end + 1
        }
        return true
    }
}
