/// Dates of documents as people read them.
enum DateText {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `2025-10-14…` as `14 Oct 2025`, `2025-10` as `Oct 2025`; anything else as it is.
    static func forPeople(_ date: String) -> String {
        let parts = date.prefix { $0 != "T" && $0 != " " }.split(separator: "-").map(String.init)
        guard parts.count == 2 || parts.count == 3, parts[0].utf8.count == 4,
            Int(parts[0]) != nil, let month = Int(parts[1]), (1...12).contains(month)
        else { return date }
        let monthText = "\(months[month - 1]) \(parts[0])"
        guard parts.count == 3 else { return monthText }
        guard let day = Int(parts[2]), (1...31).contains(day) else { return date }
        return "\(day) \(monthText)"
    }

    /// Whether a text is a date as filters take it.
    ///
    /// That is `2024`, `2024-09`, `2024-09-12`, or the last with a time; days that no calendar has
    /// are left to the daemon.
    static func isDate(_ text: String) -> Bool {
        let date = text.prefix { $0 != "T" }
        let parts = date.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts[0].utf8.count == 4,
            parts.dropFirst().allSatisfy({ $0.utf8.count == 2 }),
            parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } })
        else { return false }
        let time = text[date.endIndex...].dropFirst()
        guard !time.isEmpty else { return date.endIndex == text.endIndex }
        return parts.count == 3
            && time.allSatisfy { $0.isASCII && ($0.isNumber || "+-:.Z".contains($0)) }
    }
}
