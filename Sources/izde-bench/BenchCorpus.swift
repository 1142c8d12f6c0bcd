import Glibc
import JSON

/// A corpus of the rig, mapped: lines `{"id": 0, "text": "…"}`, ids from 0 without gaps.
final class BenchCorpus: Sendable {
    /// Why a corpus cannot be used.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    // Mapped read-only in `init`, unmapped in `deinit`, never written: safe to share.
    nonisolated(unsafe) private let base: UnsafeRawBufferPointer

    init(path: String) throws(Failure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Failure(description: "\(path): \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size > 0 else {
            throw Failure(description: "\(path): empty, or its size cannot be read")
        }
        let count = Int(status.st_size)
        let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard let address, address != MAP_FAILED else {
            throw Failure(description: "\(path): \(String(cString: strerror(errno)))")
        }
        madvise(address, count, MADV_SEQUENTIAL)
        base = UnsafeRawBufferPointer(start: address, count: count)
    }

    deinit {
        munmap(UnsafeMutableRawPointer(mutating: base.baseAddress), base.count)
    }

    /// The file cut into `partCount` stretches of whole lines, in order.
    func parts(_ partCount: Int) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = 0
        for part in 1...partCount {
            var end = base.count / partCount * part
            if part == partCount { end = base.count }
            while end > start, end < base.count, base[end - 1] != UInt8(ascii: "\n") { end += 1 }
            parts.append(start..<max(start, end))
            start = max(start, end)
        }
        return parts
    }

    /// After how many bytes those read are given back, so that memory in use is that of the index.
    private static let releasedByteCount = 1 << 21

    private func release(_ range: Range<Int>) {
        let page = Int(getpagesize())
        let first = (range.lowerBound + page - 1) / page * page
        let end = range.upperBound / page * page
        guard let address = base.baseAddress, end > first else { return }
        // Advice: where it is not taken the pages only stay longer.
        madvise(UnsafeMutableRawPointer(mutating: address + first), end - first, MADV_DONTNEED)
    }

    /// Gives the lines of a part to `body`, one after the other, without their ends.
    func forEachLine<Failing: Error>(
        in part: Range<Int>, _ body: (Span<UInt8>) throws(Failing) -> Void
    ) throws(Failing) {
        guard let address = base.baseAddress else { return }
        var start = part.lowerBound
        var released = start
        while start < part.upperBound {
            if start - released >= Self.releasedByteCount {
                release(released..<start)
                released = start
            }
            let newline = memchr(address + start, 0x0A, part.upperBound - start)
            let end = newline.map { UnsafeRawPointer($0) - address } ?? part.upperBound
            if end > start {
                let line = UnsafeRawBufferPointer(rebasing: base[start..<end])
                try body(line.bindMemory(to: UInt8.self).span)
            }
            start = end + 1
        }
    }
}

/// One line of a corpus, taken apart without making strings.
struct BenchLine {
    /// The number of the document, as it is written.
    var id: Range<Int>
    /// The text between its quotes, escapes not undone.
    var text: Range<Int>

    /// The parts of a line in the rig's key order; `nil` for any other line.
    init?(_ line: Span<UInt8>) {
        let idStart = 7  // {"id":␠
        var position = idStart
        while position < line.count, line[position] >= 0x30, line[position] <= 0x39 {
            position += 1
        }
        // , "text": "
        let textStart = position + 11
        guard position > idStart, textStart < line.count, line[textStart - 1] == 0x22 else {
            return nil
        }
        var end = line.count - 1
        while end >= textStart, line[end] != 0x22 { end -= 1 }
        guard end >= textStart else { return nil }
        id = idStart..<position
        text = textStart..<end
    }
}
