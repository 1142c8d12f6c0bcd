import SearchEngine

/// The tables that `izded learn` wrote.
enum LearntFiles {
    /// How the names of such tables end in the folder of the lexicon.
    static let ending = ".learnt.tsv"

    /// What the tables hold: those of the folder of the lexicon in the order of their names, then
    /// the file that is named, or all tables of the folder that is named.
    ///
    /// - Throws: `ConfigurationError` with file and line for a row that cannot be read.
    static func read(lexiconFolder: String, named: String?) throws(ConfigurationError)
        -> LearntTable
    {
        var paths = try TablesFolder.names(in: lexiconFolder).filter { $0.hasSuffix(ending) }
            .map { "\(lexiconFolder)/\($0)" }
        if let named {
            if TablesFolder.isFolder(named) {
                paths += try TablesFolder.names(in: named).filter { $0.hasSuffix(".tsv") }
                    .map { "\(named)/\($0)" }
            } else {
                paths.append(named)
            }
        }
        return try table(paths)
    }

    /// What `izded learn --letters` wrote beside the lexicon; nothing where it did not.
    ///
    /// - Throws: `ConfigurationError` with file and line for a row that cannot be read.
    static func readLetters(lexiconFolder: String) throws(ConfigurationError) -> LearntTable {
        let folder = "\(lexiconFolder)/cognates"
        guard TablesFolder.isFolder(folder) else { return LearntTable() }
        return try table(
            TablesFolder.names(in: folder).filter { $0.hasSuffix(".tsv") }.map {
                "\(folder)/\($0)"
            })
    }

    private static func table(_ paths: [String]) throws(ConfigurationError) -> LearntTable {
        var lines: [(path: String, line: Int, text: String)] = []
        for path in paths {
            guard let entries = try TablesFolder.entriesIfThere(path) else {
                throw ConfigurationError(path, nil, "there is no such file")
            }
            for (line, text) in entries where text != LearntTable.header {
                lines.append((path, line, text))
            }
        }
        do throws(TranslationTable.MalformedRow) {
            return try LearntTable(lines: lines.map(\.text))
        } catch {
            throw ConfigurationError(lines[error.row].path, lines[error.row].line, error.reason)
        }
    }
}
