/// Postings of one term on their way through a segment: blocks, and a place inside of one.
///
/// All methods move forward only.
struct PostingsScan {
    /// The blocks.
    var cursor: PostingsCursor
    /// The place in the current block of the document that `seek` returned, or of the first one
    /// that may be in the next window.
    var index = 0
    var isAtEnd = false

    /// Before the first posting.
    init(_ cursor: PostingsCursor) { self.cursor = cursor }

    /// Goes back before the first posting.
    mutating func rewind() {
        cursor.rewind()
        index = 0
        isAtEnd = false
    }

    /// The first document not before `target`; `noDocument` at the end.
    @inline(__always)
    mutating func seek(_ target: UInt32) throws(IndexError) -> UInt32 {
        if isAtEnd { return noDocument }
        guard try enterBlock(of: target) else { return noDocument }
        try cursor.decodeDocuments()
        index = PostingsScan.lowerBound(cursor.documents, from: index, to: cursor.count, target)
        return cursor.documents[index]
    }

    /// A lower bound of the first document not before `start`, without decoding; `noDocument` at
    /// the end.
    @inline(__always)
    mutating func nextBound(from start: UInt32) throws(IndexError) -> UInt32 {
        if isAtEnd { return noDocument }
        guard try enterBlock(of: start) else { return noDocument }
        return max(start, cursor.blockFirstBound)
    }

    /// Goes to the first block that does not end before a document; false at the end.
    @inline(__always)
    mutating func enterBlock(of document: UInt32) throws(IndexError) -> Bool {
        if cursor.blockIndex < 0 || cursor.blockLastDocument < document {
            guard try cursor.skipToBlock(containing: document) else {
                isAtEnd = true
                return false
            }
            index = 0
        }
        return true
    }

    /// The least place from `start` on whose document is not before `target`.
    ///
    /// - Requires: the last document of the block is not before `target`.
    @inline(__always)
    static func lowerBound(
        _ documents: UnsafePointer<UInt32>, from start: Int, to count: Int, _ target: UInt32
    ) -> Int {
        // Near places first: most steps are short; then halve what is left.
        var low = start
        var near = 0
        while near < 4 {
            if documents[low] >= target { return low }
            low &+= 1
            near &+= 1
        }
        var length = count &- low
        while length > 0 {
            let half = length &>> 1
            let isBelow = documents[low &+ half] < target
            low = isBelow ? low &+ half &+ 1 : low
            length = isBelow ? length &- half &- 1 : half
        }
        return low
    }

    /// Goes to the first block that does not end before a window; false where the postings have
    /// ended or that block begins beyond the window, and so stays packed.
    @inline(__always)
    mutating func enter(_ window: DocumentWindow) throws(IndexError) -> Bool {
        if isAtEnd { return false }
        return try enterBlock(of: window.base) && cursor.blockFirstBound < window.end
    }

    /// Goes to the next block of a window; false where the present one was the last.
    @inline(__always)
    mutating func nextBlock(of window: DocumentWindow) throws(IndexError) -> Bool {
        if cursor.blockLastDocument >= window.end { return false }
        guard try cursor.nextBlock() else {
            isAtEnd = true
            return false
        }
        index = 0
        return cursor.blockFirstBound < window.end
    }

    /// Decodes the documents of the present block; returns the places of those in a window, and
    /// passes over them where later ones follow in the block.
    ///
    /// - Requires: `enter` or `nextBlock` of the window was true.
    @inline(__always)
    mutating func decode(in window: DocumentWindow) throws(IndexError) -> Range<Int> {
        try cursor.decodeDocuments()
        let documents = cursor.documents
        let count = cursor.count
        var start = index
        if documents[start] < window.base {
            start = PostingsScan.lowerBound(documents, from: start, to: count, window.base)
        }
        if cursor.blockLastDocument < window.end {
            index = start
            return start..<count
        }
        // Where the next window begins.
        index = PostingsScan.lowerBound(documents, from: start, to: count, window.end)
        return start..<index
    }

    /// Adds all documents of a window to a set.
    mutating func fill(_ window: DocumentWindow, _ bits: WindowBits) throws(IndexError) {
        guard try enter(window) else { return }
        repeat { try fillBlock(window, bits) } while try nextBlock(of: window)
    }

    /// Adds the documents of the present block that are in a window to a set, and passes over none.
    ///
    /// - Requires: as `decode`.
    @inline(__always)
    mutating func fillBlock(_ window: DocumentWindow, _ bits: WindowBits) throws(IndexError) {
        if try cursor.fillByWords(window, bits) { return }
        let start = index
        let places = try decode(in: window)
        index = start
        let documents = cursor.documents
        // Not `for`, which would check the place against both ends each time.
        var place = places.lowerBound
        while place < places.upperBound {
            bits.insert(documents[place] &- window.base)
            place &+= 1
        }
    }

    /// Adds those documents of `candidates` that the term has to `bits`, by asking for each.
    mutating func fill(
        _ window: DocumentWindow, askingFor candidates: WindowBits, _ bits: WindowBits
    ) throws(IndexError) {
        for word in 0..<DocumentWindow.wordCount {
            var rest = candidates[word]
            while rest != 0 {
                let offset = UInt32(word &* 64 &+ rest.trailingZeroBitCount)
                rest &= rest &- 1
                let target = window.base &+ offset
                let document = try seek(target)
                if document == target {
                    bits.insert(offset)
                } else if document >= window.end {
                    return
                }
            }
        }
    }

    /// Adds `frequency · inverse[length]` to the totals of those documents of a set that the term
    /// has.
    mutating func addTotals(
        _ window: DocumentWindow, of set: WindowBits, inverse: UnsafePointer<Float>,
        lengths: UnsafePointer<UInt8>?, to totals: UnsafeMutablePointer<Float>,
        keepingIn kept: WindowFrequencies? = nil
    ) throws(IndexError) {
        guard try enter(window) else { return }
        repeat {
            let first = max(window.base, cursor.blockFirstBound) &- window.base
            let last = min(cursor.blockLastDocument, window.end &- 1) &- window.base
            guard set.containsAny(from: first, through: last) else { continue }
            let documents = cursor.documents
            let found = cursor.buffers.places
            var count = 0
            let places = try decode(in: window)
            // Not `for`, which would check the place against both ends each time.
            var place = places.lowerBound
            while place < places.upperBound {
                found[count] = UInt8(truncatingIfNeeded: place)
                // Without a branch, which would be foreseen badly.
                count &+= set.bit(documents[place] &- window.base)
                place &+= 1
            }
            if count == 0 { continue }
            try cursor.openFrequencies(forPlaces: count)
            for hit in 0..<count {
                let place = Int(found[hit])
                let document = documents[place]
                let offset = document &- window.base
                let code = lengths.map { Int($0[Int(document)]) } ?? 0
                let frequency = cursor.frequency(at: place)
                totals[Int(offset)] += Float(frequency) * inverse[code]
                kept?.set(offset, frequency)
            }
        } while try nextBlock(of: window)
    }

    /// Makes ready for documents from one on, also where the scan has passed them.
    mutating func reopen(from document: UInt32) {
        if cursor.blockIndex < 0 { return }
        if isAtEnd || document < cursor.blockFirstBound {
            rewind()
        } else {
            index = 0
        }
    }
}

/// The greatest that `frequency · inverse[length]` can be, window by window, from the skip data.
struct PostingsBound {
    private var cursor: PostingsCursor
    private let impactScale: Float
    private var isAtEnd = false

    /// Bounds of a term; `cursor` is before its first block, `impactScale` as in
    /// `PostingsCursor.blockTotal`.
    ///
    /// It may be a copy that shares the buffers of another: blocks are passed, not decoded, and
    /// the only block of a short list is decoded to the same numbers by both.
    init(_ cursor: PostingsCursor, impactScale: Float) {
        self.cursor = cursor
        self.impactScale = impactScale
    }

    /// Goes back before the first block.
    mutating func rewind() {
        cursor.rewind()
        isAtEnd = false
    }

    /// The bound over `first..<end`; ranges ascend from call to call.
    @inline(__always)
    mutating func maximum(
        from first: UInt32, to end: UInt32, inverse: UnsafePointer<Float>
    ) throws(IndexError) -> Float {
        if isAtEnd { return 0 }
        if cursor.blockIndex < 0 || cursor.blockLastDocument < first {
            guard try cursor.skipToBlock(containing: first) else {
                isAtEnd = true
                return 0
            }
        }
        var maximum: Float = 0
        while cursor.blockFirstBound < end {
            maximum = max(maximum, cursor.blockTotal(inverse, impactScale: impactScale))
            if cursor.blockLastDocument >= end &- 1 { break }
            guard try cursor.nextBlock() else {
                isAtEnd = true
                break
            }
        }
        return maximum
    }
}
