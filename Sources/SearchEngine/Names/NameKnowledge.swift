import NameMatching
import Synchronization
import TextAnalysis

/// What the engine knows of names before any document: the vocabulary and the gazetteer, and
/// lookups for the threads that ask.
///
/// The tables are laid out when they are first needed: a program that only checks files does not
/// wait for them.
final class NameKnowledge: Sendable {
    /// The tables as they are used.
    struct Tables: Sendable {
        let vocabulary: NameVocabulary
        let gazetteer: Gazetteer
    }

    /// `@unchecked Sendable`: a lookup is in the pool or with the one caller that took it out,
    /// never with two, and the lock of the pool orders what they do.
    private struct Kept: @unchecked Sendable {
        let lookup: NameLookup
    }

    /// The collections that have names.
    let catalog = NameCatalog()
    private let rows: NameTables
    private let loaded = OnceMade<Tables>()
    private let kept = Mutex<[Kept]>([])

    /// The knowledge of some tables.
    ///
    /// - Throws: `EngineError.invalidTable` for a row that cannot be read.
    init(tables: NameTables) throws(EngineError) {
        rows = tables
        do throws(NameTableError) {
            try tables.check()
        } catch {
            throw .invalidTable(reason: error.description)
        }
    }

    /// The tables; the first caller lays them out, others wait, since they need them too.
    ///
    /// - Throws: `EngineError.analysisUnavailable` where ICU cannot be opened.
    func tables() throws(EngineError) -> Tables {
        try loaded.value { () throws(EngineError) in try Self.layOut(rows) }
    }

    /// Whether nobody has to wait for the tables.
    var isReady: Bool { loaded.ready != nil }

    private static func layOut(_ rows: NameTables) throws(EngineError) -> Tables {
        do {
            let vocabulary = try NameVocabulary(Gazetteer.withCountries(rows))
            return Tables(
                vocabulary: vocabulary, gazetteer: try Gazetteer(vocabulary: vocabulary))
        } catch let error as NameTableError {
            throw .invalidTable(reason: error.description)
        } catch {
            throw .analysisUnavailable(reason: "\(error)")
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
        let vocabulary = try tables().vocabulary
        do throws(AnalysisError) {
            return try NameLookup(vocabulary: vocabulary)
        } catch {
            throw .analysisUnavailable(reason: error.description)
        }
    }

    /// A builder of a directory.
    func makeBuilder() throws(EngineError) -> NameDirectoryBuilder {
        let vocabulary = try tables().vocabulary
        do throws(AnalysisError) {
            return try NameDirectoryBuilder(vocabulary: vocabulary)
        } catch {
            throw .analysisUnavailable(reason: error.description)
        }
    }
}
