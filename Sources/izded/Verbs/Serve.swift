import ArgumentParser
import Glibc
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
            SIGTERM and SIGINT let what is under way end, up to 20 seconds, then exit with 0. A \
            second daemon on the same data or socket refuses to start.

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

    func run() async throws {
        var configuration = try common.load()
        if let socket { configuration.server.socketPath = socket }
        if readOnly { configuration.server.isReadOnly = true }
        if let logLevel { configuration.logLevel = logLevel.level }
        if let logFormat { configuration.logFormat = logFormat }
        let settings = configuration
        let logger = Logger(label: "izded") { _ in
            StandardErrorLog(format: settings.logFormat, logLevel: settings.logLevel)
        }
        for file in configuration.files { logger.info("configured", metadata: ["file": "\(file)"]) }
        let engine = try Engine(
            dataDirectory: configuration.dataDirectory, configuration: try configuration.engine(),
            access: configuration.server.isReadOnly ? .readOnly : .readWrite)
        // Ready before the first misspelt word comes; until then such a query waits.
        Task.detached(priority: .background) { engine.warmUp() }
        let server = Server(service: engine, configuration: configuration.server, logger: logger)
        var group = ServiceGroupConfiguration(
            services: [
                .init(service: server, successTerminationBehavior: .gracefullyShutdownGroup)
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        // The server cuts what does not end in time; this is the net below it.
        group.maximumGracefulShutdownDuration = configuration.server.drainTimeout + .seconds(10)
        try await ServiceGroup(configuration: group).run()
    }
}
