import ArgumentParser
import InvertedIndex
import SearchEngine
import ServiceAPI

/// `izded restore`: a snapshot in the place of the collections.
struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a snapshot in the place of the collections; no daemon may run.",
        discussion: """
            Everything in the snapshot is proved first; where it is damaged nothing is changed \
            (exit code 65). The old collections are kept in DATA/replaced-…, unless --discard. \
            Whenever it is interrupted, the old collections or the new ones are there.

            EXAMPLES
              izded restore 20261127T204512Z --data index/data
              izded restore /backup/izde-monday --data index/data --discard
            """)

    @Argument(help: "The folder of a snapshot, or its name in DATA/snapshots.")
    var snapshot: String

    @OptionGroup var common: ConfigurationOptions

    @Flag(help: "Do not keep the old collections.")
    var discard = false

    func run() throws {
        let configuration = try common.load()
        let data = try ClosedData(path: configuration.dataDirectory, isCreated: true)
        let restored: ClosedData.Restored
        do throws(EngineError) {
            restored = try data.restore(snapshot: snapshot, keepsOld: !discard)
        } catch {
            guard case .index(.notAnIndex) = error else { throw error }
            let names = try data.snapshotNames().joined(separator: ", ")
            throw Failure(
                .dataError,
                "\(snapshot) is no snapshot; in \(configuration.dataDirectory)/snapshots are: "
                    + (names.isEmpty ? "none" : names))
        }
        for (name, documents) in restored.collections { print("\(name): \(documents) documents") }
        if let path = restored.replacedPath { print("the old collections are kept in \(path)") }
    }
}
