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
