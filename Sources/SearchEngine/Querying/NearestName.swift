/// Finds the name that was most likely meant.
enum NearestName {
    /// The candidate nearest to a name, if it is near: at most a third of its letters differ, small
    /// and capital letters being equal, or one begins with the other.
    static func nearest(to name: String, in candidates: [String]) -> String? {
        let typed = Array(name.lowercased().unicodeScalars.prefix(64))
        guard !typed.isEmpty else { return nil }
        var best: (cost: Int, name: String)?
        for candidate in candidates {
            let letters = Array(candidate.lowercased().unicodeScalars)
            var cost = distance(typed, letters)
            if typed.count >= 3, letters.starts(with: typed) || typed.starts(with: letters) {
                cost = min(cost, 1)
            }
            guard cost <= max(1, max(typed.count, letters.count) / 3) else { continue }
            if cost < best?.cost ?? .max { best = (cost, candidate) }
        }
        return best?.name
    }

    /// The least number of insertions, deletions, substitutions and exchanges of neighbours.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var rows = [Array(0...right.count)]
        for (index, letter) in left.enumerated() {
            var row = [index + 1]
            for (column, other) in right.enumerated() {
                var cost = min(
                    rows[index][column] + (letter == other ? 0 : 1), rows[index][column + 1] + 1,
                    row[column] + 1)
                if index > 0, column > 0, letter == right[column - 1], left[index - 1] == other {
                    cost = min(cost, rows[index - 1][column - 1] + 1)
                }
                row.append(cost)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
