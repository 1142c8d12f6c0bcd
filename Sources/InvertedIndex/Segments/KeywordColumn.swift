/// The values of one keyword field, document by document.
struct KeywordColumn: Sendable {
    /// The distinct values; ordinals are below it, in the order of the values' bytes.
    let valueCount: UInt32

    /// The values of a document; strictly ascending, empty where it has none.
    ///
    /// - Requires: the document is in the segment.
    func ordinals(of document: UInt32) -> KeywordOrdinals { fatalError() }

    /// The value of an ordinal.
    ///
    /// - Requires: it is below `valueCount`.
    func value(_ ordinal: UInt32) throws(IndexError) -> [UInt8] { fatalError() }
}

/// Some ordinals of a keyword column, in place.
struct KeywordOrdinals: RandomAccessCollection, Sendable {
    var startIndex: Int { 0 }
    let endIndex: Int
    subscript(index: Int) -> UInt32 { fatalError() }
}
