import Synchronization
import TextAnalysis

/// Analyzers for searches, which come on many threads, while an analyzer serves one at a time.
///
/// Opening one costs more than a search, so those that are given back are kept.
final class AnalyzerPool: Sendable {
    /// `@unchecked Sendable`: an analyzer is in the pool or with the one caller that took it out,
    /// never with two, and the lock of the pool orders what they do.
    private struct Kept: @unchecked Sendable {
        let analyzer: Analyzer
    }

    private let tables: AnalysisTables
    private let kept: Mutex<[Kept]>
    /// What the analysis of these tables is: two with equal fingerprints make equal terms.
    let fingerprint: String
    /// The function words of the tables.
    let stopWords: StopWordSet

    /// A pool of analyzers with the given tables; opens the first.
    init(tables: AnalysisTables) throws(EngineError) {
        self.tables = tables
        stopWords = StopWordSet(tables)
        let first = try Self.open(tables)
        fingerprint = Analyzer.fingerprint(tables: tables)
        kept = Mutex([Kept(analyzer: first)])
    }

    /// Opens an analyzer that the caller keeps.
    func makeAnalyzer() throws(EngineError) -> sending Analyzer { try Self.open(tables) }

    /// Lends an analyzer for a call.
    func withAnalyzer<Result>(_ body: (Analyzer) throws(EngineError) -> Result)
        throws(EngineError) -> Result
    {
        let taken = kept.withLock { $0.popLast() }
        let lent: Kept
        if let taken { lent = taken } else { lent = Kept(analyzer: try Self.open(tables)) }
        defer {
            // More than a few are only there after a burst.
            kept.withLock { if $0.count < 16 { $0.append(lent) } }
        }
        return try body(lent.analyzer)
    }

    private static func open(_ tables: AnalysisTables) throws(EngineError) -> sending Analyzer {
        do throws(AnalysisError) {
            return try Analyzer(tables: tables)
        } catch {
            throw .analysisUnavailable(reason: error.description)
        }
    }
}
