import InvertedIndex
import Synchronization
import TextAnalysis

/// What was found out of words in one state of the searched collections: queries differ, their
/// words come again.
///
/// Nothing in it is ever wrong: it belongs to snapshots, which do not change, and to the settings
/// that it is kept with. What is not in it is found out as if there were no memory.
final class WordMemory: Sendable {
    /// The ways in which a word is understood.
    struct Ways: OptionSet, Hashable {
        let rawValue: UInt8

        static let forms = Ways(rawValue: 1)
        static let scripts = Ways(rawValue: 2)
        static let typos = Ways(rawValue: 4)
        static let names = Ways(rawValue: 8)
        static let languages = Ways(rawValue: 16)
        /// Whether sounds can be compared as those of names are, be it a name or not.
        static let sounds = Ways(rawValue: 64)
        /// Whether it is a word of its own, no part of a compound.
        static let whole = Ways(rawValue: 32)
    }

    /// A word with all that decides what it stands for.
    struct Word: Hashable {
        fileprivate let typed: String
        fileprivate let exact: [[UInt8]]
        fileprivate let stems: [[UInt8]]
        fileprivate let kind: Token.Kind
        fileprivate let isStopWord: Bool
        fileprivate let language: Language
        fileprivate let ways: Ways

        /// A word before anything is added to it.
        init(_ word: QueryWord, _ ways: Ways) {
            precondition(word.related.isEmpty, "nothing was found out of the word yet")
            (typed, exact, stems) = (word.typed, word.exact, word.stems)
            (kind, isStopWord, language) = (word.kind, word.isStopWord, word.language)
            self.ways = ways
        }

        /// Words of one first form are few, and to hash a string means to normalise it first.
        func hash(into hasher: inout Hasher) {
            exact.first?.withUnsafeBytes { hasher.combine(bytes: $0) }
            hasher.combine(ways.rawValue)
        }
    }

    /// What a word stands for beside its own forms.
    struct Meaning {
        var related: [RelatedTerm] = []
        /// The word that was meant, or may have been, if no document has this one.
        var nearest: WordSpelling.Nearest?
    }

    /// A word as it was typed, with all that decides whether it is known.
    struct Typed: Hashable {
        /// What stands between two spaces.
        fileprivate let text: [UInt8]
        /// The language of the query, if it was told.
        let language: Language?
        /// Whether the words of the three languages are known.
        let isTranslated: Bool
        /// Whether it is taken for what was meant, whatever signs it has.
        let isReading: Bool

        /// A word; `text` is kept as bytes, since to hash a string means to normalise it first.
        init(text: Substring, language: Language?, isTranslated: Bool, isReading: Bool) {
            self.text = Array(text.utf8)
            (self.language, self.isTranslated) = (language, isTranslated)
            self.isReading = isReading
        }

        func hash(into hasher: inout Hasher) {
            text.withUnsafeBytes { hasher.combine(bytes: $0) }
        }
    }

    /// Longer words, in bytes, are not kept: they hardly come again and might be of any length.
    private static let longest = 64

    private let meanings: BoundedMemory<Word, Meaning>
    private let known: BoundedMemory<Typed, Bool>

    /// Nothing found out yet; of each kind so many words are kept.
    init(limit: Int = 1 << 12) {
        meanings = BoundedMemory(limit: limit)
        known = BoundedMemory(limit: limit)
    }

    /// What a word stands for, if that was found out.
    func meaning(of word: Word) -> Meaning? { meanings[word] }

    /// Keeps what a word stands for.
    func keep(_ meaning: Meaning, of word: Word) {
        if word.typed.utf8.count <= Self.longest { meanings.keep(meaning, of: word) }
    }

    /// Whether a word is known as it was typed, if that was found out.
    func isKnown(_ word: Typed) -> Bool? { known[word] }

    /// Keeps whether a word is known as it was typed.
    func keep(_ isKnown: Bool, of word: Typed) {
        if word.text.count <= Self.longest { known.keep(isKnown, of: word) }
    }

    /// How many words of each kind are kept.
    var counts: (meanings: Int, known: Int) { (meanings.count, known.count) }
}

/// The memories of the states that were searched last.
final class WordMemories: Sendable {
    /// A snapshot that is not kept open for what is remembered of it.
    private struct Held {
        weak var snapshot: Snapshot?
    }

    private struct Entry {
        var snapshots: [Held]
        var memory: WordMemory
    }

    /// Searches of some collections and of all go on side by side.
    private static let most = 4

    /// The last used first.
    private let entries = Mutex<[Entry]>([])

    /// None.
    init() {}

    /// What is remembered of some snapshots, in this order; an empty memory where nothing is.
    func memory(of snapshots: [Snapshot]) -> WordMemory {
        entries.withLock { entries in
            let known = entries.firstIndex { entry in
                entry.snapshots.count == snapshots.count
                    && zip(entry.snapshots, snapshots).allSatisfy { $0.snapshot === $1 }
            }
            if let known {
                if known > 0 { entries.insert(entries.remove(at: known), at: 0) }
                return entries[0].memory
            }
            let memory = WordMemory()
            entries.insert(
                Entry(snapshots: snapshots.map { Held(snapshot: $0) }, memory: memory), at: 0)
            if entries.count > Self.most { entries.removeLast() }
            return memory
        }
    }
}
