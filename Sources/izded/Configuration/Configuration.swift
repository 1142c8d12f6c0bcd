import Glibc
import Logging
import NameMatching
import SearchEngine
import Service
import ServiceAPI
import TextAnalysis

/// Everything that the programs can be told, as it is after all files, variables and flags.
struct Configuration {
    /// The socket and how it is served; its limits are those of `limits`.
    var server: ServerConfiguration
    /// The data directory.
    var dataDirectory = "index/data"
    /// The folder of the language tables; `nil` to look for it.
    var languagesFolder: String?
    /// The folder of the tables of names; `nil` to look for it.
    var namesFolder: String?
    /// The folder of the lexicon of the three languages; `nil` to look for it.
    var lexiconFolder: String?
    /// A table of learnt translations, or a folder of such; `nil` for none.
    var learntPath: String?
    var logLevel = Logger.Level.info
    var logFormat = LogFormat.text
    /// The order of the documents of a collection that a build has merged.
    var mergeOrder = FullMergeOrder.bisected
    var weights = RankingWeights()
    var ways = QueryWays()
    var kinds = DefaultKinds.all
    var collections = [
        (name: "institutions", kind: "institutions"), (name: "news", kind: "news"),
        (name: "people", kind: "people"),
    ]
    /// The files that were read, the strongest first.
    var files: [String] = []

    /// The built-in configuration.
    init() {
        server = ServerConfiguration(
            socketPath: SocketPath.shipped, searchThreadCount: Self.processorCount * 2)
        server.eventLoopCount = Self.processorCount
    }

    /// The processors that are there.
    static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// Reads the files and the environment.
    ///
    /// - Throws: `ConfigurationError` for a file that is not there though it was named, or for the
    ///   first thing in a file that is not understood.
    static func load(
        file: String?, environment: [String: String] = Environment.all
    ) throws(ConfigurationError) -> Configuration {
        var configuration = Configuration()
        let given = file ?? environment["IZDE_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
        if let given {
            guard try configuration.read(given) else {
                throw ConfigurationError(given, nil, "there is no such file")
            }
        } else {
            // The weakest first: what is read later replaces what was read before.
            for path in Self.searched(environment).reversed() { _ = try configuration.read(path) }
        }
        try configuration.take(environment)
        return configuration
    }

    /// The files that are looked for, the strongest first.
    static func searched(_ environment: [String: String]) -> [String] {
        var paths: [String] = []
        if let folder = environment["XDG_CONFIG_HOME"], !folder.isEmpty {
            paths.append("\(folder)/izde/izde.yaml")
        } else if let home = environment["HOME"], !home.isEmpty {
            paths.append("\(home)/.config/izde/izde.yaml")
        }
        return paths + ["/etc/izde/izde.yaml", "config/izde.yaml"]
    }

    /// Reads one file; false if it is not there.
    private mutating func read(_ path: String) throws(ConfigurationError) -> Bool {
        guard let text = try TextFile.read(path) else { return false }
        try ConfigurationFile(path: path, text: text).apply(to: &self)
        files.insert(path, at: 0)
        return true
    }

    private mutating func take(_ environment: [String: String]) throws(ConfigurationError) {
        func value(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        if let path = value("IZDE_SOCKET") { server.socketPath = path }
        if let path = value("IZDE_DATA") { dataDirectory = path }
        if let path = value("IZDE_LANGUAGES") { languagesFolder = path }
        if let path = value("IZDE_NAMES") { namesFolder = path }
        if let path = value("IZDE_LEXICON") { lexiconFolder = path }
        if let path = value("IZDE_LEARNT") { learntPath = path }
        if let text = value("IZDE_LOG_LEVEL") {
            guard let level = LogLevel(rawValue: text) else {
                throw ConfigurationError("IZDE_LOG_LEVEL", nil, "unknown level `\(text)`")
            }
            logLevel = level.level
        }
        if let text = value("IZDE_LOG_FORMAT") {
            guard let format = LogFormat(rawValue: text) else {
                throw ConfigurationError("IZDE_LOG_FORMAT", nil, "unknown format `\(text)`")
            }
            logFormat = format
        }
    }

    /// What the engine is told; reads the tables of the languages.
    mutating func engine() throws(ConfigurationError) -> EngineConfiguration {
        let tables = try loadTables()
        let lexicon = try loadLexicon()
        return EngineConfiguration(
            kinds: kinds, defaultCollections: collections, weights: weights,
            ways: ways, limits: server.limits, mergeOrder: mergeOrder, tables: tables,
            names: try loadNames(),
            lexicon: lexicon, learnt: try loadLearnt(), letters: try loadLetters())
    }

    /// The lexicon of the three languages; sets the folder where it was found.
    mutating func loadLexicon() throws(ConfigurationError) -> TranslationTable {
        let folder = try TablesFolder.find("lexicon", given: lexiconFolder, files: files)
        lexiconFolder = folder
        return try LexiconFolder.read(folder)
    }

    /// What was learnt from texts, beside the lexicon and where it is named.
    mutating func loadLearnt() throws(ConfigurationError) -> LearntTable {
        let folder = try TablesFolder.find("lexicon", given: lexiconFolder, files: files)
        return try LearntFiles.read(lexiconFolder: folder, named: learntPath)
    }

    /// The letters by which the languages write words that they share, beside the lexicon.
    func loadLetters() throws(ConfigurationError) -> LearntTable {
        try LearntFiles.readLetters(
            lexiconFolder: TablesFolder.find("lexicon", given: lexiconFolder, files: files))
    }

    /// The tables of names; sets the folder where they were found.
    mutating func loadNames() throws(ConfigurationError) -> NameTables {
        let folder = try TablesFolder.find("names", given: namesFolder, files: files)
        namesFolder = folder
        return try NameTablesFolder.read(folder)
    }

    /// The tables of the languages; sets the folder where they were found.
    mutating func loadTables() throws(ConfigurationError) -> AnalysisTables {
        let folder = try TablesFolder.find("languages", given: languagesFolder, files: files)
        languagesFolder = folder
        return try LanguageTablesFolder.read(folder)
    }
}

/// What is wrong with the configuration, and where.
struct ConfigurationError: Error, CustomStringConvertible, Equatable {
    var place: String
    var line: Int?
    var reason: String

    init(_ place: String, _ line: Int?, _ reason: String) {
        self.place = place
        self.line = line
        self.reason = reason
    }

    var description: String { "\(place)\(line.map { ":\($0)" } ?? ""): \(reason)" }
}

/// The variables of the process.
enum Environment {
    /// All of them.
    static var all: [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
            entry += 1
        }
        return variables
    }
}

/// Small files of text.
enum TextFile {
    /// The text of a file, `nil` where there is none.
    static func read(_ path: String) throws(ConfigurationError) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw ConfigurationError(path, nil, String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw ConfigurationError(path, nil, String(cString: strerror(errno)))
            }
            if count == 0 { break }
            bytes += chunk[..<count]
            guard bytes.count <= 64 << 20 else {
                throw ConfigurationError(path, nil, "the file is larger than 64 MiB")
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ConfigurationError(path, nil, "the file is not UTF-8")
        }
        return text
    }
}
