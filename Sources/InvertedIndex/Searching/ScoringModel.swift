/// The weights of a searcher together with the statistics of its snapshot.
struct ScoringModel: Sendable {
    /// Saturation of the term frequency.
    let k1: Float
    /// The documents of all segments, deleted ones included until they are merged away.
    let documentCount: UInt64
    private let normalizations: [LengthNormalization]
    /// By field and segment: what the impacts of the segment are multiplied by to be bounds here.
    private let impactScales: [[Float]]

    /// Sums up the statistics of the segments.
    init(segments: [Segment], schema: IndexSchema, scoring: Scoring) {
        k1 = scoring.k1
        documentCount = segments.reduce(0) { $0 + UInt64($1.documentCount) }
        let normalizations = schema.fields.indices.map { index in
            let field = FieldID(rawValue: UInt16(index))
            var statistics = FieldStatistics()
            if case .text = schema[field].kind {
                for segment in segments {
                    let part = segment.statistics(field)
                    statistics.documentCount += part.documentCount
                    statistics.totalLength += part.totalLength
                }
            }
            let weight = scoring.fields[field] ?? Scoring.FieldWeight()
            return LengthNormalization(
                boost: weight.boost, lengthWeight: weight.b, statistics)
        }
        self.normalizations = normalizations
        impactScales = normalizations.enumerated().map { index, normalization in
            segments.map { segment in
                let field = FieldID(rawValue: UInt16(index))
                guard let standard = segment.content.standardNormalization(field) else { return 1 }
                return normalization.greatestRatio(to: standard)
            }
        }
    }

    /// What an occurrence in a field counts, times a weight.
    func normalization(_ field: FieldID, weight: Float = 1) -> LengthNormalization {
        let normalization = normalizations[Int(field.rawValue)]
        return weight == 1 ? normalization : LengthNormalization(normalization, times: weight)
    }

    /// By segment: what the impacts of a field are multiplied by to be bounds with these weights.
    func impactScales(_ field: FieldID, weight: Float = 1) -> [Float] {
        let scales = impactScales[Int(field.rawValue)]
        return weight == 1 ? scales : scales.map { $0 * weight * BM25.boundSlack }
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
