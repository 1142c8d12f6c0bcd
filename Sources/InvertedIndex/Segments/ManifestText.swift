public import JSON

/// One line of JSON and a line about it, so that a text file can be proved: the form of a commit
/// point, and of the list of a backup.
///
/// The second line is `#izm crc32c=<8 hex> len=<n>`, about all bytes of the first with its end.
public enum ManifestText {
    /// The bytes of a file.
    ///
    /// - Requires: `line` is one line with its end.
    public static func sealed(_ line: [UInt8]) -> [UInt8] {
        line + lastLine(about: line[...])
    }

    /// The JSON of a file that is as it was written.
    ///
    /// - Throws: `IndexError.corrupt`.
    public static func opened(_ bytes: [UInt8], fileName: String) throws(IndexError) -> JSONValue {
        // The last line is short and holds no line break but the one that ends it.
        guard let start = bytes.dropLast().lastIndex(of: UInt8(ascii: "\n")) else {
            throw .corrupt(file: fileName, byteOffset: bytes.count, reason: "has no last line")
        }
        guard lastLine(about: bytes[...start]) == Array(bytes[(start + 1)...]) else {
            throw .corrupt(
                file: fileName, byteOffset: start + 1, reason: "checksum or length of the manifest")
        }
        do {
            return try JSONReader().read([UInt8](bytes[..<start]))
        } catch {
            throw .corrupt(file: fileName, byteOffset: error.byteOffset, reason: error.reason)
        }
    }

    private static func lastLine(about line: ArraySlice<UInt8>) -> [UInt8] {
        let checksum = line.withUnsafeBytes { CRC32C.checksum($0) }
        let digits = IndexFileName.hexadecimal(
            withUnsafeBytes(of: checksum.bigEndian) { [UInt8]($0) })
        return Array("#izm crc32c=\(digits) len=\(line.count)\n".utf8)
    }
}
