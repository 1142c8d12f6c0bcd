import JSON

/// Any JSON as an indented outline: `name: value`, a list of like objects as a table.
enum OutlineLayout {
    /// Deeper parts are written as JSON on one line.
    private static let depth = 12

    /// The lines of a value, cut to a width.
    static func lines(_ json: JSONValue, width: Int) -> [StyledText] {
        var lines: [StyledText] = []
        add(json, level: 0, to: &lines)
        return lines.map { $0.cut(to: max(width, 1)) }
    }

    private static func add(_ json: JSONValue, level: Int, to lines: inout [StyledText]) {
        let indent = String(repeating: "  ", count: level)
        guard level < depth else {
            lines.append(line(indent, json.text))
            return
        }
        switch json {
        case .object(let object):
            if object["value"]?.number != nil, object["description"]?.string != nil {
                for part in ExplanationLayout.lines(json, width: .max) {
                    var line = StyledText()
                    line.append(safe: indent, .plain)
                    line.append(part)
                    lines.append(line)
                }
                return
            }
            for (name, value) in object.members {
                if let text = flat(value) {
                    var entry = StyledText()
                    entry.append(safe: indent, .plain)
                    entry.append(StyledText("\(name):", .faint))
                    entry.append(safe: " ", .plain)
                    entry.append(StyledText(text))
                    lines.append(entry)
                } else {
                    lines.append(line(indent, "\(name):", .faint))
                    add(value, level: level + 1, to: &lines)
                }
            }
        case .array(let elements):
            if let table = table(elements) {
                for row in table { lines.append(line(indent, safe: row)) }
                return
            }
            for element in elements {
                if let text = flat(element) {
                    lines.append(line(indent, "- " + text))
                } else {
                    let start = lines.count
                    add(element, level: level + 1, to: &lines)
                    // The first line of the element takes the dash.
                    if start < lines.count, lines[start].text.hasPrefix(indent + "  ") {
                        lines[start] = lines[start].replacingPrefix(
                            indent + "  ", by: indent + "- ")
                    }
                }
            }
        default:
            lines.append(line(indent, flat(json) ?? json.text))
        }
    }

    private static func line(_ indent: String, _ text: String, _ style: StyledText.Style = .plain)
        -> StyledText
    {
        var result = StyledText()
        result.append(safe: indent, .plain)
        result.append(StyledText(text, style))
        return result
    }

    private static func line(_ indent: String, safe text: String) -> StyledText {
        var result = StyledText()
        result.append(safe: indent + text, .plain)
        return result
    }

    /// A value that needs no lines of its own: a scalar, or a list of scalars.
    private static func flat(_ json: JSONValue) -> String? {
        switch json {
        case .null: return "—"
        case .bool(let flag): return flag ? "yes" : "no"
        case .integer(let number): return String(number)
        case .double(let number): return Decimal.text(number, places: 4)
        case .string(let text): return text
        case .array(let elements):
            let texts = elements.map { $0.array == nil && $0.object == nil ? flat($0) : nil }
            guard texts.allSatisfy({ $0 != nil }) else { return nil }
            return texts.isEmpty ? "—" : texts.compactMap { $0 }.joined(separator: ", ")
        case .object(let object): return object.members.isEmpty ? "—" : nil
        }
    }

    /// A list of objects with flat members as aligned columns, `nil` if it is none.
    static func table(_ elements: [JSONValue]) -> [String]? {
        guard !elements.isEmpty else { return nil }
        var names: [String] = []
        var rows: [[String: String]] = []
        for element in elements {
            guard let object = element.object else { return nil }
            var row: [String: String] = [:]
            for (name, value) in object.members {
                guard let text = flat(value) else { return nil }
                row[name] = SafeText.line(text)
                if !names.contains(name) { names.append(name) }
            }
            rows.append(row)
        }
        guard !names.isEmpty, names.count <= 16 else { return nil }
        let cells =
            [names.map { SafeText.line($0) }] + rows.map { row in names.map { row[$0] ?? "" } }
        return aligned(cells)
    }

    /// Rows of cells, each column as wide as its widest cell; the last is not padded.
    static func aligned(_ rows: [[String]]) -> [String] {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], DisplayWidth.of(cell))
            }
        }
        return rows.map { row in
            var text = ""
            for (column, cell) in row.enumerated() {
                text += cell
                guard column < row.count - 1 else { break }
                text += String(repeating: " ", count: widths[column] - DisplayWidth.of(cell) + 2)
            }
            while text.last == " " { text.removeLast() }
            return text
        }
    }
}
