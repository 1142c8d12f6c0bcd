/// Postings of one term on their way through a segment: blocks, and a place inside of one.
///
/// All methods move forward only.
struct PostingsScan {
    /// The blocks.
    var cursor: PostingsCursor
    /// The place in the current block of the document that `seek` returned.
    var index = 0
    var isAtEnd = false

    /// Before the first posting.
    init(_ cursor: PostingsCursor) { self.cursor = cursor }

    /// The first document not before `target`; `noDocument` at the end.
    @inline(__always)
    mutating func seek(_ target: UInt32) throws(IndexError) -> UInt32 {
        if isAtEnd { return noDocument }
        if cursor.blockIndex < 0 || cursor.blockLastDocument < target {
            guard try cursor.skipToBlock(containing: target) else {
                isAtEnd = true
                return noDocument
            }
            index = 0
        }
        try cursor.decodeDocuments()
        index = PostingsScan.lowerBound(cursor.documents, from: index, to: cursor.count, target)
        return cursor.documents[index]
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

    /// Adds all documents of a window to a set.
    mutating func fill(_ window: DocumentWindow, _ bits: WindowBits) throws(IndexError) {
        if isAtEnd { return }
        if cursor.blockIndex < 0 || cursor.blockLastDocument < window.base {
            guard try cursor.skipToBlock(containing: window.base) else {
                isAtEnd = true
                return
            }
            index = 0
        }
        // A block that begins beyond the window stays packed.
        while cursor.blockFirstBound < window.end {
            let isWhole = cursor.blockLastDocument < window.end
            if !cursor.fillByWords(window, bits) {
                try cursor.decodeDocuments()
                let documents = cursor.documents
                var place = index
                if documents[place] < window.base {
                    place = PostingsScan.lowerBound(
                        documents, from: place, to: cursor.count, window.base)
                }
                if isWhole {
                    for place in place..<cursor.count {
                        bits.insert(documents[place] &- window.base)
                    }
                } else {
                    while documents[place] < window.end {
                        bits.insert(documents[place] &- window.base)
                        place &+= 1
                    }
                    index = place
                }
            }
            if !isWhole { return }
            guard try cursor.nextBlock() else {
                isAtEnd = true
                return
            }
            index = 0
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
        lengths: UnsafePointer<UInt8>?, to totals: UnsafeMutablePointer<Float>
    ) throws(IndexError) {
        if isAtEnd { return }
        var target = window.base
        while true {
            if cursor.blockIndex < 0 || cursor.blockLastDocument < target {
                guard try cursor.skipToBlock(containing: target) else {
                    isAtEnd = true
                    return
                }
                index = 0
            }
            if cursor.blockFirstBound >= window.end { return }
            let first = max(target, cursor.blockFirstBound) &- window.base
            let last = min(cursor.blockLastDocument, window.end &- 1) &- window.base
            if set.containsAny(from: first, through: last) {
                try cursor.decodeDocuments()
                let documents = cursor.documents
                let count = cursor.count
                var place = PostingsScan.lowerBound(documents, from: index, to: count, target)
                var isDecoded = false
                while place < count, documents[place] < window.end {
                    let document = documents[place]
                    let offset = document &- window.base
                    if set.contains(offset) {
                        if !isDecoded {
                            try cursor.decodeFrequencies()
                            isDecoded = true
                        }
                        let code = lengths.map { Int($0[Int(document)]) } ?? 0
                        totals[Int(offset)] += Float(cursor.frequencies[place]) * inverse[code]
                    }
                    place &+= 1
                }
                // `index` stays inside the block: `lowerBound` reads at it.
                index = min(place, count &- 1)
            }
            if cursor.blockLastDocument >= window.end &- 1 { return }
            target = cursor.blockLastDocument &+ 1
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
