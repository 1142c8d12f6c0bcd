/// In which order the documents of a segment stand that a merge of all segments makes.
///
/// Hits of equal score come in the order of the documents, so that it shows in answers.
public enum DocumentOrder: Sendable, Equatable {
    /// As they were added.
    case added
    /// Documents with like terms side by side: the documents of a term are then in runs, which take
    /// less space and are passed over in greater steps.
    ///
    /// - clusterBy: a keyword field, such as the language, by the values of which documents are
    ///   parted first; `nil` for none.
    /// - from: fewer documents than so many stay as they were added.
    /// - threadCount: how many threads look for the order, the caller's among them. The order does
    ///   not depend on it.
    case bisected(clusterBy: FieldID? = nil, from: Int = 0, threadCount: Int = 1)
}
