/// All forms of the words of a lexicon, to find those near a misspelt one.
///
/// Stems go on in the trees of their endings, so that some thousand verbs with a hundred forms
/// each take little room. The weights are logarithms of frequencies by judgement: how common the
/// lemma is, and how common such a form is among the forms.
public struct SpellingLexicon: Sendable {
    private let trie: WordTrie

    /// What a weight of a frequency is: this many eighths of a power of two.
    static let weightStep: Float = 8

    /// A word of the lexicon of which nothing else is known: about 200 in 10 million.
    static let commonWeight = 60
    /// Words without forms: particles, prepositions, pronouns.
    static let functionWeight = 84
    /// The first lemma of the list of frequent ones, and the last.
    static let frequentWeights = (first: 130, last: 76)
    /// Takes the place of a weight in the trees of endings, which add to the stem's.
    private static let base = 128

    /// A word of the lexicon near another.
    public struct Match: Sendable, Equatable {
        /// The word.
        public var word: [UInt8]
        /// How often it occurs, by judgement: in some ten million words.
        public var frequency: Int
        /// What it costs to have typed the other for it.
        public var cost: Float
    }

    /// The forms of a lexicon.
    ///
    /// `frequent` are lemmas from the most frequent on; those that are no lemma count as words.
    ///
    /// - Cost: some microseconds a lemma.
    public init(_ lexicon: Lexicon, frequent: [String] = []) {
        var builder = WordTrie.Builder()
        var weights: [[UInt8]: Int] = [:]
        let (first, last) = Self.frequentWeights
        for (rank, lemma) in frequent.enumerated() {
            // Zipf: what a rank tells is its logarithm.
            let share =
                SpellingLexicon.log2(Float(rank + 1))
                / SpellingLexicon.log2(Float(frequent.count + 1))
            weights[Array(lemma.utf8)] = first - Int(Float(first - last) * share)
        }
        var endings = EndingTrees()
        var stems = EndingTrees.Kind.allCases.map { _ in [Stem]() }
        lexicon.forEachStem { stem, sets, wordClass, lemma in
            // Words that are not in Cyrillic letters have no paradigm.
            guard let last = stem.last, last >= 0x80 else { return }
            let weight =
                weights[Array(lemma)]
                ?? (wordClass == .other || wordClass == .form
                    ? Self.functionWeight : Self.commonWeight)
            for group in EndingTrees.groups(of: sets, wordClass) {
                guard let part = endings.part(group, stemEnd: stem.suffix(2), &builder)
                else { continue }
                let beginning = Array(stem.dropLast(2))
                // A part has no word that begins with its endings.
                let kind = beginning.isEmpty ? .thing : group.kind
                stems[kind.rawValue].append(Stem(beginning, part.adding(weight - Self.base)))
            }
        }
        let actions = Self.finish(stems[EndingTrees.Kind.action.rawValue], &builder)
        let participles = Self.finish(stems[EndingTrees.Kind.participle.rawValue], &builder)
        let qualities = Self.finish(stems[EndingTrees.Kind.quality.rawValue], &builder)
        for stem in stems[EndingTrees.Kind.thing.rawValue] {
            builder.add(stem: stem.bytes.span, goingOnIn: stem.part)
        }
        for part in [actions, participles, qualities] { Self.add("", to: part, 0, &builder) }
        for part in [participles, qualities] {
            Self.add("не", to: part, -Self.negationPenalty, &builder)
        }
        for prefix in Self.qualityPrefixes {
            Self.add(prefix, to: qualities, -Self.prefixPenalty, &builder)
        }
        for prefix in Self.actionPrefixes {
            for part in [actions, participles] {
                Self.add(prefix, to: part, -Self.prefixPenalty, &builder)
            }
        }
        for (lemma, weight) in weights { builder.add(lemma.span, weight: UInt8(weight)) }
        trie = builder.build()
    }

    /// A stem without its last letter, and the tree it goes on in.
    private struct Stem {
        var bytes: [UInt8]
        var part: WordTrie.Part

        init(_ bytes: [UInt8], _ part: WordTrie.Part) {
            self.bytes = bytes
            self.part = part
        }
    }

    private static func finish(
        _ stems: [Stem], _ builder: inout WordTrie.Builder
    ) -> WordTrie.Part {
        for stem in stems { builder.add(stem: stem.bytes.span, goingOnIn: stem.part) }
        return builder.finishPart()
    }

    private static func add(
        _ prefix: String, to part: WordTrie.Part, _ bonus: Int, _ builder: inout WordTrie.Builder
    ) {
        let prefix = Array(prefix.utf8)
        builder.add(stem: prefix.span, goingOnIn: part.adding(bonus))
    }

    /// How much rarer a word with не- is than without, and one with a prefix that the lexicon does
    /// not have it with.
    private static let negationPenalty = 16
    private static let prefixPenalty = 40

    /// Prefixes that make verbs of verbs wherever there is a sense in it; those whose spelling is
    /// often mistaken (рас-, с-, о-) are left out, so that `расчитать` is no word.
    private static let actionPrefixes = [
        "вы", "до", "за", "на", "недо", "от", "пере", "по", "под", "пона", "про",
    ]
    /// First parts of adjectives that are written as one.
    private static let qualityPrefixes = [
        "само", "полу", "много", "мало", "высоко", "низко", "ново", "сверх", "супер", "право",
        "лево", "обще", "средне", "еже", "внутри", "меж", "все", "взаимо", "наи",
    ]

    /// The bytes it takes.
    public var byteCount: Int { trie.byteCount }

    /// How often a word occurs, by judgement; 0 if the lexicon does not know it.
    public func frequency(of word: Span<UInt8>) -> Int {
        Self.frequency(trie.weight(of: word))
    }

    /// The words within a cost of a typed one, cheapest first, then most frequent.
    public func matches(near typed: Span<UInt8>, limit: Float, count: Int) -> [Match] {
        trie.matches(near: typed, limit: limit, count: count).map {
            Match(word: $0.word, frequency: Self.frequency($0.weight), cost: $0.cost)
        }
    }

    private static func frequency(_ weight: UInt8) -> Int {
        guard weight > 0 else { return 0 }
        // Powers of two in between: an eighth of a step is nine per cent.
        let whole = Int(weight) / 8
        var value = Float(1 << whole)
        for _ in 0..<(Int(weight) % 8) { value *= 1.0905077 }
        return Int(value)
    }

    private static func log2(_ value: Float) -> Float {
        var whole: Float = 0
        var rest = value
        while rest >= 2 {
            rest /= 2
            whole += 1
        }
        return whole + (rest - 1)
    }
}
