import Logging
public import SearchEngine
import ServiceAPI
import Synchronization

/// What was read again.
public struct ReadConfiguration: Sendable {
    /// For the server.
    public var server: ServerConfiguration
    /// For the engine.
    public var engine: EngineConfiguration
    /// The keys of what is different and only looked at when the daemon starts.
    public var needsRestart: [String]
    /// Takes over what the program itself looks at, such as the level of the log.
    public var take: @Sendable () -> Void

    /// What was read.
    public init(
        server: ServerConfiguration, engine: EngineConfiguration, needsRestart: [String],
        take: @escaping @Sendable () -> Void
    ) {
        self.server = server
        self.engine = engine
        self.needsRestart = needsRestart
        self.take = take
    }
}

/// Why the configuration was not taken over.
public struct ReloadError: Error, CustomStringConvertible {
    /// What is wrong, with file and line.
    public let description: String

    /// A reason.
    public init(_ description: String) {
        self.description = description
    }
}

/// Takes a new configuration over while the daemon runs, all of it or nothing.
final class Reloader: Sendable {
    private let live: LiveConfiguration
    private let service: any SearchService
    private let notifySocket: NotifySocket?
    private let logger: Logger
    private let read: @Sendable () throws(ReloadError) -> ReadConfiguration
    /// Held while one is taken over; those who come meanwhile wait.
    private let turn = Mutex(())

    init(
        live: LiveConfiguration, service: any SearchService, notifySocket: NotifySocket?,
        logger: Logger, read: @escaping @Sendable () throws(ReloadError) -> ReadConfiguration
    ) {
        self.live = live
        self.service = service
        self.notifySocket = notifySocket
        self.logger = logger
        self.read = read
    }

    /// Reads and takes over; returns the keys of what needs a restart.
    ///
    /// Blocks its thread.
    ///
    /// - Throws: `ReloadError`; then everything is as it was.
    func reload() throws(ReloadError) -> [String] {
        try turn.withLock { _ throws(ReloadError) in
            notifySocket?.reloading()
            defer { notifySocket?.ready(status: "serving") }
            do throws(ReloadError) {
                let names = try takeOver()
                logger.notice(
                    "configuration read again",
                    metadata: ["needsRestart": "\(names.joined(separator: " "))"])
                return names
            } catch {
                logger.error(
                    "the configuration is wrong; the old one stays",
                    metadata: ["reason": "\(error)"])
                throw error
            }
        }
    }

    private func takeOver() throws(ReloadError) -> [String] {
        let new = try read()
        let names: [String]
        do throws(EngineError) {
            names = try service.reconfigure(new.engine)
        } catch {
            throw ReloadError(ProblemDetails(error).detail)
        }
        let fixed = live.replace(by: new.server)
        new.take()
        return Set(new.needsRestart + names + fixed).sorted()
    }
}
