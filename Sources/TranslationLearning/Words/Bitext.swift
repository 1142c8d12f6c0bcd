/// Sentences of two languages, the n-th of one a translation of the n-th of the other.
struct Bitext {
    private(set) var first = Sentences()
    private(set) var second = Sentences()
    /// Pairs by a hash of their words, to know those that come again.
    private var known: [UInt64: UInt32] = [:]

    /// How many pairs there are.
    var count: Int { first.count }

    /// The memory that it takes, about; a known pair takes 12 bytes in a table half full.
    var byteCount: Int { first.byteCount + second.byteCount + known.capacity * 24 }

    /// Adds a pair, unless it was there before: what every page says again is said once.
    ///
    /// - Requires: less than 2³² words in all, which the limit of memory ensures.
    mutating func append(_ left: [UInt32], _ right: [UInt32]) -> Bool {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for word in left + [.max] + right { hash = (hash ^ UInt64(word)) &* 0x100_0000_01B3 }
        if let place = known[hash] {
            let isSame =
                first.words[first[Int(place)]].elementsEqual(left)
                && second.words[second[Int(place)]].elementsEqual(right)
            if isSame { return false }
        } else {
            known[hash] = UInt32(count)
        }
        first.append(left)
        second.append(right)
        return true
    }

    /// The same pairs without the words of less than some pairs, and without pairs that then have
    /// words on one side only.
    func withoutRareWords(leastFrequency: Int) -> Bitext {
        guard leastFrequency > 1 else { return self }
        let frequencies = (first.frequencies(), second.frequencies())
        var result = Bitext()
        for pair in 0..<count {
            let left = first.words[first[pair]].filter { frequencies.0[Int($0)] >= leastFrequency }
            let right = second.words[second[pair]]
                .filter { frequencies.1[Int($0)] >= leastFrequency }
            if left.isEmpty || right.isEmpty { continue }
            result.first.append(left)
            result.second.append(right)
        }
        return result
    }
}
