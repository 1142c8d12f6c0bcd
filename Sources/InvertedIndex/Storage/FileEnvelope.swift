/// What all files have around their content: header, sections, directory of sections, footer.
///
/// ```
/// header     "IZDE" kind | major u16 | minor u16 | index uuid 16 bytes | crc32c of the above u32
/// sections   each from a multiple of 64 bytes on, zeros between
/// directory  per section: id u32 | codec u32 | offset u64 | length u64 | crc32c u32 | zero u32
/// footer     directory offset u64 | its crc32c u32 | file length u64 | crc32c of these 20 u32
///            | "EDZI" kind
/// ```
///
/// The reader proves the frame in constant time (one step a section); the content of a section is
/// proved by `Section.verify`, at the price of reading it.
enum FileEnvelope {
    /// The format that is written; a reader refuses another major, and reads any minor.
    static let majorVersion: UInt16 = 1
    /// Counts additions that an older reader of the same major may pass over.
    static let minorVersion: UInt16 = 0
    /// A line of the processor's cache, so that blocks of a section can be aligned too.
    static let alignment = 64
    static let headerByteCount = 32
    static let footerByteCount = 32
    static let entryByteCount = 32
    static let headerMagic: UInt32 = 0x4544_5A49  // "IZDE"
    static let footerMagic: UInt32 = 0x495A_4445  // "EDZI"

    /// The first 32 bytes of a file.
    static func header(kind: FileKind, indexUUID: [UInt8]) -> [UInt8] {
        precondition(indexUUID.count == 16, "a uuid has 16 bytes")
        var header = ByteWriter(capacity: headerByteCount)
        header.u32(headerMagic)
        header.u32(kind.rawValue)
        header.u16(majorVersion)
        header.u16(minorVersion)
        header.append(indexUUID)
        header.u32(CRC32C.checksum(header.bytes))
        return header.bytes
    }

    /// Proves the first 32 bytes of a file and returns the uuid of its index.
    ///
    /// - Throws: `IndexError.corrupt`, also where `indexUUID` is given and differs;
    ///   `IndexError.wrongFormatVersion` for another major version.
    @discardableResult
    static func checkHeader(
        of file: MappedFile, kind: FileKind, indexUUID: [UInt8]?
    ) throws(IndexError) -> [UInt8] {
        guard file.count >= headerByteCount else {
            throw file.corrupt(at: file.count, "too short for a header")
        }
        var reader = ByteReader(file: file, range: 0..<headerByteCount)
        guard try reader.u32() == headerMagic else {
            throw file.corrupt(at: 0, "is not a file of an index")
        }
        guard try reader.u32() == kind.rawValue else {
            throw file.corrupt(at: 4, "is not of kind \(kind.letters)")
        }
        let major = try reader.u16()
        _ = try reader.u16()
        let uuid = try reader.bytes(16)
        let expected = CRC32C.checksum(UnsafeRawBufferPointer(rebasing: file.bytes[..<28]))
        guard try reader.u32() == expected else {
            throw file.corrupt(at: 28, "checksum of the header")
        }
        guard major == majorVersion else {
            throw .wrongFormatVersion(
                file: file.name, found: Int(major), supported: Int(majorVersion))
        }
        guard indexUUID == nil || indexUUID == uuid else {
            throw file.corrupt(at: 12, "belongs to another index")
        }
        return uuid
    }
}

/// A part of a file, found through its directory.
///
/// Invariants: the bytes lie inside the file and start at a multiple of 64.
struct Section: Sendable {
    /// The file that holds it.
    let file: MappedFile
    /// What it is, in files of its kind.
    let id: UInt32
    /// How it is encoded; 0 where there is only one way.
    let codec: UInt32
    /// Where it starts in the file.
    let offset: Int
    /// Its length in bytes.
    let count: Int
    /// The CRC-32C of its bytes, as the directory tells.
    let checksum: UInt32

    /// The bytes, in place; valid as long as the file is held.
    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: file.bytes[offset..<offset &+ count])
    }

    /// A cursor over the section.
    func reader() -> ByteReader { ByteReader(file: file, range: offset..<offset &+ count) }

    /// Reads all its bytes and compares their checksum.
    func verify() throws(IndexError) {
        guard CRC32C.checksum(bytes) == checksum else {
            throw file.corrupt(at: offset, "checksum of section \(id)")
        }
    }
}
