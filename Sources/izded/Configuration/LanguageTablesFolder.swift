import TextAnalysis

/// The folder of the language tables: one folder a language, the same files in each.
///
/// Lists have one entry a line; `#` begins a comment; `stems.tsv` has a word, a tab and its stem.
enum LanguageTablesFolder {
    /// The tables of all languages in a folder.
    static func read(_ folder: String) throws(ConfigurationError) -> AnalysisTables {
        var languages: [Language: LanguageTables] = [:]
        for language in Language.allCases where language != .other {
            let path = "\(folder)/\(language.code)"
            guard TablesFolder.isFolder(path) else {
                throw ConfigurationError(path, nil, "the tables of this language are missing")
            }
            languages[language] = try tables(path, language)
        }
        return AnalysisTables(languages: languages)
    }

    private static func tables(
        _ folder: String, _ language: Language
    ) throws(ConfigurationError) -> LanguageTables {
        var tables = LanguageTables()
        for name in try TablesFolder.names(in: folder) {
            let path = "\(folder)/\(name)"
            switch name {
            case "stop-words.txt": tables.stopWords = try TablesFolder.entries(path).map(\.text)
            case "unstemmed.txt": tables.unstemmed = try TablesFolder.entries(path).map(\.text)
            case "stems.tsv":
                for (line, text) in try TablesFolder.entries(path) {
                    let columns = text.split(separator: "\t", omittingEmptySubsequences: false)
                    guard columns.count == 2, !columns[0].isEmpty, !columns[1].isEmpty else {
                        throw ConfigurationError(path, line, "expected a word, a tab and its stem")
                    }
                    tables.stems.append((String(columns[0]), String(columns[1])))
                }
            case _ where name.hasPrefix("ngrams") && name.hasSuffix(".tsv"):
                tables.ngrams[String(name.dropLast(4))] = try ngrams(path)
            case "lexicon.tsv": tables.lexicon = try lexicon(path, language)
            case _ where name.hasSuffix(".txt"):
                tables.lists[String(name.dropLast(4))] = try TablesFolder.entries(path).map(\.text)
            default: break
            }
        }
        return tables
    }

    private static func ngrams(_ path: String) throws(ConfigurationError) -> NgramCounts {
        do {
            return try NgramCounts(parsing: Array((try TextFile.read(path) ?? "").utf8))
        } catch let error as NgramCounts.Malformed {
            throw ConfigurationError(path, error.line, "expected an n-gram, a tab and its count")
        } catch let error as ConfigurationError {
            throw error
        } catch {
            throw ConfigurationError(path, nil, "\(error)")
        }
    }

    private static func lexicon(
        _ path: String, _ language: Language
    ) throws(ConfigurationError) -> Lexicon {
        let rows = try TablesFolder.entries(path)
        do {
            return try Lexicon(language, rows: rows.map(\.text))
        } catch .malformedRow(let number, _, let reason) {
            throw ConfigurationError(path, rows[number].line, reason)
        } catch {
            throw ConfigurationError(path, nil, error.description)
        }
    }
}
