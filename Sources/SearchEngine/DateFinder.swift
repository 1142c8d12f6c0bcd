import TextAnalysis

/// Finds calendar days in running text, in all the forms that analysis knows.
///
/// Not thread-safe: it holds an analyzer.
public final class DateFinder {
    /// A day and where it stands.
    public struct Mention: Equatable {
        /// The day as `YYYY-MM-DD`.
        public var day: String
        /// Its place in the text, in UTF-8 bytes.
        public var range: Range<Int>
    }

    private let analyzer: Analyzer

    /// A finder.
    ///
    /// - Throws: `EngineError.analysisUnavailable` if ICU cannot be opened.
    public init() throws(EngineError) {
        do throws(AnalysisError) {
            analyzer = try Analyzer(tables: AnalysisTables())
        } catch {
            throw .analysisUnavailable(reason: error.description)
        }
    }

    /// The days named in a text with their years, in its order.
    public func mentions(in text: String) -> [Mention] {
        let stream = analyzer.analyze(text)
        return stream.tokens.filter { $0.kind == .date }.compactMap { token in
            let day = stream.string(token.exact).dropFirst(2)
            // `--09-12` is a day of any year.
            return day.hasPrefix("-") ? nil : Mention(day: String(day), range: token.source.range)
        }
    }
}
