public import TextAnalysis

/// Translations that `izded learn` found in texts: a table that people read and change.
///
/// A row: the two languages, a word of the first, its translation in the second, how likely the
/// second is the translation of the first, how likely the first is of the second, and in how many
/// sentence pairs one stands for the other; parted by tabs. Rows ascend by languages, then words.
public struct LearntTable: Sendable, Equatable {
    /// A pair of words that translate each other.
    public struct Row: Sendable, Equatable {
        /// The languages of the word and of the translation, which differ; neither is `.other`.
        public var languages: (Language, Language)
        /// A word.
        public var word: String
        /// Its translation.
        public var translation: String
        /// How likely the translation is one of the word, 0 to 1.
        public var probability: Float
        /// How likely the word is a translation of the translation, 0 to 1.
        public var reverseProbability: Float
        /// In how many sentence pairs one stands for the other, from 0.
        public var count: Int

        /// A row.
        public init(
            languages: (Language, Language), word: String, translation: String,
            probability: Float, reverseProbability: Float, count: Int
        ) {
            self.languages = languages
            self.word = word
            self.translation = translation
            self.probability = probability
            self.reverseProbability = reverseProbability
            self.count = count
        }

        /// Whether all columns agree.
        public static func == (left: Row, right: Row) -> Bool {
            left.languages == right.languages && left.word == right.word
                && left.translation == right.translation
                && left.probability == right.probability
                && left.reverseProbability == right.reverseProbability
                && left.count == right.count
        }

        /// The order of a table: by languages, word, then the likeliest translation first.
        public static func precedes(_ left: Row, _ right: Row) -> Bool {
            if left.languages != right.languages {
                return (left.languages.0.rawValue, left.languages.1.rawValue)
                    < (right.languages.0.rawValue, right.languages.1.rawValue)
            }
            if left.word != right.word { return left.word < right.word }
            if left.probability != right.probability {
                return left.probability > right.probability
            }
            return left.translation < right.translation
        }
    }

    /// The rows.
    public var rows: [Row]

    /// The first line of a table.
    public static let header =
        "from\tto\tword\ttranslation\tp(translation|word)\tp(word|translation)\tcount"

    /// A table of rows.
    public init(rows: [Row] = []) { self.rows = rows }

    /// A table read from its lines, without headers and comments.
    ///
    /// - Throws: `MalformedRow` for the first that cannot be read.
    public init(lines: [String]) throws(TranslationTable.MalformedRow) {
        rows = []
        rows.reserveCapacity(lines.count)
        for (number, line) in lines.enumerated() {
            do throws(Unreadable) {
                rows.append(try Self.row(line))
            } catch {
                throw TranslationTable.MalformedRow(row: number, reason: error.reason)
            }
        }
    }

    /// Why a line is no row.
    private struct Unreadable: Error {
        var reason: String
    }

    private static func row(_ line: String) throws(Unreadable) -> Row {
        let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard cells.count == 7 else {
            throw Unreadable(reason: "7 columns are expected, not \(cells.count)")
        }
        let languages = cells[..<2].map { Language(code: $0) ?? .other }
        guard !languages.contains(.other), languages[0] != languages[1] else {
            throw Unreadable(reason: "the first columns are two of kk, ru and en")
        }
        guard !cells[2].isEmpty, !cells[3].isEmpty else {
            throw Unreadable(reason: "a word is empty")
        }
        let probabilities = cells[4..<6].compactMap(Float.init).filter { $0 >= 0 && $0 <= 1 }
        guard probabilities.count == 2 else {
            throw Unreadable(reason: "the probabilities are numbers from 0 to 1")
        }
        guard let count = Int(cells[6]), count >= 0 else {
            throw Unreadable(reason: "the count is a whole number")
        }
        return Row(
            languages: (languages[0], languages[1]), word: cells[2], translation: cells[3],
            probability: probabilities[0], reverseProbability: probabilities[1], count: count)
    }

    /// The table as text, with its header; probabilities have three decimals.
    public var text: String {
        var text = Self.header + "\n"
        for row in rows {
            let numbers = [row.probability, row.reverseProbability].map(Self.decimals)
            text +=
                "\(row.languages.0.code)\t\(row.languages.1.code)\t\(row.word)\t"
                + "\(row.translation)\t\(numbers[0])\t\(numbers[1])\t\(row.count)\n"
        }
        return text
    }

    private static func decimals(_ probability: Float) -> String {
        let thousandths = Int((probability * 1000).rounded())
        let digits = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
    }
}
