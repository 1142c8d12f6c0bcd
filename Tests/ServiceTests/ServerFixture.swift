import Glibc
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
        for name in ["izded.sock", "izded.sock.lock"] { unlink("\(path)/\(name)") }
        rmdir(path)
    }
}

/// A server with a fake engine on a socket of its own.
struct ServerFixture {
    let folder = TemporaryFolder()
    let service: FakeService
    let server: RunningServer
    let socketPath: String

    init(
        service: FakeService = FakeService(),
        _ change: (inout ServerConfiguration) -> Void = { _ in }
    ) async throws {
        self.service = service
        socketPath = "\(folder.path)/izded.sock"
        var configuration = ServerConfiguration(socketPath: socketPath, searchThreadCount: 2)
        change(&configuration)
        server = try await Server(
            service: service, configuration: configuration
        ).start()
    }

    func client() throws -> SocketClient { try SocketClient(socketPath) }

    func stop() async { await server.stop() }
}

/// Runs with a server and stops it, whatever happens.
func withServer(
    service: FakeService = FakeService(),
    _ change: (inout ServerConfiguration) -> Void = { _ in },
    _ body: (ServerFixture) async throws -> Void
) async throws {
    let fixture = try await ServerFixture(service: service, change)
    do {
        try await body(fixture)
    } catch {
        await fixture.stop()
        throw error
    }
    await fixture.stop()
}
