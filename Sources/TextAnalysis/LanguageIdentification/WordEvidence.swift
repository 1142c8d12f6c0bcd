/// How much one word speaks for each class of words, against letters of no known language.
///
/// In sixteenths of a nat: a common word of four letters has about 50 for its own language.
struct WordEvidence {
    /// Units of a nat.
    static let nat: Int16 = 16
    /// What each letter of a text in none of the languages costs, in nats.
    static let background: Float = 3.1
    /// Most that one word speaks for or against a class: 20 nats.
    private static let limit: Int32 = 20 * Int32(nat)
    /// How much a function word speaks for its language beyond its letters: 2 nats.
    private static let functionWord: Int16 = 2 * nat

    var kazakh: Int16 = 0
    /// Kazakh typed with Russian letters.
    var typed: Int16 = 0
    var russian: Int16 = 0
    var english: Int16 = 0
    /// Kazakh in Latin letters.
    var latinKazakh: Int16 = 0

    /// Evidence by the letters of a word.
    ///
    /// - Parameters:
    ///   - word: A folded word in UTF-8.
    ///   - language: The language whose function word it is, if it is one.
    ///   - model: What letters say.
    ///   - units: Room for the units of the word.
    init(of word: [UInt8], language: Language?, model: LanguageModel, units: inout [UInt16]) {
        guard let script = LanguageModel.letters(of: word, into: &units) else { return }
        let ngrams = script == .cyrillic ? model.cyrillic : model.latin
        if ngrams.isEmpty {
            let table = CharacterTable.shared
            let isKazakh = units.contains { table.flags($0).contains(.kazakh) }
            self = LanguageRules.evidence(of: word, script: script, isKazakh: isKazakh)
        } else {
            let scores = ngrams.score(units)
            let ground = -Self.background * Float(units.count + 1) * NgramModel.scale
            let factor = Int32(NgramModel.scale) / Int32(Self.nat)
            func against(_ score: Int32) -> Int16 {
                let difference = (score - Int32(max(ground, -1e9))) / factor
                return Int16(max(-Self.limit, min(Self.limit, difference)))
            }
            switch script {
            case .cyrillic:
                kazakh = against(scores[0])
                typed = against(scores[1])
                russian = against(scores[2])
            case .latin:
                english = against(scores[0])
                latinKazakh = against(scores[1])
            }
        }
        switch language {
        case .kazakh:
            kazakh += Self.functionWord
            typed += Self.functionWord
        case .russian: russian += Self.functionWord
        case .english: english += Self.functionWord
        default: break
        }
    }

    /// Evidence of the given strength.
    init(kazakh: Int16 = 0, typed: Int16 = 0, russian: Int16 = 0, english: Int16 = 0) {
        self.kazakh = kazakh
        self.typed = typed
        self.russian = russian
        self.english = english
    }
}
