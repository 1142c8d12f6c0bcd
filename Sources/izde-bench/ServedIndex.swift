import Foundation

/// A daemon on an index, ended by its own process id.
final class ServedIndex {
    /// The socket that it answers on.
    let socket: String
    /// When it was started.
    let started: ContinuousClock.Instant
    private let process = Process()
    private let folder: URL

    /// Starts a daemon and waits until it knows names and translations, unless told otherwise.
    init(
        _ data: String, program: URL = OwnBuild.izded, arguments: [String] = [],
        waits: Bool = true
    ) throws {
        guard FileManager.default.isExecutableFile(atPath: program.path) else {
            throw DaemonConnection.Failure(
                description: "there is no \(program.path); build izded first")
        }
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-served-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        socket = folder.appendingPathComponent("izded.sock").path
        process.executableURL = program
        process.arguments =
            ["serve", "--data", data, "--socket", socket, "--log-level", "warning"] + arguments
        started = .now
        try process.run()
        if waits { try DaemonConnection.waitUntilPrepared(socket) }
    }

    /// Processor time that the daemon has used, in seconds.
    var processorSeconds: Double {
        let text = try? String(
            contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)
        let fields = text?.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12])
        else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Ends the daemon and removes its socket.
    func stop() {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }
}
