/// The terms of each document as small numbers: all that bisection knows of documents.
///
/// Invariants:
/// 1. `starts` ascends from 0 to the number of `terms`, and has one number more than documents.
/// 2. Every term is below `termCount`; those of one document are distinct.
struct ForwardIndex {
    /// Where the terms of each document begin.
    let starts: [UInt32]
    /// The terms, document after document.
    let terms: [UInt32]
    /// How many distinct terms there may be.
    let termCount: Int

    /// The number of documents.
    var documentCount: Int { starts.count - 1 }

    /// An index of lists that somebody else made.
    init(starts: [UInt32], terms: [UInt32], termCount: Int) {
        self.starts = starts
        self.terms = terms
        self.termCount = termCount
        checkInvariants()
    }

    /// Proves the invariants but that terms are distinct, which only quality depends on.
    private func checkInvariants() {
        precondition(
            starts.first == 0 && starts.last.map { Int($0) } == terms.count,
            "the documents have all terms")
        precondition(
            zip(starts, starts.dropFirst()).allSatisfy { $0 <= $1 }
                && terms.allSatisfy { Int($0) < termCount }, "starts ascend, terms are counted")
    }
}
