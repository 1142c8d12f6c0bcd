import Synchronization

/// Which asked words a directory has: found out once, since queries have words in common.
///
/// Belongs to one directory, which does not change.
final class PresenceMemory: Sendable {
    /// A word with all that its presence hangs on: how it is read follows from its letters and its
    /// role.
    struct Word: Hashable {
        let folded: [UInt8]
        let role: NameUnit.Role
    }

    private let limit: Int
    private let kept = Mutex<[Word: Bool]>([:])

    /// Nothing found out yet; so many words are kept.
    init(limit: Int = 1 << 12) { self.limit = limit }

    /// Whether the directory has a word, if that was found out.
    subscript(word: Word) -> Bool? { kept.withLock { $0[word] } }

    /// Keeps whether the directory has a word.
    func keep(_ isNamed: Bool, of word: Word) {
        kept.withLock {
            // Beginning anew costs less than to know what is asked for seldom.
            if $0.count >= limit { $0 = [:] }
            $0[word] = isNamed
        }
    }

    /// How many words are kept.
    var count: Int { kept.withLock { $0.count } }
}
