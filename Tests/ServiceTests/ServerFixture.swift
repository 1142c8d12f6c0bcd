import Glibc
import Logging
import SearchEngine

@testable import Service

/// A folder that is removed with the object.
final class TemporaryFolder: Sendable {
    let path: String

    init() {
        path = "/tmp/izde-service-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        mkdir(path, 0o700)
    }

    deinit {
        for name in ["izded.sock", "reading.sock"] {
            unlink("\(path)/\(name)")
            unlink("\(path)/\(name).lock")
        }
        unlink("\(path)/notify")
        rmdir(path)
    }
}

/// A server with a fake engine on a socket of its own.
struct ServerFixture {
    let folder: TemporaryFolder
    let service: FakeService
    let server: RunningServer
    let socketPath: String
    /// The same server, as the program sees it.
    let face: Server

    init(
        service: FakeService = FakeService(), logger: Logger = .silent,
        notifySocket: NotifySocket? = nil, folder: TemporaryFolder = TemporaryFolder(),
        read: (@Sendable () throws(ReloadError) -> ReadConfiguration)? = nil,
        change: (inout ServerConfiguration) -> Void = { _ in }
    ) async throws {
        self.service = service
        self.folder = folder
        socketPath = "\(folder.path)/izded.sock"
        var configuration = ServerConfiguration(socketPath: socketPath, searchThreadCount: 2)
        change(&configuration)
        face = Server(
            service: service, configuration: configuration, logger: logger,
            notifySocket: notifySocket, read: read)
        server = try await face.start()
    }

    func client() throws -> SocketClient { try SocketClient(socketPath) }

    /// The path of a second socket, for reading.
    var readOnlyPath: String { "\(folder.path)/reading.sock" }

    func stop() async { await server.stop() }
}

/// Runs with a server and stops it, whatever happens.
func withServer(
    service: FakeService = FakeService(), logger: Logger = .silent,
    _ change: (inout ServerConfiguration) -> Void = { _ in },
    _ body: (ServerFixture) async throws -> Void
) async throws {
    let fixture = try await ServerFixture(service: service, logger: logger, change: change)
    do {
        try await body(fixture)
    } catch {
        await fixture.stop()
        throw error
    }
    await fixture.stop()
}

/// Waits until something is so; false if it is not within half a minute, which no machine needs.
func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<3000 {
        if try condition() { return true }
        usleep(10_000)
    }
    return false
}
