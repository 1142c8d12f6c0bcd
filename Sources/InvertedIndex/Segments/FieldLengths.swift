/// The length of one text field in each document, as a code of one byte.
struct FieldLengths: Sendable {
    /// The length that each code stands for; `decode[0]` is 0: the field is absent.
    static let decode: [Float] = FieldLengthCode.decoded

    // Nonisolated(unsafe): the bytes are of `file`, which holds them and never changes.
    /// The codes, one for each document.
    nonisolated(unsafe) let codes: UnsafePointer<UInt8>
    /// The number of documents.
    let count: Int
    private let file: MappedFile

    /// The lengths in bytes of a file.
    init(codes: UnsafePointer<UInt8>, count: Int, file: MappedFile) {
        self.codes = codes
        self.count = count
        self.file = file
    }

    /// The code of a document, 0 where it has not the field.
    ///
    /// - Requires: the document is in the segment; checked in debug builds only, since postings
    ///   are checked block by block.
    @inline(__always)
    subscript(document: UInt32) -> UInt8 {
        assert(Int(document) < count, "the document is in the segment")
        return codes[Int(document)]
    }
}

/// What averages need to know of a text field.
struct FieldStatistics: Sendable, Equatable {
    /// The documents that have the field, deleted ones included.
    var documentCount: UInt64 = 0
    /// The sum of their lengths, exact.
    var totalLength: UInt64 = 0
}
