/// Finds the documents of one segment whose keys a later segment brings again.
enum KeyJoin {
    /// Above this many documents to one of the later segment, looking up each key is cheaper than
    /// walking all: a look-up costs about as much as a dozen steps.
    private static let lookupRatio: UInt32 = 12

    /// Gives the last document of each key of `old` that `new` has as well, in the order of keys.
    ///
    /// - Cost: one walk over the keys of `new`, and one over those of `old` that lie between the
    ///   first and the last of these or, where `old` is much larger, a look-up for each.
    static func forEachShared(
        of old: Segment, with new: Segment, _ body: (UInt32) -> Void
    ) throws(IndexError) {
        var keys = try new.keys(from: [])
        guard try keys.next() else { return }
        if old.documentCount / lookupRatio >= new.documentCount {
            repeat {
                if let document = try old.document(withKey: keys.term.span) { body(document) }
            } while try keys.next()
            return
        }
        var others = try old.keys(from: keys.term)
        guard try others.next() else { return }
        while true {
            let order = compare(keys.term, others.term)
            if order == 0, let document = try old.document(of: others.entry) { body(document) }
            if order <= 0 { guard try keys.next() else { return } }
            if order >= 0 { guard try others.next() else { return } }
        }
    }

    /// Negative, zero or positive, as the left is before, the same as or after the right.
    private static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
        for index in 0..<min(left.count, right.count) where left[index] != right[index] {
            return left[index] < right[index] ? -1 : 1
        }
        return left.count - right.count
    }
}

extension Segment {
    /// Walks the keys in the order of their bytes, from the first that is not before `from`.
    func keys(from: [UInt8]) throws(IndexError) -> TermCursor {
        try TermCursor(content.dictionary, keyField, from: from)
    }

    /// The last document that has a key.
    func document(of key: TermEntry) throws(IndexError) -> UInt32? {
        if key.documentFrequency == 1 { return key.document }
        var postings = try content.postings(key, keyField)
        var last: UInt32?
        while try postings.nextBlock() { last = postings.blockLastDocument }
        return last
    }

    private var keyField: FieldTable.Field { content.fields.fields[content.fields.keyField] }
}
