import ArgumentParser

/// `izde-bench`: how fast is the index, by the contract of the speed rig.
///
/// Standard output holds JSON lines only; messages go to standard error.
@main
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "izde-bench",
        abstract: "Measures building and querying an index, in process.",
        subcommands: [
            BuildBenchmark.self, IngestBenchmark.self, QueryBenchmark.self,
            LanguageModelTraining.self,
            QualityBenchmark.self, AnalysisBenchmark.self, NameBenchmark.self,
            ExpansionBenchmark.self, LexiconBenchmark.self, GateCheck.self,
            DaemonBenchmark.self, FeatureBenchmark.self,
        ])
}
