import CKernels

/// The checksum of every file: CRC-32C (Castagnoli).
///
/// It finds accidents, not attackers: readers check bounds even where all checksums are right.
enum CRC32C {
    /// The checksum of bytes that follow those which gave `continuing`.
    static func checksum(_ bytes: UnsafeRawBufferPointer, continuing: UInt32 = 0) -> UInt32 {
        ck_crc32c(continuing, bytes.baseAddress, bytes.count)
    }

    /// The checksum of the bytes of an array.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBytes { checksum($0) }
    }

    /// The same by tables alone; tests hold it against `checksum`.
    static func tableChecksum(_ bytes: UnsafeRawBufferPointer, continuing: UInt32 = 0) -> UInt32 {
        ck_crc32c_table(continuing, bytes.baseAddress, bytes.count)
    }
}
