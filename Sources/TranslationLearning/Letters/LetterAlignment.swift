import Glibc

/// Which letters of a word stand for which of its cognate: units of at most two letters on either
/// side, whose probabilities are learnt from all pairs at once.
///
/// - Source: many-to-many alignment by expectation and maximization, Jiampojamarn, Kondrak and
///   Sherif, “Applying many-to-many alignments and hidden Markov models to letter-to-phoneme
///   conversion”, NAACL 2007.
struct LetterAlignment {
    /// Letters that stand for each other; one side may be empty.
    struct Unit: Equatable {
        var first: ArraySlice<UInt16>
        var second: ArraySlice<UInt16>
    }

    /// A step from one place of a pair to a later one, over a unit.
    private struct Step {
        var from: Int32
        var to: Int32
        var unit: Int32
    }

    /// How many letters of both words a unit may have.
    private static let shapes = [(0, 1), (1, 0), (1, 1), (1, 2), (2, 1), (2, 2)]
    /// Units of one letter each are likeliest before anything is known, empty ones least likely.
    private static let prior = [0.02, 0.02, 1, 0.1, 0.1, 0.1]
    private static let roundCount = 6
    /// What is expected less often is dropped.
    private static let leastCount = 0.05

    private let pairs: [CognatePairs.Pair]
    /// The steps of each pair, those from earlier places first.
    private var steps: [[Step]] = []
    private var probabilities: [Double] = []

    /// An alignment of which nothing is learnt yet.
    init(_ pairs: [CognatePairs.Pair]) {
        self.pairs = pairs
        var numbers: [UInt64: Int32] = [:]
        for pair in pairs {
            let width = pair.second.count + 1
            var own: [Step] = []
            for place in 0...pair.first.count {
                for column in 0...pair.second.count {
                    for (shape, (down, across)) in Self.shapes.enumerated()
                    where place + down <= pair.first.count && column + across < width {
                        let key =
                            Self.key(pair.first[place..<place + down]) << 32
                            | Self.key(pair.second[column..<column + across])
                        let number = numbers[key] ?? Int32(probabilities.count)
                        if numbers[key] == nil {
                            numbers[key] = number
                            probabilities.append(0)
                        }
                        probabilities[Int(number)] += Self.prior[shape]
                        own.append(
                            Step(
                                from: Int32(place * width + column),
                                to: Int32((place + down) * width + column + across), unit: number))
                    }
                }
            }
            steps.append(own)
        }
        normalize()
    }

    private static func key(_ letters: ArraySlice<UInt16>) -> UInt64 {
        letters.reduce(0) { $0 << 16 | UInt64($1) }
    }

    private mutating func normalize() {
        let total = probabilities.reduce(0, +)
        guard total > 0 else { return }
        for unit in probabilities.indices { probabilities[unit] /= total }
    }

    /// Learns how likely each unit is.
    mutating func train() {
        for _ in 0..<Self.roundCount {
            var counts = [Double](repeating: 0, count: probabilities.count)
            for (pair, own) in zip(pairs, steps) { expect(pair, own, &counts) }
            probabilities = counts.map { $0 < Self.leastCount ? 0 : $0 }
            normalize()
        }
    }

    /// Adds how often each unit is expected in a pair.
    private func expect(_ pair: CognatePairs.Pair, _ own: [Step], _ counts: inout [Double]) {
        let placeCount = (pair.first.count + 1) * (pair.second.count + 1)
        var forward = [Double](repeating: 0, count: placeCount)
        var backward = forward
        forward[0] = 1
        backward[placeCount - 1] = 1
        for step in own {
            forward[Int(step.to)] += forward[Int(step.from)] * probabilities[Int(step.unit)]
        }
        let whole = forward[placeCount - 1]
        guard whole > 0 else { return }
        for step in own.reversed() {
            let rest = probabilities[Int(step.unit)] * backward[Int(step.to)]
            backward[Int(step.from)] += rest
            counts[Int(step.unit)] += forward[Int(step.from)] * rest / whole
        }
    }

    /// The likeliest units of each pair in their order; none for a pair that has no alignment.
    func best() -> [[Unit]] { zip(pairs, steps).map(best) }

    private func best(_ pair: CognatePairs.Pair, _ own: [Step]) -> [Unit] {
        let width = pair.second.count + 1
        let placeCount = (pair.first.count + 1) * width
        var reached = [Double](repeating: 0, count: placeCount)
        var origin = [Int](repeating: -1, count: placeCount)
        reached[0] = 1
        for step in own {
            let value = reached[Int(step.from)] * probabilities[Int(step.unit)]
            if value > reached[Int(step.to)] {
                reached[Int(step.to)] = value
                origin[Int(step.to)] = Int(step.from)
            }
        }
        var units: [Unit] = []
        var place = placeCount - 1
        while place > 0 {
            let before = origin[place]
            guard before >= 0 else { return [] }
            units.append(
                Unit(
                    first: pair.first[before / width..<place / width],
                    second: pair.second[before % width..<place % width]))
            place = before
        }
        return units.reversed()
    }
}
