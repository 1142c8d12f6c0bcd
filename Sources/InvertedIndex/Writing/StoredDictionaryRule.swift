/// How a merge chooses what it compresses stored bytes with.
///
/// A dictionary is made of samples of the documents that are left. It is kept by the next merge
/// where most of the bytes are compressed with it and no document of them was deleted: then their
/// blocks are copied as they are. So no dictionary has words of a document that was merged away.
struct StoredDictionaryRule {
    /// With fewer bytes a dictionary does not pay for its own.
    var leastStreamByteCount = 1 << 21
    /// The most bytes of a dictionary; twice as many bring 2 % of the size.
    var byteCount = 1 << 16
    /// The bytes of samples for each byte of the dictionary.
    var samplesPerByte = 40
    /// The most bytes of a sample.
    var sampleByteCount = 1 << 12

    /// The dictionary for what is left of the sources; empty where there is to be none.
    ///
    /// Where they are reordered, no block can be copied, so none is kept.
    ///
    /// - Throws: `IndexError.corrupt`.
    func dictionary(
        for sources: [MergeSource], isReordered: Bool
    ) throws(IndexError) -> [UInt8] {
        let total = sources.reduce(0) { $0 + $1.liveStoredByteCount }
        guard total >= leastStreamByteCount else { return [] }
        if !isReordered,
            let largest = sources.max(by: { $0.liveStoredByteCount < $1.liveStoredByteCount }),
            largest.segment.liveCount == largest.segment.documentCount,
            largest.liveStoredByteCount >= total / 2
        {
            let kept = largest.segment.content.store.dictionaryBytes
            if !kept.isEmpty { return [UInt8](kept) }
        }
        return try trained(on: sources, total)
    }

    private func trained(
        on sources: [MergeSource], _ streamByteCount: Int
    ) throws(IndexError) -> [UInt8] {
        let liveCount = sources.reduce(0) { $0 + Int($1.segment.liveCount) }
        let wantedByteCount = byteCount * samplesPerByte
        let mean = max(1, min(sampleByteCount, streamByteCount / max(1, liveCount)))
        // Rounded up, so that the last documents are asked as well.
        let wantedCount = max(1, wantedByteCount / mean)
        let step = max(1, (liveCount + wantedCount - 1) / wantedCount)
        var samples = Samples()
        var passed = 0
        for source in sources {
            for document in 0..<source.segment.documentCount
            where source.documentMap[Int(document)] != .max {
                passed += 1
                guard passed % step == 0, samples.byteCount < wantedByteCount else { continue }
                let bytes = try source.segment.content.store.document(document)
                samples.add(bytes.prefix(sampleByteCount))
            }
        }
        return samples.dictionary(byteCount: byteCount)
    }

    /// Parts of documents.
    ///
    /// The last quarter is only tried by libzstd, which learns of the others, so each fourth is put
    /// there: documents of one language may stand together.
    private struct Samples {
        private var learnt: (bytes: [UInt8], counts: [Int]) = ([], [])
        private var tried: (bytes: [UInt8], counts: [Int]) = ([], [])

        var byteCount: Int { learnt.bytes.count + tried.bytes.count }

        mutating func add(_ sample: ArraySlice<UInt8>) {
            guard !sample.isEmpty else { return }
            if learnt.counts.count > 3 * tried.counts.count {
                tried.bytes.append(contentsOf: sample)
                tried.counts.append(sample.count)
            } else {
                learnt.bytes.append(contentsOf: sample)
                learnt.counts.append(sample.count)
            }
        }

        func dictionary(byteCount: Int) -> [UInt8] {
            (learnt.bytes + tried.bytes).withUnsafeBytes {
                Zstandard.dictionary(of: $0, learnt.counts + tried.counts, byteCount: byteCount)
            }
        }
    }
}

extension MergeSource {
    /// About as many stored bytes as its live documents have.
    fileprivate var liveStoredByteCount: Int {
        let all = Double(segment.content.fields.storedByteCount)
        guard segment.documentCount > 0 else { return 0 }
        return Int(all * Double(segment.liveCount) / Double(segment.documentCount))
    }
}
