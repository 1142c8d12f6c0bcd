/// Finds numbers of one ascending list in another.
enum BlockIntersection {
    /// Looks for ascending candidates in ascending documents.
    ///
    /// - Requires: the last document is not before the last candidate; `candidates[..<count]` and `documents[..<documentCount]` strictly ascend; there
    ///   is room for one place more than `count` in `candidatePlaces` and `documentPlaces`.
    /// - Returns: how many were found; their places in both lists are written side by side.
    @inline(__always)
    static func find(
        _ candidates: UnsafePointer<UInt32>, _ count: Int, in documents: UnsafePointer<UInt32>,
        _ documentCount: Int, candidatePlaces: UnsafeMutablePointer<UInt8>,
        documentPlaces: UnsafeMutablePointer<UInt8>
    ) -> Int {
        // A search costs about as much as eight steps of a merge.
        count &* 8 < documentCount
            ? search(
                candidates, count, in: documents, documentCount, candidatePlaces, documentPlaces)
            : merge(
                candidates, count, in: documents, documentCount, candidatePlaces, documentPlaces)
    }

    /// One search for each candidate: none waits for the one before.
    @inline(__always)
    private static func search(
        _ candidates: UnsafePointer<UInt32>, _ count: Int, in documents: UnsafePointer<UInt32>,
        _ documentCount: Int, _ candidatePlaces: UnsafeMutablePointer<UInt8>,
        _ documentPlaces: UnsafeMutablePointer<UInt8>
    ) -> Int {
        var found = 0
        for place in 0..<count {
            let wanted = candidates[place]
            let rank =
                documentCount == 128
                ? rankInFullBlock(documents, wanted)
                : PostingsScan.lowerBound(documents, from: 0, to: documentCount, wanted)
            candidatePlaces[found] = UInt8(truncatingIfNeeded: place)
            documentPlaces[found] = UInt8(truncatingIfNeeded: rank)
            found &+= documents[rank] == wanted ? 1 : 0
        }
        return found
    }

    /// The number of documents before `wanted`, without a branch.
    ///
    /// - Requires: there are 128, and the last is not before `wanted`.
    @inline(__always)
    static func rankInFullBlock(_ documents: UnsafePointer<UInt32>, _ wanted: UInt32) -> Int {
        var rank = documents[63] < wanted ? 64 : 0
        rank = documents[rank &+ 31] < wanted ? rank &+ 32 : rank
        rank = documents[rank &+ 15] < wanted ? rank &+ 16 : rank
        rank = documents[rank &+ 7] < wanted ? rank &+ 8 : rank
        rank = documents[rank &+ 3] < wanted ? rank &+ 4 : rank
        rank = documents[rank &+ 1] < wanted ? rank &+ 2 : rank
        return documents[rank] < wanted ? rank &+ 1 : rank
    }

    /// Both lists side by side, each step without a branch on what it finds.
    @inline(__always)
    private static func merge(
        _ candidates: UnsafePointer<UInt32>, _ count: Int, in documents: UnsafePointer<UInt32>,
        _ documentCount: Int, _ candidatePlaces: UnsafeMutablePointer<UInt8>,
        _ documentPlaces: UnsafeMutablePointer<UInt8>
    ) -> Int {
        var found = 0
        var left = 0
        // Several groups of candidates may fall into one block.
        var right =
            documentCount == 128 ? rankInFullBlock(documents, candidates[0]) : 0
        while left < count, right < documentCount {
            let candidate = candidates[left]
            let document = documents[right]
            candidatePlaces[found] = UInt8(truncatingIfNeeded: left)
            documentPlaces[found] = UInt8(truncatingIfNeeded: right)
            found &+= candidate == document ? 1 : 0
            left &+= candidate <= document ? 1 : 0
            right &+= document <= candidate ? 1 : 0
        }
        return found
    }
}
