import Glibc
import ServiceAPI
import TextAnalysis

/// The folder of the language tables: one folder a language, the same files in each.
///
/// Lists have one entry a line; `#` begins a comment; `stems.tsv` has a word, a tab and its stem.
enum LanguageTablesFolder {
    /// Where the tables are: the given folder, else the first that is there.
    ///
    /// - Throws: `ConfigurationError` that says where it was looked for.
    static func find(given: String?, files: [String]) throws(ConfigurationError) -> String {
        if let given {
            guard isFolder(given) else {
                throw ConfigurationError(given, nil, "there is no such folder of language tables")
            }
            return given
        }
        var places = files.map { "\(parent(of: $0))/languages" }
        places += ["config/languages", "/etc/izde/languages"]
        if let program = programFolder() { places.append("\(program)/../share/izde/languages") }
        if let found = places.first(where: isFolder) { return found }
        throw ConfigurationError(
            "languages", nil,
            "the tables of the languages were not found; looked in "
                + "\(places.joined(separator: ", ")); set `languages` in the configuration or "
                + "IZDE_LANGUAGES")
    }

    /// The tables of all languages in a folder.
    static func read(_ folder: String) throws(ConfigurationError) -> AnalysisTables {
        var languages: [Language: LanguageTables] = [:]
        for language in Language.allCases where language != .other {
            let path = "\(folder)/\(language.code)"
            guard isFolder(path) else {
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
        for name in try names(in: folder) {
            let path = "\(folder)/\(name)"
            switch name {
            case "stop-words.txt": tables.stopWords = try entries(path).map(\.text)
            case "unstemmed.txt": tables.unstemmed = try entries(path).map(\.text)
            case "stems.tsv":
                for (line, text) in try entries(path) {
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
                tables.lists[String(name.dropLast(4))] = try entries(path).map(\.text)
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
        let rows = try entries(path)
        do {
            return try Lexicon(language, rows: rows.map(\.text))
        } catch .malformedRow(let number, _, let reason) {
            throw ConfigurationError(path, rows[number].line, reason)
        } catch {
            throw ConfigurationError(path, nil, error.description)
        }
    }

    /// The lines that are no comments, without spaces around them, with their numbers.
    private static func entries(_ path: String) throws(ConfigurationError) -> [(
        line: Int, text: String
    )] {
        let text = try TextFile.read(path) ?? ""
        var entries: [(line: Int, text: String)] = []
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            var entry = line.prefix { $0 != UInt8(ascii: "#") }
            while let last = entry.last, last == 0x20 || last == 0x0D || last == 0x09 {
                entry.removeLast()
            }
            while entry.first == 0x20 { entry.removeFirst() }
            if !entry.isEmpty { entries.append((index + 1, String(Substring(entry)))) }
        }
        return entries
    }

    private static func names(in folder: String) throws(ConfigurationError) -> [String] {
        guard let stream = opendir(folder) else {
            throw ConfigurationError(folder, nil, String(cString: strerror(errno)))
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    private static func programFolder() -> String? {
        var bytes = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &bytes, bytes.count)
        guard count > 0 else { return nil }
        let path = bytes[..<count].map { UInt8(bitPattern: $0) }
        return parent(of: String(decoding: path, as: UTF8.self))
    }
}
