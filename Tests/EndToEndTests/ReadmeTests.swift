import Foundation
import Testing

/// The map in the README is checked against the manifest: a map that no check reads goes stale.
@Suite struct ReadmeTests {
    @Test func `the architecture table names every target with its arrows`() throws {
        let manifest = try String(
            contentsOf: Programs.project.appendingPathComponent("Package.swift"), encoding: .utf8)
        let readme = try String(
            contentsOf: Programs.project.appendingPathComponent("README.md"), encoding: .utf8)
        let targets = try targets(of: manifest)
        #expect(targets.count >= 15)
        for (name, dependencies) in targets {
            let row = readme.split(separator: "\n").first { $0.hasPrefix("| `\(name)` |") }
            let cells = try #require(row, "README has no row for \(name)").split(separator: "|")
            let named = cells[cells.count - 1].matches(of: /`([A-Za-z0-9-]+)`/).map { String($0.1) }
            #expect(Set(named) == dependencies, "the arrows of \(name)")
        }
    }

    /// The targets that are not tests, each with those of our targets that it imports.
    private func targets(of manifest: String) throws -> [String: Set<String>] {
        let start = try #require(manifest.firstRange(of: "    targets: ["))
        // What comes behind is there for `make fuzz` alone.
        let end = try #require(manifest.firstRange(of: "\n    swiftLanguageModes"))
        let blocks = manifest[start.upperBound..<end.lowerBound].split(separator: "\n        .")
        var result: [String: Set<String>] = [:]
        for block in blocks {
            let kinds = ["systemLibrary(", "target(", "executableTarget("]
            guard kinds.contains(where: { block.hasPrefix($0) }), !block.contains("path: \"Tests/"),
                let name = block.firstMatch(of: /name: "([^"]+)"/)
            else { continue }
            var quoted = block
            // Products of packages are not ours.
            while let product = quoted.firstRange(of: /\.product\([^)]*\)/) {
                quoted.removeSubrange(product)
            }
            let dependencies =
                quoted.firstMatch(of: /dependencies: \[([^\]]*)\]/)
                .map { $0.1.matches(of: /"([^"]+)"/).map { String($0.1) } } ?? []
            result[String(name.1)] = Set(dependencies).subtracting(["Yams"])
        }
        return result
    }
}
