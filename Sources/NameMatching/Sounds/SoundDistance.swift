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
        if rows.count < 4 * width { rows = [Int32](repeating: 0, count: 4 * width) }
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

    /// The same with the outline of the right word, by which most that are far are told.
    mutating func likeness(
        _ left: AskedWord, _ right: ArraySlice<SoundAlphabet.Code>, _ outline: SoundOutline,
        in alphabet: borrowing SoundAlphabet, least: Float
    ) -> Float {
        isFar(left, from: outline, least: least)
            ? 0 : likeness(left, right, in: alphabet, least: least)
    }

    /// Whether two words are surely less alike than `least`, by the consonants of the left one for
    /// which the right one has none that is near.
    private func isFar(_ left: AskedWord, from right: SoundOutline, least: Float) -> Bool {
        var weight: Int32 = 0
        var strangers: Int32 = 0
        for place in left {
            weight &+= Int32(asked[place].traits.weight)
            strangers &+= asked[place].traits.stranger(to: right.near)
        }
        return Float(strangers) > (1 - least) * Float(max(weight, right.weight))
    }

    /// Two words that are not empty, with all that is needed to compare them.
    private struct Words {
        let left: UnsafeBufferPointer<AskedSound>
        let right: UnsafeBufferPointer<SoundAlphabet.Code>
        let traits: UnsafeBufferPointer<SoundAlphabet.Traits>
        let costs: UnsafeBufferPointer<UInt16>
        let ownCosts: UnsafeBufferPointer<UInt16>

        /// The places of the sounds of the right word by their class, as bits; places beyond 63 are
        /// left out, so that sounds there do not change places.
        private typealias Places = InlineArray<32, UInt64>

        /// A sound of the right word.
        func other(_ column: Int) -> SoundAlphabet.Traits { traits[Int(right[column])] }

        /// The likeness; `rows` has room for four rows of the right word.
        ///
        /// Sums wrap: 100 000 sounds of at most 1600 are far from the greatest number.
        func likeness(_ rows: UnsafeMutableBufferPointer<Int32>, least: Float) -> Float {
            let width = right.count + 1
            let gaps = UnsafeMutableBufferPointer(rebasing: rows[(3 * width)...])
            var places = Places(repeating: 0)
            let (whole, isFar) = weigh(least, gaps, &places)
            if isFar { return 0 }
            let most = Int32(((1 - least) * Float(whole)).rounded(.up))
            var before = 0
            var previous = width
            var current = 2 * width
            rows[previous] = 0
            for column in right.indices {
                rows[previous + column + 1] = rows[previous + column] &+ gaps[column]
            }
            var isBeyond = false
            for row in left.indices {
                let own = left[row].traits
                let exchanges = left[row].isOfAlphabet ? costs : ownCosts
                let start = left[row].row
                // Two neighbours that have changed places: few words have such.
                let changed =
                    row > 0
                    ? places[Int(left[row - 1].traits.main.rawValue)]
                        & places[Int(own.main.rawValue)] &<< 1 : 0
                var diagonal = rows[previous]
                var cost = diagonal &+ own.gap
                var cheapest = cost
                rows[current] = cost
                for column in right.indices {
                    let above = rows[previous + column + 1]
                    var next = min(
                        above &+ own.gap,
                        diagonal &+ Int32(exchanges[start &+ Int(right[column])]))
                    if changed != 0, column < 64, changed &>> UInt64(column) & 1 == 1 {
                        let transposition = SoundCosts.transposition(
                            own.main, left[row - 1].traits.main)
                        next = min(next, rows[before + column - 1] &+ transposition)
                    }
                    cost = min(next, cost &+ gaps[column])
                    cheapest = min(cheapest, cost)
                    diagonal = above
                    rows[current + column + 1] = cost
                }
                // Two neighbours may change places, so two rows have to be beyond.
                let wasBeyond = isBeyond
                isBeyond = cheapest > most
                if wasBeyond, isBeyond { return 0 }
                (before, previous, current) = (previous, current, before)
            }
            return max(0, 1 - Float(rows[previous + right.count]) / Float(whole))
        }

        /// What the heavier of the words weighs, and whether consonants of one for which the other
        /// has none that is near cost more than may be.
        ///
        /// Notes what it costs to leave sounds of the right word out, and where its classes are.
        private func weigh(
            _ least: Float, _ gaps: UnsafeMutableBufferPointer<Int32>, _ places: inout Places
        ) -> (whole: Int32, isFar: Bool) {
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
                gaps[column] = traits.gap
                places[Int(traits.main.rawValue)] |= column < 64 ? 1 &<< UInt64(column) : 0
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
