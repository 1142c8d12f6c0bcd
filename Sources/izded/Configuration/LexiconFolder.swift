import SearchEngine

/// The folder of the lexicon of the three languages: one file a domain, `science.tsv`.
enum LexiconFolder {
    /// The lexicon of all files of a folder, in the order of their names.
    ///
    /// - Throws: `ConfigurationError` with file and line for a row that cannot be read.
    static func read(_ folder: String) throws(ConfigurationError) -> TranslationTable {
        var rows: [(path: String, line: Int, text: String)] = []
        for name in try TablesFolder.names(in: folder)
        where name.hasSuffix(".tsv") && !name.hasSuffix(LearntFiles.ending) {
            let path = "\(folder)/\(name)"
            for (line, text) in try TablesFolder.entries(path) where !text.hasPrefix("concept\t") {
                rows.append((path, line, text))
            }
        }
        do throws(TranslationTable.MalformedRow) {
            return try TranslationTable(rows: rows.map(\.text))
        } catch {
            throw ConfigurationError(rows[error.row].path, rows[error.row].line, error.reason)
        }
    }
}
