/// The keys of terms of one field in one segment, with the dictionary that they lead to.
///
/// A class, since it is asked for each key: copies would count references to all its parts.
final class TermRelation: Sendable {
    /// The entries.
    let keys: TermKeys.Reader
    private let dictionary: TermDictionary.Reader
    /// The fields whose terms have keys, in the order of the schema's list.
    let keyedFields: [FieldTable.Field]
    /// What was found near keys; none for segments that are merged before long.
    private let memory: KeyMemory?

    /// A relation.
    init(
        keys: TermKeys.Reader, dictionary: TermDictionary.Reader, keyedFields: [FieldTable.Field]
    ) {
        self.keys = keys
        self.dictionary = dictionary
        self.keyedFields = keyedFields
        memory = dictionary.documentCount >= TermLookups.smallSegment ? KeyMemory() : nil
    }

    /// The terms of the keys near another, in the order of the keys.
    func terms(
        nearKey key: [UInt8], distance: Int, prefixLetters: Int, _ scan: FuzzyTermScan
    ) throws(IndexError) -> [KeyMemory.Found] {
        let asked = KeyMemory.Asked(key: key, distance: distance, prefixLetters: prefixLetters)
        func find() throws(IndexError) -> [KeyMemory.Found] {
            var found: [KeyMemory.Found] = []
            try scan.run(keys) { found.append(KeyMemory.Found(entry: $1, distance: $2)) }
            return found
        }
        guard let memory else { return try find() }
        return try memory.found(asked, find)
    }

    /// Sets the bytes of the term of an entry.
    ///
    /// - Throws: `IndexError.corrupt` also where the place is not of a keyed field.
    /// - Cost: a block of the dictionary is walked.
    func readTerm(of entry: TermKeys.Entry, into term: inout [UInt8]) throws(IndexError) {
        for field in keyedFields {
            guard entry.ordinal >= field.firstOrdinal else { continue }
            let place = entry.ordinal - field.firstOrdinal
            if place < field.termCount {
                try dictionary.read(place, of: field, into: &term)
                return
            }
        }
        throw keys.corrupt(0, "a key of a term that is in none of its fields")
    }

    /// The bytes of the term of an entry.
    func term(of entry: TermKeys.Entry) throws(IndexError) -> [UInt8] {
        var term: [UInt8] = []
        try readTerm(of: entry, into: &term)
        return term
    }

    /// Gives the entries of a key, in the order of their terms.
    func forEach(
        key: [UInt8], _ body: (TermKeys.Entry) throws(IndexError) -> Void
    ) throws(IndexError) {
        var walk = TermWalk(keys)
        var isThere = try key.span.bytes.withUnsafeBytes { bytes throws(IndexError) in
            try walk.seek(bytes)
        }
        while isThere, walk.term.elementsEqual(key) {
            try body(walk.entry())
            isThere = try walk.next()
        }
    }

    /// The frequency of a term with a key; 0 where it is not there.
    func frequency(ofTerm term: [UInt8], key: [UInt8]) throws(IndexError) -> UInt32 {
        var frequency: UInt32 = 0
        var other: [UInt8] = []
        try forEach(key: key) { entry throws(IndexError) in
            guard frequency == 0 else { return }
            try readTerm(of: entry, into: &other)
            if other == term { frequency = entry.frequency }
        }
        return frequency
    }

    /// What a relation over `fields` of a dictionary has to tell of a term; `nil` where no
    /// document holds it.
    ///
    /// - Shape: the place is that in the first field with the term, the frequency the sum.
    static func entry(
        of term: UnsafeRawBufferPointer, in dictionary: TermDictionary.Reader,
        _ fields: [FieldTable.Field]
    ) throws(IndexError) -> TermKeys.Entry? {
        var found: TermKeys.Entry?
        for field in fields {
            guard let entry = try dictionary.lookup(field, term) else { continue }
            let before = found ?? TermKeys.Entry(frequency: 0, ordinal: entry.ordinal)
            found = before.adding(entry.documentFrequency)
        }
        return found
    }

    /// Proves the invariants of `TermKeys`, reading all entries and looking up all their terms.
    ///
    /// That a term without a key should have one is not known here.
    func verify() throws(IndexError) {
        var cursor = TermKeyCursor(keys)
        var key: [UInt8] = []
        var before: [UInt8] = []
        var term: [UInt8] = []
        var places: Set<UInt64> = []
        for block in 0..<keys.blockCount {
            var greatest: UInt32 = 0
            for place in 0..<min(keys.count - UInt64(block * TermKeys.entriesPerBlock), 32) {
                guard try cursor.next() else { throw keys.corrupt(0, "a key is not there") }
                let bytes = cursor.key
                guard !bytes.contains(0) else { throw keys.corrupt(0, "a zero byte in a key") }
                if place == 0, bytes.withUnsafeBytes({ TermKeys.prefix($0) }) != keys.prefix(block)
                {
                    throw keys.corrupt(0, "a block begins with another key than its index tells")
                }
                try readTerm(of: cursor.entry, into: &term)
                guard bytes != key || before.lexicographicallyPrecedes(term) else {
                    throw keys.corrupt(0, "the terms of a key do not ascend")
                }
                guard places.insert(cursor.entry.ordinal).inserted else {
                    throw keys.corrupt(0, "a term has two keys")
                }
                let expected = try term.span.bytes.withUnsafeBytes { bytes throws(IndexError) in
                    try Self.entry(of: bytes, in: dictionary, keyedFields)
                }
                guard expected == cursor.entry else {
                    throw keys.corrupt(0, "a key tells another place or frequency of its term")
                }
                greatest = max(greatest, cursor.entry.frequency)
                key = bytes
                swap(&before, &term)
            }
            guard greatest == keys.greatestFrequency(block) else {
                throw keys.corrupt(0, "a block has another greatest frequency than its index tells")
            }
        }
        guard try !cursor.next() else { throw keys.corrupt(0, "more keys than the index tells") }
    }
}

extension TermKeys.Entry {
    /// The same with a higher frequency, which ends at its greatest.
    func adding(_ more: UInt32) -> TermKeys.Entry {
        let sum = frequency.addingReportingOverflow(more)
        return TermKeys.Entry(
            frequency: sum.overflow ? .max : sum.partialValue, ordinal: ordinal)
    }
}

extension Segment {
    /// The keys of terms of a field.
    ///
    /// - Requires: the field is of kind `termKeys`.
    func relation(_ field: FieldID) -> TermRelation {
        guard let relation = content.relation(Int(field.rawValue)) else {
            preconditionFailure("the field is of keys of terms")
        }
        return relation
    }
}
