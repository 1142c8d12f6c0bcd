/// The weights of a searcher together with the statistics of its snapshot.
struct ScoringModel: Sendable {
    /// Saturation of the term frequency.
    let k1: Float
    /// The documents of all segments, deleted ones included until they are merged away.
    let documentCount: UInt64
    private let normalizations: [LengthNormalization]

    /// Sums up the statistics of the segments.
    init(segments: [Segment], schema: IndexSchema, scoring: Scoring) {
        k1 = scoring.k1
        documentCount = segments.reduce(0) { $0 + UInt64($1.documentCount) }
        normalizations = schema.fields.indices.map { index in
            let field = FieldID(rawValue: UInt16(index))
            var statistics = FieldStatistics()
            if case .text = schema[field].kind {
                for segment in segments {
                    let part = segment.statistics(field)
                    statistics.documentCount += part.documentCount
                    statistics.totalLength += part.totalLength
                }
            }
            return LengthNormalization(
                weight: scoring.fields[field] ?? Scoring.FieldWeight(),
                documentCount: statistics.documentCount, totalLength: statistics.totalLength)
        }
    }

    /// What an occurrence in a field counts, times a weight.
    func normalization(_ field: FieldID, weight: Float = 1) -> LengthNormalization {
        let normalization = normalizations[Int(field.rawValue)]
        return weight == 1 ? normalization : LengthNormalization(normalization, times: weight)
    }

    /// The idf of a document frequency among all documents, or among a number of them.
    func inverseDocumentFrequency(
        _ documentFrequency: UInt64, of count: Int? = nil
    ) -> Float {
        let count = count.map { max(UInt64(max(0, $0)), documentFrequency) }
        return BM25.inverseDocumentFrequency(
            documentFrequency: documentFrequency, documentCount: count ?? documentCount)
    }
}
