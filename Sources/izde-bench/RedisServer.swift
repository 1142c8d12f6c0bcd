import Foundation

/// A redis-server on a socket in a temporary folder: the yardstick of what a socket costs.
final class RedisServer {
    /// The socket that it answers on.
    let socket: String
    private let process = Process()
    private let folder: URL

    /// Starts the server; `nil` where the program is not installed.
    init?() throws {
        let places = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        guard
            let program = places.map({ "\($0)/redis-server" }).first(where: {
                FileManager.default.isExecutableFile(atPath: $0)
            })
        else { return nil }
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-redis-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        socket = folder.appendingPathComponent("redis.sock").path
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = [
            "--port", "0", "--unixsocket", socket, "--save", "", "--appendonly", "no", "--dir",
            folder.path,
        ]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        for _ in 0..<200 where !FileManager.default.fileExists(atPath: socket) { usleep(50_000) }
    }

    /// Ends the server and removes its socket.
    func stop() {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }
}
