public import NameMatching
public import TextAnalysis

@testable import izded

/// The tables that ship with izde, read from `config` of the folder in which the target runs.
public enum Shipped {
    /// The tables of the languages.
    public static func tables() throws -> AnalysisTables {
        try LanguageTablesFolder.read("config/languages")
    }

    /// The same without the lexicon, for targets that make many engines or start often.
    public static func lightTables() throws -> AnalysisTables {
        var tables = try tables()
        for language in Language.allCases { tables.languages[language]?.lexicon = .empty }
        return tables
    }

    /// The tables of names.
    public static func names() throws -> NameTables { try NameTablesFolder.read("config/names") }
}
