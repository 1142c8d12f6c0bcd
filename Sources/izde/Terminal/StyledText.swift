/// A line in pieces that each have one style; safe to print, measured in cells.
///
/// Cutting works on the pieces, so that no escape sequence is ever split.
struct StyledText: Equatable {
    /// How a piece is shown.
    enum Style: Equatable {
        case plain, strong, faint, match, warning
    }

    /// One piece of text with its style.
    struct Piece: Equatable {
        var text: String
        var style: Style
    }

    private(set) var pieces: [Piece] = []

    /// The cells that the text takes.
    var width: Int { pieces.reduce(0) { $0 + DisplayWidth.of($1.text) } }

    /// Whether there is nothing to show.
    var isEmpty: Bool { pieces.allSatisfy(\.text.isEmpty) }

    /// The text alone.
    var text: String { pieces.map(\.text).joined() }

    /// An empty line.
    init() {}

    /// A line of one style; the text is made safe.
    init(_ text: some StringProtocol, _ style: Style = .plain) {
        append(safe: SafeText.line(text), style)
    }

    /// A text in which the daemon has marked the matches.
    ///
    /// With `brackets` each match gets `[ ]`, for terminals without colour. Marks that do not pair
    /// are passed over.
    init(marked text: String, base: Style = .plain, brackets: Bool) {
        // Spaces at the borders of pieces count, so they are made safe as one text.
        var run = String.UnicodeScalarView()
        var isMatch = false
        func flush(_ pieces: inout StyledText) {
            pieces.append(spaced: String(run), isMatch ? .match : base)
            run = String.UnicodeScalarView()
        }
        for scalar in text.unicodeScalars {
            if scalar == SafeText.openMark, !isMatch {
                flush(&self)
                if brackets { append(safe: "[", .plain) }
                isMatch = true
            } else if scalar == SafeText.closeMark, isMatch {
                flush(&self)
                isMatch = false
                if brackets { append(safe: "]", .plain) }
            } else if scalar != SafeText.openMark, scalar != SafeText.closeMark {
                run.append(scalar)
            }
        }
        flush(&self)
        if isMatch, brackets { append(safe: "]", .plain) }
    }

    /// Adds text as it is: the caller vouches that it holds no controls.
    mutating func append(safe text: String, _ style: Style) {
        guard !text.isEmpty else { return }
        if let last = pieces.last, last.style == style {
            pieces[pieces.count - 1].text += text
        } else {
            pieces.append(Piece(text: text, style: style))
        }
    }

    /// Adds another line behind this one.
    mutating func append(_ other: StyledText) {
        for piece in other.pieces { append(safe: piece.text, piece.style) }
    }

    /// Adds text and keeps one space at each end where there was white space.
    private mutating func append(spaced text: String, _ style: Style) {
        let body = SafeText.line(text)
        let isSpace = { (character: Character?) in character?.isWhitespace ?? false }
        let endsInSpace = pieces.last?.text.last == " "
        if isSpace(text.first), !pieces.isEmpty, !endsInSpace { append(safe: " ", style) }
        append(safe: body, style)
        if isSpace(text.last), !body.isEmpty { append(safe: " ", style) }
    }

    /// The text cut to a number of cells, with `…` where something is missing at its end.
    func cut(to cells: Int) -> StyledText {
        guard width > cells else { return self }
        guard cells > 0 else { return StyledText() }
        var result = StyledText()
        var left = cells - 1
        for piece in pieces {
            var kept = ""
            for character in piece.text {
                let width = DisplayWidth.of(character)
                guard width <= left else {
                    result.append(safe: kept, piece.style)
                    result.append(safe: "…", .plain)
                    return result
                }
                left -= width
                kept.append(character)
            }
            result.append(safe: kept, piece.style)
        }
        return result
    }

    /// The text in at most `lineCount` lines of `cells` cells, broken at spaces where that is
    /// possible; what does not fit at the end is replaced by `…`.
    ///
    /// If the first match would not be shown, the text begins later, with `…`.
    func wrapped(to cells: Int, lineCount: Int) -> [StyledText] {
        guard cells > 0, lineCount > 0 else { return [] }
        return beginningNearMatch(cells: cells * lineCount).laidOut(cells, lineCount: lineCount)
    }

    /// The whole text in lines of `cells` cells, broken at spaces where that is possible.
    func filled(to cells: Int) -> [StyledText] {
        laidOut(max(cells, 1), lineCount: .max)
    }

    /// The text with one text replaced in every piece; neither holds controls.
    func replacing(_ text: String, with other: String) -> StyledText {
        var result = StyledText()
        for piece in pieces {
            result.append(safe: piece.text.replacing(text, with: other), piece.style)
        }
        return result
    }

    /// The text with another beginning of the same width; unchanged if it begins otherwise.
    func replacingPrefix(_ prefix: String, by other: String) -> StyledText {
        guard let first = pieces.first, first.text.hasPrefix(prefix) else { return self }
        var result = StyledText()
        result.append(safe: other + first.text.dropFirst(prefix.count), first.style)
        for piece in pieces.dropFirst() { result.append(safe: piece.text, piece.style) }
        return result
    }

    /// Drops the beginning if the first match would stand beyond three quarters of `cells`.
    private func beginningNearMatch(cells: Int) -> StyledText {
        guard let match = pieces.firstIndex(where: { $0.style == .match }) else { return self }
        var before = StyledText()
        before.pieces = Array(pieces[..<match])
        let matchWidth = DisplayWidth.of(pieces[match].text)
        guard before.width + matchWidth > cells * 3 / 4 else { return self }
        let keep = max(0, (cells - matchWidth) / 3)
        var tail = DisplayWidth.suffix(of: before.text, cells: keep)
        // Begin with a whole word, unless that would drop everything before the match.
        if let space = tail.firstIndex(of: " "), tail.index(after: space) < tail.endIndex {
            tail = tail[tail.index(after: space)...]
        }
        var result = StyledText()
        result.append(safe: "…" + tail, .plain)
        for piece in pieces[match...] { result.append(safe: piece.text, piece.style) }
        return result
    }

    /// Lines of `cells` cells, broken at the last space that fits, else between two graphemes.
    ///
    /// The last of `lineCount` lines is cut. Linear in the length of the text.
    private func laidOut(_ cells: Int, lineCount: Int) -> [StyledText] {
        let characters = pieces.flatMap { piece in piece.text.map { ($0, piece.style) } }
        func joined(_ part: ArraySlice<(Character, Style)>) -> StyledText {
            var line = StyledText()
            for (character, style) in part { line.append(safe: String(character), style) }
            return line
        }
        var lines: [StyledText] = []
        var start = 0
        while start < characters.count {
            if lines.count == lineCount - 1 {
                lines.append(joined(characters[start...]).cut(to: cells))
                break
            }
            var width = 0
            var end = start
            var lastSpace: Int?
            while end < characters.count {
                if characters[end].0 == " " { lastSpace = end }
                width += DisplayWidth.of(characters[end].0)
                guard width <= cells else { break }
                end += 1
            }
            if end == characters.count {
                lines.append(joined(characters[start...]))
                break
            }
            if let space = lastSpace, space > start {
                lines.append(joined(characters[start..<space]))
                start = space + 1
            } else {
                // A character wider than the line still has to go somewhere.
                end = max(end, start + 1)
                lines.append(joined(characters[start..<end]))
                start = end
            }
        }
        return lines
    }

    /// The bytes for the terminal: with colour each styled piece stands between escape sequences.
    func rendered(color: Bool) -> String {
        guard color else { return text }
        return pieces.map { piece in
            switch piece.style {
            case .plain: piece.text
            case .strong: "\u{1B}[1m\(piece.text)\u{1B}[0m"
            case .faint: "\u{1B}[2m\(piece.text)\u{1B}[0m"
            case .match: "\u{1B}[1;31m\(piece.text)\u{1B}[0m"
            case .warning: "\u{1B}[33m\(piece.text)\u{1B}[0m"
            }
        }.joined()
    }
}
