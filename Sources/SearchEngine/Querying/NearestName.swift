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

    /// The least number of insertions, deletions and substitutions.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, other) in right.enumerated() {
                let cost = min(
                    diagonal + (letter == other ? 0 : 1), row[column] + 1, row[column + 1] + 1)
                diagonal = row[column + 1]
                row[column + 1] = cost
            }
        }
        return row[right.count]
    }
}
