/// The values of one number field, document by document.
struct NumberColumn: Sendable {
    /// The least and greatest value in the segment, deleted documents included.
    let bounds: ClosedRange<Int64>

    /// The number of a document, if it has one.
    ///
    /// - Requires: the document is in the segment.
    func value(of document: UInt32) -> Int64? { fatalError() }
}
