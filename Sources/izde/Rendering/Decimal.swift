/// Numbers with a fixed count of decimals, without a locale.
enum Decimal {
    /// A number rounded to so many places, at most 6: `0.81`.
    static func text(_ number: Double, places: Int) -> String {
        guard number.isFinite, abs(number) < 1e12 else { return number.description }
        var factor = 1.0
        for _ in 0..<places { factor *= 10 }
        let scaled = Int64((abs(number) * factor).rounded())
        let whole = scaled / Int64(factor)
        let sign = number < 0 && scaled > 0 ? "-" : ""
        guard places > 0 else { return "\(sign)\(whole)" }
        let rest = String(scaled % Int64(factor))
        return "\(sign)\(whole)." + String(repeating: "0", count: places - rest.count) + rest
    }
}
