/// Endings of words in folded letters, by their last bytes, so that few of them are looked at.
struct WordEndings: Sendable {
    /// The endings that end with a byte, the longest first.
    private var byLastByte = [[[UInt8]]](repeating: [], count: 256)

    /// Endings parted by white space; those with `_` are left out.
    init(_ words: String) {
        let endings = words.split(whereSeparator: { $0 == " " || $0 == "\n" })
            .filter { !$0.hasSuffix("_") }.map { Array($0.utf8) }.sorted { $0.count > $1.count }
        for ending in endings {
            guard let last = ending.last else { continue }
            byLastByte[Int(last)].append(ending)
        }
    }

    /// How many bytes of a word stand before its longest ending; `nil` without one.
    func base(of word: ArraySlice<UInt8>, leastLetters: Int) -> Int? {
        var first: Int?
        forEachBase(of: word, leastLetters: leastLetters) { first = first ?? $0 }
        return first
    }

    /// Whether a word ends with one of them, or is one.
    func areIn(_ word: ArraySlice<UInt8>) -> Bool {
        guard let last = word.last else { return false }
        return byLastByte[Int(last)].contains { word.ends(with: $0) }
    }

    /// How many bytes of a word stand before each of its endings, the longest ending first, if they
    /// have letters enough.
    func forEachBase(of word: ArraySlice<UInt8>, leastLetters: Int, _ body: (Int) -> Void) {
        guard let last = word.last else { return }
        for ending in byLastByte[Int(last)] where word.count > ending.count {
            guard word.ends(with: ending) else { continue }
            let base = word.dropLast(ending.count)
            guard base.count(where: { $0 & 0xC0 != 0x80 }) >= leastLetters else { continue }
            body(base.count)
        }
    }
}

extension ArraySlice<UInt8> {
    /// Whether its last bytes are these.
    fileprivate func ends(with ending: [UInt8]) -> Bool {
        guard count >= ending.count else { return false }
        let start = endIndex - ending.count
        for place in ending.indices where self[start + place] != ending[place] { return false }
        return true
    }
}
