import JSON

/// A tree that says how a score came about, one part a line.
enum ExplanationLayout {
    /// Explanations beyond this depth help nobody.
    private static let depth = 24

    /// The value of each part, then what it is, indented by its depth.
    ///
    /// What is not such a tree is shown as an outline.
    static func lines(_ json: JSONValue, width: Int) -> [StyledText] {
        guard json["value"]?.number != nil, json["description"]?.string != nil else {
            return OutlineLayout.lines(json, width: width)
        }
        var lines: [StyledText] = []
        add(json, level: 0, width: width, to: &lines)
        return lines
    }

    private static func add(
        _ json: JSONValue, level: Int, width: Int, to lines: inout [StyledText]
    ) {
        guard level < depth, let value = json["value"]?.number else { return }
        var line = StyledText()
        line.append(safe: String(repeating: "  ", count: level), .plain)
        line.append(safe: Decimal.text(value, places: 4), .strong)
        line.append(safe: "  ", .plain)
        line.append(StyledText(json["description"]?.string ?? ""))
        lines.append(line.cut(to: width))
        for part in json["parts"]?.array ?? json["details"]?.array ?? [] {
            add(part, level: level + 1, width: width, to: &lines)
        }
    }
}
