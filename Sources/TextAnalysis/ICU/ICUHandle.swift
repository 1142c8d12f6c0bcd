import CICU

/// The ICU handles of one analyzer: word breaks, NFC and case folding of UTF-16 text.
///
/// Not thread-safe, since ICU's break iterators are not.
final class ICUHandle {
    private let handle: OpaquePointer

    init() throws(AnalysisError) {
        var code: Int32 = 0
        guard let handle = izde_icu_open(&code) else {
            throw .unavailable(part: "ICU", code: code)
        }
        self.handle = handle
    }

    deinit {
        izde_icu_close(handle)
    }

    /// Calls `body` with every piece of `units[range]`, in order, and whether it is word-like.
    ///
    /// If ICU fails, which only lack of memory explains, the stretch counts as no word at all.
    func forEachPiece(
        of units: UnsafeMutableBufferPointer<UInt16>, in range: Range<Int>,
        scratch: inout PieceScratch,
        _ body: (Range<Int>, Bool) -> Void
    ) {
        scratch.makeRoom(for: range.count)
        var code: Int32 = 0
        let pieceCount = izde_icu_break_words(
            handle, units.baseAddress.map { $0 + range.lowerBound }, Int32(range.count),
            &scratch.ends, &scratch.words, &code)
        var start = range.lowerBound
        for index in 0..<max(0, Int(pieceCount)) {
            let end = range.lowerBound + Int(scratch.ends[index])
            body(start..<end, scratch.words[index] != 0)
            start = end
        }
    }

    /// How many of the first `count` units are surely in NFC.
    func normalizedPrefix(_ units: UnsafeMutableBufferPointer<UInt16>, count: Int) -> Int {
        Int(izde_icu_nfc_prefix(handle, units.baseAddress, Int32(count)))
    }

    /// Brings the first `count` units to NFC.
    ///
    /// `starts` and `ends` tell for each unit of `out` from which units of the source it came.
    /// - Returns: The number of units written, `nil` if ICU failed: then the text stays as it is.
    func normalize(
        _ units: UnsafeMutableBufferPointer<UInt16>, count: Int, into out: inout [UInt16],
        starts: inout [Int32],
        ends: inout [Int32]
    ) -> Int? {
        // A code point of two units at most becomes three times as many (UAX 15).
        let capacity = 3 * count + 16
        if out.count < capacity {
            out = [UInt16](repeating: 0, count: capacity)
            starts = [Int32](repeating: 0, count: capacity)
            ends = [Int32](repeating: 0, count: capacity)
        }
        var code: Int32 = 0
        let written = izde_icu_nfc(
            handle, units.baseAddress, Int32(count), &out, &starts, &ends, Int32(capacity), &code)
        return written < 0 ? nil : Int(written)
    }

    /// Folds a word by NFKC_Casefold; leaves it alone if ICU fails.
    func fold(_ word: inout [UInt16], scratch: inout [UInt16]) {
        // The longest folding of one code point has 18 units (U+FDFA).
        let capacity = 18 * word.count
        if scratch.count < capacity { scratch = [UInt16](repeating: 0, count: capacity) }
        var code: Int32 = 0
        let written = izde_icu_fold(
            handle, word, Int32(word.count), &scratch, Int32(scratch.count), &code)
        guard written >= 0 else { return }
        word.removeAll(keepingCapacity: true)
        word.append(contentsOf: scratch[..<Int(written)])
    }

    /// Versions of ICU and of Unicode, as `72.1` and `15.0`.
    static var versions: (icu: String, unicode: String) {
        func text(_ version: Int32) -> String { "\(version / 100).\(version % 100)" }
        return (text(izde_icu_version()), text(izde_icu_unicode_version()))
    }
}

/// Room for the answer of the break iterator, reused from call to call.
struct PieceScratch {
    var ends: [Int32] = []
    var words: [UInt8] = []

    mutating func makeRoom(for count: Int) {
        if ends.count < count {
            ends = [Int32](repeating: 0, count: count)
            words = [UInt8](repeating: 0, count: count)
        }
    }
}
