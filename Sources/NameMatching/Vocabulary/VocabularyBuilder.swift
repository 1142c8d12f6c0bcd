import TextAnalysis

/// Gathers the forms of all concepts with what they are inflected to.
struct VocabularyBuilder {
    private var trie = FormTrie()

    private struct Spelling: Hashable {
        var word: String
        var language: Language
        var isPlace: Bool
    }

    private var known: [Spelling: UInt32] = [:]

    /// Adds a form of a concept.
    mutating func add(_ form: String, _ language: Language, _ concept: Int, isPlace: Bool) {
        let words = Self.words(of: form)
        guard !words.isEmpty, words.count <= NameVocabulary.longestForm else { return }
        // Of a name of several words only the whole is the place.
        let isPlace = isPlace && words.count == 1
        trie.add(
            words.map { number(of: $0, language, isPlace: isPlace) },
            NameVocabulary.ConceptID(concept))
    }

    /// The forms, laid out to be looked up.
    mutating func finish() -> FormTrie {
        trie.finish()
        return trie
    }

    private mutating func number(
        of word: String, _ language: Language, isPlace: Bool
    ) -> UInt32 {
        let spelling = Spelling(word: word, language: language, isPlace: isPlace)
        if let number = known[spelling] { return number }
        let lower = word.lowercased()
        let isAcronym = word.count > 1 && word == word.uppercased() && word != lower
        // ё is е in folded words.
        let letters = lower.utf16.map { $0 == 0x451 ? 0x435 : $0 }
        var forms = [letters]
        if !isAcronym {
            forms =
                isPlace
                ? NameInflection.formsOfPlace(letters, language)
                : NameInflection.forms(of: letters, language)
        }
        forms += (Self.abbreviations[lower] ?? []).map { Array($0.utf16) }
        var keys: [[UInt8]] = []
        for form in forms {
            let folded = Self.encoded(form)
            let plain = ScriptKey.key(of: folded)
            guard !plain.isEmpty else { continue }
            let key = NameVocabulary.lookupKey(plain, folded[...])
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

    /// A word as folded words are: ё is е.
    static func folded(_ word: String) -> [UInt8] {
        Array(String(word.map { $0 == "ё" ? "е" : $0 }).utf8)
    }

    /// Letters below U+0800 as UTF-8; others have no key.
    private static func encoded(_ letters: [UInt16]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2 * letters.count)
        for letter in letters {
            if letter < 0x80 {
                bytes.append(UInt8(letter))
            } else if letter < 0x800 {
                bytes.append(UInt8(0xC0 | letter >> 6))
                bytes.append(UInt8(0x80 | letter & 0x3F))
            }
        }
        return bytes
    }
}
