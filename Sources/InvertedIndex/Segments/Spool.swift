/// Bytes of a section that cannot be written yet, because another section is being written.
///
/// They stay in memory while they are few, and go to a temporary file beside the segment when they
/// are not. A spool that is dropped unread may leave the file behind; opening the index removes it.
final class Spool {
    /// What is kept in memory; twice of it is written at once.
    private static let memoryByteCount = 4 << 20

    private let directory: any Directory
    private let name: String
    private var buffer = GrowingBytes(capacity: 1 << 16)
    private var file: (any OutputFile)?
    /// The bytes so far.
    private(set) var byteCount = 0

    /// An empty spool.
    init(directory: any Directory) {
        self.directory = directory
        // A name that nobody else has, and that opening the index takes for a leftover.
        name = "\(IndexFileName.newSegment()).izs.tmp"
    }

    /// Appends bytes.
    func write(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
        buffer.append(bytes)
        byteCount += bytes.count
        if buffer.count >= Self.memoryByteCount { try flush() }
    }

    /// Writes all to the open section and removes the temporary file; this or `copyMapped`, once.
    func copy(to writer: FileEnvelope.Writer) throws(IndexError) {
        _ = try move(to: writer)
    }

    /// The same.
    ///
    /// - Returns: what was written, which a mapping keeps though the file is gone.
    func copyMapped(to writer: FileEnvelope.Writer) throws(IndexError) -> MappedFile {
        try move(to: writer) ?? MappedFile(name: name, copying: [UInt8](buffer.bytes))
    }

    /// Writes all and returns the mapping of the temporary file, if there was one.
    private func move(to writer: FileEnvelope.Writer) throws(IndexError) -> MappedFile? {
        guard let file else {
            try writer.write(buffer.bytes)
            return nil
        }
        try flush()
        try file.close()
        self.file = nil
        let mapped = try directory.map(name)
        guard mapped.count == byteCount else {
            throw mapped.corrupt(at: mapped.count, "is not as long as what was written")
        }
        try writer.write(mapped.bytes)
        try directory.remove(name)
        return mapped
    }

    /// Removes the temporary file, after an error that is the one to tell.
    func discard() {
        guard file != nil else { return }
        file = nil
        directory.removeLeftover(name)
    }

    private func flush() throws(IndexError) {
        if file == nil { file = try directory.createFile(named: name) }
        try file?.write(buffer.bytes)
        buffer.truncate()
    }
}
