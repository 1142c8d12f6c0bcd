import Glibc

/// Finds which sentences of a text translate which of another, by their lengths and by what stands
/// in both alike.
///
/// - Source: Gale and Church, “A program for aligning sentences in bilingual corpora”,
///   Computational Linguistics 19(1), 1993; the chances of one, two or no sentence for one and the
///   variance of lengths are theirs.
enum SentenceAligner {
    /// A sentence of one of the texts.
    struct Sentence {
        /// Its length in letters and other signs.
        var length: Int
        /// What would stand in its translation alike.
        var anchors: [[UInt8]]
    }

    /// Some sentences in a row and those that translate them.
    struct Bead: Equatable {
        var first: Range<Int>
        var second: Range<Int>
    }

    /// How many sentences a bead has on each side, and minus the logarithm of its chance.
    private static let shapes: [(first: Int, second: Int, cost: Float)] = [
        (1, 1, -log(0.89)), (1, 0, -log(0.0099 / 2)), (0, 1, -log(0.0099 / 2)),
        (2, 1, -log(0.089 / 2)), (1, 2, -log(0.089 / 2)), (2, 2, -log(0.011)),
    ]
    /// The variance of the length of a translation for each sign of a text.
    private static let variance: Float = 6.8
    /// How long two texts of equal length would be that tell as much of the ratio of the languages
    /// as what is known beforehand; by judgement.
    private static let evenLength = 2000
    /// What an anchor in both sides of a bead is worth, as the logarithm of how much oftener it
    /// stands in sentences that translate each other than in others; by judgement.
    private static let anchorGain: Float = 3

    /// The beads of two texts, in order; each sentence is in one.
    ///
    /// - Cost: time and memory by the product of the numbers of sentences.
    static func align(_ first: [Sentence], _ second: [Sentence]) -> [Bead] {
        let width = second.count + 1
        let lengths = (first.reduce(0) { $0 + $1.length }, second.reduce(0) { $0 + $1.length })
        // Of short texts the lengths tell less than that languages are about as long as each other.
        let ratio = Float(lengths.1 + evenLength) / Float(lengths.0 + evenLength)
        var costs = [Float](repeating: .infinity, count: (first.count + 1) * width)
        var steps = [UInt8](repeating: 0, count: costs.count)
        costs[0] = 0
        for row in 0...first.count {
            for column in 0...second.count {
                let here = costs[row * width + column]
                guard here < .infinity else { continue }
                for (number, shape) in shapes.enumerated() {
                    let (nextRow, nextColumn) = (row + shape.first, column + shape.second)
                    guard nextRow <= first.count, nextColumn <= second.count else { continue }
                    let cost =
                        here + shape.cost
                        + match(
                            first[row..<nextRow], second[column..<nextColumn], ratio: ratio)
                    let next = nextRow * width + nextColumn
                    if cost < costs[next] {
                        costs[next] = cost
                        steps[next] = UInt8(number)
                    }
                }
            }
        }
        var beads: [Bead] = []
        var (row, column) = (first.count, second.count)
        while row > 0 || column > 0 {
            let shape = shapes[Int(steps[row * width + column])]
            beads.append(
                Bead(
                    first: row - shape.first..<row, second: column - shape.second..<column))
            row -= shape.first
            column -= shape.second
        }
        return beads.reversed()
    }

    /// Minus the logarithm of the chance that sentences of these lengths translate each other, less
    /// what their anchors say for it.
    private static func match(
        _ first: ArraySlice<Sentence>, _ second: ArraySlice<Sentence>, ratio: Float
    ) -> Float {
        guard !first.isEmpty, !second.isEmpty else { return 0 }
        let length = Float(first.reduce(0) { $0 + $1.length })
        let other = Float(second.reduce(0) { $0 + $1.length })
        let mean = max(1, (length + other / ratio) / 2)
        let deviation = abs(other - length * ratio) / (variance * mean).squareRoot()
        // Twice the chance of a normal deviation at least as large.
        let chance = max(erfcf(deviation / Float(2).squareRoot()), 1e-20)
        var shared = 0
        for sentence in first {
            for anchor in sentence.anchors
            where second.contains(where: { $0.anchors.contains(anchor) }) {
                shared += 1
            }
        }
        return -log(chance) - Float(shared) * anchorGain
    }
}
