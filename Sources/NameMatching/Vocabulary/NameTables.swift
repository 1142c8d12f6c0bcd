/// The tables of words that names are made of, as rows of text; read by the caller, since this
/// module does no input or output.
///
/// Comment lines and empty lines are left out before; each row has its columns parted by tabs.
public struct NameTables: Sendable, Equatable {
    /// Rows of `words.tsv`: concept, class, and its forms in Kazakh, Russian and English.
    public var words: [String]
    /// Rows of `places.tsv`: id, kind, names in three languages, adjective, former names, within,
    /// source.
    public var places: [String]
    /// Rows of `speech.tsv`: cue, class, and its forms in Kazakh, Russian and English.
    public var speech: [String]

    /// Tables of given rows; without any, names are compared by their letters alone.
    public init(words: [String] = [], places: [String] = [], speech: [String] = []) {
        self.words = words
        self.places = places
        self.speech = speech
    }

    /// Whether all rows can be read; cheap beside what a vocabulary costs.
    ///
    /// - Throws: `NameTableError` for the first row that cannot.
    public func check() throws(NameTableError) {
        for (row, text) in words.enumerated() { _ = try NameVocabulary.word(text, row) }
        for (row, text) in places.enumerated() { _ = try NamePlace(row: text, number: row) }
        _ = try SpeechCues(speech)
    }
}

/// A row of a table that cannot be read.
public struct NameTableError: Error, Equatable, CustomStringConvertible {
    /// Which table: `words`, `places` or `speech`.
    public var table: String
    /// The place of the row among the rows handed in, from 0.
    public var row: Int
    /// What is wrong with it.
    public var reason: String

    /// The error with what to do about it.
    public var description: String { "\(table), row \(row): \(reason); correct the table" }
}

extension Substring {
    /// The forms of a cell: parted by `|`, none for `-`.
    var forms: [String] {
        split(separator: "|").map { $0.trimmed }.filter { !$0.isEmpty && $0 != "-" }
    }

    /// Without spaces around it.
    var trimmed: String {
        var rest = self
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}
