/// Cuts a stream of bytes into lines, whose length is bounded.
struct LineSplitter {
    /// One line, without its end.
    struct Line: Equatable {
        /// What stands on it.
        enum Content: Equatable {
            case text([UInt8])
            /// Longer than the limit; it was passed over.
            case tooLong(byteCount: Int)
        }

        /// Its number in the stream, from 1.
        var number: Int
        /// What stands on it.
        var content: Content
    }

    private let limit: Int
    private var current: [UInt8] = []
    private var byteCount = 0
    private var number = 1

    /// A splitter for lines of at most `limit` bytes; longer ones take no memory.
    init(limit: Int) {
        self.limit = limit
    }

    /// The lines that these bytes complete.
    mutating func append(_ bytes: ArraySlice<UInt8>) -> [Line] {
        var lines: [Line] = []
        var rest = bytes
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            add(rest[..<end])
            lines.append(finish())
            rest = rest[(end + 1)...]
        }
        add(rest)
        return lines
    }

    /// The last line, if the stream did not end with a line end.
    mutating func end() -> Line? {
        byteCount == 0 ? nil : finish()
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>) {
        byteCount += bytes.count
        if byteCount <= limit + 1 {  // One more for a carriage return.
            current.append(contentsOf: bytes)
        } else {
            current = []
        }
    }

    private mutating func finish() -> Line {
        var count = byteCount
        if current.last == UInt8(ascii: "\r"), current.count == count {
            current.removeLast()
            count -= 1
        }
        let line = Line(
            number: number, content: count > limit ? .tooLong(byteCount: count) : .text(current))
        current.removeAll(keepingCapacity: true)
        byteCount = 0
        number += 1
        return line
    }
}
