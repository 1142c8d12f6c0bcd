/// The function words of all languages, as bytes of folded words.
public struct StopWordSet: Sendable {
    private var words: [Language: Set<[UInt8]>] = [:]

    /// The sets of the given tables.
    public init(_ tables: AnalysisTables) {
        for (language, table) in tables.languages {
            words[language] = Set(table.stopWords.map { Array($0.utf8) })
        }
    }

    /// Whether a word is a function word of its language, or of any where it has none.
    public func contains(_ word: [UInt8], language: Language) -> Bool {
        if language == .other { return words.values.contains { $0.contains(word) } }
        return words[language]?.contains(word) ?? false
    }
}
