import JSON

/// Hits for other programs: one a line, columns separated by tabs.
enum TabbedLayout {
    /// The columns of a pipe: rank, id, lang, date, title.
    static func line(_ hit: Hit, rank: Int) -> String {
        row([String(rank), hit.id, hit.lang, hit.date, Hit.withoutMarks(hit.title)])
    }

    /// The columns of `--plain`: those of a pipe, then collection, source, url, score.
    static func fullLine(_ hit: Hit, rank: Int) -> String {
        line(hit, rank: rank) + "\t"
            + row([
                hit.collection, hit.source, hit.url,
                hit.score.map { Decimal.text($0, places: 4) } ?? "",
            ])
    }

    /// Cells with tabs between them; white space inside a cell becomes a space, controls are
    /// escaped, so that a line is always one line.
    static func row(_ cells: [String]) -> String {
        cells.map { SafeText.line($0) }.joined(separator: "\t")
    }
}
