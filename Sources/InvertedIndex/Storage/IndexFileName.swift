/// The names that the index gives to its files; no other file is ever removed.
///
/// Numbers have 16 hexadecimal digits, so that names of one kind sort by number.
enum IndexFileName: Sendable, Equatable {
    /// `MANIFEST-<gen16>.izm`: a commit point.
    case manifest(generation: UInt64)
    /// `seg-<uuid>.izs`: a segment.
    case segment(uuid: String)
    /// `del-<uuid>-<gen16>.izd`: the deleted documents of a segment.
    case deletions(uuid: String, generation: UInt64)
    /// `wal-<seq16>.izl`: a file of the write-ahead log, named by its first record.
    case writeAheadLog(firstSequence: UInt64)
    /// `LOCK`.
    case lock
    /// Any of the above with `.tmp` after it: what a crash left, or what is being written.
    case temporary

    /// What a name means; `nil` for a foreign file.
    init?(_ name: String) {
        if name == "LOCK" {
            self = .lock
        } else if name.hasSuffix(".tmp") {
            guard IndexFileName(String(name.dropLast(4))) != nil else { return nil }
            self = .temporary
        } else if let digits = Self.middle(of: name, "MANIFEST-", ".izm") {
            guard let generation = Self.number(digits) else { return nil }
            self = .manifest(generation: generation)
        } else if let uuid = Self.middle(of: name, "seg-", ".izs") {
            guard Self.isUUID(uuid) else { return nil }
            self = .segment(uuid: String(uuid))
        } else if let middle = Self.middle(of: name, "del-", ".izd") {
            let parts = middle.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2, Self.isUUID(parts[0]), let generation = Self.number(parts[1])
            else { return nil }
            self = .deletions(uuid: String(parts[0]), generation: generation)
        } else if let digits = Self.middle(of: name, "wal-", ".izl") {
            guard let sequence = Self.number(digits) else { return nil }
            self = .writeAheadLog(firstSequence: sequence)
        } else {
            return nil
        }
    }

    /// The name of the commit point of a generation.
    static func manifest(_ generation: UInt64) -> String {
        "MANIFEST-\(sixteenDigits(generation)).izm"
    }

    /// The name of the file of the log that begins with a record.
    static func writeAheadLog(_ firstSequence: UInt64) -> String {
        "wal-\(sixteenDigits(firstSequence)).izl"
    }

    /// A new name for a segment, without its ending.
    static func newSegment() -> String { "seg-\(hexadecimal(randomUUID()))" }

    /// Sixteen random bytes.
    static func randomUUID() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    /// Bytes as lower-case hexadecimal digits.
    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that lower-case hexadecimal digits stand for.
    static func bytes(hexadecimal text: some StringProtocol) -> [UInt8]? {
        let digits = text.utf8.map(value(ofDigit:))
        guard digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[index], let low = digits[index + 1] else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func sixteenDigits(_ number: UInt64) -> String {
        hexadecimal(withUnsafeBytes(of: number.bigEndian) { [UInt8]($0) })
    }

    private static func number(_ digits: Substring) -> UInt64? {
        guard digits.utf8.count == 16, digits.utf8.allSatisfy({ value(ofDigit: $0) != nil })
        else { return nil }
        return UInt64(digits, radix: 16)
    }

    private static func isUUID(_ text: Substring) -> Bool {
        text.utf8.count == 32 && text.utf8.allSatisfy { value(ofDigit: $0) != nil }
    }

    private static func value(ofDigit digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    private static func middle(
        of name: String, _ prefix: String, _ suffix: String
    ) -> Substring? {
        guard name.hasPrefix(prefix), name.hasSuffix(suffix),
            name.utf8.count >= prefix.utf8.count + suffix.utf8.count
        else { return nil }
        return name.dropFirst(prefix.count).dropLast(suffix.count)
    }
}
