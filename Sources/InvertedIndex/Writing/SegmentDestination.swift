/// Where one new segment goes: the part of writing that needs no writer and may run on any thread.
///
/// `IndexWriter.makeDestination()` gives it out; a worker fills a builder and writes it here; the
/// owner of the writer then takes it in by `IndexWriter.add(written:)`. A segment that is never
/// taken in is no part of the index, and its file is removed when the index is opened anew.
public struct SegmentDestination: Sendable {
    let directory: any Directory
    let name: String
    let indexUUID: [UInt8]

    /// Writes what a builder holds to its segment file and syncs that.
    ///
    /// - Parameters:
    ///   - builder: the documents.
    ///   - effort: how much work is put into it.
    /// - Returns: what the writer takes in.
    /// - Requires: called once; the builder holds a document at least.
    /// - Throws: `IndexError.io`; what was written is removed then, as far as the disk lets.
    public func write(
        _ builder: SegmentBuilder, effort: SegmentEffort = .full
    ) throws(IndexError) -> SegmentDescriptor {
        try builder.write(to: directory, name: name, indexUUID: indexUUID, effort: effort)
    }
}
