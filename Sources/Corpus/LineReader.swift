import Glibc

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

    private let descriptor: Int32
    private let limit: Int
    private var buffer = [UInt8](repeating: 0, count: 256 << 10)
    private var start = 0
    private var end = 0
    private var isAtEnd = false

    /// Opens a file for reading.
    ///
    /// - Throws: `CorpusError.unreadable`.
    init(path: String, limit: Int) throws(CorpusError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        self.limit = limit
        guard descriptor >= 0 else {
            throw .unreadable(path: path, reason: String(cString: strerror(errno)))
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The next line, `nil` at the end; a last line without an end counts.
    func next() -> Line? {
        var line: [UInt8] = []
        var byteCount = 0
        while true {
            if start == end {
                if let failure = fill() { return failure }
                if isAtEnd { break }
            }
            let newline = buffer[start..<end].firstIndex(of: UInt8(ascii: "\n"))
            let stop = newline ?? end
            byteCount += stop - start
            if byteCount <= limit { line.append(contentsOf: buffer[start..<stop]) }
            start = newline.map { $0 + 1 } ?? end
            if newline != nil {
                return finish(&line, byteCount: byteCount + 1)
            }
        }
        return byteCount > 0 ? finish(&line, byteCount: byteCount) : nil
    }

    private func finish(_ line: inout [UInt8], byteCount: Int) -> Line {
        lineNumber += 1
        if byteCount > limit + 1 { return .tooLong(byteCount: byteCount) }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return .text(line)
    }

    /// Reads the next stretch; a failure ends the file.
    private func fill() -> Line? {
        guard !isAtEnd else { return nil }
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                start = 0
                end = count
                isAtEnd = count == 0
                return nil
            }
            guard errno == EINTR else {
                isAtEnd = true
                return .failed(reason: String(cString: strerror(errno)))
            }
        }
    }
}
