/// A plain, fixed piece of work beside which other work is measured: the edit distance of
/// Levenshtein between each of some texts and the next, with a whole table and no shortcuts.
///
/// What takes so many times as long on one machine takes about as many times as long on another.
final class PlainEditDistance {
    private let texts: [[UInt16]]
    private var table: [Int] = []
    /// The sum of all distances, so that the work is not left out.
    private(set) var sum = 0

    init(_ texts: [String]) { self.texts = texts.map { Array($0.utf16) } }

    /// How many distances one run takes.
    var count: Int { texts.count }

    /// Takes the distances.
    func run() {
        for place in texts.indices {
            sum += distance(texts[place], texts[(place + 1) % texts.count])
        }
    }

    private func distance(_ left: [UInt16], _ right: [UInt16]) -> Int {
        let width = right.count + 1
        table = Array(0..<width)
        for row in 0..<left.count {
            table.append(row + 1)
            for column in 0..<right.count {
                let exchanged = table[row * width + column] + (left[row] == right[column] ? 0 : 1)
                let dropped = min(table[row * width + column + 1], table[table.count - 1]) + 1
                table.append(min(exchanged, dropped))
            }
        }
        return table[table.count - 1]
    }
}
