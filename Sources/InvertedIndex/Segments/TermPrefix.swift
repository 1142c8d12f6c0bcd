/// The first bytes of a term with zeros after its end, as two numbers that are in the order of terms
/// where they differ.
struct TermPrefix: Equatable {
    /// How many bytes there are.
    static let byteCount = 16

    /// The first eight.
    var high: UInt64
    /// The next eight.
    var low: UInt64

    /// Whether all terms with this prefix are before those with another.
    func isBefore(_ other: TermPrefix) -> Bool {
        high != other.high ? high < other.high : low < other.low
    }
}
