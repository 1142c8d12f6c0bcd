/// How alike two words sound, from 0 to 1: an edit distance over sounds, where what spellings and
/// languages exchange costs little.
///
/// Words of an asked name are read in the alphabet of a list once, then compared with many of its
/// words. Its buffers are reused; not thread-safe.
struct SoundDistance {
    /// A word of the asked name: a range of `asked`.
    typealias AskedWord = Range<Int>

    private struct AskedSound {
        var sound: NameSound
        /// The classes that may stand in its place, as bits.
        var near: UInt32
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
            let near = SoundCosts.near(sound)
            if let code = alphabet.code(of: sound) {
                asked.append(
                    .init(
                        sound: sound, near: near, row: Int(code) * alphabet.stride,
                        isOfAlphabet: true))
            } else {
                asked.append(
                    .init(sound: sound, near: near, row: ownCosts.count, isOfAlphabet: false))
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
                    alphabet.sounds.withUnsafeBufferPointer { sounds in
                        alphabet.near.withUnsafeBufferPointer { near in
                            alphabet.costs.withUnsafeBufferPointer { costs in
                                rows.withUnsafeMutableBufferPointer { rows in
                                    let words = Words(
                                        left: UnsafeBufferPointer(rebasing: asked[left]),
                                        right: right, sounds: sounds, near: near, costs: costs,
                                        ownCosts: ownCosts)
                                    return words.likeness(rows, least: least)
                                }
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
        let sounds: UnsafeBufferPointer<NameSound>
        let near: UnsafeBufferPointer<UInt32>
        let costs: UnsafeBufferPointer<UInt16>
        let ownCosts: UnsafeBufferPointer<UInt16>

        /// A sound of the right word.
        func other(_ column: Int) -> NameSound { sounds[Int(right[column])] }

        /// The likeness; `rows` has room for three rows of the right word.
        ///
        /// Sums wrap: 100 000 sounds of at most 1600 are less than `Int32.max`.
        func likeness(_ rows: UnsafeMutableBufferPointer<Int32>, least: Float) -> Float {
            let (whole, isFar) = weigh(least)
            if isFar { return 0 }
            let most = Int32(((1 - least) * Float(whole)).rounded(.up))
            var before = 0
            var previous = right.count + 1
            var current = 2 * previous
            rows[previous] = 0
            for column in right.indices {
                let gap = SoundCosts.gap(other(column))
                rows[previous + column + 1] = rows[previous + column] &+ gap
            }
            var lastLeast: Int32 = 0
            for row in left.indices {
                let own = left[row].sound
                let exchanges = left[row].isOfAlphabet ? costs : ownCosts
                let start = left[row].row
                let gap = SoundCosts.gap(own)
                var cost = rows[previous] &+ gap
                rows[current] = cost
                var rowLeast = cost
                for column in right.indices {
                    let other = other(column)
                    cost = min(
                        cost &+ SoundCosts.gap(other), rows[previous + column + 1] &+ gap,
                        rows[previous + column]
                            &+ Int32(exchanges[start + Int(right[column])]))
                    if row > 0, column > 0, left[row - 1].sound.main == other.main,
                        own.main == self.other(column - 1).main
                    {
                        let transposition = SoundCosts.transposition(own, other)
                        cost = min(cost, rows[before + column - 1] &+ transposition)
                    }
                    rows[current + column + 1] = cost
                    rowLeast = min(rowLeast, cost)
                }
                // Two neighbours may change places, so two rows have to be beyond.
                if rowLeast > most, lastLeast > most { return 0 }
                lastLeast = rowLeast
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
                leftWeight &+= SoundCosts.weight(sound.sound)
                nearLeft |= sound.near
            }
            for column in right.indices {
                rightWeight &+= SoundCosts.weight(other(column))
                nearRight |= near[Int(right[column])]
            }
            let whole = max(leftWeight, rightWeight)
            let most = (1 - least) * Float(whole)
            var strangers: Int32 = 0
            for sound in left { strangers &+= SoundCosts.stranger(sound.sound, nearRight) }
            guard Float(strangers) <= most else { return (whole, true) }
            strangers = 0
            for column in right.indices {
                strangers &+= SoundCosts.stranger(other(column), nearLeft)
            }
            return (whole, Float(strangers) > most)
        }
    }
}
