/// How one hit begins: its number and title, and what is said about it.
///
/// That stands right-aligned beside the title if there is room, else on a line of its own.
struct NumberedEntry {
    /// The rank.
    var number: Int
    /// The cells that the widest number of the list takes.
    var numberWidth: Int
    /// The title.
    var title: StyledText
    /// What is said about the hit; may be empty.
    var about: StyledText
    /// The cells of a line.
    var width: Int

    /// How far the lines below the title are indented: the text stands two cells behind numbers.
    var indent: Int { width < 40 ? 2 : numberWidth + 2 }

    /// One line, or two.
    var lines: [StyledText] {
        let digits = String(number)
        var line = StyledText()
        line.append(
            safe: String(repeating: " ", count: max(0, numberWidth - digits.count)), .plain)
        line.append(safe: digits, .faint)
        line.append(safe: "  ", .plain)
        let gap = width - line.width - title.width - about.width
        line.append(title.cut(to: width - line.width))
        guard !about.isEmpty else { return [line] }
        guard gap >= 2 else { return [line, indented(about.cut(to: width - indent))] }
        line.append(safe: String(repeating: " ", count: gap), .plain)
        line.append(about)
        return [line]
    }

    /// A line below the title.
    func indented(_ line: StyledText) -> StyledText {
        var result = StyledText()
        result.append(safe: String(repeating: " ", count: indent), .plain)
        result.append(line)
        return result
    }
}
