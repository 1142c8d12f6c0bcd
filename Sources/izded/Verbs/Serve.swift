import ArgumentParser
import Dispatch
import Glibc
import InvertedIndex
import Logging
import SearchEngine
import Service
import ServiceAPI
import ServiceLifecycle
import UnixSignals

/// `izded serve`: the daemon.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Answer searches and writes on a Unix socket until told to stop.",
        discussion: """
            SIGTERM and SIGINT let what is under way end, up to 20 seconds, then exit with 0. SIGHUP \
            reads the configuration again; a wrong one changes nothing. A second daemon on the same data or socket refuses to start.

            EXAMPLES
              izded serve --socket /run/izde/izded.sock --data /var/lib/izde
              curl --unix-socket run/izded.sock 'http://izde/v1/search?q=ШҚТУ'
            """)

    @OptionGroup var common: ConfigurationOptions

    @Option(help: "The path of the socket.")
    var socket: String?

    @Flag(help: "Refuse writes, and leave the lock of the data to another.")
    var readOnly = false

    @Option(help: "trace, debug, info, notice, warning, error or critical.")
    var logLevel: LogLevel?

    @Option(help: "text or json.")
    var logFormat: LogFormat?

    @Flag(help: "Write the texts of queries to the log, for debugging alone.")
    var logQueries = false

    func run() async throws {
        // Until somebody listens for it, this signal would end the program.
        signal(SIGHUP, SIG_IGN)
        ProcessMemory.giveThreadsPools()
        let settings = ServeSettings(self)
        var configuration = try settings.load()
        let dataDirectory = configuration.dataDirectory
        let log = LogSettings(level: configuration.logLevel, format: configuration.logFormat)
        let logger = Logger(label: "izded") { _ in StandardErrorLog(settings: log) }
        for file in configuration.files { logger.info("configured", metadata: ["file": "\(file)"]) }
        let engine = try Engine(
            dataDirectory: dataDirectory, configuration: try configuration.engine(),
            access: configuration.server.isReadOnly ? .readOnly : .readWrite)
        // Ready before the first misspelt word comes; until then such a query waits.
        Task.detached(priority: .background) { engine.warmUp() }
        let server = Server(
            service: engine, configuration: configuration.server, logger: logger,
            notifySocket: NotifySocket(environment: Environment.all)
        ) { () throws(ReloadError) in
            try settings.read(dataDirectory: dataDirectory, log: log)
        }
        var group = ServiceGroupConfiguration(
            services: [
                .init(service: server, successTerminationBehavior: .gracefullyShutdownGroup),
                .init(
                    service: ReloadSignal(server: server), successTerminationBehavior: .ignore),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        // The server cuts what does not end in time; this is the net below it.
        group.maximumGracefulShutdownDuration = configuration.server.drainTimeout + .seconds(10)
        try await ServiceGroup(configuration: group).run()
    }
}

/// What the command line says, kept for reading the configuration again.
private struct ServeSettings: Sendable {
    let file: String?
    let data: String?
    let socket: String?
    let readOnly: Bool
    let logLevel: LogLevel?
    let logFormat: LogFormat?
    let logQueries: Bool

    init(_ verb: Serve) {
        file = verb.common.config
        data = verb.common.data
        socket = verb.socket
        readOnly = verb.readOnly
        logLevel = verb.logLevel
        logFormat = verb.logFormat
        logQueries = verb.logQueries
    }

    /// The configuration with the flags on top.
    func load() throws(ConfigurationError) -> Configuration {
        var configuration = try Configuration.load(file: file)
        if let data { configuration.dataDirectory = data }
        if let socket { configuration.server.socketPath = socket }
        if readOnly { configuration.server.isReadOnly = true }
        if let logLevel { configuration.logLevel = logLevel.level }
        if let logFormat { configuration.logFormat = logFormat }
        if logQueries { configuration.server.logsQueries = true }
        return configuration
    }

    /// The configuration read again, for a daemon that serves some data.
    func read(dataDirectory: String, log: LogSettings) throws(ReloadError) -> ReadConfiguration {
        do throws(ConfigurationError) {
            var configuration = try load()
            let engine = try configuration.engine()
            let (level, format) = (configuration.logLevel, configuration.logFormat)
            return ReadConfiguration(
                server: configuration.server, engine: engine,
                needsRestart: configuration.dataDirectory == dataDirectory ? [] : ["data"]
            ) {
                log.level = level
                log.format = format
            }
        } catch {
            throw ReloadError("\(error)")
        }
    }
}

/// Reads the configuration again at each SIGHUP.
private struct ReloadSignal: Service {
    let server: Server

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        for await _ in signals.cancelOnGracefulShutdown() {
            // Files are read on a thread that may wait.
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    server.reload()
                    continuation.resume()
                }
            }
        }
    }
}
