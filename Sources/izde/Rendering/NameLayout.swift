/// Entities that bear a name, for people and for other programs.
struct NameLayout {
    /// Where the lines go.
    var terminal: Terminal
    /// Whether the score stands beside each hit.
    var showsScore = false
    /// Whether it is said which words were taken for which.
    var showsWhy = false

    /// All lines: rank and caption, the name that is alike where it is another, the explanations.
    func lines(_ hits: [NameHit]) -> [StyledText] {
        let numberWidth = max(2, String(hits.count).count)
        return hits.enumerated().flatMap { index, hit in
            lines(hit, number: index + 1, numberWidth: numberWidth)
        }
    }

    private func lines(_ hit: NameHit, number: Int, numberWidth: Int) -> [StyledText] {
        var about = [hit.schema, hit.id].filter { !$0.isEmpty }
        if showsScore || showsWhy { about.insert(Decimal.text(hit.score, places: 2), at: 0) }
        let entry = NumberedEntry(
            number: number, numberWidth: numberWidth, title: StyledText(hit.caption, .strong),
            about: StyledText(about.joined(separator: " · "), .faint), width: terminal.width)
        let room = terminal.width - entry.indent
        var lines = entry.lines
        if hit.name != hit.caption, !hit.name.isEmpty {
            var line = StyledText(hit.name, .match)
            if !hit.nameKind.isEmpty {
                line.append(safe: " ", .plain)
                line.append(StyledText("(\(hit.nameKind))", .faint))
            }
            lines.append(entry.indented(line.cut(to: room)))
        }
        if showsWhy {
            lines += Self.explanations(hit).map { row in
                var line = StyledText()
                line.append(safe: row, .plain)
                return entry.indented(line.cut(to: room))
            }
        }
        return lines
    }

    /// `Серікбаев = Serikbayev  spelling  0.98`, a line a pair; `—` where a side has nothing.
    static func explanations(_ hit: NameHit) -> [String] {
        func side(_ text: String) -> String { text.isEmpty ? "—" : SafeText.line(text) }
        return OutlineLayout.aligned(
            hit.explanations.map {
                [
                    "\(side($0.query)) = \(side($0.result))", SafeText.line($0.kind),
                    Decimal.text($0.score, places: 2),
                ]
            })
    }

    // MARK: Columns

    /// The columns of a pipe: rank, id, schema, score, caption.
    static func line(_ hit: NameHit, rank: Int) -> String {
        TabbedLayout.row([
            String(rank), hit.id, hit.schema, Decimal.text(hit.score, places: 4), hit.caption,
        ])
    }

    /// The columns of `--plain`: those of a pipe, then collection, name, its kind, match (yes, no).
    static func fullLine(_ hit: NameHit, rank: Int) -> String {
        line(hit, rank: rank) + "\t"
            + TabbedLayout.row([
                hit.collection, hit.name, hit.nameKind, hit.isMatch ? "yes" : "no",
            ])
    }

    /// The columns of a batch: the name asked for, id, score, caption; empty without a match.
    static func batchLine(_ name: String, _ hit: NameHit?) -> String {
        TabbedLayout.row([
            name, hit?.id ?? "", hit.map { Decimal.text($0.score, places: 4) } ?? "",
            hit?.caption ?? "",
        ])
    }
}
