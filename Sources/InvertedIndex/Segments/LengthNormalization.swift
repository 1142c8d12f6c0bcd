/// What one occurrence counts in one field, by the length of the document.
///
/// With `T` the sum of `weight · tf · inverse[length]` over alternatives, the score of a group is
/// `factor · T / (k1 + T)`; for one term this is `factor · tf / (tf + k1 · (1 − b + b · len/avg))`.
final class LengthNormalization: @unchecked Sendable {
    // Unchecked: the table is written in `init` only and freed in `deinit`.

    /// How much length counts where nothing else is said, 0 to 1; part of the format of postings.
    static let standardLengthWeight: Float = 0.75

    /// For each length code `boost / (1 − b + b · length / average)`; 256 values, descending.
    let inverse: UnsafePointer<Float>
    /// The boost of the field.
    let boost: Float
    /// The average length over the documents that have the field.
    let averageLength: Float
    private let lengthWeight: Float

    /// The least `1 − b + b · length / average`: b = 1 and length 0 would divide by zero.
    private static let leastDivisor: Float = 1e-3

    /// The table of a field.
    ///
    /// - Parameters:
    ///   - boost: how much an occurrence counts.
    ///   - lengthWeight: `b`, how much length counts; taken as 0 or 1 outside of that range.
    ///   - statistics: what the average is made of.
    init(boost: Float, lengthWeight: Float, _ statistics: FieldStatistics) {
        let average =
            statistics.documentCount == 0
            ? 1
            : max(1e-6, Float(Double(statistics.totalLength) / Double(statistics.documentCount)))
        let b = min(max(lengthWeight, 0), 1)
        let table = UnsafeMutablePointer<Float>.allocate(capacity: 256)
        for code in 0..<256 {
            let divisor = 1 - b + b * FieldLengths.decode[code] / average
            table[code] = boost / max(divisor, LengthNormalization.leastDivisor)
        }
        inverse = UnsafePointer(table)
        self.boost = boost
        self.lengthWeight = b
        averageLength = average
    }

    /// The table that the bounds of a segment are made with: boost 1 and the standard weight.
    convenience init(standard statistics: FieldStatistics) {
        self.init(
            boost: 1, lengthWeight: LengthNormalization.standardLengthWeight, statistics)
    }

    /// The same table with each value multiplied.
    init(_ other: LengthNormalization, times factor: Float) {
        let table = UnsafeMutablePointer<Float>.allocate(capacity: 256)
        for code in 0..<256 { table[code] = other.inverse[code] * factor }
        inverse = UnsafePointer(table)
        boost = other.boost
        lengthWeight = other.lengthWeight
        averageLength = other.averageLength
    }

    deinit { inverse.deallocate() }

    /// The most that a value of this table is of the value of another for the same length.
    ///
    /// What was bounded with the other table is bounded with this one times it.
    func greatestRatio(to other: LengthNormalization) -> Float {
        // Without the least divisor the ratio is one of two linear functions of the length, and
        // so greatest at an end.
        let isMonotone =
            max(lengthWeight, other.lengthWeight) <= 1 - LengthNormalization.leastDivisor
        var greatest: Float = 0
        for code in stride(from: 0, through: 255, by: isMonotone ? 255 : 1) {
            greatest = max(greatest, inverse[code] / other.inverse[code])
        }
        // Each value is wrong by some 2⁻²³ of itself.
        return greatest * (1 + 16 * Float.ulpOfOne)
    }
}
