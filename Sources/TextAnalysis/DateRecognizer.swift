/// A day of the calendar that a text names, and the words that name it.
struct RecognizedDate {
    /// Index of the first and the last of its words.
    var first: Int
    var last: Int
    var year: Int
    var month: Int
    var day: Int

    /// The canonical term: `d:2021-11-17`.
    func append(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: [UInt8(ascii: "d"), UInt8(ascii: ":")])
        Self.append(year, width: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Self.append(month, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Self.append(day, width: 2, to: &bytes)
    }

    private static func append(_ number: Int, width: Int, to bytes: inout [UInt8]) {
        var divisor = width == 4 ? 1000 : 10
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}

/// Finds dates among the words of a chunk: numeric ones, and those with the name of a month in
/// Kazakh, Russian or English.
struct DateRecognizer {
    /// The dates of the chunk, by their first word.
    private(set) var dates: [RecognizedDate] = []
    private let months = MonthNames()

    /// Finds the dates in `words`.
    mutating func find(_ words: [Word], _ text: borrowing CleanText) {
        dates.removeAll(keepingCapacity: true)
        for index in words.indices where words[index].flags.contains(.digit) {
            guard let number = Self.number(words[index], text) else { continue }
            if let date = numeric(words, text, at: index, first: number) {
                add(date)
            } else if number.value >= 1, number.value <= 31, number.count <= 2 {
                named(words, text, at: index, day: number.value)
            }
        }
        dates.sort { ($0.first, $0.last) < ($1.first, $1.last) }
    }

    private mutating func add(_ date: RecognizedDate) {
        guard Self.isDay(date.year, date.month, date.day) else { return }
        dates.append(date)
    }

    /// `17.11.2021`, `11/17/2021`, `2021-11-17`: three numbers with the same separator.
    private func numeric(
        _ words: [Word], _ text: borrowing CleanText, at index: Int, first: Number
    ) -> RecognizedDate? {
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
        var date = RecognizedDate(first: index, last: index + 2, year: 0, month: 0, day: 0)
        if first.count == 4, third.count <= 2 {
            (date.year, date.month, date.day) = (first.value, second.value, third.value)
        } else if third.count == 4, first.count <= 2 {
            (date.year, date.month, date.day) = (third.value, second.value, first.value)
            // Written with slashes the month comes first, unless it cannot be one.
            if separator == 0x2F, first.value <= 12 {
                (date.month, date.day) = (first.value, second.value)
            }
        } else {
            return nil
        }
        return Self.isDay(date.year, date.month, date.day) ? date : nil
    }

    /// A day beside the name of a month, with the year after or before.
    private mutating func named(
        _ words: [Word], _ text: borrowing CleanText, at index: Int, day: Int
    ) {
        // 17 November 2021, 17 қараша 2021, 8-9 November 2017, 8 to 9 November.
        var place = index + 1
        var month = months.month(words, text, at: place)
        if month == nil, let end = Self.endOfRange(words, text, from: place) {
            place = end + 1
            month = months.month(words, text, at: place)
        }
        if let month {
            if let year = Self.year(words, text, at: place + 1) {
                add(.init(first: index, last: place + 1, year: year, month: month, day: day))
            } else if let (first, year) = Self.yearBefore(words, text, index) {
                add(.init(first: first, last: place, year: year, month: month, day: day))
            }
            return
        }
        // November 17, 2021 and November 8-9, 2017.
        var before = index - 1
        if before > 0, words[index].link == .hyphen, Self.number(words[before], text) != nil {
            before -= 1
        }
        guard let month = months.month(words, text, at: before) else { return }
        var after = index + 1
        if Self.year(words, text, at: after) == nil,
            let end = Self.endOfRange(words, text, from: after)
        {
            after = end + 1
        }
        if let year = Self.year(words, text, at: after) {
            add(.init(first: before, last: after, year: year, month: month, day: day))
        }
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
        _ words: [Word], _ text: borrowing CleanText, before index: Int
    ) -> UInt16? {
        let end = Int(words[index - 1].end)
        guard Int(words[index].start) == end + 1 else { return nil }
        switch text.units[end] {
        case 0x2E, 0x2F, 0x2D: return text.units[end]
        default: return nil
        }
    }

    private static func year(
        _ words: [Word], _ text: borrowing CleanText, at index: Int
    ) -> Int? {
        guard words.indices.contains(index), let number = number(words[index], text),
            number.count == 4, number.value >= 1000, number.value < 2200
        else { return nil }
        return number.value
    }

    /// The end of a range of days that goes on at `index`: `-9`, `to 9`, `по 9`.
    private static func endOfRange(
        _ words: [Word], _ text: borrowing CleanText, from index: Int
    ) -> Int? {
        guard words.indices.contains(index) else { return nil }
        if let day = number(words[index], text) {
            return day.count <= 2 && day.value >= 1 && day.value <= 31 ? index : nil
        }
        guard words[index].range.count <= 5, words.indices.contains(index + 1),
            let day = number(words[index + 1], text), day.count <= 2
        else { return nil }
        let joiners = ["to", "and", "и", "по", "мен", "бен", "пен"]
        return joiners.contains(MonthNames.folded(words[index], text)) ? index + 1 : nil
    }

    /// `2024 жылғы 12 қыркүйек`: the year two words before the day.
    private static func yearBefore(
        _ words: [Word], _ text: borrowing CleanText, _ day: Int
    ) -> (Int, Int)? {
        if let year = year(words, text, at: day - 1) { return (day - 1, year) }
        guard day >= 2, let year = year(words, text, at: day - 2) else { return nil }
        let word = MonthNames.folded(words[day - 1], text)
        return word == "ж" || word.hasPrefix("жыл") || word.hasPrefix("год") ? (day - 2, year) : nil
    }

    private static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        guard (1...12).contains(month), year >= 1000, year < 2200, day >= 1 else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return day <= days[month - 1]
    }
}
