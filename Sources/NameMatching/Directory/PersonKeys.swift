public import TextAnalysis

/// Makes one key for all spellings of the name of a person, in all scripts: the keys of given name
/// and surname, without patronymic, in the order of the alphabet.
///
/// Not thread-safe.
public final class PersonKeys {
    private let tokenizer: NameTokenizer
    private var tokens = NameTokens()
    private var sounds = SoundReader()

    /// A maker of keys.
    ///
    /// - Throws: `AnalysisError.unavailable` if ICU cannot be opened.
    public init() throws(AnalysisError) { tokenizer = try NameTokenizer() }

    /// The key of a name in the nominative: `AIJAN+SAMAMBAV`; `nil` for one of less than two words.
    public func key(of name: String) -> String? {
        tokenizer.tokenize(Array(name.utf8).span, mostTokens: 8, into: &tokens)
        var keys: [[UInt8]] = []
        for token in tokens.tokens where token.letterCount > 1 {
            let folded = tokens.folded(token)
            if PersonEndings.patronymicBase(of: folded) != nil, tokens.tokens.count > 2 { continue }
            sounds.read(folded, script: token.script)
            let key = NameKey(sounds.sounds).primary
            if !key.isEmpty { keys.append(key) }
        }
        guard keys.count > 1 else { return nil }
        keys.sort { $0.lexicographicallyPrecedes($1) }
        return keys.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "+")
    }
}
