import CKernels

/// Files of the index with all their checksums made right again, so that what is behind them is
/// tried and not the checksums.
///
/// By the description of the format alone, `index/README.md`; what is no such file stays as it is
/// but for the checksums that have a place.
public struct SealedFile {
    /// The bytes.
    public private(set) var bytes: [UInt8]

    /// A file in an envelope: a segment or deletions.
    public init(envelope bytes: [UInt8]) {
        self.bytes = bytes
        guard bytes.count >= 64 else { return }
        store(checksum(0..<28), at: 28)
        let footer = bytes.count - 32
        let directory = u64(at: footer)
        if directory >= 32, directory <= footer, (footer - directory) % 32 == 0 {
            for entry in stride(from: directory, to: footer, by: 32) {
                guard let section = section(entry, before: directory) else { continue }
                if bytes[entry] == Self.storedBlocksSection {
                    sealBlocks(section, directory, footer)
                }
                store(checksum(section), at: entry + 24)
            }
            store(checksum(directory..<footer), at: footer + 8)
        }
        store(checksum(footer..<footer + 20), at: footer + 20)
    }

    /// A file of the write-ahead log: its header, and each record as long as lengths lead to one.
    public init(log bytes: [UInt8]) {
        self.bytes = bytes
        guard bytes.count >= 32 else { return }
        store(checksum(0..<28), at: 28)
        var place = 32
        while place + 17 <= bytes.count {
            let length = u32(at: place)
            guard length >= 9, length <= bytes.count - place - 8 else { return }
            store(checksum(place + 8..<place + 8 + length), at: place + 4)
            place += 8 + length
        }
    }

    /// The checksum of the directory of sections, by which a commit knows a segment.
    public var directoryChecksum: UInt32 {
        bytes.count >= 64 ? UInt32(truncatingIfNeeded: u32(at: bytes.count - 24)) : 0
    }

    /// The checksum of all files of the index.
    public static func checksum(_ bytes: some Collection<UInt8>) -> UInt32 {
        Array(bytes).withUnsafeBytes { ck_crc32c(0, $0.baseAddress, $0.count) }
    }

    private static let storedSection: UInt8 = 11
    private static let storedBlocksSection: UInt8 = 12

    /// Where a section lies, if it does before the directory.
    private func section(_ entry: Int, before directory: Int) -> Range<Int>? {
        let start = u64(at: entry + 8)
        let count = u64(at: entry + 16)
        guard start >= 32, start <= directory, count >= 0, count <= directory - start else {
            return nil
        }
        return start..<start + count
    }

    /// Each block of stored bytes has a checksum of its own, in the table of blocks.
    private mutating func sealBlocks(_ table: Range<Int>, _ directory: Int, _ footer: Int) {
        let entry = stride(from: directory, to: footer, by: 32)
            .first { bytes[$0] == Self.storedSection }
        guard let stored = entry.flatMap({ section($0, before: directory) }) else { return }
        for block in stride(from: table.lowerBound, to: table.upperBound - 23, by: 24) {
            let place = u64(at: block + 8)
            let length = u32(at: block + 16)
            guard place >= 0, place <= stored.count, length <= stored.count - place else {
                continue
            }
            let start = stored.lowerBound + place
            store(checksum(start..<start + length), at: block + 20)
        }
    }

    private func u32(at place: Int) -> Int {
        (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }

    /// Negative where it does not fit.
    private func u64(at place: Int) -> Int { u32(at: place) | u32(at: place + 4) << 32 }

    private func checksum(_ range: Range<Int>) -> UInt32 {
        bytes.withUnsafeBytes { all in
            let part = UnsafeRawBufferPointer(rebasing: all[range])
            return ck_crc32c(0, part.baseAddress, part.count)
        }
    }

    private mutating func store(_ value: UInt32, at place: Int) {
        for index in 0..<4 {
            bytes[place + index] = UInt8(truncatingIfNeeded: value >> UInt32(8 * index))
        }
    }
}
