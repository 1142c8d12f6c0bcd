import Glibc

/// The parts of the BM25 formula that depend neither on a query nor on a posting.
///
/// - Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
///   sections 3.4 (BM25) and 3.6 (BM25F); the `+ 1` inside the logarithm is Lucene's, it keeps
///   the value positive for terms in more than half of the documents.
enum BM25 {
    /// `ln(1 + (N − df + 0.5) / (df + 0.5))`.
    static func inverseDocumentFrequency(
        documentFrequency: UInt64, documentCount: UInt64
    ) -> Float {
        let frequency = Double(min(documentFrequency, documentCount))
        return Float(log1p((Double(documentCount) - frequency + 0.5) / (frequency + 0.5)))
    }

    /// What a score that was computed from upper ends may be short of because of rounding.
    ///
    /// A score is a handful of float operations, each wrong by at most 2⁻²⁴ of its value; sums are
    /// over at most some hundred terms. Bounds are multiplied by this.
    static let boundSlack: Float = 1.00002
}

/// What one occurrence counts in one field, by the length of the document.
///
/// With `T` the sum of `weight · tf · inverse[length]` over alternatives, the score of a group is
/// `factor · T / (k1 + T)`; for one term this is `factor · tf / (tf + k1 · (1 − b + b · len/avg))`.
final class LengthNormalization: @unchecked Sendable {
    // Unchecked: the table is written in `init` only and freed in `deinit`.

    /// For each length code `boost / (1 − b + b · length / average)`; 256 values, descending.
    let inverse: UnsafePointer<Float>
    /// The boost of the field.
    let boost: Float
    /// The average length over the documents that have the field.
    let averageLength: Float

    /// The table of a field.
    init(weight: Scoring.FieldWeight, documentCount: UInt64, totalLength: UInt64) {
        let average =
            documentCount == 0 ? 1 : max(1e-6, Float(Double(totalLength) / Double(documentCount)))
        let b = min(max(weight.b, 0), 1)
        let table = UnsafeMutablePointer<Float>.allocate(capacity: 256)
        for code in 0..<256 {
            // b = 1 and length 0 would divide by zero: such a document counts as one word long.
            let norm = 1 - b + b * FieldLengths.decode[code] / average
            table[code] = weight.boost / max(norm, 1e-3)
        }
        inverse = UnsafePointer(table)
        boost = weight.boost
        averageLength = average
    }

    /// The same table with each value multiplied.
    init(_ other: LengthNormalization, times factor: Float) {
        let table = UnsafeMutablePointer<Float>.allocate(capacity: 256)
        for code in 0..<256 { table[code] = other.inverse[code] * factor }
        inverse = UnsafePointer(table)
        boost = other.boost
        averageLength = other.averageLength
    }

    deinit { inverse.deallocate() }
}
