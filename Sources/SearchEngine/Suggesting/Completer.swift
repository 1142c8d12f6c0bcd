import InvertedIndex
import TextAnalysis

/// Completes the last word of a text from the dictionary, in whatever script it was begun.
struct Completer {
    /// A word that the last one may become.
    struct Completion {
        var term: [UInt8]
        var frequency: Int
        var via: SearchResponse.Match.Via
    }

    /// A text cut before its last word.
    struct Beginning {
        /// What stands before the last word, as it was typed.
        var before: String
        /// The words before the last one.
        var words: [QueryWord]
        /// The last word; `nil` if the text ends behind one.
        var last: QueryWord?
    }

    let vocabulary: SearchedVocabulary
    let analysis: QueryAnalysis
    let limits: Limits

    /// Cuts a text before its last word.
    func beginning(of text: String) -> Beginning {
        var words = analysis.words(of: text, language: nil)
        guard let last = words.last, text.hasSuffix(last.typed), !last.typed.isEmpty else {
            return Beginning(before: text, words: words, last: nil)
        }
        words.removeLast()
        return Beginning(
            before: String(text.dropLast(last.typed.count)), words: words, last: last)
    }

    /// The completions of a word, those that begin as it was typed first, then by frequency; of
    /// several forms of one word the most frequent.
    func completions(of word: QueryWord, limit: Int) throws(EngineError) -> [Completion] {
        var found: [Completion] = []
        for form in word.exact {
            for entry in try candidates(form) {
                guard let via = via(form, entry.term),
                    !found.contains(where: { $0.term == entry.term })
                else { continue }
                found.append(Completion(term: entry.term, frequency: entry.frequency, via: via))
            }
        }
        found.sort {
            ($0.via == .exact ? 0 : 1, -$0.frequency) < ($1.via == .exact ? 0 : 1, -$1.frequency)
        }
        var stems: Set<[UInt8]> = []
        var distinct: [Completion] = []
        for completion in found where distinct.count < limit {
            let stem = analysis.stems(of: completion.term, language: nil).first
            if stems.insert(stem ?? completion.term).inserted { distinct.append(completion) }
        }
        return distinct
    }

    private func candidates(_ form: [UInt8]) throws(EngineError) -> [SearchedVocabulary.Entry] {
        var key = ScriptKey.key(of: form)
        guard !key.isEmpty else { return [] }
        var entries = try vocabulary.words(keyPrefix: key, limit: limits.completionCount)
        // й before е is not in a key; whether е follows is not known yet.
        if key.count > 2, key.last == ScriptKey.key(of: Array("и".utf8)).first {
            key.removeLast()
            entries += try vocabulary.words(keyPrefix: key, limit: limits.completionCount)
                .filter { $0.term.starts(with: form) }
        }
        return entries
    }

    /// How a word begins as another was typed; `nil` if the letters contradict.
    private func via(_ typed: [UInt8], _ term: [UInt8]) -> SearchResponse.Match.Via? {
        if term.starts(with: typed) { return .exact }
        // As many letters of the term as were typed: enough where both are in one script.
        let count = typed.count { $0 & 0xC0 != 0x80 }
        var end = 0
        var letters = 0
        while end < term.count {
            if term[end] & 0xC0 != 0x80 {
                letters += 1
                if letters > count { break }
            }
            end += 1
        }
        let head = Array(term[..<end])
        guard ScriptKey.key(of: head) == ScriptKey.key(of: typed) else { return .scripts }
        return ScriptRelation.agreement(typed: typed.span, found: head.span) == nil
            ? nil : .scripts
    }
}
