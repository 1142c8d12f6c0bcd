/// Documents and their terms over which parts are split; pointers into memory that outlives it.
struct BisectionGraph {
    /// Where the terms of each document begin; one more than documents.
    let starts: UnsafePointer<UInt32>
    /// The terms, document after document.
    let terms: UnsafePointer<UInt32>
    /// The number of documents.
    let documentCount: Int
    /// No term is as great.
    let termCount: Int

    /// Counts the documents of each term.
    func count(
        _ documents: UnsafeBufferPointer<UInt32>, into degrees: UnsafeMutablePointer<UInt32>
    ) {
        for document in documents {
            var place = Int(starts[Int(document)])
            let end = Int(starts[Int(document) &+ 1])
            while place < end {
                degrees[Int(terms[place])] &+= 1
                place &+= 1
            }
        }
    }

    /// Counts a document no longer here but there.
    @inline(__always)
    func move(
        _ document: UInt32, from: UnsafeMutablePointer<UInt32>,
        to: UnsafeMutablePointer<UInt32>
    ) {
        var place = Int(starts[Int(document)])
        let end = Int(starts[Int(document) &+ 1])
        while place < end {
            let term = Int(terms[place])
            from[term] &-= 1
            to[term] &+= 1
            place &+= 1
        }
    }

    /// The sum over the terms of a document.
    @inline(__always)
    func sum(_ document: UInt32, _ bias: UnsafePointer<Float>) -> Float {
        var place = Int(starts[Int(document)])
        let end = Int(starts[Int(document) &+ 1])
        // Two sums, so that one addition need not wait for the other.
        var even: Float = 0
        var odd: Float = 0
        while place &+ 1 < end {
            even += bias[Int(terms[place])]
            odd += bias[Int(terms[place &+ 1])]
            place &+= 2
        }
        if place < end { even += bias[Int(terms[place])] }
        return even + odd
    }
}

/// A graph of some documents alone: they are numbered anew, their terms as well, and terms that
/// only one of them has are gone, since they draw it nowhere.
final class NarrowGraph {
    /// The graph, as long as this lives.
    let graph: BisectionGraph
    private let starts: UnsafeMutablePointer<UInt32>
    private let terms: UnsafeMutablePointer<UInt32>

    /// Takes the documents out of a graph, in their order.
    init(
        _ wide: BisectionGraph, _ documents: UnsafeBufferPointer<UInt32>,
        _ scratch: BisectionScratch
    ) {
        scratch.prepare(documentCount: documents.count, termCount: wide.termCount)
        let degrees = scratch.left
        let numbers = scratch.right
        wide.count(documents, into: degrees)
        var total = 0
        var termCount: UInt32 = 0
        for term in 0..<wide.termCount {
            guard degrees[term] > 1 else {
                numbers[term] = .max
                continue
            }
            total &+= Int(degrees[term])
            numbers[term] = termCount
            termCount &+= 1
        }
        starts = .allocate(capacity: documents.count + 1)
        terms = .allocate(capacity: max(1, total))
        var place = 0
        for (number, document) in documents.enumerated() {
            starts[number] = UInt32(truncatingIfNeeded: place)
            for old in Int(wide.starts[Int(document)])..<Int(wide.starts[Int(document) &+ 1]) {
                let term = numbers[Int(wide.terms[old])]
                guard term != .max else { continue }
                terms[place] = term
                place &+= 1
            }
        }
        starts[documents.count] = UInt32(truncatingIfNeeded: place)
        graph = BisectionGraph(
            starts: starts, terms: terms, documentCount: documents.count,
            termCount: Int(termCount))
    }

    deinit {
        starts.deallocate()
        terms.deallocate()
    }
}
