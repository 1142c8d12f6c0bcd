extension FileEnvelope {
    /// Writes a file section by section, from its start to its end.
    ///
    /// After `finish` the caller syncs, closes and renames the file.
    final class Writer {
        private let output: any OutputFile
        private let kind: FileKind
        private var buffer: [UInt8] = []
        /// Up to where the bytes in the buffer are part of the checksum of the open section.
        private var checksummed = 0
        /// The bytes before the buffer.
        private var flushedByteCount = 0
        private var open: (id: UInt32, codec: UInt32, offset: Int, checksum: UInt32)?
        private var directory = ByteWriter()
        private var ids: Set<UInt32> = []

        /// Large enough that a call of the system is cheap beside the copying.
        private static let bufferByteCount = 1 << 18

        /// Writes the header of a file that is empty.
        init(output: any OutputFile, kind: FileKind, indexUUID: [UInt8]) throws(IndexError) {
            self.output = output
            self.kind = kind
            buffer.reserveCapacity(Self.bufferByteCount + 4096)
            buffer.append(contentsOf: FileEnvelope.header(kind: kind, indexUUID: indexUUID))
        }

        /// The bytes of the file so far.
        var byteCount: Int { flushedByteCount + buffer.count }

        /// The bytes of the open section so far.
        ///
        /// - Requires: a section is open.
        var sectionByteCount: Int {
            guard let open else { preconditionFailure("no section is open") }
            return byteCount - open.offset
        }

        /// Begins a section.
        ///
        /// - Requires: none is open; the id is new in this file.
        func beginSection(id: UInt32, codec: UInt32 = 0) throws(IndexError) {
            precondition(open == nil, "a section is open")
            precondition(ids.insert(id).inserted, "section \(id) was written before")
            pad()
            checksummed = buffer.count
            open = (id, codec, byteCount, 0)
        }

        /// Writes bytes of the open section.
        func write(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
            precondition(open != nil, "no section is open")
            guard bytes.count >= Self.bufferByteCount else {
                buffer.append(contentsOf: bytes)
                if buffer.count >= Self.bufferByteCount { try flush() }
                return
            }
            // Not worth a copy.
            try flush()
            extendChecksum(with: bytes)
            try output.write(bytes)
            flushedByteCount += bytes.count
        }

        /// Writes bytes of the open section.
        func write(_ bytes: [UInt8]) throws(IndexError) {
            try bytes.span.bytes.withUnsafeBytes { bytes throws(IndexError) in try write(bytes) }
        }

        /// Ends the open section.
        func endSection() throws(IndexError) {
            updateChecksum()
            guard let section = open else { preconditionFailure("no section is open") }
            directory.u32(section.id)
            directory.u32(section.codec)
            directory.u64(UInt64(section.offset))
            directory.u64(UInt64(byteCount - section.offset))
            directory.u32(section.checksum)
            directory.u32(0)
            open = nil
        }

        /// Writes the directory and the footer.
        ///
        /// - Requires: no section is open; called once.
        func finish() throws(IndexError) -> (byteCount: Int, directoryChecksum: UInt32) {
            precondition(open == nil, "a section is open")
            pad()
            let directoryChecksum = CRC32C.checksum(directory.bytes)
            var footer = ByteWriter(capacity: footerByteCount)
            footer.u64(UInt64(byteCount))
            footer.u32(directoryChecksum)
            footer.u64(UInt64(byteCount + directory.count + footerByteCount))
            footer.u32(CRC32C.checksum(footer.bytes))
            footer.u32(footerMagic)
            footer.u32(kind.rawValue)
            buffer.append(contentsOf: directory.bytes)
            buffer.append(contentsOf: footer.bytes)
            try flush()
            return (flushedByteCount, directoryChecksum)
        }

        private func pad() {
            while byteCount % alignment != 0 { buffer.append(0) }
        }

        private func updateChecksum() {
            buffer.withUnsafeBytes {
                extendChecksum(with: UnsafeRawBufferPointer(rebasing: $0[checksummed...]))
            }
            checksummed = buffer.count
        }

        private func extendChecksum(with bytes: UnsafeRawBufferPointer) {
            guard let section = open else { return }
            open?.checksum = CRC32C.checksum(bytes, continuing: section.checksum)
        }

        private func flush() throws(IndexError) {
            updateChecksum()
            try output.write(buffer)
            flushedByteCount += buffer.count
            buffer.removeAll(keepingCapacity: true)
            checksummed = 0
        }
    }
}
