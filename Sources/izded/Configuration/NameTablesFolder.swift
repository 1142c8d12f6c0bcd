import NameMatching

/// The folder of the tables of names: `words.tsv`, `places.tsv`, `speech.tsv`.
enum NameTablesFolder {
    /// The tables in a folder, without their headers; a file that is not there has no rows.
    ///
    /// - Throws: `ConfigurationError` with file and line for a row that cannot be read.
    static func read(_ folder: String) throws(ConfigurationError) -> NameTables {
        var tables = NameTables()
        tables.words = try rows("\(folder)/words.tsv", header: "concept")
        tables.places = try rows("\(folder)/places.tsv", header: "id")
        tables.speech = try rows("\(folder)/speech.tsv", header: "cue")
        return tables
    }

    private static func rows(_ path: String, header: String) throws(ConfigurationError) -> [String]
    {
        try TablesFolder.entries(path).map(\.text).filter { !$0.hasPrefix(header + "\t") }
    }
}
