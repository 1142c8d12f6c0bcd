import ArgumentParser
import Glibc
import InvertedIndex
import SearchEngine
import ServiceAPI

/// `izded verify`: every checksum, every posting.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prove every checksum, term, posting and document of an index.",
        discussion: """
            DIR is a data directory, a snapshot or the folder of one collection. A daemon may run \
            on it meanwhile. Exit code: 0 sound, 65 damaged, 74 unreadable.

            EXAMPLES
              izded verify index/data
              izded verify index/data/snapshots/20261127T204512Z
            """)

    @Argument(help: "The data directory, a snapshot, or the folder of a collection.")
    var directory: String

    func run() throws {
        var damage = 0
        for folder in try Self.folders(in: directory) {
            let report = try check(folder)
            print(
                "\(folder): generation \(report.generation), \(report.documentCount) documents, "
                    + "\(report.deletedCount) deleted, \(report.segmentCount) segments, "
                    + "\(report.termCount) terms, \(report.byteCount) bytes: "
                    + (report.isSound ? "sound" : "damaged"))
            for error in report.errors { print("  \(Failure(.index(error)).message)") }
            for name in report.foreignFileNames { print("  \(name) is not of the index") }
            if !report.isSound { damage += 1 }
        }
        if SnapshotProof.isSnapshot(directory), let error = try listProblem() {
            print("\(directory): damaged\n  \(Failure(.index(error)).message)")
            damage += 1
        }
        if damage > 0 {
            throw Failure(
                .dataError,
                "the index is damaged; take a snapshot back with `izded restore`, or rebuild it with "
                    + "`izded build`")
        }
    }

    private func listProblem() throws -> IndexError? {
        do throws(IndexError) {
            return try SnapshotProof.problem(withListIn: directory)
        } catch {
            throw Failure(.index(error))
        }
    }

    private func check(_ folder: String) throws -> IndexChecker.Report {
        do throws(IndexError) {
            return try IndexChecker(directory: try FileSystemDirectory(path: folder)).check()
        } catch {
            throw Failure(.index(error))
        }
    }

    /// The folders of the collections below a data directory, or the folder itself.
    private static func folders(in path: String) throws -> [String] {
        let collections = "\(path)/collections"
        let names: [String]
        do throws(IndexError) {
            names = try FileSystemDirectory(path: collections).fileNames()
        } catch {
            guard case .io(_, _, let code) = error else { throw Failure(.index(error)) }
            if code == ENOENT { return [path] }
            throw Failure(
                .inputOutputError,
                "cannot read \(collections): \(String(cString: strerror(code)))")
        }
        // Folders of collections that are being made or removed have other names.
        return names.filter { name in
            name.utf8.first.map { $0 >= 48 } == true && !name.contains(".")
        }.sorted().map { "\(collections)/\($0)" }
    }
}
