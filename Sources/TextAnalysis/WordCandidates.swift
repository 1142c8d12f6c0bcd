/// The few words of a chunk that may be more than they are themselves: numbers, which may be dates or
/// be written in groups, numerals of letters, and suffixes of the word before them.
///
/// They are noted while words are found, so that later rules look at them alone.
struct WordCandidates {
    /// The words with digits, in order.
    private(set) var numbers: [Int32] = []
    /// The words that `WordTokenizer.mayBeNumeral` lets pass, in order.
    private(set) var numerals: [Int32] = []
    /// The words that have a hyphen or a number right before them, in order.
    private(set) var suffixes: [Int32] = []

    /// A cheap test that lets nearly no other words pass.
    @inline(__always)
    static func mayBe(_ word: UnsafeMutablePointer<Word>) -> Bool {
        let unitCount = word.pointee.end &- word.pointee.start
        return word.pointee.link != .space || word.pointee.flags.contains(.digit)
            || Int32(word.pointee.upperCount) == unitCount
            || unitCount <= 2 && !word.pointee.flags.isDisjoint(with: [.latin, .upper])
    }

    /// Notes a word if it is a candidate, behind those noted before.
    @inline(never)
    mutating func add(
        _ index: Int, of words: UnsafeMutableBufferPointer<Word>, _ text: borrowing CleanText
    ) {
        let word = words[index]
        let number = Int32(truncatingIfNeeded: index)
        if word.flags.contains(.digit) {
            numbers.append(number)
        } else if WordTokenizer.mayBeNumeral(word, text) {
            numerals.append(number)
        }
        guard index > 0 else { return }
        switch word.link {
        case .hyphen, .suffixHyphen: suffixes.append(number)
        case .none: if words[index - 1].isNumber { suffixes.append(number) }
        default: break
        }
    }

    /// Forgets the candidates from a word on.
    mutating func removeAll(from index: Int = 0) {
        Self.drop(&numbers, from: index)
        Self.drop(&numerals, from: index)
        Self.drop(&suffixes, from: index)
    }

    private static func drop(_ list: inout [Int32], from index: Int) {
        while let last = list.last, last >= index { list.removeLast() }
    }
}
