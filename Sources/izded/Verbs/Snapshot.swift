import ArgumentParser
import SearchEngine

/// `izded snapshot`: a backup of all collections while no daemon runs.
struct TakeSnapshot: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot",
        abstract: "Make a snapshot of all collections while no daemon runs.",
        discussion: """
            The snapshot is a folder in DATA/snapshots, or at a path of its own, and a data \
            directory itself. It shares its files with the index where both are on one file system, \
            and takes no space of its own then until the index changes. It is whole or not there. \
            While a daemon runs, ask the daemon: izde snapshot.

            EXAMPLES
              izded snapshot --data index/data
              izded snapshot --data index/data before-upgrade
              izded snapshot --data index/data --to /backup/izde-monday
            """)

    @Argument(help: "The name in DATA/snapshots; by default the time, as 20261127T204512Z.")
    var name: String?

    @OptionGroup var common: ConfigurationOptions

    @Option(help: "Where else the snapshot goes; its folder must not exist yet.")
    var to: String?

    func validate() throws {
        guard name == nil || to == nil else {
            throw ValidationError("a NAME and --to exclude each other")
        }
    }

    func run() throws {
        let configuration = try common.load()
        let report = try ClosedData(path: configuration.dataDirectory).takeSnapshot(
            named: name, at: to)
        for (name, generation, documents) in report.collections {
            print("\(name): generation \(generation), \(documents) documents")
        }
        print("\(report.path): \(ProgressLine.megabytes(report.byteCount))")
    }
}
