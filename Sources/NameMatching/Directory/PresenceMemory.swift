import TextAnalysis

/// Which names of a directory have asked words; belongs to the directory, which does not change.
typealias PresenceMemory = BoundedMemory<PresentWord, NameBearers>

/// A word with all that its presence in a directory hangs on: how it is read follows from its
/// letters, its role and its meanings.
struct PresentWord: Hashable {
    let folded: [UInt8]
    let role: NameUnit.Role
    let concepts: [NameVocabulary.ConceptID]
}

/// The names that have a word, ascending; `nil` where that does not tell which may have it.
struct NameBearers {
    let names: [NameDirectory.NameID]?
}
