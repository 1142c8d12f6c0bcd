/// Finds out whether a short text is in Kazakh and Russian at once.
///
/// It is, if words that stand surely for each of them occur beside names, titles and loans: a
/// function word, an inflected form, a word that the other language never uses. Longer texts need
/// more of them, since one odd word or a quotation does not make a text mixed.
struct CodeSwitching {
    /// Longest text in words that is judged by single words; longer ones are by their sentences.
    static let longestText = 96
    /// Shortest text in words that can be mixed: two words are a name and a loan too often.
    private static let shortestText = 3
    /// Longest title in words that may stand in quotes without speaking for a language.
    private static let longestTitle = 6

    private var isTitle: [Bool] = []
    private var isSpeech: [Bool] = []

    /// Whether the words of a text stand surely for both languages.
    mutating func isMixed(
        _ words: UnsafeMutableBufferPointer<Word>, entries: UnsafeMutableBufferPointer<Int32>,
        lines: [LineCase], hasQuotes: Bool, _ text: borrowing CleanText,
        cache: inout WordCache, _ identifier: LanguageIdentifier
    ) -> Bool {
        forgetQuotations(words.count)
        if hasQuotes { findQuotations(words, text) }
        var (kazakh, russian, count) = (0, 0, 0)
        for index in words.indices {
            let word = words[index]
            guard word.flags.contains(.cyrillic), !word.flags.contains(.digit), !word.isDropped,
                !isInitial(word, text)
            else { continue }
            count += 1
            if isName(words, index, lines) { continue }
            let sign = cache.sign(Int(entries[index]), identifier)
            if sign.contains(.kazakh) { kazakh += 1 }
            let isFirst = word.isCapitalized && (word.startsSentence || isSpeech[index])
            if isFirst, sign.contains(.needsSmallLetter) { continue }
            if !sign.isDisjoint(with: [.russian, .glued]) {
                russian += sign.contains(.weak) ? 1 : 2
            }
        }
        return count >= Self.shortestText
            && min(kazakh, russian / 2) >= Self.leastWords(count)
    }

    /// How many sure words of the rarer language make a text of `count` words mixed.
    private static func leastWords(_ count: Int) -> Int {
        count <= 9 ? 1 : count <= 16 ? 2 : 3 + max(0, count - 24) / 12
    }

    /// Whether a word is one letter with a full stop, or one that is no word of its own.
    private func isInitial(_ word: Word, _ text: borrowing CleanText) -> Bool {
        guard word.end - word.start == 1 else { return false }
        let end = Int(word.end)
        if end < text.count, text.units[end] == 0x2E { return true }
        // Of units, as in `Мбит/с`.
        let start = Int(word.start)
        if start > 0, text.units[start - 1] == 0x2F { return true }
        switch text.units[Int(word.start)] {
        // и, в, с, к, о, у, я and their capitals.
        case 0x438, 0x432, 0x441, 0x43A, 0x43E, 0x443, 0x44F: return false
        case 0x418, 0x412, 0x421, 0x41A, 0x41E, 0x423, 0x42F: return false
        default: return true
        }
    }

    private func isName(
        _ words: UnsafeMutableBufferPointer<Word>, _ index: Int, _ lines: [LineCase]
    ) -> Bool {
        let word = words[index]
        if isTitle[index] { return true }
        guard word.isCapitalized, !lines[Int(word.line)].isMostlyCapitals else { return false }
        if word.upperCount > 1 || !(word.startsSentence || isSpeech[index]) { return true }
        // The first of several words with capitals: a name at the start of a sentence.
        return index + 1 < words.count && words[index + 1].isCapitalized
            && !words[index + 1].startsSentence
    }

    // MARK: - Quotations

    private mutating func forgetQuotations(_ wordCount: Int) {
        isTitle.removeAll(keepingCapacity: true)
        isSpeech.removeAll(keepingCapacity: true)
        isTitle.append(contentsOf: repeatElement(false, count: wordCount))
        isSpeech.append(contentsOf: repeatElement(false, count: wordCount))
    }

    /// Marks titles in quotes, which are names, and the first words of speech in quotes, which
    /// begin a sentence.
    private mutating func findQuotations(
        _ words: UnsafeMutableBufferPointer<Word>, _ text: borrowing CleanText
    ) {
        var first = 0
        while first < words.count {
            let before = gap(words, first, text)
            guard Self.holds(text, before, .quote) else {
                first += 1
                continue
            }
            var last = first
            var isSpoken = Self.holds(text, before, .introduction)
            while last + 1 < words.count {
                let inside = gap(words, last + 1, text)
                if Self.holds(text, inside, .quote) { break }
                if Self.holds(text, inside, .stop) { isSpoken = true }
                last += 1
            }
            if Self.holds(text, gap(words, last + 1, text), .afterSpeech) { isSpoken = true }
            if isSpoken {
                isSpeech[first] = true
            } else if last - first < Self.longestTitle, words[first].isCapitalized {
                for index in first...last { isTitle[index] = true }
            }
            first = last + 1
        }
    }

    /// The units before the word at `index`, behind the word before it.
    private func gap(
        _ words: UnsafeMutableBufferPointer<Word>, _ index: Int, _ text: borrowing CleanText
    ) -> Range<Int> {
        let start = index == 0 ? 0 : Int(words[index - 1].end)
        let end = index == words.count ? text.count : Int(words[index].start)
        return min(start, end)..<end
    }

    /// Marks between words.
    private enum Mark {
        /// A quotation mark of any form, opening or closing.
        case quote
        /// What stands before speech: a colon or a comma.
        case introduction
        /// What stands inside speech.
        case stop
        /// What stands behind speech, before or after its quotation mark.
        case afterSpeech

        @inline(__always)
        func matches(_ unit: UInt16) -> Bool {
            switch unit {
            case 0x22, 0xAB, 0xBB, 0x201C, 0x201D, 0x201E: self == .quote
            case 0x2C: self != .quote
            case 0x3A: self == .introduction
            case 0x2E: self == .stop
            case 0x21, 0x3F: self == .stop || self == .afterSpeech
            default: false
            }
        }
    }

    private static func holds(
        _ text: borrowing CleanText, _ range: Range<Int>, _ mark: Mark
    ) -> Bool {
        for index in range where mark.matches(text.units[index]) { return true }
        return false
    }
}
