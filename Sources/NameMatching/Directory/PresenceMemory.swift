import TextAnalysis

/// Which asked words a directory has; belongs to one directory, which does not change.
typealias PresenceMemory = BoundedMemory<PresentWord, Bool>

/// A word with all that its presence in a directory hangs on: how it is read follows from its
/// letters and its role.
struct PresentWord: Hashable {
    let folded: [UInt8]
    let role: NameUnit.Role
}
