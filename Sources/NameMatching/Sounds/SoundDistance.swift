/// How alike two words sound, from 0 to 1: an edit distance over sounds, where what spellings and
/// languages exchange costs little.
///
/// Words of an asked name are read in the alphabet of a list once, then compared with many of its
/// words. Its buffers are reused; not thread-safe.
struct SoundDistance {
    /// A word of the asked name: a range of `asked`.
    typealias AskedWord = Range<Int>

    private struct AskedSound {
        var traits: SoundAlphabet.Traits
        /// Where its costs begin in those of the alphabet, or in `ownCosts`.
        var row: Int
        var isOfAlphabet: Bool
    }

    private var asked: [AskedSound] = []
    /// The costs of sounds that the alphabet does not have.
    private var ownCosts: [UInt16] = []
    private var rows: [Int32] = []

    /// Forgets the words of the asked name.
    mutating func removeAll() {
        asked.removeAll(keepingCapacity: true)
        ownCosts.removeAll(keepingCapacity: true)
    }

    /// Reads a word of the asked name; the alphabet has to stay as it is until `removeAll()`.
    mutating func read(_ word: [NameSound], in alphabet: borrowing SoundAlphabet) -> AskedWord {
        let start = asked.count
        for sound in word {
            let traits = SoundAlphabet.Traits(sound)
            if let code = alphabet.code(of: sound) {
                asked.append(
                    .init(traits: traits, row: Int(code) * alphabet.stride, isOfAlphabet: true))
            } else {
                asked.append(.init(traits: traits, row: ownCosts.count, isOfAlphabet: false))
                for other in alphabet.sounds {
                    ownCosts.append(SoundCosts.shared.exchange(sound, other))
                }
            }
        }
        return start..<asked.count
    }

    /// The likeness of two words; 0 where one is empty, and where it is surely below `least`.
    ///
    /// - Cost: the product of their lengths, much less for words that are not alike.
    mutating func likeness(
        _ left: AskedWord, _ right: ArraySlice<SoundAlphabet.Code>,
        in alphabet: borrowing SoundAlphabet, least: Float = 0
    ) -> Float {
        guard !left.isEmpty, !right.isEmpty else { return 0 }
        precondition(left.count < 100_000 && right.count < 100_000, "a word is shorter")
        let width = right.count + 1
        if rows.count < 3 * width { rows = [Int32](repeating: 0, count: 3 * width) }
        return asked.withUnsafeBufferPointer { asked in
            ownCosts.withUnsafeBufferPointer { ownCosts in
                right.withUnsafeBufferPointer { right in
                    alphabet.traits.withUnsafeBufferPointer { traits in
                        alphabet.costs.withUnsafeBufferPointer { costs in
                            rows.withUnsafeMutableBufferPointer { rows in
                                let words = Words(
                                    left: UnsafeBufferPointer(rebasing: asked[left]),
                                    right: right, traits: traits, costs: costs, ownCosts: ownCosts)
                                return words.likeness(rows, least: least)
                            }
                        }
                    }
                }
            }
        }
    }

    /// Two words that are not empty, with all that is needed to compare them.
    private struct Words {
        let left: UnsafeBufferPointer<AskedSound>
        let right: UnsafeBufferPointer<SoundAlphabet.Code>
        let traits: UnsafeBufferPointer<SoundAlphabet.Traits>
        let costs: UnsafeBufferPointer<UInt16>
        let ownCosts: UnsafeBufferPointer<UInt16>

        /// More than any way costs, and room to add to it.
        private static let beyond = Int32.max / 2

        /// A sound of the right word.
        func other(_ column: Int) -> SoundAlphabet.Traits { traits[Int(right[column])] }

        /// The likeness; `rows` has room for three rows of the right word.
        ///
        /// Sums wrap: 100 000 sounds of at most 1600 are less than `beyond`. Only columns are gone
        /// through to which a way leads that does not cost more than may be; it comes from the two
        /// rows before, or from the left.
        func likeness(_ rows: UnsafeMutableBufferPointer<Int32>, least: Float) -> Float {
            let (whole, isFar) = weigh(least)
            if isFar { return 0 }
            let most = Int32(((1 - least) * Float(whole)).rounded(.up))
            let width = right.count + 1
            var before = 0
            var previous = width
            var current = 2 * width
            for place in 0..<width { rows[before + place] = Self.beyond }
            rows[previous] = 0
            for column in right.indices {
                rows[previous + column + 1] = rows[previous + column] &+ other(column).gap
            }
            // The places of a row from the first to the last that is not beyond.
            var firstBefore = width
            var lastBefore = -2
            var first = 0
            var last = right.count
            while last > 0, rows[previous + last] > most { last -= 1 }
            for row in left.indices {
                let own = left[row].traits
                let exchanges = left[row].isOfAlphabet ? costs : ownCosts
                let start = left[row].row
                let begin = min(first, firstBefore + 2)
                let reach = min(max(last + 1, lastBefore + 2), right.count)
                for place in 0..<min(begin, width) { rows[current + place] = Self.beyond }
                var cost = Self.beyond
                var newFirst = width
                var newLast = -2
                var place = begin
                while place < width {
                    // Beyond what the rows before reach only the way from the left is left.
                    if place > reach, cost > most { break }
                    var next = rows[previous + place] &+ own.gap
                    if place > 0 {
                        let code = Int(right[place - 1])
                        let gap = traits[code].gap
                        next = min(
                            next, cost &+ gap,
                            rows[previous + place - 1] &+ Int32(exchanges[start + code]))
                        if row > 0, place > 1, left[row - 1].traits.main == traits[code].main,
                            own.main == other(place - 2).main
                        {
                            let transposition = SoundCosts.transposition(
                                own.main, traits[code].main)
                            next = min(next, rows[before + place - 2] &+ transposition)
                        }
                    }
                    cost = min(next, Self.beyond)
                    rows[current + place] = cost
                    if cost <= most {
                        if newFirst == width { newFirst = place }
                        newLast = place
                    }
                    place += 1
                }
                while place < width {
                    rows[current + place] = Self.beyond
                    place += 1
                }
                // Two neighbours may change places, so two rows have to be beyond.
                if newLast < 0, last < 0 { return 0 }
                (firstBefore, lastBefore, first, last) = (first, last, newFirst, newLast)
                (before, previous, current) = (previous, current, before)
            }
            return max(0, 1 - Float(rows[previous + right.count]) / Float(whole))
        }

        /// What the heavier of the words weighs, and whether consonants of one for which the other
        /// has none that is near cost more than may be.
        private func weigh(_ least: Float) -> (whole: Int32, isFar: Bool) {
            var leftWeight: Int32 = 0
            var rightWeight: Int32 = 0
            var nearLeft: UInt32 = 0
            var nearRight: UInt32 = 0
            for sound in left {
                leftWeight &+= Int32(sound.traits.weight)
                nearLeft |= sound.traits.near
            }
            var strangers: Int32 = 0
            for column in right.indices {
                let traits = other(column)
                rightWeight &+= Int32(traits.weight)
                nearRight |= traits.near
                strangers &+= traits.stranger(to: nearLeft)
            }
            let whole = max(leftWeight, rightWeight)
            let most = (1 - least) * Float(whole)
            guard Float(strangers) <= most else { return (whole, true) }
            strangers = 0
            for sound in left { strangers &+= sound.traits.stranger(to: nearRight) }
            return (whole, Float(strangers) > most)
        }
    }
}
