extension FileEnvelope {
    /// The sections of a file whose frame is sound.
    struct Reader: Sendable {
        /// The file.
        let file: MappedFile
        /// The sections in the order in which they stand in the file; their ids are unique.
        let sections: [Section]
        /// The checksum of the directory: it names the content, since it covers all checksums.
        let directoryChecksum: UInt32
        /// The uuid of the index that the file belongs to.
        let indexUUID: [UInt8]
        private let directoryOffset: Int

        /// Proves the frame: magics, kind, version, uuid, lengths, the directory and its places.
        ///
        /// - Throws: `IndexError.corrupt` or `wrongFormatVersion`.
        /// - Cost: constant but for the number of sections; the content is not read.
        init(file: MappedFile, kind: FileKind, indexUUID: [UInt8]?) throws(IndexError) {
            self.file = file
            guard file.count >= headerByteCount + footerByteCount else {
                throw file.corrupt(at: file.count, "too short for a header and a footer")
            }
            self.indexUUID = try FileEnvelope.checkHeader(
                of: file, kind: kind, indexUUID: indexUUID)

            let footerOffset = file.count - footerByteCount
            var footer = ByteReader(file: file, range: footerOffset..<file.count)
            let offset = try footer.u64()
            directoryChecksum = try footer.u32()
            let length = try footer.u64()
            let footerChecksum = try footer.u32()
            guard try footer.u32() == footerMagic, try footer.u32() == kind.rawValue else {
                throw file.corrupt(at: footerOffset + 24, "has no footer: cut or overwritten")
            }
            let footerBytes = file.bytes[footerOffset..<footerOffset + 20]
            guard CRC32C.checksum(UnsafeRawBufferPointer(rebasing: footerBytes)) == footerChecksum
            else {
                throw file.corrupt(at: footerOffset + 20, "checksum of the footer")
            }
            guard length == UInt64(file.count) else {
                throw file.corrupt(at: footerOffset + 12, "length is not the one it tells")
            }
            guard let start = Int(exactly: offset), start >= headerByteCount,
                start <= footerOffset, (footerOffset - start) % entryByteCount == 0,
                start % alignment == 0 || start == headerByteCount
            else {
                throw file.corrupt(at: footerOffset, "directory lies outside the file")
            }
            directoryOffset = start
            let directory = UnsafeRawBufferPointer(rebasing: file.bytes[start..<footerOffset])
            guard CRC32C.checksum(directory) == directoryChecksum else {
                throw file.corrupt(at: start, "checksum of the directory")
            }
            sections = try Self.readDirectory(of: file, start..<footerOffset)
        }

        /// The section with an id.
        ///
        /// - Throws: `IndexError.corrupt` where there is none.
        func section(_ id: UInt32) throws(IndexError) -> Section {
            guard let section = sections.first(where: { $0.id == id }) else {
                throw file.corrupt(at: directoryOffset, "has no section \(id)")
            }
            return section
        }

        /// The section with an id, `nil` where there is none.
        func optionalSection(_ id: UInt32) -> Section? { sections.first { $0.id == id } }

        /// Reads the whole file: every checksum, and zeros between the sections.
        func verify() throws(IndexError) {
            var position = headerByteCount
            for section in sections {
                try checkZeros(position..<section.offset)
                try section.verify()
                position = section.offset + section.count
            }
            try checkZeros(position..<directoryOffset)
        }

        private func checkZeros(_ range: Range<Int>) throws(IndexError) {
            for offset in range where file.bytes[offset] != 0 {
                throw file.corrupt(at: offset, "padding is not zero")
            }
        }

        private static func readDirectory(
            of file: MappedFile, _ range: Range<Int>
        ) throws(IndexError) -> [Section] {
            var reader = ByteReader(file: file, range: range)
            var sections: [Section] = []
            var ids: Set<UInt32> = []
            var previousEnd = headerByteCount
            while !reader.isAtEnd {
                let entryOffset = reader.position
                let id = try reader.u32()
                let codec = try reader.u32()
                let offset = try reader.u64()
                let length = try reader.u64()
                let checksum = try reader.u32()
                guard try reader.u32() == 0 else {
                    throw file.corrupt(at: entryOffset + 28, "reserved bytes are not zero")
                }
                guard ids.insert(id).inserted else {
                    throw file.corrupt(at: entryOffset, "section \(id) is there twice")
                }
                // Subtraction only: `range.lowerBound - start` cannot overflow once start is known
                // to lie before it.
                guard let start = Int(exactly: offset), let count = Int(exactly: length),
                    start % alignment == 0, start >= previousEnd, start <= range.lowerBound,
                    count <= range.lowerBound - start
                else {
                    throw file.corrupt(at: entryOffset + 8, "section \(id) lies outside the file")
                }
                guard start - previousEnd < alignment else {
                    throw file.corrupt(at: previousEnd, "a gap before section \(id)")
                }
                previousEnd = start + count
                sections.append(
                    Section(
                        file: file, id: id, codec: codec, offset: start, count: count,
                        checksum: checksum))
            }
            guard range.lowerBound - previousEnd < alignment else {
                throw file.corrupt(at: previousEnd, "a gap before the directory")
            }
            return sections
        }
    }
}
