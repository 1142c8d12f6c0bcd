/// A day of the calendar that a text names, and the words that name it.
struct RecognizedDate {
    /// Index of the first and the last of its words.
    var first: Int
    var last: Int
    /// `nil` for the day of any year.
    var year: Int?
    var month: Int
    var day: Int

    /// The canonical term: `d:2021-11-17`, or `d:--11-17` of any year.
    func append(to bytes: inout TermBytes) {
        bytes.append(UInt8(ascii: "d"))
        bytes.append(UInt8(ascii: ":"))
        if let year {
            Self.append(year, width: 4, to: &bytes)
        } else {
            bytes.append(UInt8(ascii: "-"))
        }
        bytes.append(UInt8(ascii: "-"))
        Self.append(month, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Self.append(day, width: 2, to: &bytes)
    }

    private static func append(_ number: Int, width: Int, to bytes: inout TermBytes) {
        var divisor = width == 4 ? 1000 : 10
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}

/// Finds dates among the words of a chunk: numeric ones, and those with the name of a month in
/// Kazakh, Russian or English.
///
/// A date of a year is also the day of any year (`d:--11-17`), so that `17 қараша` and `17 ноября`
/// find it and each other.
struct DateRecognizer {
    /// A day with the name of its month; the year may stand elsewhere.
    private struct NamedDay {
        /// The words of day and month.
        var first: Int
        var last: Int
        var month: Int
        var day: Int
        /// The year and where it stands: beside the date, or beside a neighbour.
        var year: Int?
        var yearIndex: Int?

        /// The last word, with the year.
        var end: Int { max(last, yearIndex ?? last) }
        var start: Int { min(first, yearIndex ?? first) }
    }

    /// The dates of the chunk, by their first word; the one with a year before the one without.
    private(set) var dates: [RecognizedDate] = []
    private var days: [NamedDay] = []
    private let months = MonthNames()

    /// Finds the dates in `words`, of which those with digits are given.
    mutating func find(
        _ words: UnsafeMutableBufferPointer<Word>, digitWords: [Int32], _ text: borrowing CleanText
    ) {
        dates.removeAll(keepingCapacity: true)
        days.removeAll(keepingCapacity: true)
        for digitWord in digitWords {
            let index = Int(digitWord)
            guard let number = Self.number(words[index], text) else { continue }
            if let date = numeric(words, text, at: index, first: number) {
                add(date, first: date.isYearFirst ? index + 1 : index)
            } else if number.value >= 1, number.value <= 31, number.count <= 2 {
                if let day = named(words, text, at: index, day: number.value) { days.append(day) }
            }
        }
        if !days.isEmpty { addNamedDays(words, text) }
        if dates.count > 1 {
            dates.sort {
                ($0.first, $0.last, $0.year == nil ? 1 : 0)
                    < ($1.first, $1.last, $1.year == nil ? 1 : 0)
            }
        }
    }

    /// Adds the date of a numeric day and the day of any year, whose first word is `first`.
    private mutating func add(_ numeric: NumericDate, first: Int) {
        dates.append(numeric.date)
        var day = numeric.date
        day.first = first
        day.last = first + 1
        day.year = nil
        dates.append(day)
    }

    /// Adds the named days, once the years that several share are known.
    private mutating func addNamedDays(
        _ words: UnsafeMutableBufferPointer<Word>, _ text: borrowing CleanText
    ) {
        for index in days.indices where days[index].yearIndex == nil {
            // 28 October – 3 November 2021
            if index + 1 < days.count, days[index + 1].yearIndex != nil,
                let year = days[index + 1].year,
                Self.areJoined(days[index].end, days[index + 1].start, words, text)
            {
                days[index].year = days[index].month > days[index + 1].month ? year - 1 : year
            } else if index > 0, days[index - 1].yearIndex != nil, let year = days[index - 1].year,
                Self.areJoined(days[index - 1].end, days[index].start, words, text)
            {
                // 2021 жылғы 12–13 қыркүйек
                days[index].year = days[index].month < days[index - 1].month ? year + 1 : year
            }
        }
        for day in days {
            var date = RecognizedDate(
                first: day.start, last: day.end, year: day.year, month: day.month, day: day.day)
            if let year = day.year, Self.isDay(year, day.month, day.day) { dates.append(date) }
            guard Self.isDay(Self.leapYear, day.month, day.day) else { continue }
            date.first = day.first
            date.last = day.last
            date.year = nil
            dates.append(date)
        }
    }

    /// A year that has every day.
    private static let leapYear = 2000

    /// A date of numbers, and how they stand.
    private struct NumericDate {
        var date: RecognizedDate
        var isYearFirst: Bool
    }

    /// `17.11.2021`, `11/17/2021`, `2021-11-17`, `17.11.21`: three numbers with the same
    /// separator.
    private func numeric(
        _ words: UnsafeMutableBufferPointer<Word>, _ text: borrowing CleanText, at index: Int,
        first: Number
    ) -> NumericDate? {
        guard index + 2 < words.count,
            let second = Self.number(words[index + 1], text), second.count <= 2,
            let third = Self.number(words[index + 2], text),
            let separator = Self.separator(words, text, before: index + 1),
            separator == Self.separator(words, text, before: index + 2)
        else { return nil }
        // A number before the first one: part of something longer.
        if index > 0, Self.separator(words, text, before: index) == separator,
            Self.number(words[index - 1], text) != nil
        {
            return nil
        }
        let isYearFirst = first.count == 4 && third.count <= 2
        var (year, month, day) = (third.value, second.value, first.value)
        if isYearFirst {
            (year, day) = (first.value, third.value)
        } else if third.count == 4, first.count <= 2 {
            // Written with slashes the month comes first, unless it cannot be one.
            if separator == 0x2F, first.value <= 12 { (month, day) = (first.value, second.value) }
        } else if separator == 0x2E, first.count == 2, second.count == 2, third.count == 2 {
            // Two digits of a year of this century, or of the second half of the last.
            year += third.value < 50 ? 2000 : 1900
        } else {
            return nil
        }
        guard Self.isDay(year, month, day) else { return nil }
        return NumericDate(
            date: RecognizedDate(
                first: index, last: index + 2, year: year, month: month, day: day),
            isYearFirst: isYearFirst)
    }

    /// A day beside the name of a month, with the year after or before.
    private func named(
        _ words: UnsafeMutableBufferPointer<Word>, _ text: borrowing CleanText, at index: Int,
        day: Int
    ) -> NamedDay? {
        // 17 November 2021, 17 қараша 2021, 8-9 November 2017, 8 to 9 November, 17th of November.
        var place = Self.after(index, words, text)
        var month = months.month(words, text, at: place)
        if month == nil, let end = Self.endOfRange(words, text, from: place) {
            place = Self.after(end, words, text)
            month = months.month(words, text, at: place)
        }
        if let month {
            var named = NamedDay(first: index, last: place, month: month, day: day)
            let next = Self.after(place, words, text)
            if let year = Self.year(words, text, at: next) {
                (named.year, named.yearIndex) = (year, next)
            } else if let (first, year) = Self.yearBefore(words, text, index) {
                (named.year, named.yearIndex) = (year, first)
            }
            return named
        }
        // November 17, 2021 and November 8-9, 2017.
        var before = Self.before(index, words)
        if words.indices.contains(before), words[index].link == .hyphen,
            Self.number(words[before], text) != nil
        {
            before = Self.before(before, words)
        }
        guard let month = months.month(words, text, at: before) else { return nil }
        var named = NamedDay(first: before, last: index, month: month, day: day)
        var next = Self.after(index, words, text)
        if Self.year(words, text, at: next) == nil,
            let end = Self.endOfRange(words, text, from: next)
        {
            next = Self.after(end, words, text)
        }
        if let year = Self.year(words, text, at: next) {
            (named.year, named.yearIndex) = (year, next)
            return named
        }
        // Without a year only in English, and not after a day that has the month already.
        let isTaken = before > 0 && Self.number(words[before - 1], text) != nil
        return words[before].flags.contains(.latin) && !isTaken ? named : nil
    }

    /// The next word that is no dropped suffix (`17-го ноября`) and no `of`.
    private static func after(
        _ index: Int, _ words: UnsafeMutableBufferPointer<Word>, _ text: borrowing CleanText
    ) -> Int {
        var next = index + 1
        while next < words.count,
            words[next].isDropped
                || (words[next].range.count == 2 && words[next].flags.contains(.latin)
                    && MonthNames.isWord(words[next], Self.of, text))
        {
            next += 1
        }
        return next
    }

    private static let of = Array("of".utf16)

    /// The word before, past dropped suffixes; -1 if there is none.
    private static func before(_ index: Int, _ words: UnsafeMutableBufferPointer<Word>) -> Int {
        var place = index - 1
        while place >= 0, words[place].isDropped { place -= 1 }
        return place
    }

    // MARK: - Numbers

    private struct Number {
        var value: Int
        var count: Int
    }

    /// The value of a word of one to four ASCII digits; an English or Kazakh ordinal counts.
    private static func number(_ word: Word, _ text: borrowing CleanText) -> Number? {
        var number = Number(value: 0, count: 0)
        for index in word.range {
            let unit = text.units[index]
            guard unit >= 0x30, unit <= 0x39 else {
                // 8th, 1st, 2nd, 3rd
                let isOrdinal =
                    word.flags.contains(.latin) && number.count <= 2 && number.count > 0
                    && word.range.count == number.count + 2
                return isOrdinal ? number : nil
            }
            number.value = number.value * 10 + Int(unit - 0x30)
            number.count += 1
            if number.count > 4 { return nil }
        }
        return number
    }

    /// The full stop, slash or hyphen between a word and the one before.
    private static func separator(
        _ words: UnsafeMutableBufferPointer<Word>, _ text: borrowing CleanText, before index: Int
    ) -> UInt16? {
        let end = Int(words[index - 1].end)
        guard Int(words[index].start) == end + 1 else { return nil }
        switch text.units[end] {
        case 0x2E, 0x2F, 0x2D: return text.units[end]
        default: return nil
        }
    }

    private static func year(
        _ words: UnsafeMutableBufferPointer<Word>, _ text: borrowing CleanText, at index: Int
    ) -> Int? {
        guard words.indices.contains(index), let number = number(words[index], text),
            number.count == 4, number.value >= 1000, number.value < 2200
        else { return nil }
        return number.value
    }

    /// The end of a range of days that goes on at `index`: `-9`, `to 9`, `по 9`.
    private static func endOfRange(
        _ words: UnsafeMutableBufferPointer<Word>, _ text: borrowing CleanText, from index: Int
    ) -> Int? {
        guard words.indices.contains(index) else { return nil }
        if let day = number(words[index], text) {
            return day.count <= 2 && day.value >= 1 && day.value <= 31 ? index : nil
        }
        guard words[index].range.count <= 5, words.indices.contains(index + 1),
            let day = number(words[index + 1], text), day.count <= 2, day.value <= 31
        else { return nil }
        return isJoiner(words[index], text) ? index + 1 : nil
    }

    private static let joiners = ["to", "and", "и", "по", "до", "мен", "бен", "пен", "және"]
        .map { Array($0.utf16) }

    private static func isJoiner(_ word: Word, _ text: borrowing CleanText) -> Bool {
        word.range.count <= 4 && joiners.contains { MonthNames.isWord(word, $0, text) }
    }

    /// Whether the words between two dates, one at most, and the signs make them one mention.
    private static func areJoined(
        _ end: Int, _ start: Int, _ words: UnsafeMutableBufferPointer<Word>,
        _ text: borrowing CleanText
    ) -> Bool {
        guard start > end else { return true }
        guard start - end <= 2, words[start].line == words[end].line else { return false }
        if start - end == 2, !words[end + 1].isDropped, !isJoiner(words[end + 1], text) {
            return false
        }
        return (end..<start).allSatisfy { index in
            (Int(words[index].end)..<Int(words[index + 1].start)).allSatisfy {
                switch text.units[$0] {
                case 0x20, 0x2C, 0x2D, 0xA0, 0x2014: true
                default: false
                }
            }
        }
    }

    /// `2024 жылғы 12 қыркүйек`: the year two words before the day.
    private static func yearBefore(
        _ words: UnsafeMutableBufferPointer<Word>, _ text: borrowing CleanText, _ day: Int
    ) -> (Int, Int)? {
        if let year = year(words, text, at: day - 1) { return (day - 1, year) }
        guard day >= 2, let year = year(words, text, at: day - 2) else { return nil }
        let word = words[day - 1]
        let isYear =
            MonthNames.isWord(word, yearWords[0], text)
            || yearWords.dropFirst().contains { MonthNames.begins(word, with: $0, text) }
        return isYear ? (day - 2, year) : nil
    }

    /// ж., and words that begin as жыл and год.
    private static let yearWords = ["ж", "жыл", "год"].map { Array($0.utf16) }

    private static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        guard (1...12).contains(month), year >= 1000, year < 2200, day >= 1 else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return day <= days[month - 1]
    }
}
