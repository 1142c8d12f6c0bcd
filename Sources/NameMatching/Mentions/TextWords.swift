import TextAnalysis

/// What is known of the words of running text: which names they may be of, what they mean.
///
/// A word is read once and kept, so that a text costs one look-up a word. Bounded: when it is full,
/// it begins anew with the next document. Not thread-safe.
final class TextWords {
    /// The number of a word.
    typealias WordID = UInt32

    /// What a word tells.
    struct Traits: OptionSet {
        let rawValue: UInt32

        static let title = Traits(rawValue: 1)
        static let speech = Traits(rawValue: 2)
        /// Words of speech begin with it.
        static let speechStart = Traits(rawValue: 4)
        static let given = Traits(rawValue: 8)
        static let patronymic = Traits(rawValue: 16)
        static let surname = Traits(rawValue: 32)
        static let adjective = Traits(rawValue: 64)
        /// A lone ending of a Kazakh case, behind a hyphen.
        static let ending = Traits(rawValue: 128)
        /// In the Kazakh locative.
        static let locative = Traits(rawValue: 256)
        /// In, at, from.
        static let preposition = Traits(rawValue: 512)
        /// It is the anchor of a name.
        static let anchor = Traits(rawValue: 1024)
        /// Forms of the vocabulary begin with it.
        static let startsForm = Traits(rawValue: 2048)
        /// «Назарбаевтың»: in Kazakh what belongs to somebody, and bears the name of nobody.
        static let genitive = Traits(rawValue: 1 << 27)
        /// It has a letter that only Kazakh has.
        static let kazakh = Traits(rawValue: 4096)
        /// It has meanings that are no place.
        static let meaning = Traits(rawValue: 8192)
        static let place = Traits(rawValue: 1 << 14)
        static let feminine = Traits(rawValue: 1 << 15)
        /// Forms of a list have its letters.
        static let known = Traits(rawValue: 1 << 16)
        /// A word like `де`, `ван`, `ұлы` inside a name.
        static let particle = Traits(rawValue: 1 << 17)
        static let namedAfter = Traits(rawValue: 1 << 18)
        /// Street, square: what is named after people.
        static let street = Traits(rawValue: 1 << 19)
        static let area = Traits(rawValue: 1 << 20)
        /// A kind of institution that belongs to what stands before it: университеті.
        static let type = Traits(rawValue: 1 << 26)
        /// A given name by its letters; `given` is so by sound as well.
        static let spelledGiven = Traits(rawValue: 1 << 24)
        /// A legal form or a word that joins others.
        static let joining = Traits(rawValue: 1 << 25)
        /// The people of a country or the country.
        static let people = Traits(rawValue: 1 << 22)
        /// It has meanings that are no place and no people.
        static let word = Traits(rawValue: 1 << 23)
        /// A given name in a case.
        static let inflectedGiven = Traits(rawValue: 1 << 21)
    }

    /// A form of a list that a word may be.
    struct Form: Equatable {
        var list: UInt8
        var form: UInt32
        /// Whether by its letters, at most with an ending cut; else by its sounds.
        var isExact: Bool
    }

    /// A name of a list that a word may be the anchor of.
    struct Anchor {
        var list: UInt8
        var name: NameDirectory.NameID
    }

    /// What is kept of a word.
    struct Word {
        var folded: ArenaRange
        var traits: Traits = []
        var shape: UInt8
        var script: NameToken.Script
        /// Its script-neutral key.
        var key: [UInt8] = []
        /// Nodes of the vocabulary behind it.
        var nodes: [UInt32] = []
        var concepts: [NameVocabulary.ConceptID] = []
        var forms: [Form] = []
        var anchors: [Anchor] = []
        /// Hashes of the primary keys of the word and of what it may be without an ending.
        var nameKeys: [UInt32] = []
    }

    /// The most words that are kept.
    static let mostWords = 1 << 16

    private(set) var words: [Word] = []
    private var letters: [UInt8] = []
    /// The words that speech goes on with, by its first word.
    private(set) var rests: [WordID: [[[UInt8]]]] = [:]
    private var table: [UInt32]
    private let reader: WordReader

    /// Nothing is known yet.
    init(_ lists: [MentionList], _ vocabulary: NameVocabulary) {
        reader = WordReader(lists: lists, vocabulary: vocabulary)
        table = [UInt32](repeating: .max, count: Self.mostWords * 2)
    }

    /// Forgets all words if they are many; whether it did.
    func makeRoom() -> Bool {
        guard words.count > Self.mostWords / 2 else { return false }
        words.removeAll(keepingCapacity: true)
        letters.removeAll(keepingCapacity: true)
        rests.removeAll(keepingCapacity: true)
        for index in table.indices { table[index] = .max }
        return true
    }

    /// The number of a word; new ones are read.
    ///
    /// - Returns: `nil` if there is no room for it.
    func number(of token: NameToken, in tokens: NameTokens) -> WordID? {
        let shape = Self.shape(token)
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(shape)
        for index in token.folded.range {
            hash = (hash ^ UInt64(tokens.bytes[index])) &* 0x100_0000_01B3
        }
        hash ^= hash >> 32
        var slot = Int(truncatingIfNeeded: hash) & (table.count - 1)
        while table[slot] != .max {
            let word = Int(table[slot])
            if words[word].shape == shape, words[word].folded.count == token.folded.count,
                equals(words[word].folded, token.folded, tokens)
            {
                return table[slot]
            }
            slot = (slot + 1) & (table.count - 1)
        }
        guard words.count < Self.mostWords else { return nil }
        let folded = Array(tokens.folded(token))
        var word = Word(
            folded: ArenaRange(start: UInt32(letters.count), count: UInt32(folded.count)),
            shape: shape, script: token.script)
        letters += folded
        reader.read(token, folded, into: &word)
        table[slot] = UInt32(words.count)
        if word.traits.contains(.speechStart) {
            rests[table[slot]] = reader.vocabulary.cues.speech[folded]
        }
        words.append(word)
        return table[slot]
    }

    private func equals(_ range: ArenaRange, _ other: ByteRange, _ tokens: NameTokens) -> Bool {
        var left = Int(range.start)
        for right in other.range {
            if letters[left] != tokens.bytes[right] { return false }
            left += 1
        }
        return true
    }

    /// What of the shape of a word tells what it is: capitals, digits.
    private static func shape(_ token: NameToken) -> UInt8 {
        let capitals: UInt8 =
            token.capitalCount == 0
            ? 0 : token.isCapitals ? 3 : token.capitalCount > 1 ? 2 : 1
        let isAbbreviation = token.letterCount <= 2 && token.shape.contains(.precedesStop)
        return capitals | (token.shape.contains(.number) ? 4 : 0)
            | (token.shape.contains(.capitalized) ? 8 : 0) | (isAbbreviation ? 16 : 0)
    }

    /// The folded letters of a word.
    func folded(_ word: WordID) -> ArraySlice<UInt8> { letters[words[Int(word)].folded.range] }

    /// What a word tells.
    func traits(_ word: WordID) -> Traits { words[Int(word)].traits }

    /// Whether two words may be one name in two cases or spellings.
    func areAlike(_ left: WordID, _ right: WordID) -> Bool {
        if left == right { return true }
        for key in words[Int(left)].nameKeys where words[Int(right)].nameKeys.contains(key) {
            return true
        }
        return folded(left).elementsEqual(folded(right))
    }
}
