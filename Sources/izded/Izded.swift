import ArgumentParser
import ServiceAPI

/// The daemon and the indexer: the only program that opens index files.
struct Izded: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "izded",
        abstract: "The daemon and the indexer of izde.",
        discussion: """
            EXAMPLES
              izded build index/sources        index files into index/data
              izded serve                      answer on run/izded.sock
              izded verify index/data          prove every checksum and posting

            Settings: flag > environment IZDE_* > $XDG_CONFIG_HOME/izde/izde.yaml >
            /etc/izde/izde.yaml > ./config/izde.yaml > built in; with --config that file alone.

            EXIT CODES
              0 done, 2 wrong usage, 65 wrong data, 74 reading or writing failed, 75 try again
              (another daemon runs), 77 no permission, 78 wrong configuration
            """,
        version: "izded \(ProgramVersion.current)",
        subcommands: [
            Serve.self, Build.self, Learn.self, Check.self, Verify.self, TakeSnapshot.self,
            Restore.self, Inspect.self,
            Analyze.self, Time.self,
        ])
}

/// Options of every verb that reads the configuration.
struct ConfigurationOptions: ParsableArguments {
    @Option(name: [.short, .long], help: "Read this configuration file and no other.")
    var config: String?

    @Option(help: "The data directory.")
    var data: String?

    /// The configuration with these flags on top.
    func load() throws -> Configuration {
        var configuration = try Configuration.load(file: config)
        if let data { configuration.dataDirectory = data }
        return configuration
    }
}
