import Glibc
public import NameMatching
public import TextAnalysis

/// The tables that ship with izde, read from `config` of the folder in which the target runs.
///
/// Without the care of the programs for what is missing: a target that cannot read them ends.
public enum Shipped {
    /// The tables of the languages; without their lexicon for targets that start often.
    public static func tables(withLexicon: Bool) throws -> AnalysisTables {
        var tables: [Language: LanguageTables] = [:]
        for language in Language.allCases where language != .other {
            tables[language] = try table(language, withLexicon)
        }
        return AnalysisTables(languages: tables)
    }

    /// The tables of names.
    public static func names() -> NameTables {
        func rows(_ name: String) -> [String] {
            Array(lines("config/names/\(name).tsv").dropFirst())
        }
        return NameTables(words: rows("words"), places: rows("places"), speech: rows("speech"))
    }

    private static func table(_ language: Language, _ withLexicon: Bool) throws -> LanguageTables {
        let folder = "config/languages/\(language.code)"
        var table = LanguageTables()
        for name in names(in: folder) {
            let path = "\(folder)/\(name)"
            switch name {
            case "stop-words.txt": table.stopWords = lines(path)
            case "unstemmed.txt": table.unstemmed = lines(path)
            case "lexicon.tsv":
                if withLexicon { table.lexicon = try Lexicon(language, rows: lines(path)) }
            case "stems.tsv":
                table.stems = lines(path).map { line in
                    let columns = line.split(separator: "\t")
                    precondition(columns.count == 2, "a word and its stem: \(line)")
                    return (String(columns[0]), String(columns[1]))
                }
            case "ngrams.tsv", "ngrams-latin.tsv":
                table.ngrams[String(name.dropLast(4))] = try NgramCounts(parsing: bytes(path))
            default: table.lists[String(name.prefix { $0 != "." })] = lines(path)
            }
        }
        return table
    }

    /// The lines that are no comments and not empty.
    private static func lines(_ path: String) -> [String] {
        String(decoding: bytes(path), as: UTF8.self).split(separator: "\n").map(String.init)
            .filter { !$0.hasPrefix("#") }
    }

    private static func bytes(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "r") else { fatalError("\(path) cannot be opened") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&piece, 1, piece.count, file)
            if count == 0 { return bytes }
            bytes += piece[..<count]
        }
    }

    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { fatalError("\(folder) cannot be opened") }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }
}
