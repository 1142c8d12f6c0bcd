/// The values of a file of JSON one by one, without ever holding more than one of them.
///
/// A file is one array of values, or values one after the other, or one value a line; which of them
/// is seen at its beginning. Only brackets, strings and escapes are looked at: whether a value is
/// JSON, its reader finds out. So that a broken value does not take the rest of the file with it, a
/// line end closes a string, and in a file of lines it closes the value.
final class JSONRecords {
    /// What came next.
    enum Record: Equatable {
        /// The bytes of a value, and the line on which it begins.
        case value([UInt8], line: Int)
        /// A value longer than the limit; it was passed over.
        case tooLong(byteCount: Int, line: Int)
        /// The file does not go on as its beginning says.
        case broken(reason: String, line: Int)
        /// The file could not be read further; `reason` is the system's word.
        case failed(reason: String)
    }

    private enum Form {
        /// Nothing but white space was seen.
        case unknown
        case array
        /// The array is closed: nothing may follow.
        case closed
        case values
        case lines
    }

    private let stretches: FileStretches
    private let limit: Int
    private var form = Form.unknown
    /// Where in the stretch reading goes on, and on which line of the file that is.
    private var position = 0
    private var line = 1

    // The value under way.
    private var value: [UInt8] = []
    private var byteCount = 0
    private var depth = 0
    private var isInString = false
    private var isEscaped = false

    /// Opens a file whose values have at most `limit` bytes.
    ///
    /// - Throws: `CorpusError.unreadable`.
    init(path: String, limit: Int) throws(CorpusError) {
        stretches = try FileStretches(path: path)
        self.limit = limit
    }

    /// How many bytes of the file were read so far.
    var readByteCount: Int { stretches.offset + position }

    /// The next value, `nil` at the end.
    func next() -> Record? {
        while !findStart() {
            switch stretches.advance() {
            case .bytes: position = 0
            case .failed(let reason): return failed(reason)
            case .end: return atEnd()
            }
        }
        let start = line
        if form == .closed { return ended("there is text behind the end of the array") }
        (byteCount, depth, isInString, isEscaped) = (0, 0, false, false)
        value.removeAll(keepingCapacity: true)
        while !readValue() {
            switch stretches.advance() {
            case .bytes: position = 0
            case .failed(let reason): return failed(reason)
            case .end:
                position = 0
                guard depth == 0 || form == .lines else {
                    return ended("the file ends within a value", line: start)
                }
                return record(start)
            }
        }
        return record(start)
    }

    private func record(_ start: Int) -> Record {
        // A first value that ends on its own line tells a file of lines.
        if form == .values, start == line { form = .lines }
        return byteCount > limit
            ? .tooLong(byteCount: byteCount, line: start) : .value(value, line: start)
    }

    private func failed(_ reason: String) -> Record {
        position = 0
        form = .closed
        return .failed(reason: reason)
    }

    private func atEnd() -> Record? {
        position = 0
        return form == .array ? ended("the file ends before its array does") : nil
    }

    /// Says what is wrong, once, and passes over the rest.
    private func ended(_ reason: String, line: Int? = nil) -> Record {
        form = .closed
        passOver()
        return .broken(reason: reason, line: line ?? self.line)
    }

    private func passOver() {
        position = stretches.count
        while case .bytes = stretches.advance() { position = stretches.count }
        position = 0
    }

    /// Goes to the first byte of the next value; false at the end of the stretch.
    private func findStart() -> Bool {
        if stretches.offset == 0, position == 0, stretches.count >= 3,
            stretches.buffer[..<3] == [0xEF, 0xBB, 0xBF]
        {
            position = 3
        }
        while position < stretches.count {
            switch stretches.buffer[position] {
            case 0x20, 0x09, 0x0D: break
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: ",") where form == .array: break
            case UInt8(ascii: "]") where form == .array: form = .closed
            case UInt8(ascii: "[") where form == .unknown: form = .array
            default:
                if form == .unknown { form = .values }
                return true
            }
            position += 1
        }
        return false
    }

    /// Reads on until the value is whole; false at the end of the stretch.
    private func readValue() -> Bool {
        let start = position
        let end = form == .lines ? lineEnd() : valueEnd()
        position = end ?? stretches.count
        byteCount += position - start
        if byteCount <= limit { value.append(contentsOf: stretches.buffer[start..<position]) }
        return end != nil
    }

    private func lineEnd() -> Int? {
        stretches.buffer[position..<stretches.count].firstIndex(of: UInt8(ascii: "\n"))
    }

    /// The place behind the value, `nil` if it goes on in the next stretch.
    private func valueEnd() -> Int? {
        for index in position..<stretches.count {
            let byte = stretches.buffer[index]
            if byte == UInt8(ascii: "\n") {
                if depth == 0 { return index }
                line += 1
                (isInString, isEscaped) = (false, false)
            } else if isEscaped {
                isEscaped = false
            } else if isInString {
                if byte == UInt8(ascii: "\\") { isEscaped = true }
                if byte == UInt8(ascii: "\"") { isInString = false }
            } else {
                switch byte {
                case UInt8(ascii: "\""): isInString = true
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    // The end of the array behind a bare number or word.
                    if depth == 0, byte == UInt8(ascii: "]"), form == .array { return index }
                    depth -= 1
                    if depth <= 0 { return index + 1 }
                case UInt8(ascii: ",") where depth == 0: return index
                default: break
                }
            }
        }
        return nil
    }
}
