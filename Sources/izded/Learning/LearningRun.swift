import Corpus
import SearchEngine
import TextAnalysis
import TranslationLearning

/// The work of `izded learn`: files → pairs of sentences → translations.
///
/// Tables are sentence pairs as they are; of other files the documents are paired and aligned.
struct LearningRun {
    /// What came of it.
    struct Outcome {
        var table: LearntTable
        var counts: TranslationLearner.Counts
        var documents: ParallelDocuments.Counts
        /// The sentences that were found in documents, as a table.
        var pairs: String
        var rejectedCount: Int
        var seconds: Double
    }

    let tables: AnalysisTables
    let settings: LearningSettings
    /// The longest line of a table, in bytes.
    let lineByteCount: Int
    let isQuiet: Bool
    /// Whether the sentences that are found in documents are wanted.
    let keepsPairs: Bool

    /// Learns from files and folders; lines and records that cannot be read go to `rejects`.
    ///
    /// - Throws: `LearningError`.
    func run(_ paths: [String], rejects: RejectsFile) throws(LearningError) -> Outcome {
        let progress = ProgressLine(isQuiet: isQuiet)
        let learner = try TranslationLearner(tables: tables, settings: settings)
        defer { progress.finish() }
        let isTable = { (path: String) in SourceFiles.Format(path: path) == .institutionTable }
        let (documents, pairs) = try learnDocuments(
            paths.filter { !isTable($0) }, learner, rejects, progress)
        for path in paths where isTable(path) {
            try readPairs(path, learner, rejects, progress)
        }
        let table = try learner.learn { step in
            let (first, second) = step.languages
            progress.show { _ in
                "\(first.code)-\(second.code): round \(step.round) of \(step.roundCount)"
            }
        }
        return Outcome(
            table: table, counts: learner.counts, documents: documents, pairs: pairs,
            rejectedCount: rejects.count,
            seconds: progress.seconds())
    }

    private func readPairs(
        _ path: String, _ learner: TranslationLearner, _ rejects: RejectsFile,
        _ progress: ProgressLine
    ) throws(LearningError) {
        let pairs: SentencePairs
        do throws(CorpusError) {
            pairs = try SentencePairs(path: path, limit: lineByteCount)
        } catch {
            return rejects.add(error)
        }
        var byteCount = 0
        while let record = pairs.next() {
            switch record {
            case .sentence(let cells, let count):
                byteCount += count
                var sentences: [Language: String] = [:]
                for (code, text) in cells { sentences[Language(code: code) ?? .other] = text }
                try learner.add(sentences)
            case .rejected(let error, let count):
                byteCount += count
                rejects.add(error)
            }
            progress.show { _ in
                "\(learner.counts.taken) pairs, \(ProgressLine.megabytes(byteCount)) of \(path)"
            }
        }
    }

    /// Pairs documents and takes in their sentences; the documents are let go before the learning.
    private func learnDocuments(
        _ paths: [String], _ learner: TranslationLearner, _ rejects: RejectsFile,
        _ progress: ProgressLine
    ) throws(LearningError) -> (ParallelDocuments.Counts, pairs: String) {
        let documents = try ParallelDocuments(tables: tables, byteLimit: settings.byteLimit)
        for path in paths { try readDocuments(path, documents, rejects, progress) }
        var pairs = keepsPairs ? Self.pairsHeader : ""
        try documents.forEachPair { (pair) throws(LearningError) in
            if keepsPairs { pairs += Self.line(of: pair) }
            try learner.add([pair.languages.0: pair.first, pair.languages.1: pair.second])
            let needed = documents.byteCount + pairs.utf8.count + learner.byteCount
            guard needed <= settings.byteLimit else {
                throw .memoryExceeded(needed: needed, limit: settings.byteLimit)
            }
            progress.show { _ in "\(learner.counts.taken) pairs of sentences from documents" }
        }
        return (documents.counts, pairs)
    }

    private func readDocuments(
        _ path: String, _ documents: ParallelDocuments, _ rejects: RejectsFile,
        _ progress: ProgressLine
    ) throws(LearningError) {
        let found = SourceFiles.find([path])
        for error in found.errors { rejects.add(error) }
        var byteCount = 0
        // Tables of institutions and the registry hold no running text.
        for file in found.files where file.format != .institutionTable && file.format != .ror {
            let source: any DocumentSource
            do throws(CorpusError) {
                source = try SourceFiles.open(
                    file, options: SourceOptions(recordByteCount: lineByteCount))
            } catch {
                rejects.add(error)
                continue
            }
            while let record = source.next() {
                switch record {
                case .document(let document, _, let count):
                    byteCount += count
                    try documents.add(document)
                case .rejected(let error, let count):
                    byteCount += count
                    rejects.add(error)
                }
                progress.show { _ in
                    "\(documents.counts.documents) documents, "
                        + ProgressLine.megabytes(byteCount)
                }
            }
        }
    }

    /// The first line of a table of sentence pairs.
    private static let pairsHeader =
        TranslationLearner.languages.map(\.code).joined(separator: "\t") + "\n"

    /// A line of such a table; tabs and line ends in a text are blanks.
    private static func line(of pair: ParallelDocuments.SentencePair) -> String {
        let cells = TranslationLearner.languages.map { language in
            language == pair.languages.0
                ? pair.first : language == pair.languages.1 ? pair.second : ""
        }
        return cells.map { cell in
            String(cell.map { $0 == "\t" || $0.isNewline ? " " : $0 })
        }.joined(separator: "\t") + "\n"
    }
}
