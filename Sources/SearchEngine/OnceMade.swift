import Synchronization

/// A value that is made when it is first needed, once, and then shared by all threads.
///
/// Making it has a lock of its own, so who only asks whether it is there never waits for who makes
/// it.
final class OnceMade<Value: Sendable>: Sendable {
    private let made = Mutex<Value?>(nil)
    /// Held as long as the value is made.
    private let making = Mutex(())

    /// The value, if nobody has to wait for it.
    var ready: Value? { made.withLock { $0 } }

    /// The value; the first caller makes it, others wait, since they need it too.
    ///
    /// - Throws: what `make` throws; then the next caller tries again.
    func value<Failure: Error>(_ make: () throws(Failure) -> Value) throws(Failure) -> Value {
        if let ready { return ready }
        let result: Result<Value, Failure> = making.withLock { _ in
            if let ready { return .success(ready) }
            do throws(Failure) {
                let value = try make()
                made.withLock { $0 = value }
                return .success(value)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
