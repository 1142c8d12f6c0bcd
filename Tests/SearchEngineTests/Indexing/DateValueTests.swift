import Testing

@testable import SearchEngine

@Suite struct DateValueTests {
    @Test func `every day of four centuries comes back from its seconds`() {
        var expected = DateValue.seconds(1800, 1, 1)
        var wrong: [String] = []
        for year in 1800..<2200 {
            for month in 1...12 {
                for day in 1...DateValue.dayCount(year, month) {
                    let isRight =
                        DateValue.seconds(year, month, day) == expected
                        && DateValue.day(of: expected) == (year, month, day)
                        && DateValue.day(of: expected + 86_399) == (year, month, day)
                    if !isRight { wrong.append("\(year)-\(month)-\(day)") }
                    expected += 86_400
                }
            }
        }
        #expect(wrong == [])
    }

    @Test func `the first second of 1970 is zero`() {
        #expect(
            DateValue("1970-01-01")
                == DateValue("1970-01-01T00:00:00Z").map { date in
                    var day = date
                    day.last = 86_399
                    return day
                })
        #expect(DateValue("1970-01-01T00:00:00Z")?.first == 0)
        #expect(
            DateValue("2024-09-12T10:00:00+05:00")?.first
                == DateValue("2024-09-12T05:00:00Z")?.first)
    }

    @Test func `a year and a month stand for all their seconds`() {
        #expect(DateValue("2024")?.last == DateValue("2024-12-31T23:59:59Z")?.first)
        #expect(DateValue("2024-02")?.last == DateValue("2024-02-29T23:59:59Z")?.first)
        #expect(DateValue("2023-12")?.last == DateValue("2023-12-31T23:59:59Z")?.first)
        #expect(DateValue("2024-09-12T10:05")?.last == DateValue("2024-09-12T10:05:59Z")?.first)
    }

    @Test(arguments: [
        "", "24", "2024-", "2024-13", "2024-00", "2024-02-30", "2023-02-29", "2024-1-1",
        "2024-01-01T", "2024-01-01T24:00", "2024-01-01T10", "2024-01-01T10:60",
        "2024-01-01T10:00:61Z", "2024-01-01T10:00:00.Z", "2024-01-01T10:00:00+5",
        "2024-01-01T10:00:00Zx", "x2024", "2024 ", "٢٠٢٤", "0000",
    ])
    func `what is no date is refused`(text: String) {
        #expect(DateValue(text) == nil)
    }

    @Test func `seconds are shown as the day, with the time only if there is one`() {
        #expect(DateValue.text(of: DateValue.seconds(2024, 9, 2)) == "2024-09-02")
        #expect(DateValue.text(of: DateValue.seconds(2024, 9, 2) + 61) == "2024-09-02T00:01:01Z")
        #expect(DateValue.text(of: -1, precision: .month) == "1969-12")
    }
}
