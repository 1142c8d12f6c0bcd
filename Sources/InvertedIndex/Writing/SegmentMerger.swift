/// Makes one segment of several.
enum SegmentMerger {
    /// Writes `<name>.izs` with the documents of all segments that are not deleted, in order.
    ///
    /// - Returns: the descriptor, and for each segment the new number of each document, `.max` for
    ///   deleted ones; `nil` where `shouldStop` said so.
    static func merge(
        _ segments: [Segment], to directory: any Directory, name: String, indexUUID: [UInt8],
        schema: IndexSchema, shouldStop: () -> Bool = { false }
    ) throws(IndexError) -> (descriptor: SegmentDescriptor, documentMaps: [[UInt32]])? {
        fatalError()
    }
}
