/// Makes the key of a term, for fields of kind `termKeys`.
///
/// Terms with one key are found by each other's key: one word in every script, say. The index
/// knows nothing of what a key means; it is bytes that sort.
public struct TermKeying: Sendable {
    private let append: @Sendable (Span<UInt8>, inout [UInt8]) -> Void

    /// A keying that appends the key of a term to an empty array.
    ///
    /// A term whose key is left empty, holds a zero byte or is longer than
    /// `SegmentLimits.termByteCount` has no entry.
    ///
    /// - Requires: the same term always gets the same key, in all segments of an index: what makes
    ///   keys is part of the fingerprint.
    public init(
        _ append: @escaping @Sendable (_ term: Span<UInt8>, _ key: inout [UInt8]) -> Void
    ) {
        self.append = append
    }

    /// Makes no keys.
    public static let none = TermKeying { _, _ in }

    /// Sets the key of a term.
    ///
    /// - Returns: whether it has one.
    func makeKey(of term: Span<UInt8>, into key: inout [UInt8]) -> Bool {
        key.removeAll(keepingCapacity: true)
        append(term, &key)
        return !key.isEmpty && key.count <= SegmentLimits.termByteCount && !key.contains(0)
    }
}
