import JSON
import SearchEngine

/// Institutions as a table: tab-separated, the first line names the columns.
///
/// Known columns: `id` or `key`; `name_kk`, `name_ru`, `name_en`; `acronym_kk` … or `acronyms_kk` …;
/// `aliases`; `city`; `website` or `domain`; `status`; `ror`; `source`. A cell may hold several
/// values, separated by `;` or ` | `. Other columns are kept under their names.
public final class InstitutionTable: DocumentSource {
    private let path: String
    private let options: SourceOptions
    private let lines: LineReader
    private var columns: [String]?

    /// Opens a file.
    ///
    /// - Throws: `CorpusError.unreadable`.
    public init(path: String, options: SourceOptions) throws(CorpusError) {
        self.path = path
        self.options = options
        lines = try LineReader(path: path, limit: options.recordByteCount)
    }

    /// The next record, `nil` at the end.
    public func next() -> SourceRecord? {
        while let line = lines.next() {
            let place = RecordPlace(path: path, line: lines.lineNumber)
            guard case .text(let bytes) = line else {
                return .rejected(
                    .malformed(record: place, reason: "the line is too long or cannot be read"),
                    byteCount: 0)
            }
            if bytes.isEmpty { continue }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                return .rejected(
                    .malformed(record: place, reason: "ill-formed UTF-8"), byteCount: bytes.count)
            }
            let cells = text.split(separator: "\t", omittingEmptySubsequences: false)
                .map(String.init)
            guard let columns else {
                columns = cells
                guard cells.contains(where: { $0.hasPrefix("name_") }),
                    cells.contains("id") || cells.contains("key")
                else {
                    return .rejected(
                        .malformed(
                            record: place,
                            reason: "expected a line of column names with `id` and `name_kk` …"),
                        byteCount: bytes.count)
                }
                continue
            }
            return record(cells, columns, place, byteCount: bytes.count + 1)
        }
        return nil
    }

    private func record(
        _ cells: [String], _ columns: [String], _ place: RecordPlace, byteCount: Int
    ) -> SourceRecord {
        func reject(_ reason: String) -> SourceRecord {
            .rejected(.malformed(record: place, reason: reason), byteCount: byteCount)
        }
        guard cells.count <= columns.count else {
            return reject("\(cells.count) cells, but \(columns.count) columns")
        }
        let row = Dictionary(
            zip(columns, cells).map { ($0, trimmed($1)) }, uniquingKeysWith: { first, _ in first })
        guard let key = [row["id"], row["key"]].compactMap(\.self).first(where: { !$0.isEmpty })
        else { return reject("the row has no id") }
        let names = names(of: row)
        guard !names.isEmpty else { return reject("the row has no name") }

        var members = JSONObject(["id": .string(key), "type": "CollegeOrUniversity"])
        members["names"] = .array(names)
        if let city = row["city"], !city.isEmpty { members["city"] = .string(city) }
        members["country"] = "KZ"
        let hosts = (values(row["website"]) + values(row["domain"])).map(WebAddress.host)
        if !hosts.isEmpty { members["domains"] = .array(hosts.map(JSONValue.string)) }
        let identifier =
            row["ror"] ?? (key.hasPrefix("ror:") ? "https://ror.org/\(key.dropFirst(4))" : "")
        if !identifier.isEmpty {
            members["identifiers"] = .object(JSONObject(["ror": .string(identifier)]))
        }
        if let status = row["status"], !status.isEmpty { members["status"] = .string(status) }
        let known: Set<String> = [
            "id", "key", "aliases", "city", "website", "domain", "ror", "status",
        ]
        for (column, cell) in zip(columns, cells)
        where !known.contains(column) && !column.hasPrefix("name_") && !column.hasPrefix("acronym")
            && !trimmed(cell).isEmpty
        {
            members[column] = .string(trimmed(cell))
        }
        return .document(Document(key: key, members: members), place, byteCount: byteCount)
    }

    private func names(of row: [String: String]) -> [JSONValue] {
        var names: [JSONValue] = []
        func add(_ value: String, _ language: String?, _ kind: String) {
            var name = JSONObject(["value": .string(value)])
            if let language { name["lang"] = .string(language) }
            name["kind"] = .string(kind)
            names.append(.object(name))
        }
        for language in ["kk", "ru", "en"] {
            for value in values(row["name_\(language)"]) { add(value, language, "official") }
        }
        for language in ["kk", "ru", "en"] {
            for value in values(row["acronym_\(language)"]) + values(row["acronyms_\(language)"]) {
                add(value, language, "acronym")
            }
        }
        for value in values(row["aliases"]) { add(value, nil, "alias") }
        return names
    }

    private func values(_ cell: String?) -> [String] {
        guard let cell else { return [] }
        return cell.split(whereSeparator: { $0 == ";" || $0 == "|" }).map { trimmed(String($0)) }
            .filter { !$0.isEmpty }
    }

    private func trimmed(_ text: String) -> String {
        let start = text.firstIndex { !$0.isWhitespace } ?? text.endIndex
        let end = text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0) } ?? start
        return String(text[start..<max(start, end)])
    }
}
