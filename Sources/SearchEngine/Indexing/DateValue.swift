/// A date as it was written, and the stretch of time that it names: `2024` is a whole year.
///
/// Written forms are those of ISO 8601: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, and the last with
/// `THH:MM`, `THH:MM:SS` or `THH:MM:SS.fff` and `Z`, `±HH:MM` or nothing (then it is UTC).
struct DateValue: Equatable {
    /// Its first second, counted from 1970 in UTC.
    var first: Int64
    /// Its last second; equal to `first` where seconds were written.
    var last: Int64

    /// Reads a date strictly; `nil` for anything else, also for days that no calendar has.
    init?(_ text: String) {
        var reader = Digits(bytes: Array(text.utf8))
        guard let year = reader.number(digitCount: 4), year >= 1 else { return nil }
        if reader.isAtEnd {
            first = Self.seconds(year, 1, 1)
            last = Self.seconds(year + 1, 1, 1) - 1
            return
        }
        guard reader.take("-"), let month = reader.number(digitCount: 2), (1...12).contains(month)
        else { return nil }
        if reader.isAtEnd {
            first = Self.seconds(year, month, 1)
            last = Self.seconds(month == 12 ? year + 1 : year, month % 12 + 1, 1) - 1
            return
        }
        guard reader.take("-"), let day = reader.number(digitCount: 2),
            (1...Self.dayCount(year, month)).contains(day)
        else { return nil }
        first = Self.seconds(year, month, day)
        last = first + 86_399
        if reader.isAtEnd { return }
        guard reader.take("T") || reader.take(" "), readTime(&reader), reader.isAtEnd else {
            return nil
        }
    }

    private mutating func readTime(_ reader: inout Digits) -> Bool {
        guard let hour = reader.number(digitCount: 2), hour <= 23, reader.take(":"),
            let minute = reader.number(digitCount: 2), minute <= 59
        else { return false }
        first += Int64(hour * 3600 + minute * 60)
        last = first + 59
        if reader.take(":") {
            // A leap second counts as the second before it.
            guard let second = reader.number(digitCount: 2), second <= 60 else { return false }
            first += Int64(min(second, 59))
            last = first
            if reader.take("."), !reader.skipFraction() { return false }
        }
        if reader.isAtEnd || reader.take("Z") { return true }
        let sign: Int64
        if reader.take("+") {
            sign = -1
        } else if reader.take("-") {
            sign = 1
        } else {
            return false
        }
        guard let hours = reader.number(digitCount: 2), hours <= 23 else { return false }
        var minutes = 0
        if reader.take(":") || !reader.isAtEnd {
            guard let read = reader.number(digitCount: 2), read <= 59 else { return false }
            minutes = read
        }
        let shift = sign * Int64(hours * 3600 + minutes * 60)
        first += shift
        last += shift
        return true
    }

    /// The seconds from 1970 to the beginning of a day of the Gregorian calendar.
    ///
    /// - Source: the count of days goes by years that begin in March, so that the leap day is the
    ///   last of its year.
    static func seconds(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        // 719,468 days lie between 1 March of the year 0 and 1 January 1970.
        return Int64(era * 146_097 + dayOfEra - 719_468) * 86_400
    }

    /// The day of the Gregorian calendar in which a second lies, in UTC.
    static func day(of seconds: Int64) -> (year: Int, month: Int, day: Int) {
        let days = Int(seconds.quotientRoundedDown(by: 86_400)) + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// How many days a month has.
    static func dayCount(_ year: Int, _ month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// A second as people read it: the day, with the time in UTC unless it is midnight.
    static func text(of seconds: Int64) -> String {
        let day = text(of: seconds, precision: .day)
        let rest = Int(seconds - seconds.quotientRoundedDown(by: 86_400) * 86_400)
        guard rest != 0 else { return day }
        return "\(day)T\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2))"
            + ":\(padded(rest % 60, 2))Z"
    }

    /// How exactly a date is told.
    enum Precision: String, CaseIterable, Sendable {
        case year, month, day
    }

    /// The year, month or day in which a second lies: `2024`, `2024-09`, `2024-09-12`.
    static func text(of seconds: Int64, precision: Precision) -> String {
        let (year, month, day) = day(of: seconds)
        let yearText = padded(year, 4)
        switch precision {
        case .year: return yearText
        case .month: return "\(yearText)-\(padded(month, 2))"
        case .day: return "\(yearText)-\(padded(month, 2))-\(padded(day, 2))"
        }
    }

    private static func padded(_ number: Int, _ digitCount: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, digitCount - digits.utf8.count)) + digits
    }

    private struct Digits {
        let bytes: [UInt8]
        var position = 0

        var isAtEnd: Bool { position == bytes.count }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard position < bytes.count, UInt32(bytes[position]) == character.value else {
                return false
            }
            position += 1
            return true
        }

        mutating func number(digitCount: Int) -> Int? {
            guard position + digitCount <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[position..<position + digitCount] {
                guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
            }
            position += digitCount
            return value
        }

        /// Passes 1 to 9 digits; times are kept in whole seconds.
        mutating func skipFraction() -> Bool {
            var count = 0
            while number(digitCount: 1) != nil { count += 1 }
            return (1...9).contains(count)
        }
    }
}

extension Int64 {
    /// The quotient rounded towards minus infinity.
    fileprivate func quotientRoundedDown(by divisor: Int64) -> Int64 {
        let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? quotient - 1 : quotient
    }
}
