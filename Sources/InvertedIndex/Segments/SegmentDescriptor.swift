/// What a commit tells of one segment: enough to open it and to notice that it was exchanged.
public struct SegmentDescriptor: Sendable, Equatable {
    /// The name of its file, `seg-<uuid>.izs`.
    public var fileName: String
    /// The length of the file in bytes.
    public var byteCount: Int
    /// The checksum of the file's directory of sections, which covers all their checksums.
    public var directoryChecksum: UInt32
    /// Its documents, deleted ones included.
    public var documentCount: UInt32
    /// The name of the file with its deleted documents, if any are.
    public var deletionsFileName: String?
    /// How many of its documents are deleted.
    public var deletedCount: UInt32
    /// How much work was put into it; known to its writer only, no commit point tells it.
    var effort = SegmentEffort.full

    /// A description of a segment.
    public init(
        fileName: String, byteCount: Int, directoryChecksum: UInt32, documentCount: UInt32,
        deletionsFileName: String? = nil, deletedCount: UInt32 = 0
    ) {
        self.fileName = fileName
        self.byteCount = byteCount
        self.directoryChecksum = directoryChecksum
        self.documentCount = documentCount
        self.deletionsFileName = deletionsFileName
        self.deletedCount = deletedCount
    }
}
