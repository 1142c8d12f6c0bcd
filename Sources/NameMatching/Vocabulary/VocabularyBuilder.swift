import TextAnalysis

/// Gathers the forms of all concepts with what they are inflected to.
struct VocabularyBuilder {
    private(set) var trie = FormTrie()

    private struct Spelling: Hashable {
        var word: String
        var language: Language
    }

    private let shortestKey: Int
    private var known: [Spelling: UInt32] = [:]

    /// A builder; keys of up to `shortestKey` letters are short.
    init(shortestKey: Int) { self.shortestKey = shortestKey }

    /// Adds a form of a concept.
    mutating func add(_ form: String, _ language: Language, _ concept: Int) {
        let words = Self.words(of: form)
        guard !words.isEmpty, words.count <= NameVocabulary.longestForm else { return }
        trie.add(words.map { number(of: $0, language) }, NameVocabulary.ConceptID(concept))
    }

    private mutating func number(of word: String, _ language: Language) -> UInt32 {
        let spelling = Spelling(word: word, language: language)
        if let number = known[spelling] { return number }
        let lower = word.lowercased()
        let isAcronym = word.count > 1 && word == word.uppercased() && word != lower
        let forms = isAcronym ? [lower] : NameInflection.forms(of: lower, language)
        var keys: [[UInt8]] = []
        for form in forms + (Self.abbreviations[lower] ?? []) {
            let folded = Self.folded(form)
            var key = ScriptKey.key(of: folded)
            guard !key.isEmpty else { continue }
            // Short keys join too many words: these are looked up letter by letter.
            if key.count <= shortestKey { key = [0] + folded }
            if !keys.contains(key) { keys.append(key) }
        }
        let number = trie.addWord(keys, isAcronym: isAcronym)
        known[spelling] = number
        return number
    }

    /// How words of places are written short.
    private static let abbreviations: [String: [String]] = [
        "область": ["обл"], "облысы": ["обл"], "район": ["р"], "улица": ["ул"],
    ]

    /// The words of a form, cut as names are.
    static func words(of form: String) -> [String] {
        form.split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" }.map {
            String($0.filter { $0 != "'" && $0 != "’" })
        }
    }

    /// ё is е in folded words.
    static func folded(_ word: String) -> [UInt8] {
        Array(String(word.map { $0 == "ё" ? "е" : $0 }).utf8)
    }
}
