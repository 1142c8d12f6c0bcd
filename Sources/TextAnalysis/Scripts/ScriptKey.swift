/// The script-neutral key of a word: what its spellings in all scripts have in common.
///
/// A row of classes of sounds, one capital letter each, vowels too. One Kazakh or Russian word has
/// one key in Cyrillic, in the Latin alphabets of 2021, 2019, 2018 and before, in passports, in
/// plain ASCII, in Arabic script, and typed without the Kazakh letters. Keys join other words too,
/// so that `ScriptRelation` has the last word. Stored in the index; what they are must not change
/// within one version of the analysis.
public enum ScriptKey {
    /// Appends the key of a folded term to `key`.
    ///
    /// Nothing is appended for what is no word of these scripts: numbers, dates, letters with
    /// digits, and words of more than 64 letters.
    /// - Cost: two passes over a short word, no allocation but the growth of `key`.
    public static func append(keyOf term: Span<UInt8>, to key: inout [UInt8]) {
        let start = key.count
        // Taken out, so that the room is not copied while it is filled.
        var bytes: [UInt8] = []
        swap(&bytes, &key)
        var reader = ScriptReader(sink: KeySink(bytes: bytes, start: start))
        bytes = []
        _ = reader.read(term)
        swap(&reader.sink.bytes, &key)
    }

    /// The key of a folded term, empty for what has none.
    public static func key(of term: [UInt8]) -> [UInt8] {
        var key: [UInt8] = []
        append(keyOf: term.span, to: &key)
        return key
    }

    /// The keys under which spellings of a typed term may stand: its own, then further ones.
    ///
    /// `ý` and `x` have two meanings in Latin alphabets, the key of a term has one; and э is typed
    /// for ә. One key for most terms, none for what has none; to be asked only of typed terms.
    public static func keys(of term: [UInt8]) -> [[UInt8]] {
        let key = key(of: term)
        guard !key.isEmpty else { return [] }
        return otherKey(of: term, besides: key).map { [key, $0] } ?? [key]
    }

    private static func otherKey(of term: [UInt8], besides key: [UInt8]) -> [UInt8]? {
        // No other letter than these two is read otherwise.
        if term.contains(UInt8(ascii: "x")) || term.contains(leadOfAcuteY) {
            var reader = ScriptReader(sink: KeySink(bytes: [], start: 0))
            reader.takesOtherReadings = true
            _ = reader.read(term.span)
            if reader.sink.bytes != key { return reader.sink.bytes }
        }
        // э is typed for ә.
        if let schwa = withSchwa(term) { return Self.key(of: schwa) }
        // у after a vowel: `ý` of 2018 that has been read as й.
        var other = key
        for index in key.indices.dropFirst()
        where key[index] == UInt8(ascii: "U") && "AEO".utf8.contains(key[index - 1]) {
            other[index] = UInt8(ascii: "I")
        }
        return other == key ? nil : other
    }

    /// The first byte of `ý` in UTF-8.
    private static let leadOfAcuteY: UInt8 = 0xC3

    /// A term with ә for each э; `nil` if it has none.
    private static func withSchwa(_ term: [UInt8]) -> [UInt8]? {
        var result: [UInt8]?
        for index in term.indices.dropFirst() where term[index - 1] == 0xD1 && term[index] == 0x8D {
            if result == nil { result = term }
            result?[index - 1] = 0xD3
            result?[index] = 0x99
        }
        return result
    }
}

/// Sounds as the bytes of a key, behind bytes that are not touched.
struct KeySink: SoundSink {
    var bytes: [UInt8]
    var start: Int

    var count: Int { bytes.count - start }
    subscript(index: Int) -> UInt8 { bytes[start + index] }
    mutating func append(_ sound: UInt8, _ reading: ScriptLetter.Reading) { bytes.append(sound) }
    mutating func removeLast() { bytes.removeLast() }
    mutating func reread(_ reading: ScriptLetter.Reading) {}
}
