import JSON

/// A plain text file as one document.
enum PlainTextDocument {
    /// The document: id from the name of the file, title from its first line that is not empty,
    /// body from all lines behind that.
    static func json(path: String, text: String) -> JSONObject {
        let text =
            text.unicodeScalars.first == "\u{FEFF}"
            ? text.unicodeScalars.dropFirst() : text.unicodeScalars[...]
        let isBlank = { (line: Substring) in line.allSatisfy(\.isWhitespace) }
        let lines = String(text).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let first = lines.firstIndex { !isBlank($0) } ?? lines.endIndex
        var document = JSONObject()
        document["id"] = .string(id(path: path))
        let title = first < lines.endIndex ? trimmed(lines[first]) : ""
        document["title"] = .string(title)
        let body = lines.dropFirst(first + 1).joined(separator: "\n")
        document["body"] = .string(trimmed(Substring(body)))
        return document
    }

    /// The name of a file without its folder and its last extension.
    static func id(path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
