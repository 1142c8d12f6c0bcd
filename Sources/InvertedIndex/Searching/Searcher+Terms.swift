extension Searcher {
    /// How many documents hold a term, or have a keyword, deleted ones included.
    public func documentFrequency(_ field: FieldID, _ term: [UInt8]) throws(IndexError) -> Int {
        try lookups.documentFrequency(field, term, in: snapshot.segments)
    }

    /// The most frequent terms that begin with some bytes, ties by their bytes.
    ///
    /// - Cost: proportional to the number of terms with the prefix.
    public func terms(
        _ field: FieldID, prefix: [UInt8], limit: Int
    ) throws(IndexError) -> [(term: [UInt8], documentFrequency: Int)] {
        guard limit > 0 else { return [] }
        var frequencies: [[UInt8]: Int] = [:]
        for segment in snapshot.segments {
            var terms = try segment.terms(field, from: prefix)
            while try terms.next(), terms.term.starts(with: prefix) {
                frequencies[terms.term, default: 0] += Int(terms.entry.documentFrequency)
            }
        }
        let sorted = frequencies.sorted {
            $0.value != $1.value
                ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key)
        }
        return sorted.prefix(limit).map { (term: $0.key, documentFrequency: $0.value) }
    }

    /// The terms within an edit distance of a word.
    ///
    /// They come nearest first, then most frequent, then by their bytes; the first
    /// `prefixScalars` letters must be the same. Distances beyond 8 count as 8; a word or term that is not UTF-8 is near nothing.
    public func fuzzyTerms(
        _ field: FieldID, _ term: [UInt8], distance: Int, prefixScalars: Int = 0, limit: Int
    ) throws(IndexError) -> [(term: [UInt8], distance: Int, documentFrequency: Int)] {
        guard limit > 0,
            let scan = FuzzyTermScan(word: term, distance: distance, prefixLetters: prefixScalars)
        else { return [] }
        var found: [[UInt8]: (distance: Int, frequency: Int)] = [:]
        for segment in snapshot.segments {
            try scan.run(segment, field) { term, entry, distance in
                found[term, default: (distance, 0)].frequency += Int(entry.documentFrequency)
            }
        }
        let sorted = found.sorted { left, right in
            if left.value.distance != right.value.distance {
                return left.value.distance < right.value.distance
            }
            if left.value.frequency != right.value.frequency {
                return left.value.frequency > right.value.frequency
            }
            return left.key.lexicographicallyPrecedes(right.key)
        }
        return sorted.prefix(limit).map {
            (term: $0.key, distance: $0.value.distance, documentFrequency: $0.value.frequency)
        }
    }

    /// The values of a keyword field of a document, in the order of their bytes.
    ///
    /// - Requires: the address is of this snapshot.
    public func keywordValues(
        at address: DocumentAddress, _ field: FieldID
    ) throws(IndexError) -> [[UInt8]] {
        guard let column = try snapshot.segments[address.segment].keywords(field) else { return [] }
        var values: [[UInt8]] = []
        for ordinal in column.ordinals(of: address.document) {
            values.append(try column.value(ordinal))
        }
        return values
    }

    /// Whether any document has a term or a value in a field, deleted ones included.
    public func hasValues(_ field: FieldID) -> Bool {
        snapshot.segments.contains { $0.termCount(field) > 0 }
    }

    /// The number of a document, if it has one.
    ///
    /// - Requires: the address is of this snapshot.
    public func number(
        at address: DocumentAddress, _ field: FieldID
    ) throws(IndexError) -> Int64? {
        try snapshot.segments[address.segment].numbers(field)?.value(of: address.document)
    }
}
