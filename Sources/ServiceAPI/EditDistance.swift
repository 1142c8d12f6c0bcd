/// How many letters two names differ by; for suggestions such as “did you mean `limit`?”.
public enum EditDistance {
    /// The candidate that a person most likely meant, `nil` if none is near.
    ///
    /// Letter case does not count. Near is up to a third of the letters, at least one, at most
    /// three; of equally near candidates the first is taken.
    ///
    /// - Complexity: the length of the name times the letters of all candidates.
    public static func nearest(to name: String, in candidates: [String]) -> String? {
        let scalars = Array(name.lowercased().unicodeScalars.prefix(longestName + 1))
        guard scalars.count <= longestName else { return nil }
        var best: (distance: Int, candidate: String)?
        for candidate in candidates {
            let other = Array(candidate.lowercased().unicodeScalars)
            let allowed = min(3, max(1, max(scalars.count, other.count) / 3))
            guard abs(other.count - scalars.count) <= allowed else { continue }
            let distance = distance(scalars, other)
            guard distance <= allowed, distance < best?.distance ?? .max else { continue }
            best = (distance, candidate)
        }
        return best?.candidate
    }

    /// Names beyond this are nobody's slip of a key; it also bounds the work on foreign input.
    private static let longestName = 64

    /// The number of insertions, deletions, replacements and swaps of neighbours that turn one
    /// into the other (optimal string alignment).
    static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for i in 0..<left.count {
            var row = [i + 1]
            row.reserveCapacity(right.count + 1)
            for j in 0..<right.count {
                var cost = min(row[j] + 1, last[j + 1] + 1)
                cost = min(cost, last[j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                row.append(cost)
            }
            beforeLast = last
            last = row
        }
        return last[right.count]
    }
}
