import ArgumentParser
import Glibc
import SearchEngine
import Service
import ServiceAPI

/// `izded check`: whether the daemon would start.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the configuration and whether the index can be opened; start nothing.",
        discussion: """
            Reads what `serve` would read. The data may be in use by a daemon meanwhile.

            EXAMPLES
              izded check
              izded check --config /etc/izde/izde.yaml
            """)

    @OptionGroup var common: ConfigurationOptions

    func run() async throws {
        var configuration = try common.load()
        let engine = try configuration.engine()
        print("configuration  \(configuration.files.isEmpty ? "built in" : "ok")")
        for file in configuration.files { print("               \(file)") }
        print("languages      \(configuration.languagesFolder ?? "")")
        print("names          \(configuration.namesFolder ?? "")")
        print("lexicon        \(configuration.lexiconFolder ?? "")")
        print("learnt         \(engine.learnt.rows.count) translations")
        print("socket         \(configuration.server.socketPath)")
        let second = configuration.server.readOnlySocketPath
        if let second { print("for reading    \(second)") }
        for path in [configuration.server.socketPath] + (second.map { [$0] } ?? []) {
            if let problem = SocketPath.problem(with: path) {
                throw Failure(.configuration, problem)
            }
        }
        guard access("\(configuration.dataDirectory)/collections", F_OK) == 0 else {
            print("data           \(configuration.dataDirectory): none yet")
            return
        }
        let opened = try Engine(
            dataDirectory: configuration.dataDirectory, configuration: engine, access: .readOnly)
        print("data           \(configuration.dataDirectory)")
        let conditions = opened.conditions
        await opened.close()
        for condition in conditions where condition.damage == nil {
            let note = condition.isReindexRequired ? ": rebuild with izded build --from-store" : ""
            print("               \(condition.name) (\(condition.kind))\(note)")
        }
        let damaged = conditions.compactMap { condition in
            condition.damage.map { "\(condition.name): \($0)" }
        }
        guard damaged.isEmpty else {
            throw Failure(.dataError, damaged.joined(separator: "\nizded: "))
        }
    }
}
