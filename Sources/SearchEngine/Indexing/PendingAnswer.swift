/// The answer of a request to a writer, which may be there before somebody waits for it.
///
/// A request is queued in one turn of the writer and waited for in the next: were it queued when its
/// task is suspended, others could come between its record in the log and its place in the queue,
/// and a commit would tell that it contains what it does not.
///
/// It is not `Sendable`: the writer alone uses it.
final class PendingAnswer {
    typealias Outcome = Result<DocumentIndexer.Answer, EngineError>

    private var outcome: Outcome?
    private var continuation: CheckedContinuation<Outcome, Never>?

    /// Gives the answer, once.
    func give(_ outcome: Outcome) {
        precondition(self.outcome == nil, "a request is answered once")
        self.outcome = outcome
        continuation?.resume(returning: outcome)
        continuation = nil
    }

    /// Goes on with the answer, now or when it is there.
    func resume(_ continuation: CheckedContinuation<Outcome, Never>) {
        if let outcome {
            continuation.resume(returning: outcome)
        } else {
            self.continuation = continuation
        }
    }
}
