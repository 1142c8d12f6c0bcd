import InvertedIndex

/// The documents in which some stems stand, in all searched collections: counts in how many of them
/// another stem stands too.
struct StemCompany {
    private var parts: [(layout: CollectionLayout, company: TermCompany)] = []

    /// The company of some stems.
    init(_ collections: [SearchedCollection], _ stems: [[UInt8]]) throws(EngineError) {
        for collection in collections {
            let terms = stems.flatMap { collection.layout.textFields.alternatives(ofStem: $0) }
            parts.append(
                (
                    collection.layout,
                    try indexed { () throws(IndexError) in
                        try TermCompany(collection.searcher, of: terms)
                    }
                ))
        }
    }

    /// In how many documents a stem stands together with one of these.
    mutating func count(_ stem: [UInt8]) throws(EngineError) -> Int {
        var count = 0
        for place in parts.indices {
            let terms = parts[place].layout.textFields.alternatives(ofStem: stem)
            count += try indexed { () throws(IndexError) in
                try parts[place].company.count(terms)
            }
        }
        return count
    }
}
