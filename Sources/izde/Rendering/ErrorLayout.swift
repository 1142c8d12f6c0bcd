import ServiceAPI

/// Errors as people read them, on standard error.
enum ErrorLayout {
    /// `izde: …`, then the text that was refused with its place marked, then what would be right.
    static func lines(_ error: ClientError, width: Int) -> [StyledText] {
        guard let message = error.message else { return [] }
        var lines = [line(message)]
        if case .problem(let problem, let texts) = error {
            if let place = problem.position, let text = problem.param.flatMap({ texts[$0] }) {
                lines += marked(text, place, width: width)
            }
            if let suggestion = problem.suggestion, !message.contains(suggestion) {
                lines.append(indented("Did you mean: \(suggestion)"))
            }
        }
        return lines
    }

    /// The parser's message and usage in our form.
    static func usage(_ text: String) -> String {
        text.hasPrefix("Error: ") ? "izde: " + text.dropFirst("Error: ".count) : text
    }

    private static func line(_ message: String) -> StyledText {
        var line = StyledText("izde:", .warning)
        line.append(safe: " ", .plain)
        line.append(StyledText(message))
        return line
    }

    private static func indented(_ text: String) -> StyledText {
        var line = StyledText()
        line.append(safe: "  ", .plain)
        line.append(StyledText(text))
        return line
    }

    /// The text in one line, and under it a caret for each cell of the place.
    ///
    /// What is shown before the place is cut so that the place is always seen.
    private static func marked(_ text: String, _ place: ProblemDetails.Position, width: Int)
        -> [StyledText]
    {
        let bytes = Array(text.utf8)
        let start = min(max(place.start, 0), bytes.count)
        let end = min(max(start, start &+ max(place.length, 0)), bytes.count)
        func safe(_ range: Range<Int>) -> String {
            // White space is kept as it is, cell by cell, so that the caret stands right.
            SafeText.lines(String(decoding: bytes[range], as: UTF8.self))
                .map { $0 == "\n" || $0 == "\t" ? " " : String($0) }.joined()
        }
        let room = max(width - 2, 8)
        var before = safe(0..<start)
        let inside = safe(start..<end)
        let caretCount = min(max(1, DisplayWidth.of(inside)), room / 2)
        if DisplayWidth.of(before) + caretCount > room {
            before =
                "…" + DisplayWidth.suffix(of: before, cells: max(0, room * 3 / 4 - caretCount))
        }
        var shown = StyledText()
        shown.append(safe: before, .plain)
        shown.append(safe: inside, .match)
        shown.append(safe: safe(end..<bytes.count), .plain)
        var top = StyledText()
        top.append(safe: "  ", .plain)
        top.append(shown.cut(to: room))
        var bottom = StyledText()
        bottom.append(safe: String(repeating: " ", count: 2 + DisplayWidth.of(before)), .plain)
        bottom.append(safe: String(repeating: "^", count: caretCount), .match)
        return [top, bottom]
    }
}
