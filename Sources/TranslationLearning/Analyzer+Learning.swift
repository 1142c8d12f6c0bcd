import TextAnalysis

extension Analyzer {
    /// An analyzer of one's own for learning.
    ///
    /// - Throws: `LearningError.analysisUnavailable`.
    static func forLearning(_ tables: AnalysisTables) throws(LearningError) -> Analyzer {
        do throws(AnalysisError) {
            return try Analyzer(tables: tables)
        } catch {
            throw .analysisUnavailable(reason: error.description)
        }
    }
}
