import Dispatch
import Synchronization

/// Merges the terms of one field, ranges of them on several threads.
///
/// A thread merges one range after the other into memory of its own, and writes it when those
/// before it are written. So the file does not tell how many threads there were. What a range holds
/// in memory is bounded: with too much of it a thread waits for its turn.
///
/// `@unchecked Sendable`: sources are only read; the segment, its dictionary and the maps are
/// touched by the thread whose turn it is.
final class FieldMerge: @unchecked Sendable {
    let sources: [MergeSource]
    let writer: SegmentWriter
    /// The number of the field.
    let number: Int
    let field: FieldTable.Field
    let lengths: FieldStatistics
    /// Whether somebody needs to know what became of the old terms.
    let isMapped: Bool
    /// For each thread what puts postings in another order, where there is one.
    let gatherings: [PostingsGathering]
    let turns = TaskTurns()
    /// After how many ranges the pages of the sources are given back.
    private static let rangesPerRelease = 4

    private let threadCount: Int
    /// The first terms of all ranges but the first.
    private let bounds: [[UInt8]]
    /// For each source the new ordinals, where they are asked for.
    private(set) var maps: [[UInt32]] = []
    /// For each source how many terms were met.
    private var counts: [UInt64]
    private let failure = Mutex<IndexError?>(nil)

    /// A merge of one field.
    ///
    /// - Throws: `IndexError.corrupt` where a dictionary is damaged.
    init(
        _ merge: SegmentMerge, number: Int, isMapped: Bool, gatherings: [PostingsGathering]
    ) throws(IndexError) {
        sources = merge.sources
        writer = merge.writer
        threadCount = merge.threads.count
        self.number = number
        field = writer.fields.fields[number]
        lengths = writer.fields.lengthStatistics(field)
        self.isMapped = isMapped
        self.gatherings = gatherings
        counts = [UInt64](repeating: 0, count: sources.count)
        bounds = try TermRanges.bounds(of: number, in: sources, for: merge.threads)
        guard isMapped else { return }
        for source in sources {
            let record = source.segment.content.fields.fields[number]
            maps.append([UInt32](repeating: .max, count: Int(record.termCount)))
        }
    }

    /// Merges all ranges.
    ///
    /// - Parameter shouldStop: asked now and then, on the caller's thread.
    /// - Returns: false where it was told to stop.
    /// - Throws: `IndexError.corrupt` where a segment is damaged; `io`, `limit`.
    func run(_ shouldStop: () -> Bool) throws(IndexError) -> Bool {
        let count = bounds.count + 1
        let tasks = SharedTasks(count)
        for thread in 1..<max(1, min(threadCount, count)) {
            DispatchQueue.global().async {
                tasks.help { self.merge(range: $0, on: thread) { false } }
            }
        }
        tasks.finish { merge(range: $0, on: 0, shouldStop) }
        if let failure = failure.withLock({ $0 }) { throw failure }
        guard turns.hasCome(for: count) else { return false }
        for (source, count) in zip(sources, counts) {
            let content = source.segment.content
            // Blocks out of order, which nobody meets who looks for the begin of his range.
            guard count == content.fields.fields[number].termCount else {
                throw content.dictionary.corrupt(0, "terms do not ascend")
            }
        }
        return true
    }

    private func merge(range: Int, on thread: Int, _ shouldStop: () -> Bool) {
        let merge = TermRangeMerge(self, range: range, thread: thread)
        do throws(IndexError) {
            try merge.run(
                from: range == 0 ? [] : bounds[range - 1],
                upTo: range < bounds.count ? bounds[range] : nil, shouldStop)
            if range % Self.rangesPerRelease == Self.rangesPerRelease - 1 {
                // What is behind is not read again.
                for source in sources { source.segment.content.file.releasePages() }
            }
        } catch {
            // In its turn, so that the error is that of the first range with one.
            guard turns.wait(for: range) else { return }
            failure.withLock { $0 = error }
            turns.giveUp()
        }
    }

    /// Counts the terms of each source that a range met.
    ///
    /// - Requires: the caller has the turn.
    func count(_ met: [UInt64]) {
        for (place, number) in met.enumerated() { counts[place] += number }
    }

    /// Notes the new ordinal of a term.
    ///
    /// - Requires: the caller has the turn.
    func note(_ old: UInt64, of source: Int, ordinal: UInt64) {
        let record = sources[source].segment.content.fields.fields[number]
        maps[source][Int(old - record.firstOrdinal)] = UInt32(ordinal)
    }
}

/// How many threads merge, and what is worth sharing.
struct MergeThreads {
    /// How many threads, the caller's among them.
    var count = 1
    /// The least and the most bytes of a range of terms that one of several threads merges.
    var rangeByteCount = 1 << 17...1 << 21
}

/// Where the terms of a field are cut into ranges.
enum TermRanges {
    /// How many blocks of a dictionary are passed over at once.
    private static let stride = 8
    /// What a term costs beside its postings.
    private static let bytesPerTerm = 16

    /// The first terms of all ranges but the first, ascending; none for one thread.
    static func bounds(
        of number: Int, in sources: [MergeSource], for threads: MergeThreads
    ) throws(IndexError) -> [[UInt8]] {
        guard threads.count > 1 else { return [] }
        var samples: [(term: [UInt8], byteCount: Int)] = []
        for source in sources {
            try addSamples(of: number, source.segment.content, to: &samples)
        }
        samples.sort { $0.term.lexicographicallyPrecedes($1.term) }
        let total = samples.reduce(0) { $0 + $1.byteCount }
        // More ranges than threads, so that all have work to the end.
        let target = min(
            max(total / (threads.count * 8), threads.rangeByteCount.lowerBound),
            threads.rangeByteCount.upperBound)
        var bounds: [[UInt8]] = []
        var byteCount = 0
        for sample in samples {
            byteCount += sample.byteCount
            guard byteCount >= target, bounds.last.map({ $0 != sample.term }) ?? true else {
                continue
            }
            bounds.append(sample.term)
            byteCount = 0
        }
        return bounds
    }

    /// Appends terms of a source, each with the bytes between it and the one before.
    private static func addSamples(
        of number: Int, _ content: SegmentContent,
        to samples: inout [(term: [UInt8], byteCount: Int)]
    ) throws(IndexError) {
        let field = content.fields.fields[number]
        var end: UInt64?
        var place = 0
        while place < Int(field.blockCount) {
            let block = try content.dictionary.open(Int(field.firstBlock) + place, of: field)
            let start = block.postingsOffset &+ block.positionsOffset
            if let end {
                var term: [UInt8] = []
                try content.dictionary.read(
                    UInt64(place * TermDictionary.termsPerBlock), of: field, into: &term)
                let bytes = start > end ? Int(start - end) : 0
                samples.append(
                    (term, bytes + stride * TermDictionary.termsPerBlock * bytesPerTerm))
            }
            end = start
            place += stride
        }
    }
}
