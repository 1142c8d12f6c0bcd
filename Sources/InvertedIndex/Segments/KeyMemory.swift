import Synchronization

/// What was found near keys of a segment, which does not change: what is asked for again is found
/// again in every commit that the segment stays in, so a commit of some documents makes nobody walk
/// through the large segments anew.
final class KeyMemory: Sendable {
    /// What was asked for.
    struct Asked: Hashable {
        /// The key.
        var key: [UInt8]
        /// How far others may be.
        var distance: Int
        /// How many of their letters are those of the key.
        var prefixLetters: Int

        func hash(into hasher: inout Hasher) {
            key.withUnsafeBytes { hasher.combine(bytes: $0) }
            hasher.combine(distance << 8 | prefixLetters)
        }
    }

    /// A term of a key, and how far the key is.
    struct Found: Equatable {
        var entry: TermKeys.Entry
        var distance: Int
    }

    private struct Kept {
        var found: [Asked: [Found]] = [:]
        var size = 0
    }

    private let limit: Int
    private let kept = Mutex(Kept())

    /// Nothing found yet; so many terms are kept, what was asked for counted with them.
    init(limit: Int = 1 << 16) { self.limit = limit }

    /// What was found, or is found now.
    func found(
        _ asked: Asked, _ find: () throws(IndexError) -> [Found]
    ) throws(IndexError) -> [Found] {
        if let known = kept.withLock({ $0.found[asked] }) { return known }
        let found = try find()
        let size = found.count + asked.key.count
        guard size <= limit else { return found }
        kept.withLock { kept in
            // Beginning anew costs less than to know what is asked for seldom.
            if kept.size + size > limit { kept = Kept() }
            if kept.found.updateValue(found, forKey: asked) == nil { kept.size += size }
        }
        return found
    }

    /// How many terms are kept, what was asked for counted with them.
    var size: Int { kept.withLock { $0.size } }
}
