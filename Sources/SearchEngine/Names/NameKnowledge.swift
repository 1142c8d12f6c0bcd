import NameMatching
import Synchronization
import TextAnalysis

/// What the engine knows of names before any document: the vocabulary and the gazetteer, and
/// lookups for the threads that ask.
final class NameKnowledge: Sendable {
    /// `@unchecked Sendable`: a lookup is in the pool or with the one caller that took it out,
    /// never with two, and the lock of the pool orders what they do.
    private struct Kept: @unchecked Sendable {
        let lookup: NameLookup
    }

    let vocabulary: NameVocabulary
    let gazetteer: Gazetteer
    private let kept = Mutex<[Kept]>([])

    /// The knowledge of some tables.
    ///
    /// - Throws: `EngineError.invalidTable` for a row that cannot be read, `analysisUnavailable`.
    init(tables: NameTables) throws(EngineError) {
        do throws(NameTableError) {
            vocabulary = try NameVocabulary(Gazetteer.withCountries(tables))
        } catch {
            throw .invalidTable(reason: error.description)
        }
        do throws(AnalysisError) {
            gazetteer = try Gazetteer(vocabulary: vocabulary)
        } catch {
            throw .analysisUnavailable(reason: error.description)
        }
    }

    /// Lends a lookup for a call.
    func withLookup<Result>(_ body: (NameLookup) throws(EngineError) -> Result)
        throws(EngineError) -> Result
    {
        let taken = kept.withLock { $0.popLast() }
        let lent: Kept
        if let taken { lent = taken } else { lent = Kept(lookup: try open()) }
        defer {
            // More than a few are only there after a burst.
            kept.withLock { if $0.count < 16 { $0.append(lent) } }
        }
        return try body(lent.lookup)
    }

    private func open() throws(EngineError) -> NameLookup {
        do throws(AnalysisError) {
            return try NameLookup(vocabulary: vocabulary)
        } catch {
            throw .analysisUnavailable(reason: error.description)
        }
    }

    /// A builder of a directory.
    func makeBuilder() throws(EngineError) -> NameDirectoryBuilder {
        do throws(AnalysisError) {
            return try NameDirectoryBuilder(vocabulary: vocabulary)
        } catch {
            throw .analysisUnavailable(reason: error.description)
        }
    }
}
