import InvertedIndex
import TextAnalysis

/// The words that the searched collections hold, as one dictionary.
struct SearchedVocabulary {
    /// A term of the dictionary and in how many documents it stands.
    typealias Entry = (term: [UInt8], frequency: Int)

    /// Those that have documents.
    private let collections: [SearchedCollection]
    /// Whether entries of several collections are put into one order.
    private let isMerged: Bool

    /// The vocabulary of some collections.
    init(_ collections: [SearchedCollection]) {
        self.collections = collections.filter { !$0.isEmpty }
        isMerged = collections.count > 1
    }

    /// How many documents there are, at least 1.
    var documentCount: Int {
        max(1, collections.reduce(0) { $0 + $1.searcher.snapshot.documentCount })
    }

    /// In how many documents an exact form stands; of several fields, the one with most counts.
    func frequency(of word: [UInt8]) throws(EngineError) -> Int {
        var total = 0
        for collection in collections {
            total += try collection.documentFrequency(ofExact: word)
        }
        return total
    }

    /// In how many documents a stem stands.
    func frequency(ofStem stem: [UInt8]) throws(EngineError) -> Int {
        var total = 0
        for collection in collections {
            total += try collection.documentFrequency(ofStem: stem)
        }
        return total
    }

    /// Whether some form of a word, or its stem, stands in a document.
    func knows(_ word: QueryWord) throws(EngineError) -> Bool {
        for form in word.exact where try frequency(of: form) > 0 { return true }
        for stem in word.stems where try frequency(ofStem: stem) > 0 { return true }
        return false
    }

    /// The documents of some stems, to count those in which others stand too.
    func company(of stems: [[UInt8]]) throws(EngineError) -> StemCompany {
        try StemCompany(collections, stems)
    }

    // MARK: Relations

    /// The exact forms of a script-neutral key, most frequent first.
    func words(key: [UInt8], limit: Int) throws(EngineError) -> [Entry] {
        try related({ $0.wordKeys }, limit: limit) { searcher, field throws(IndexError) in
            try searcher.terms(field, key: key, limit: limit)
        }
    }

    /// The stems of a script-neutral key, most frequent first.
    func stems(key: [UInt8], limit: Int) throws(EngineError) -> [Entry] {
        try related({ $0.stemKeys }, limit: limit) { searcher, field throws(IndexError) in
            try searcher.terms(field, key: key, limit: limit)
        }
    }

    /// The most frequent exact forms whose key begins so.
    func words(keyPrefix: [UInt8], limit: Int) throws(EngineError) -> [Entry] {
        try related({ $0.wordKeys }, limit: limit) { searcher, field throws(IndexError) in
            try searcher.terms(field, keyPrefix: keyPrefix, limit: limit)
        }
    }

    /// The exact forms whose key is within some edits of another key, nearest first.
    ///
    /// The first `prefixLetters` of the key are taken for right.
    func words(
        near key: [UInt8], distance: Int, prefixLetters: Int = 0, limit: Int
    ) throws(EngineError) -> [Entry] {
        try related({ $0.wordKeys }, limit: limit) { searcher, field throws(IndexError) in
            try searcher.fuzzyTerms(
                keys: field, key, distance: distance, prefixLetters: prefixLetters, limit: limit
            ).map { ($0.term, $0.documentFrequency) }
        }
    }

    /// The stems whose key is within some edits of another key, nearest first.
    ///
    /// The first `prefixLetters` of the key are taken for right.
    func stems(
        near key: [UInt8], distance: Int, prefixLetters: Int = 0, limit: Int
    ) throws(EngineError) -> [Entry] {
        try related({ $0.stemKeys }, limit: limit) { searcher, field throws(IndexError) in
            try searcher.fuzzyTerms(
                keys: field, key, distance: distance, prefixLetters: prefixLetters, limit: limit
            ).map { ($0.term, $0.documentFrequency) }
        }
    }

    private func related(
        _ field: (SearchedCollection) -> FieldID?, limit: Int,
        _ find: (Searcher, FieldID) throws(IndexError) -> [(term: [UInt8], documentFrequency: Int)]
    ) throws(EngineError) -> [Entry] {
        var totals: [[UInt8]: Int] = [:]
        var order: [[UInt8]] = []
        for collection in collections {
            guard let field = field(collection) else { continue }
            let found = try indexed { () throws(IndexError) in
                try find(collection.searcher, field)
            }
            // One collection tells each term once, and in order.
            guard isMerged else {
                return found.map { (term: $0.term, frequency: $0.documentFrequency) }
            }
            for (term, frequency) in found {
                if totals[term] == nil { order.append(term) }
                totals[term, default: 0] += frequency
            }
        }
        let entries = order.map { (term: $0, frequency: totals[$0] ?? 0) }
        return Array(
            entries.sorted {
                $0.frequency != $1.frequency
                    ? $0.frequency > $1.frequency : $0.term.lexicographicallyPrecedes($1.term)
            }.prefix(limit))
    }
}
