import Glibc

/// The files below the paths that a user named, and the format of each.
public enum SourceFiles {
    /// A file that can be read as documents.
    public struct File: Sendable, Equatable {
        /// Where it is.
        public var path: String
        /// How it is read.
        public var format: Format
        /// Its size, for progress.
        public var byteCount: Int
    }

    /// The formats, by the ending of the name.
    public enum Format: String, Sendable, CaseIterable {
        /// One JSON object a line: `.jsonl`, `.ndjson`.
        case jsonLines
        /// Institutions in a table: `.tsv`.
        case institutionTable
        /// A news page as plain text: `.txt`.
        case text
        /// A news page as HTML: `.html`, `.htm`.
        case html
        /// Records of the Research Organization Registry: `.json` whose first record is one, and
        /// `.jsonl` where it is said.
        case ror

        /// The endings of names by which files of the format are known.
        var endings: [String] {
            switch self {
            case .jsonLines: ["jsonl", "ndjson"]
            case .institutionTable: ["tsv"]
            case .text: ["txt", "text"]
            case .html: ["html", "htm"]
            case .ror: ["json", "jsonl", "ndjson"]
            }
        }

        /// The format of a file by the ending of its name, `nil` for one that is not read.
        public init?(path: String) {
            let ending = SourceFiles.ending(of: path).lowercased()
            guard let format = Self.allCases.first(where: { $0.endings.contains(ending) }) else {
                return nil
            }
            self = format
        }
    }

    /// The files below the paths, in the order of their names; folders are walked.
    ///
    /// A folder or file that cannot be read comes back as an error beside the files. Files of
    /// unknown endings are passed over inside a folder and are errors when named themselves.
    /// Symbolic links inside folders are not followed, so that no walk is endless.
    ///
    /// - Parameters:
    ///   - paths: Files and folders.
    ///   - format: How all files are read; inside folders those of its endings are taken. `nil` to
    ///     choose for each.
    /// - Returns: The files, and what could not be read.
    public static func find(_ paths: [String], as format: Format? = nil) -> (
        files: [File], errors: [CorpusError]
    ) {
        var found: (files: [File], errors: [CorpusError]) = ([], [])
        for path in paths { visit(path, isNamed: true, format, &found) }
        return found
    }

    /// Opens a file in its format.
    ///
    /// - Throws: `CorpusError.unreadable`.
    public static func open(_ file: File, options: SourceOptions) throws(CorpusError)
        -> any DocumentSource
    {
        switch file.format {
        case .jsonLines: return try JSONLines(path: file.path, options: options)
        case .institutionTable: return try InstitutionTable(path: file.path, options: options)
        case .text: return NewsPageFile(path: file.path, markup: .plainText, options: options)
        case .html: return NewsPageFile(path: file.path, markup: .html, options: options)
        case .ror: return try RORDump(path: file.path, options: options)
        }
    }

    private static func visit(
        _ path: String, isNamed: Bool, _ forced: Format?,
        _ found: inout (files: [File], errors: [CorpusError])
    ) {
        var status = stat()
        let code = isNamed ? stat(path, &status) : lstat(path, &status)
        guard code == 0 else { return found.errors.append(failure(path)) }
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            guard let names = names(inFolder: path) else {
                return found.errors.append(failure(path))
            }
            for name in names.sorted() where !name.hasPrefix(".") {
                let separator = path.hasSuffix("/") ? "" : "/"
                visit(path + separator + name, isNamed: false, forced, &found)
            }
        case S_IFREG:
            guard let format = format(of: path, isNamed: isNamed, forced) else {
                // A read-me beside the data is no page; a file that was named is a mistake.
                if isNamed {
                    guard access(path, R_OK) == 0 else { return found.errors.append(failure(path)) }
                    found.errors.append(
                        .unreadable(
                            path: path,
                            reason: "unknown kind of file; known are .jsonl .ndjson .tsv .txt "
                                + ".html, and .json with records of ROR"))
                }
                return
            }
            guard access(path, R_OK) == 0 else { return found.errors.append(failure(path)) }
            found.files.append(File(path: path, format: format, byteCount: Int(status.st_size)))
        default:
            if isNamed {
                found.errors.append(.unreadable(path: path, reason: "neither a file nor a folder"))
            }
        }
    }

    /// How a file is read, `nil` if it is not.
    private static func format(of path: String, isNamed: Bool, _ forced: Format?) -> Format? {
        if let forced {
            let isTaken = isNamed || forced.endings.contains(ending(of: path).lowercased())
            return isTaken ? forced : nil
        }
        let format = Format(path: path)
        // Much else is in files of this ending.
        return format == .ror && !RORDump.isDump(path) ? nil : format
    }

    private static func names(inFolder path: String) -> [String]? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// The whole of a file that fits the limit.
    static func contents(of path: String, limit: Int) throws(CorpusError) -> [UInt8] {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(path)
            }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= limit else {
                throw .malformed(
                    record: RecordPlace(path: path, line: 0),
                    reason: "the file is larger than \(limit) bytes")
            }
        }
    }

    /// The name of a file without folder and ending.
    static func stem(of path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }

    static func ending(of path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return String(name[name.index(after: dot)...])
    }

    private static func failure(_ path: String) -> CorpusError {
        .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
}
