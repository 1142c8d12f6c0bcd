/// Reads a file line by line with one buffer; a line over the limit is passed over, not held.
final class LineReader {
    /// What came next.
    enum Line {
        /// A line without its end (`\n` or `\r\n`).
        case text([UInt8])
        /// A line longer than the limit.
        case tooLong(byteCount: Int)
        /// The file could not be read further; `reason` is the system's word.
        case failed(reason: String)
    }

    /// The number of the line that was read last, from 1.
    private(set) var lineNumber = 0

    private let stretches: FileStretches
    private let limit: Int
    /// Where in the stretch the next line begins.
    private var start = 0

    /// Opens a file for reading.
    ///
    /// - Throws: `CorpusError.unreadable`.
    init(path: String, limit: Int) throws(CorpusError) {
        stretches = try FileStretches(path: path)
        self.limit = limit
    }

    /// The next line, `nil` at the end; a last line without an end counts.
    func next() -> Line? {
        var line: [UInt8] = []
        var byteCount = 0
        reading: while true {
            if start == stretches.count {
                start = 0
                switch stretches.advance() {
                case .bytes: break
                case .end: break reading
                case .failed(let reason): return .failed(reason: reason)
                }
            }
            let rest = stretches.buffer[start..<stretches.count]
            let newline = rest.firstIndex(of: UInt8(ascii: "\n"))
            let stop = newline ?? rest.endIndex
            byteCount += stop - start
            if byteCount <= limit { line.append(contentsOf: rest[..<stop]) }
            start = newline.map { $0 + 1 } ?? rest.endIndex
            if newline != nil {
                return finish(&line, byteCount: byteCount, endByteCount: 1)
            }
        }
        return byteCount > 0 ? finish(&line, byteCount: byteCount, endByteCount: 0) : nil
    }

    private func finish(_ line: inout [UInt8], byteCount: Int, endByteCount: Int) -> Line {
        lineNumber += 1
        if byteCount > limit { return .tooLong(byteCount: byteCount + endByteCount) }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return .text(line)
    }
}
