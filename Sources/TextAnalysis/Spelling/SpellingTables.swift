/// Costs by letter, made once from `SpellingCosts`, `SpellingConfusions` and the keyboards.
final class SpellingTables: Sendable {
    let costs: SpellingCosts
    /// What a typed letter costs for a meant one: `typed * codeLimit + meant`.
    let substitutions: [Float]
    /// What a missing letter costs.
    let missing: [Float]
    /// What a letter too much costs.
    let extra: [Float]
    /// Whether two letters have keys beside each other: `one * codeLimit + other`.
    let areNeighbours: [Bool]
    /// Parts of words written in place of others.
    let rewrites: [Rewrite]
    /// The rewrites by the first letter of what is typed.
    let rewritesByLetter: [[Int]]

    /// A part of a word as numbers of letters.
    struct Rewrite: Sendable {
        var typed: [UInt8]
        var meant: [UInt8]
        var cost: Float
        var place: SpellingConfusions.Rewrite.Place
    }

    /// The tables of the costs in use.
    static let standard = SpellingTables(.standard)
    /// The tables of the textbook.
    static let plain = SpellingTables(.plain)

    init(_ costs: SpellingCosts) {
        self.costs = costs
        let limit = SpellingAlphabet.codeLimit
        var substitutions = [Float](repeating: costs.foreign, count: limit * limit)
        let vowels = SpellingAlphabet.codes(of: "аеиоуыэюяәөүұіaeiouy").map(Int.init)
        for one in vowels {
            for other in vowels { substitutions[one * limit + other] = costs.otherVowel }
        }
        var areNeighbours = [Bool](repeating: false, count: limit * limit)
        for (one, other) in Self.neighbours() {
            areNeighbours[Int(one) * limit + Int(other)] = true
            let place = Int(one) * limit + Int(other)
            substitutions[place] = min(substitutions[place], costs.neighbour)
        }
        var missing = [Float](repeating: costs.missing, count: limit)
        var extra = [Float](repeating: costs.extra, count: limit)
        for letter in vowels { missing[letter] = costs.missingVowel }
        for letter in SpellingAlphabet.codes(of: "ьъ") {
            missing[Int(letter)] = costs.missingSign
            extra[Int(letter)] = costs.extraSign
        }
        var rewrites: [Rewrite] = []
        if costs.usesConfusions {
            for (pair, cost) in SpellingConfusions.letters {
                let codes = SpellingAlphabet.codes(of: pair).map(Int.init)
                guard codes.count == 2 else { continue }
                for place in [codes[0] * limit + codes[1], codes[1] * limit + codes[0]] {
                    substitutions[place] = min(substitutions[place], cost)
                }
            }
            rewrites = (SpellingConfusions.rewrites + SpellingConfusions.colloquial).map {
                Rewrite(
                    typed: SpellingAlphabet.codes(of: $0.typed),
                    meant: SpellingAlphabet.codes(of: $0.meant), cost: $0.cost, place: $0.place)
            }
        }
        for letter in 0..<limit { substitutions[letter * limit + letter] = 0 }
        var rewritesByLetter = [[Int]](repeating: [], count: limit)
        for (index, rewrite) in rewrites.enumerated() {
            if let first = rewrite.typed.first { rewritesByLetter[Int(first)].append(index) }
        }
        self.substitutions = substitutions
        self.areNeighbours = areNeighbours
        self.missing = missing
        self.extra = extra
        self.rewrites = rewrites
        self.rewritesByLetter = rewritesByLetter
    }

    /// The letters whose keys are beside each other, both ways, on each layout.
    private static func neighbours() -> [(UInt8, UInt8)] {
        // How many keys the rows have, and how far right of the row of digits each begins.
        let rows: [(count: Int, shift: Float)] = [(13, 0), (13, 1.5), (11, 1.75), (10, 2.25)]
        var neighbours: [(UInt8, UInt8)] = []
        for layout in [KeyboardLayout.us, .russian, .kazakh] {
            var keys = layout.keys.makeIterator()
            var places: [(code: UInt8, row: Int, column: Float)] = []
            for (row, shape) in rows.enumerated() {
                for column in 0..<shape.count {
                    guard let key = keys.next(), let code = SpellingAlphabet.code(of: key),
                        key.isLetter
                    else { continue }
                    places.append((code, row, Float(column) + shape.shift))
                }
            }
            for one in places {
                for other in places where one.code != other.code {
                    let isNear =
                        abs(one.row - other.row) <= 1 && abs(one.column - other.column) <= 1
                    if isNear { neighbours.append((one.code, other.code)) }
                }
            }
        }
        return neighbours
    }
}
