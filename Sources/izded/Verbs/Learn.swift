import ArgumentParser
import Glibc
import SearchEngine
import Service
import ServiceAPI
import TextAnalysis
import TranslationLearning

/// `izded learn`: translations of words from translated sentences.
struct Learn: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Learn translations of words from sentences that are translations of each other.",
        discussion: """
            Reads tables of sentences (.tsv, parted by tabs, the first line names the columns, two \
            or three of them kk, ru and en), and documents as `izded build` reads them. Documents \
            are translations of each other if one has the other's id as `translationOf` or its \
            address among its `alternates` (hreflang), if their addresses differ in the language \
            alone (/kz/ and /ru/, ?lang=en), or if they appeared on one site on one day with the \
            same numbers, dates and names; their sentences are aligned by lengths, numbers and \
            names. --pairs keeps these, to be looked at, and to be learnt from again.

            Words that explain each \
            other in both directions are written as a table to be read and changed: the languages, \
            the words, how likely each is the translation of the other, and in how many sentences \
            one stands for the other. The same input gives the same table, byte by byte.

            A search uses the files *.learnt.tsv in the folder of the lexicon, and the file or \
            folder that `learnt` in the configuration names, for words that the lexicon lacks; \
            translations of a probability below 0.1 are left out.

            With --letters it learns from the lexicon itself by which letters the languages write \
            words that they share (`tion`, `ция`): groups of letters in the place of words, with ^ \
            before and $ behind a word. A search uses the tables in the folder `cognates` of the \
            lexicon for words that have no translation.

            EXAMPLES
              izded learn --letters -o config/lexicon/cognates/letters.tsv
              izded learn pairs.tsv -o config/lexicon/site.learnt.tsv
              izded learn news.tsv laws.tsv --least-count 5 > learnt.tsv
              izded learn news.jsonl pages/ --pairs found.tsv -o site.learnt.tsv
            """)

    @Argument(help: "Tables of sentence pairs, files of documents, folders of these.")
    var paths: [String] = []

    @Flag(help: "Learn letters from the lexicon, instead of words from sentences.")
    var letters = false

    @OptionGroup var common: ConfigurationOptions

    @Option(
        name: [.short, .long], help: "The file to be written; by default standard output.")
    var output: String?

    @Option(help: "Write the sentences that were found in documents to this file.")
    var pairs: String?

    @Option(help: "The least probability of a pair, in both directions.")
    var leastProbability: Float = LearningSettings().leastProbability

    @Option(
        help:
            "The least number of sentence pairs in which one word stands for the other; of letters, of words."
    )
    var leastCount = LearningSettings().leastCount

    @Option(help: "Pass over words of fewer sentence pairs: less memory, less known of the others.")
    var leastFrequency = LearningSettings().leastFrequency

    @Option(help: "Rounds for each direction.")
    var rounds = LearningSettings().iterationCount

    @Option(help: ArgumentHelp("The memory for texts and tables.", valueName: "MB"))
    var memory = LearningSettings().byteLimit >> 20

    @Option(help: "Where rejected lines are named.")
    var rejects = "izded.rejects.jsonl"

    @Flag(name: [.short, .long], help: "No progress.")
    var quiet = false

    func validate() throws {
        guard letters == paths.isEmpty else {
            throw ValidationError("either --letters or files to learn from are needed")
        }
        guard leastProbability > 0, leastProbability <= 1 else {
            throw ValidationError("--least-probability is above 0, to 1")
        }
        for (name, value, range) in [
            ("least-count", leastCount, 1...1_000_000),
            ("least-frequency", leastFrequency, 1...1_000_000), ("rounds", rounds, 1...100),
            ("memory", memory, 1...4096),
        ] where !range.contains(value) {
            throw ValidationError(
                "--\(name) is \(range.lowerBound) to \(range.upperBound)")
        }
    }

    func run() throws {
        var configuration = try common.load()
        var settings = LearningSettings()
        settings.leastProbability = leastProbability
        settings.leastCount = leastCount
        settings.leastFrequency = leastFrequency
        settings.iterationCount = rounds
        settings.byteLimit = memory << 20
        let tables = try configuration.loadTables()
        if letters { return try learnLetters(configuration.loadLexicon(), tables) }
        let rejected = RejectsFile(path: rejects)
        let outcome: LearningRun.Outcome
        do throws(LearningError) {
            outcome = try LearningRun(
                tables: tables, settings: settings,
                lineByteCount: configuration.server.limits.documentByteCount, isQuiet: quiet,
                keepsPairs: pairs != nil
            ).run(paths, rejects: rejected)
        } catch {
            throw failure(error, rejected)
        }
        if let pairs { try WholeFile.write(outcome.pairs, to: pairs) }
        try write(comment(outcome) + outcome.table.text)
        try report(outcome, rejected)
    }

    private func learnLetters(_ lexicon: TranslationTable, _ tables: AnalysisTables) throws {
        let outcome: LetterLearner.Outcome
        do throws(LearningError) {
            outcome = try LetterLearner(
                lexicon, tables: tables, leastCount: leastCount
            ).learn()
        } catch {
            throw Failure(.unavailable, "\(error)")
        }
        try write(
            """
            # Letters by which languages write the words that they share, learnt by izded learn --letters
            # from \(outcome.pairCount) pairs of words of the lexicon that look alike. ^ is the beginning \
            of a word,
            # $ its end; the count is of pairs. Delete a row that is wrong; a probability of 0 \
            switches its
            # direction off.

            """ + outcome.table.text)
        StandardError.write(
            "\(outcome.table.rows.count) groups of letters from \(outcome.pairCount) pairs\n")
    }

    private func write(_ text: String) throws {
        if let output {
            try WholeFile.write(text, to: output)
        } else {
            print(text, terminator: "")
        }
    }

    /// How the table came about: all that decides on it, and nothing that changes from run to run.
    private func comment(_ outcome: LearningRun.Outcome) -> String {
        let names = paths.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
        return """
            # Translations of words, learnt by izded learn. Delete a row that is wrong, add one that is
            # missing: 1 for its probabilities, 0 for its count. A row serves both directions.
            # learnt from \(names.joined(separator: ", ")): \(outcome.counts.taken) sentence pairs
            # least probability \(leastProbability), least count \(leastCount), least frequency \
            \(leastFrequency), rounds \(rounds)

            """
    }

    private func report(_ outcome: LearningRun.Outcome, _ rejected: RejectsFile) throws {
        let counts = outcome.counts
        let seconds = (outcome.seconds * 10).rounded() / 10
        let documents = outcome.documents
        if documents.documents > 0 {
            StandardError.write(
                "\(documents.documents) documents: \(documents.linked) pairs by links, "
                    + "\(documents.addressed) by addresses, \(documents.alike) by numbers and "
                    + "names, \(documents.tooLong) too long\n")
        }
        StandardError.write(
            "\(outcome.table.rows.count) translations from \(counts.taken) sentence pairs in "
                + "\(seconds) s; \(counts.repeated) pairs were there before, \(counts.unusable) "
                + "have no words in two languages, the same in both, or too many; "
                + "\(outcome.rejectedCount) rejected\n")
        if outcome.rejectedCount > 0 { throw rejection(rejected) }
    }

    private func failure(_ error: LearningError, _ rejected: RejectsFile) -> Failure {
        switch error {
        case .memoryExceeded: Failure(.usage, "\(error)")
        case .analysisUnavailable: Failure(.unavailable, "\(error)")
        case .noSentences:
            rejected.count > 0 ? rejection(rejected) : Failure(.dataError, "\(error)")
        }
    }

    private func rejection(_ rejected: RejectsFile) -> Failure {
        var text = rejected.shown.map { "  \($0)" }.joined(separator: "\n")
        if let failure = rejected.failure { text += "\ncannot write the rejects: \(failure)" }
        return Failure(
            .dataError, "\(rejected.count) lines or records were rejected, see \(rejects):\n\(text)"
        )
    }
}
