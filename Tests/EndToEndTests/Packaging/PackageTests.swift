import Foundation
import TestSupport
import Testing

/// The Debian package: what goes into it, and how it behaves in a Debian of its own.
@Suite(.onFewThreads) struct PackageTests {
    /// A folder with all files of the package that need no build.
    private static func staged<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-package-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try Shell.run("config/debian/stage", [folder.path])
        try #require(result.status == 0, "\(result.output)")
        return try body(folder)
    }

    private static func files(_ folder: URL) throws -> Set<String> {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return Set(
            paths.filter { path in
                var isFolder: ObjCBool = false
                let whole = folder.appendingPathComponent(path).path
                return FileManager.default.fileExists(atPath: whole, isDirectory: &isFolder)
                    && !isFolder.boolValue
                    && !path.split(separator: "/").contains { $0.first == "." }
            })
    }

    @Test func `the package holds every table and the sample corpus, and nothing unforeseen`()
        throws
    {
        try Self.staged { folder in
            var expected: Set = [
                "etc/izde/izde.yaml", "lib/systemd/system/izded.service",
                "usr/lib/sysusers.d/izde.conf", "usr/lib/tmpfiles.d/izde.conf",
                "usr/share/doc/izde/copyright", "usr/share/doc/izde/README.md.gz",
                "usr/share/lintian/overrides/izde",
            ]
            for tables in ["languages", "names", "lexicon"] {
                let source = Programs.project.appendingPathComponent("config/\(tables)")
                let names = try Self.files(source).filter { !$0.hasSuffix(".md") }
                #expect(!names.isEmpty)
                expected.formUnion(names.map { "usr/share/izde/\(tables)/\($0)" })
            }
            let corpus = Programs.project.appendingPathComponent("index/sources")
            expected.formUnion(try Self.files(corpus).map { "usr/share/doc/izde/examples/\($0)" })
            #expect(try Self.files(folder) == expected)
        }
    }

    @Test func `the configuration of a system is that of the project with the places of a system`()
        throws
    {
        try Self.staged { folder in
            let path = folder.appendingPathComponent("etc/izde/izde.yaml").path
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            let shipped = try String(
                contentsOf: Programs.project.appendingPathComponent("config/izde.yaml"),
                encoding: .utf8
            ).split(separator: "\n")
            #expect(lines.count == shipped.count)
            #expect(
                zip(lines, shipped).filter { $0 != $1 }.map { String($0.0) } == [
                    "  path: /run/izde/izded.sock", "  group: izde", "data: /var/lib/izde",
                ])
            let relative = lines.filter {
                !$0.contains("#") && $0.contains(/: (run|index|config)\//)
            }
            #expect(relative.isEmpty, "a place is relative to the working directory")

            let check = try Programs.run("izded", ["check", "--config", path])
            #expect(check.status == 0, "\(check.errors)")
            #expect(check.output.contains("/run/izde/izded.sock"))
            #expect(check.output.contains("/var/lib/izde"))
        }
    }

    @Test func `a configuration of the project whose places moved is no package`() throws {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-\(UUID().uuidString).yaml")
        try "socket:\n  path: elsewhere.sock\ndata: index/data\n  group: \"\"\n"
            .write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let result = try Shell.run("awk", ["-f", "config/debian/izde.yaml.awk", file.path])
        #expect(result.status == 1)
        #expect(result.output.contains("path: run/izded.sock"))
    }

    @Test(arguments: ["postinst", "prerm", "postrm", "build", "stage", "manual"])
    func `a script of the package can be read by its shell and run`(_ name: String) throws {
        let script = Programs.project.appendingPathComponent("config/debian/\(name)")
        #expect(FileManager.default.isExecutableFile(atPath: script.path))
        let first = try String(contentsOf: script, encoding: .utf8).prefix { $0 != "\n" }
        let shell = first == "#!/bin/sh" ? "sh" : "bash"
        let result = try Shell.run(shell, ["-n", script.path])
        #expect(result.status == 0, "\(result.output)")
    }

    @Test(arguments: ["izde", "izded"])
    func `the manual page of a program tells of all its verbs`(_ name: String) throws {
        let program = Programs.folder.appendingPathComponent(name).path
        let page = try Shell.run("config/debian/manual", [program, "2026-01-01"])
        #expect(page.status == 0, "\(page.output.suffix(300))")
        #expect(page.output.hasPrefix(".TH \(name.uppercased()) 1 2026-01-01 \"izde "))
        let help = try Programs.run(name, ["--help"]).output
        let verbs =
            help.split(separator: "SUBCOMMANDS:").last?.split(separator: "\n")
            .compactMap { $0.firstMatch(of: #/^  ([a-z]+) /#).map { String($0.1) } } ?? []
        #expect(verbs.count > 5)
        for verb in verbs { #expect(page.output.contains("\n.SS \(name) \(verb)\n")) }
    }

    /// The release programs: a test cannot build them, since `swift test` holds the lock of the build.
    private static let release = Programs.folder.deletingLastPathComponent()
        .appendingPathComponent("release")

    private static var whyNotLong: String? {
        if getenv("IZDE_LONG") == nil { return "a long run: IZDE_LONG=1" }
        if getuid() != 0 { return "needs root" }
        if !Shell.has(release.appendingPathComponent("izded").path) {
            return "needs the release programs: make programs"
        }
        return ["debootstrap", "dpkg-shlibdeps"].first { !Shell.has($0) }
            .map { "\($0) is not installed" }
    }

    /// Without `systemd-nspawn` the second half, with systemd as process 1, is passed over, and said so.
    @Test(.enabled(if: whyNotLong == nil, "\(whyNotLong ?? "")"))
    func `the package installs, runs, upgrades and is purged without a trace but the data`() throws
    {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-packages-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let packages = try ["", "2"].map { revision in
            let made = try Shell.run(
                "config/debian/build", [Self.release.path, folder.path],
                environment: ["DEB_REVISION": revision])
            try #require(made.status == 0, "\(made.output)")
            return try #require(made.output.split(separator: "\n").last.map(String.init))
        }
        let rounds = try Shell.run("Tests/EndToEndTests/Packaging/install-rounds", packages)
        print(rounds.output)
        #expect(rounds.status == 0)
        #expect(rounds.output.contains("all shown") || rounds.output.contains("skipped:"))
    }
}
