import Glibc
import InvertedIndex

/// A folder of tables that the programs need: where it is looked for, and how its files are read.
///
/// Lists have one entry a line; `#` begins a comment.
enum TablesFolder {
    /// Where the tables are: the given folder, else the first that is there.
    ///
    /// - Parameters:
    ///   - name: The name of the folder, which is that of the setting too.
    ///   - given: The folder that was configured.
    ///   - files: The files of the configuration; the folder may stand beside each.
    /// - Returns: The path of the folder.
    /// - Throws: `ConfigurationError` that says where it was looked for.
    static func find(_ name: String, given: String?, files: [String]) throws(ConfigurationError)
        -> String
    {
        if let given {
            guard isFolder(given) else {
                throw ConfigurationError(given, nil, "there is no such folder of \(name) tables")
            }
            return given
        }
        var places = files.map { "\(parent(of: $0))/\(name)" }
        places += ["config/\(name)", "/etc/izde/\(name)"]
        if let program = programFolder() { places.append("\(program)/../share/izde/\(name)") }
        if let found = places.first(where: isFolder) { return found }
        throw ConfigurationError(
            name, nil,
            "the tables were not found; looked in \(places.joined(separator: ", ")); set `\(name)` "
                + "in the configuration or IZDE_\(name.uppercased())")
    }

    /// The lines that are no comments, without spaces around them, with their numbers.
    static func entries(_ path: String) throws(ConfigurationError) -> [(
        line: Int, text: String
    )] {
        try entriesIfThere(path) ?? []
    }

    /// The same, `nil` where there is no file.
    static func entriesIfThere(_ path: String) throws(ConfigurationError) -> [(
        line: Int, text: String
    )]? {
        guard let text = try TextFile.read(path) else { return nil }
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

    /// The names of the files in a folder, in their order; hidden ones are passed over.
    static func names(in folder: String) throws(ConfigurationError) -> [String] {
        do throws(IndexError) {
            return try FileSystemDirectory(path: folder).fileNames()
                .filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            guard case .io(_, _, let code) = error else {
                throw ConfigurationError(folder, nil, "\(error)")
            }
            throw ConfigurationError(folder, nil, String(cString: strerror(code)))
        }
    }

    static func isFolder(_ path: String) -> Bool {
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
