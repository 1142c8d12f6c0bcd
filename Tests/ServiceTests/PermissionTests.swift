import Glibc
import JSON
import Logging
import SearchEngine
import ServiceAPI
import Synchronization
import TestSupport
import Testing

@testable import Service

/// Who may do what.
@Suite(.onThreads) struct PermissionTests {
    private static let admin: [Endpoint] = [
        .dropCollection, .takeSnapshot, .reload, .compact, .verify,
    ]

    @Test func `what is for those who run the daemon asks who is there, the rest does not`() {
        for endpoint in Endpoint.allCases {
            #expect(Routes[endpoint].isAdmin == Self.admin.contains(endpoint), "\(endpoint)")
        }
    }

    @Test func `root, the daemon's user and the configured ones may, others may not`() {
        let permissions = Permissions(adminUserIDs: [1000], ownUserID: 900)
        func code(_ endpoint: Endpoint, _ userID: UInt32?) -> String? {
            let peer = userID.map { Peer(userID: $0, processID: 1) }
            return permissions.problem(
                with: Routes[endpoint], from: peer, isReadOnlySocket: false)?.code
        }
        for endpoint in Self.admin {
            for user in [0, 900, 1000] as [UInt32] { #expect(code(endpoint, user) == nil) }
            for user in [1, 1001, 65534] as [UInt32] {
                #expect(code(endpoint, user) == "peer_not_allowed")
            }
            #expect(code(endpoint, nil) == "peer_not_allowed")
        }
        #expect(code(.addDocuments, 1001) == nil)
        #expect(code(.search, nil) == nil)
    }

    @Test func `the system says who is at the other end`() async throws {
        try await withServer { fixture in
            let client = try fixture.client()
            // Whoever runs the tests runs the daemon.
            let answer = try client.call("POST", "/v1/snapshots", "{\"name\":\"a-1\"}")
            #expect(answer.status == 201)
            #expect(answer.json?["path"] == "/data/snapshots/a-1")
        }
    }

    @Test func `the second socket answers what reads, and nothing else`() async throws {
        let folder = TemporaryFolder()
        let path = "\(folder.path)/reading.sock"
        let fixture = try await ServerFixture(
            folder: folder, change: { $0.readOnlySocketPath = path })
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o666)
        #expect(stat(fixture.socketPath, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o660)
        let reader = try SocketClient(path)
        let writer = try fixture.client()
        for route in Routes.all {
            let parameters = Dictionary(
                uniqueKeysWithValues: route.parameterNames.map { ($0, "news") })
            let target = route.path(parameters)
            let body = route.method == .get ? nil : "{}"
            let answer = try reader.call(route.method.rawValue, target, body)
            if route.isReadOnly {
                #expect(answer.status != 403, "\(route.template)")
            } else {
                #expect(answer.status == 403, "\(route.template)")
                #expect(answer.code == "read_only_socket")
                #expect(
                    try writer.call(route.method.rawValue, target, body).code != "read_only_socket")
            }
        }
        await fixture.stop()
        #expect(access(path, F_OK) != 0)
    }

    @Test func `both sockets share the cap of connections`() async throws {
        let folder = TemporaryFolder()
        let path = "\(folder.path)/reading.sock"
        let fixture = try await ServerFixture(
            folder: folder,
            change: {
                $0.readOnlySocketPath = path
                $0.limits.connectionCount = 3
            })
        var clients: [SocketClient] = []
        for index in 0..<6 {
            clients.append(index % 2 == 0 ? try fixture.client() : try SocketClient(path))
            clients[index].send("GET /v1/health/live HTTP/1.1\r\n\r\n")
        }
        var answered = 0
        // As clients leave, those who wait have their turn; never are there more than three.
        for index in 0..<6 {
            #expect(fixture.server.registry.count <= 3)
            if try clients[index].receive().status == 200 { answered += 1 }
            clients[index].closeSending()
            #expect(try clients[index].isClosedByPeer())
        }
        #expect(answered == 6)
        await fixture.stop()
    }

    @Test func `a second socket that cannot be offered leaves no first one`() async throws {
        let folder = TemporaryFolder()
        let path = "\(folder.path)/reading.sock"
        close(open(path, O_CREAT | O_WRONLY, 0o600))
        await #expect(throws: SocketError.notASocket(path: path)) {
            _ = try await ServerFixture(folder: folder, change: { $0.readOnlySocketPath = path })
        }
        #expect(access("\(folder.path)/izded.sock", F_OK) != 0)
        // Nor its lock: the next start succeeds.
        let fixture = try await ServerFixture(folder: folder)
        await fixture.stop()
    }

    @Test func `the least descriptors allow at least one connection`() {
        #expect(Descriptors.count(within: 1024) == 448)
        #expect(Descriptors.count(within: 128) == 0)
        var configuration = ServerConfiguration(socketPath: "", searchThreadCount: 1)
        configuration.limits.connectionCount = 1
        #expect(Descriptors.allowedConnectionCount(configuration, .silent) == 1)
        configuration.readOnlySocketPath = "x"
        #expect(Descriptors.allowedConnectionCount(configuration, .silent) == 2)
    }
}
