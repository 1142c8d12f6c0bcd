import ArgumentParser
import ServiceAPI

/// The root of the command line; without a verb it searches.
struct Izde: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "izde",
        abstract: "Search institutions and news of Kazakhstan in Kazakh, Russian and English.",
        discussion: """
            `izde QUERY...` is the same as `izde search QUERY...`; to search for a word that is \
            also a verb, write `izde search status`. Global options may stand before the verb.

            Exit codes: 0 found or done, 1 nothing found, 2 wrong usage or query, 65 input data \
            wrong, 69 daemon not reachable, 74 reading or writing failed, 75 try again, \
            77 no permission, 78 configuration.
            """,
        version: "izde \(ProgramVersion.current)",
        subcommands: [
            Search.self, Name.self, Suggest.self, Get.self, Add.self, Delete.self, Analyze.self,
            Explain.self, Status.self, Stats.self, Snapshot.self, Admin.self,
            Completion.self,
        ],
        defaultSubcommand: Search.self)
}
