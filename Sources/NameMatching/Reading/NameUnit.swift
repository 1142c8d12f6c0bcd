import TextAnalysis

/// A part of a name that is compared as a whole: a word, an initial, an acronym, or several words
/// that stand for one thing.
struct NameUnit: Sendable {
    /// What part a word plays, as far as its shape tells.
    enum Role: UInt8, Sendable {
        /// A given name, a surname, an eponym, or a word that the vocabulary does not have.
        case word
        /// A word with the ending of a surname: -ов, -ин, -ский.
        case surname
        /// A word with the ending of a patronymic; its sounds are those of the father's name.
        case patronymic
        /// One letter.
        case initial
        /// Digits.
        case number
        /// Capitals that stand for words.
        case acronym
        /// Words of the vocabulary.
        case concept
    }

    /// Where it stands in the text, in UTF-8 bytes.
    var source: ByteRange
    /// Its folded letters; of several words, joined by spaces.
    var folded: [UInt8]
    var script: NameToken.Script
    var role: Role
    /// The sounds of a single word; of a patronymic those of its base.
    var sounds: [NameSound] = []
    var key = NameKey([])
    /// Its meanings; empty for a word that the vocabulary does not have.
    var concepts: [NameVocabulary.ConceptID] = []
    /// The letters of an acronym, each part from a capital on.
    var segments: [[UInt16]] = []
    /// Whether it names whom an institution is named after.
    var isEponym = false
    /// Whether an acronym was typed without capitals, so that its parts are not known.
    var isSmallAcronym = false
    /// The sounds without an ending that a case may have given it; empty if there is none.
    var stems: [[NameSound]] = []
    /// The sounds without the ending of a surname; empty if it has none.
    var bare: [NameSound] = []
    /// Whether a hyphen joins it to the part before.
    var followsHyphen = false
    /// Whether it may be the beginning of a longer word, as `мед` with a full stop.
    var isAbbreviation = false
    /// How many words it has.
    var wordCount = 1
}

/// A name that has been read.
public struct ParsedName: Sendable {
    /// Its parts in their order.
    var units: [NameUnit] = []
    /// Its parts without the vocabulary, where they may as well be those of a person; else empty.
    var other: [NameUnit] = []
    /// Its UTF-8 bytes as far as they were read, for names of lists that are alike else.
    var text: [UInt8] = []
    /// What its words say that it names; `nil` if they do not.
    public internal(set) var type: EntityTypeGuess?

    /// What a name seems to name.
    public enum EntityTypeGuess: Sendable {
        case person, organization, place
    }

    /// All readings of its parts.
    var readings: [[NameUnit]] { other.isEmpty ? [units] : [units, other] }

    /// Whether nothing was read: no letters, no digits.
    public var isEmpty: Bool { units.isEmpty }
}
