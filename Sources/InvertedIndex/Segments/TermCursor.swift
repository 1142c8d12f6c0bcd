/// Walks the terms of one field in the order of their bytes.
struct TermCursor {
    /// The current term.
    ///
    /// - Requires: `next` returned true.
    private(set) var term: [UInt8] = []
    /// What the dictionary tells of it.
    private(set) var entry = TermEntry()

    /// Goes to the next term; false at the end of the field.
    mutating func next() throws(IndexError) -> Bool { fatalError() }
}
