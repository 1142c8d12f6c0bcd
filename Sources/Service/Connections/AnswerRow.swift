import NIOCore

/// The answers of pipelined requests that are written and not sent yet.
///
/// Each that is sent alone is a call into the kernel and wakes the client, which costs as much as
/// many a search. But the first must not wait long for the last, nor may much be held back.
struct AnswerRow {
    /// Greater answers go out alone.
    static let greatestAnswer = 32 << 10
    /// From so many bytes on the row goes out.
    private static let dueByteCount = 64 << 10
    /// How long the first of a row waits for those behind it.
    private static let longestWait = TimeAmount.milliseconds(1)

    private var byteCount = 0
    private var began: NIODeadline?

    /// Whether nothing waits.
    var isEmpty: Bool { began == nil }

    /// Takes in an answer with a body of that many bytes.
    mutating func add(byteCount: Int) {
        if began == nil { began = .now() }
        self.byteCount += byteCount
    }

    /// Whether the row is to go out, whatever follows.
    var isDue: Bool {
        guard let began else { return false }
        return byteCount >= Self.dueByteCount || NIODeadline.now() - began >= Self.longestWait
    }
}
