import Glibc
import TestSupport
import Testing

@testable import Service

/// How the socket is taken and left.
@Suite(.onThreads) struct UnixSocketTests {
    @Test func `a second daemon is refused and the first is untouched`() async throws {
        try await withServer { fixture in
            let client = try fixture.client()
            let second = Server(
                service: FakeService(),
                configuration: ServerConfiguration(
                    socketPath: fixture.socketPath, searchThreadCount: 1))
            await #expect(throws: SocketError.inUse(path: fixture.socketPath)) {
                _ = try await second.start()
            }
            #expect(try client.call("GET", "/v1/health").status == 200)
            #expect(try fixture.client().call("GET", "/v1/health").status == 200)
        }
    }

    @Test func `a living socket without our lock is left alone`() async throws {
        try await withServer { fixture in
            unlink(fixture.socketPath + ".lock")
            #expect(throws: SocketError.inUse(path: fixture.socketPath)) {
                _ = try UnixSocket(path: fixture.socketPath, mode: 0o660, group: nil)
            }
            let answer = try fixture.client().call("GET", "/v1/health")
            #expect(answer.status == 200)
        }
    }

    @Test func `a stale socket is cleared, and the new one has the mode`() throws {
        let folder = TemporaryFolder()
        let path = "\(folder.path)/izded.sock"
        let first = try UnixSocket(path: path, mode: 0o660, group: nil)
        // As after kill -9: the file stays, the lock and the listener are gone.
        close(first.descriptor)
        var status = stat()
        #expect(stat(path, &status) == 0)
        let copy = path + ".stale"
        #expect(rename(path, copy) == 0)
        first.remove()
        #expect(rename(copy, path) == 0)

        let second = try UnixSocket(path: path, mode: 0o600, group: nil)
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        close(second.descriptor)
        second.remove()
        #expect(access(path, F_OK) != 0)
    }

    @Test func `a file that is no socket is never removed`() throws {
        let folder = TemporaryFolder()
        let path = "\(folder.path)/izded.sock"
        close(open(path, O_CREAT | O_WRONLY, 0o600))
        #expect(throws: SocketError.notASocket(path: path)) {
            _ = try UnixSocket(path: path, mode: 0o660, group: nil)
        }
        #expect(access(path, F_OK) == 0)
    }

    @Test func `a path that is too long says so, one that fits is taken`() throws {
        let folder = TemporaryFolder()
        let long = folder.path + "/" + String(repeating: "s", count: 107 - folder.path.utf8.count)
        #expect(long.utf8.count == 108)
        #expect {
            _ = try UnixSocket(path: long, mode: 0o660, group: nil)
        } throws: { "\($0)".contains("108 bytes") }
        let fitting = String(long.dropLast())
        let socket = try UnixSocket(path: fitting, mode: 0o660, group: nil)
        close(socket.descriptor)
        socket.remove()
        unlink(fitting + ".lock")
    }

    @Test func `the folder of the socket is made for the group alone`() throws {
        let folder = TemporaryFolder()
        let parent = "\(folder.path)/run"
        let socket = try UnixSocket(path: "\(parent)/izded.sock", mode: 0o660, group: nil)
        var status = stat()
        #expect(stat(parent, &status) == 0)
        #expect(status.st_mode & 0o777 & ~0o750 == 0)
        close(socket.descriptor)
        socket.remove()
        unlink("\(parent)/izded.sock.lock")
        rmdir(parent)
    }

    @Test func `an unknown group says so`() {
        let folder = TemporaryFolder()
        #expect(throws: SocketError.unknownGroup("no-such-group")) {
            _ = try UnixSocket(
                path: "\(folder.path)/izded.sock", mode: 0o660, group: "no-such-group")
        }
    }
}
