import Corpus
import SearchEngine
import TextAnalysis
import TranslationLearning

/// The work of `izded learn`: files → pairs of sentences → translations.
struct LearningRun {
    /// What came of it.
    struct Outcome {
        var table: LearntTable
        var counts: TranslationLearner.Counts
        var rejectedCount: Int
        var seconds: Double
    }

    let tables: AnalysisTables
    let settings: LearningSettings
    /// The longest line of a table, in bytes.
    let lineByteCount: Int
    let isQuiet: Bool

    /// Learns from tables of sentence pairs; lines that cannot be read go to `rejects`.
    ///
    /// - Throws: `LearningError`.
    func run(_ paths: [String], rejects: RejectsFile) throws(LearningError) -> Outcome {
        let progress = ProgressLine(isQuiet: isQuiet)
        let learner = try TranslationLearner(tables: tables, settings: settings)
        defer { progress.finish() }
        for path in paths { try read(path, learner, rejects, progress) }
        let table = try learner.learn { step in
            let (first, second) = step.languages
            progress.show { _ in
                "\(first.code)-\(second.code): round \(step.round) of \(step.roundCount)"
            }
        }
        return Outcome(
            table: table, counts: learner.counts, rejectedCount: rejects.count,
            seconds: progress.seconds())
    }

    private func read(
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
}
