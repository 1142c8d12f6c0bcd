/// What a file holds: four letters in its header and footer.
///
/// Stored in files; never change a value.
enum FileKind: UInt32, Sendable, CaseIterable {
    /// A segment: "IZSG".
    case segment = 0x4753_5A49
    /// The deleted documents of one segment: "IZDL".
    case deletions = 0x4C44_5A49
    /// The write-ahead log: "IZWL".
    case writeAheadLog = 0x4C57_5A49

    /// The four letters.
    var letters: String {
        withUnsafeBytes(of: rawValue.littleEndian) { String(decoding: $0, as: UTF8.self) }
    }
}
