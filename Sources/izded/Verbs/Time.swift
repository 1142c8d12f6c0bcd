import ArgumentParser
import SearchEngine
import Service

/// `izded time`: how long searches take in process, without any socket.
struct Time: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Time searches in process; bodies of POST /v1/search, one a line, come in.",
        discussion: """
            Prints one JSON line: the median time of the engine alone, and with reading the \
            request and writing the answer. The data is only read.

            EXAMPLE
              echo '{"q":"меморандум"}' | izded time --data index/data
              echo '{"q":"меморандум"}' | izded time --seconds 0
            """)

    @OptionGroup var common: ConfigurationOptions

    @Option(
        help:
            "How long they are asked again and again; 0 asks each once, before anything is laid out."
    )
    var seconds = 1.0

    func run() throws {
        var configuration = try common.load()
        let engine = try Engine(
            dataDirectory: configuration.dataDirectory, configuration: try configuration.engine(),
            access: .readOnly)
        var bodies: [[UInt8]] = []
        while let line = readLine() { if !line.isEmpty { bodies.append(Array(line.utf8)) } }
        if seconds > 0 { engine.warmUp() }
        let timing = try SearchTiming(service: engine, bodies: bodies, seconds: seconds)
        print(timing.line)
    }
}
