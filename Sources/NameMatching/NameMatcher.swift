public import TextAnalysis

/// Compares two names at a time, without a list.
///
/// Not thread-safe: one for each thread.
public final class NameMatcher {
    private let vocabulary: NameVocabulary
    private let reader: NameReader

    /// A matcher with a vocabulary.
    ///
    /// - Throws: `AnalysisError.unavailable` if ICU cannot be opened.
    public init(vocabulary: NameVocabulary) throws(AnalysisError) {
        self.vocabulary = vocabulary
        reader = try NameReader(vocabulary: vocabulary)
    }

    /// How alike an asked name and a known one are, with the reason.
    public func likeness(_ asked: String, _ found: String) -> NameLikeness {
        var best = NameLikeness(score: 0)
        let known = reader.read(found)
        for reading in reader.read(asked).readings {
            for other in known.readings {
                var comparison = NameComparison(asked: reading, vocabulary: vocabulary)
                var forms = NameForms()
                let units = other.map { FoundUnit($0, form: forms.add($0)) }
                let likeness = comparison.likeness(units[...], forms, explains: true)
                if likeness.score > best.score || best.pairs.isEmpty { best = likeness }
            }
        }
        return best
    }
}
