/// How many documents have one at least of some terms, by sets of bits.
enum DisjunctionCount {
    /// Counts the live documents that have any of the terms.
    static func run(
        _ terms: PlainTerms, _ target: PlainTarget, documentCount: UInt32,
        _ collector: inout SearchCollector
    ) throws(IndexError) {
        let all = WindowBits.allocateWindow()
        defer { all.deallocate() }
        var start: UInt32 = 0
        var windows = 0
        while start < documentCount {
            let next = try terms.nextBound(from: start)
            if next >= documentCount { break }
            let window = DocumentWindow(
                from: next, size: DocumentWindow.size, documentCount: documentCount)
            if windows & 15 == 0 { try collector.checkDeadline() }
            windows &+= 1
            for term in 0..<terms.count { try terms.first[term].scan.fill(window, all) }
            target.deletions?.subtract(from: all, window)
            collector.totalHits &+= all.windowCount()
            all.clearWindow()
            start = window.end
        }
        withExtendedLifetime(terms) {}
    }
}
