/// Evidence by endings and letters alone, where there are no tables of n-grams.
enum LanguageRules {
    private static let kazakhEndings = byLastByte([
        "лар", "дар", "тар", "лары", "дары", "тары", "дан", "нан", "мен", "пен", "бен", "ады",
        "йды", "лды", "нды", "ына", "сына", "ында", "сында", "ынан", "тын", "ушы", "ып", "уы",
        "лады", "майды", "сыз", "пайды", "ушылар", "ылы", "тары", "сы", "лы", "лик", "дик", "ди",
    ])
    private static let russianEndings = byLastByte([
        "ого", "его", "ому", "ему", "ыми", "ими", "ых", "их", "ый", "ий", "ой", "ая", "яя", "ое",
        "ее", "ые", "ие", "ую", "ть", "тся", "ение", "ения", "ении", "ание", "ания", "ации",
        "ацию", "ость", "ости", "ами", "ями", "ах", "ях", "ов", "ев", "ет", "ут", "ют", "ят",
        "ла", "ло", "ли", "ию", "ией", "ия", "ии", "ом", "ем", "ские", "ка", "ки", "ку",
    ])

    /// Endings in lists by their last byte, so that few are compared with a word.
    private static func byLastByte(_ endings: [String]) -> [[[UInt8]]] {
        var lists = [[[UInt8]]](repeating: [], count: 256)
        for ending in endings {
            let bytes = Array(ending.utf8)
            if let last = bytes.last { lists[Int(last)].append(bytes) }
        }
        return lists
    }

    /// What one point is worth in the units of evidence.
    private static let point: Int16 = 2 * WordEvidence.nat
    /// What every word speaks for the languages of its script.
    private static let base: Int16 = 2 * point

    /// Evidence of a folded word of one script, with Kazakh letters or without.
    static func evidence(
        of word: [UInt8], script: LanguageModel.Script, isKazakh: Bool
    ) -> WordEvidence {
        guard script == .cyrillic else { return WordEvidence(english: base) }
        var evidence = WordEvidence(kazakh: base, typed: base, russian: base)
        if isKazakh {
            evidence.kazakh += 4 * point
            return evidence
        }
        guard word.count >= 2 * 4 else { return evidence }
        let last = Int(word[word.count - 1])
        if kazakhEndings[last].contains(where: { word.hasSuffix($0, before: word.count) }) {
            evidence.typed += point
        }
        var russian: Int16 = 0
        if russianEndings[last].contains(where: { word.hasSuffix($0, before: word.count) }) {
            russian = point
        }
        var narrowVowels = 0
        for index in word.indices.dropLast() {
            if word[index] == 0xD1, word[index + 1] == 0x8B { narrowVowels += 1 }
            // щ, ъ, ь: rare in Kazakh.
            if word[index] == 0xD1, [0x89, 0x8A, 0x8C].contains(word[index + 1]) {
                russian = 2 * point
            }
        }
        // Vowel harmony repeats ы as no Russian word does.
        if narrowVowels >= 2 { evidence.typed += 2 * point }
        evidence.kazakh = evidence.typed
        evidence.russian += russian
        return evidence
    }
}
