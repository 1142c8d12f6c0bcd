import InvertedIndex

/// In which order a collection stands that a build has merged into one segment.
public enum FullMergeOrder: String, Sendable, CaseIterable {
    /// As its documents were added.
    case added
    /// Language by language, documents with like words side by side: faster to search, slower to
    /// build.
    case bisected

    /// Below so many documents every search is short whatever their order.
    private static let leastDocumentCount = 4096
    /// A build works with as many threads, if nobody says otherwise.
    private static let threadCount = 2

    /// The order of an index with a layout.
    func documentOrder(_ layout: CollectionLayout) -> DocumentOrder {
        switch self {
        case .added: .added
        case .bisected:
            .bisected(
                clusterBy: layout.language, from: Self.leastDocumentCount,
                threadCount: Self.threadCount)
        }
    }
}
