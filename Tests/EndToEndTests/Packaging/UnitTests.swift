import Foundation
import SearchEngine
import Service
import Testing

/// The systemd unit, and the entries beside it, against what the guide asks of them.
@Suite struct UnitTests {
    private static let folder = Programs.project.appendingPathComponent("config/systemd")

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }

    /// The settings of the unit, in their order.
    private static func settings() throws -> [(name: String, value: String)] {
        try text("izded.service").split(separator: "\n").compactMap { line in
            guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { return nil }
            return (String(line[..<equals]), String(line[line.index(after: equals)...]))
        }
    }

    private static func value(_ name: String) throws -> String {
        try #require(settings().first { $0.name == name }?.value, "\(name) is not set")
    }

    @Test func `the unit holds every line of the outline`() throws {
        let outline = """
            Type=notify
            User=izde
            Group=izde
            RuntimeDirectory=izde
            RuntimeDirectoryMode=0750
            StateDirectory=izde
            StateDirectoryMode=0700
            UMask=0077
            NoNewPrivileges=yes
            ProtectSystem=strict
            ProtectHome=yes
            PrivateTmp=yes
            PrivateDevices=yes
            PrivateNetwork=yes
            ProtectProc=invisible
            ProcSubset=pid
            ProtectClock=yes
            ProtectHostname=yes
            ProtectKernelTunables=yes
            ProtectKernelModules=yes
            ProtectKernelLogs=yes
            ProtectControlGroups=yes
            RestrictAddressFamilies=AF_UNIX
            RestrictNamespaces=yes
            RestrictRealtime=yes
            RestrictSUIDSGID=yes
            LockPersonality=yes
            MemoryDenyWriteExecute=yes
            SystemCallArchitectures=native
            SystemCallFilter=@system-service
            SystemCallFilter=~@privileged @resources
            SystemCallErrorNumber=EPERM
            CapabilityBoundingSet=
            IPAddressDeny=any
            DevicePolicy=closed
            LimitNOFILE=4096
            LimitCORE=0
            TasksMax=256
            MemoryHigh=2G
            MemoryMax=3G
            WatchdogSec=30
            TimeoutStopSec=30
            Restart=on-failure
            RestartSec=1
            Environment=SWIFT_BACKTRACE=enable=no
            """.split(separator: "\n").map(String.init)
        let lines = try Self.settings().map { "\($0.name)=\($0.value)" }
        for line in outline { #expect(lines.contains(line), "the unit has no \(line)") }
        // The outline has it too; with it the ids of peers are lost, which admin calls go by.
        #expect(!lines.contains("PrivateUsers=yes"))
    }

    @Test func `no setting is given twice with two values but those that are lists`() throws {
        let lists: Set = ["SystemCallFilter", "ExecReload"]
        var seen: Set<String> = []
        for (name, _) in try Self.settings() where !lists.contains(name) {
            #expect(seen.insert(name).inserted, "\(name) stands twice")
        }
    }

    @Test func `the times and limits of the unit leave room for those of the daemon`() throws {
        let daemon = ServerConfiguration(socketPath: "/run/izde/izded.sock", searchThreadCount: 4)
        let stop = try #require(Int(Self.value("TimeoutStopSec")))
        #expect(.seconds(stop) >= daemon.drainTimeout + .seconds(10))
        let files = try #require(Int(Self.value("LimitNOFILE")))
        #expect(daemon.limits.connectionCount <= files / 2 - 64)
    }

    @Test(.enabled(if: Shell.has("systemd-analyze"), "systemd-analyze is not installed"))
    func `the unit exposes little`() throws {
        // In percent: 0.5 is 5.
        let result = try Shell.run(
            "systemd-analyze",
            ["security", "--offline=yes", "--threshold=5", "config/systemd/izded.service"])
        #expect(result.status == 0, "\(result.output.suffix(300))")
    }

    @Test(.enabled(if: Shell.has("systemd-analyze"), "systemd-analyze is not installed"))
    func `systemd finds no fault in the unit`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-unit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Programs that are not installed are faults; the program of this build stands for ours.
        let program = Programs.folder.appendingPathComponent("izded").path
        let unit = folder.appendingPathComponent("izded.service")
        try Self.text("izded.service").replacing("/usr/bin/izded", with: program)
            .write(to: unit, atomically: true, encoding: .utf8)
        func verify() throws -> Programs.Outcome {
            try Shell.run("systemd-analyze", ["verify", "--man=no", unit.path])
        }
        let result = try verify()
        #expect(result.status == 0 && !result.output.contains("izded"), "\(result.output)")

        try "[Service]\nExecStart=\(program)\nNoNewPrivilege=yes\n"
            .write(to: unit, atomically: true, encoding: .utf8)
        #expect(try verify().output.contains("NoNewPrivilege"), "a misspelt setting is not seen")
    }

    @Test func `the folders are the same with the unit and without it`() throws {
        let lines = try Self.text("tmpfiles.d/izde.conf").split(separator: "\n")
            .filter { !$0.hasPrefix("#") }
            .map { $0.split(separator: " ").map(String.init) }
        let (user, group) = (try Self.value("User"), try Self.value("Group"))
        let run = "/run/" + (try Self.value("RuntimeDirectory"))
        let state = "/var/lib/" + (try Self.value("StateDirectory"))
        #expect(
            lines == [
                ["d", run, try Self.value("RuntimeDirectoryMode"), user, group, "-"],
                ["d", state, try Self.value("StateDirectoryMode"), user, group, "-"],
            ])
        let account = try Self.text("sysusers.d/izde.conf").split(separator: "\n")
            .filter { !$0.hasPrefix("#") }
        #expect(account.count == 1)
        #expect(account.first?.hasPrefix("u \(user) ") == true)
        #expect(user == group, "an entry for a user makes a group of its name")
    }
}
