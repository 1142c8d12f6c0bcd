import ArgumentParser
import Corpus
import Glibc
import InvertedIndex
import SearchEngine
import ServiceAPI

/// `izded build`: the indexer.
struct Build: AsyncParsableCommand {
    /// What the files hold.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case auto, jsonl, table, text, html, ror

        /// The format of all files; `nil` to choose for each.
        var format: SourceFiles.Format? {
            switch self {
            case .auto: nil
            case .jsonl: .jsonLines
            case .table: .institutionTable
            case .text: .text
            case .html: .html
            case .ror: .ror
            }
        }
    }

    static let configuration = CommandConfiguration(
        abstract: "Index files: JSON lines, saved news pages, tables of institutions, ROR.",
        discussion: """
            Folders are walked. What cannot be read is counted, named, and written to the rejects \
            file with its reason; the rest is indexed. Institutions, people and all else that is \
            known by names goes in first, as a whole, then the texts, as a whole. The daemon must \
            not run on the same data meanwhile.

            With --from-store no files are read: each collection that another analysis or another \
            configuration built, or the one given, is built anew from its own documents beside the \
            old index, which stays until the new one is whole.

            EXAMPLES
              izded build index/sources
              izded build news.jsonl --collection news --rejects bad.jsonl
              izded build ror-data.json --country KZ,KG
              izded build --from-store           build anew what another analysis has built
            """)

    @Argument(help: "Files and folders.")
    var paths: [String] = []

    @OptionGroup var common: ConfigurationOptions

    @Option(
        help: "The collection; by default each document goes where its type or title is known.")
    var collection: String?

    @Option(
        help: ArgumentHelp(
            "What the files hold: auto, jsonl, table, text, html or ror.",
            discussion: "auto chooses by the ending of the name; .json is read where its first "
                + "record is one of ROR, the Research Organization Registry."))
    var format: Format = .auto

    @Option(
        help: ArgumentHelp(
            "Pass over documents that name other countries only: KZ or KZ,KG.", valueName: "codes"))
    var country: [String] = []

    @Flag(help: "Build collections anew from the documents that they have.")
    var fromStore = false

    @Flag(
        help: "With --from-store: leave out documents that do not fit the configuration of today.")
    var dropRejected = false

    @Option(help: "Where rejected records are named.")
    var rejects = "izded.rejects.jsonl"

    @Option(help: "The language of documents that do not say it: kk, ru or en.")
    var lang: String?

    @Option(help: "The source of documents that do not say it.")
    var source: String?

    @Option(name: [.customShort("j"), .long], help: "Threads.")
    var threads = 2

    @Flag(name: [.short, .long], help: "No progress.")
    var quiet = false

    func validate() throws {
        guard fromStore == paths.isEmpty else {
            throw ValidationError(
                fromStore ? "--from-store reads no files" : "give files or folders, or --from-store"
            )
        }
        guard fromStore || !dropRejected else {
            throw ValidationError("--drop-rejected is for --from-store")
        }
        guard (1...64).contains(threads) else {
            throw ValidationError("--threads is 1 to 64")
        }
        if let lang, !["kk", "ru", "en"].contains(lang) {
            throw ValidationError("--lang is kk, ru or en")
        }
        let isCode = { (code: String) in
            code.utf8.count == 2 && code.utf8.allSatisfy { (0x41...0x5A).contains($0) }
        }
        guard countries.allSatisfy(isCode), country.isEmpty || !countries.isEmpty else {
            throw ValidationError("--country is one or several codes of two letters: KZ,KG")
        }
    }

    /// The countries in capital letters.
    private var countries: Set<String> {
        Set(country.flatMap { $0.split(separator: ",").map { $0.uppercased() } })
    }

    func run() async throws {
        ProcessMemory.returnGreatBlocks()
        var configuration = try common.load()
        let engineConfiguration = try configuration.engine()
        let engine = try Engine(
            dataDirectory: configuration.dataDirectory, configuration: engineConfiguration,
            access: .readWrite, toleratesDamage: false)
        if fromStore {
            try await rebuild(engine)
            return
        }
        let rejected = RejectsFile(path: rejects)
        let build = IndexBuild(
            engine: engine, configuration: engineConfiguration, collection: collection,
            format: format.format, countries: countries,
            options: SourceOptions(
                recordByteCount: engineConfiguration.limits.documentByteCount, language: lang,
                source: source),
            threadCount: threads, isQuiet: quiet)
        let outcome: IndexBuild.Outcome
        do throws(EngineError) {
            if let collection, !engine.collections.contains(where: { $0.name == collection }) {
                throw .collectionNotFound(name: collection)
            }
            outcome = try await build.run(paths, rejects: rejected)
        } catch {
            await engine.close()
            throw error
        }
        await engine.close()
        try report(outcome, rejected)
    }

    /// Builds collections anew from what they hold.
    private func rebuild(_ engine: Engine) async throws {
        let rebuild = StoreRebuild(
            engine: engine, collection: collection, threadCount: threads,
            dropsRejected: dropRejected, isQuiet: quiet)
        let rejected = RejectsFile(path: rejects)
        do throws(EngineError) {
            try await rebuild.run(rejects: rejected)
        } catch {
            await engine.close()
            throw error
        }
        await engine.close()
        guard rejected.count > 0 else { return }
        throw Failure(
            .dataError,
            "\(rejected.count) documents do not fit the configuration, see \(rejects); "
                + (dropRejected
                    ? "they are gone"
                    : "their collections are as they were: change the configuration, or leave the "
                        + "documents out with --drop-rejected"))
    }

    private func report(_ outcome: IndexBuild.Outcome, _ rejected: RejectsFile) throws {
        let progress = outcome.progress
        let seconds = (outcome.seconds * 10).rounded() / 10
        print(
            "\(progress.createdCount + progress.replacedCount) documents from \(outcome.fileCount) "
                + "files (\(ProgressLine.megabytes(progress.byteCount))) in \(seconds) s: "
                + "\(progress.createdCount) new, \(progress.replacedCount) replaced, "
                + "\(outcome.rejectedCount) rejected")
        guard outcome.rejectedCount > 0 else { return }
        var text = rejected.shown.map { "  \($0)" }.joined(separator: "\n")
        if let failure = rejected.failure { text += "\ncannot write the rejects: \(failure)" }
        throw Failure(
            .dataError, "\(outcome.rejectedCount) records were rejected, see \(rejects):\n\(text)")
    }
}
