import Synchronization

/// The bytes of all requests that wait for the writer of a collection: what bounds the memory of
/// those that come while a merge or a slow disk holds it.
final class WaitingBytes: Sendable {
    private let count = Mutex(0)

    /// Lets a request wait, unless it would be too much with those that wait already.
    ///
    /// One alone always may: it is no larger than a request can be.
    ///
    /// - Throws: `EngineError.overloaded`.
    func add(_ byteCount: Int, allowed: Int) throws(EngineError) {
        let found = count.withLock { count -> Int? in
            let sum = count + byteCount
            guard count == 0 || sum <= allowed else { return sum }
            count = sum
            return nil
        }
        if let found {
            throw .overloaded(what: "bytes that wait to be written", found: found, allowed: allowed)
        }
    }

    /// Takes an answered request off.
    func remove(_ byteCount: Int) { count.withLock { $0 -= byteCount } }
}
