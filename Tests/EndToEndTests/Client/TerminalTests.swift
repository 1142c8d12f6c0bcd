import Testing

@testable import izde

@Suite struct `The terminal` {
    private func terminal(
        interactive: Bool = true, width: Int? = nil, choice: Terminal.ColorChoice = .auto,
        _ environment: [String: String] = [:]
    ) -> Terminal {
        Terminal(
            isInteractive: interactive, terminalWidth: width, choice: choice,
            environment: { environment[$0] })
    }

    @Test func `is as wide as it says, then as COLUMNS says, then 80`() {
        #expect(terminal(width: 120, ["COLUMNS": "50"]).width == 120)
        #expect(terminal(["COLUMNS": "50"]).width == 50)
        #expect(terminal().width == 80)
        for nonsense in ["", "0", "-5", "abc", "3"] {
            #expect(terminal(["COLUMNS": nonsense]).width == 80)
        }
    }

    @Test func `has colour only for people who have not refused it`() {
        #expect(terminal(["TERM": "xterm"]).hasColor)
        #expect(!terminal(["NO_COLOR": "1"]).hasColor)
        #expect(terminal(["NO_COLOR": ""]).hasColor)
        #expect(!terminal(["TERM": "dumb"]).hasColor)
        #expect(!terminal(interactive: false).hasColor)
        #expect(terminal(interactive: false, choice: .always, ["NO_COLOR": "1"]).hasColor)
        #expect(!terminal(choice: .never).hasColor)
    }

    @Test func `dates are written for people and anything else as it is`() {
        #expect(DateText.forPeople("2025-10-14") == "14 Oct 2025")
        #expect(DateText.forPeople("2025-10-04T10:00:00Z") == "4 Oct 2025")
        #expect(DateText.forPeople("2025-10") == "Oct 2025")
        #expect(DateText.forPeople("2025") == "2025")
        for text in ["", "2025-13-01", "14.10.2025", "2025-10-99", "кеше"] {
            #expect(DateText.forPeople(text) == text)
        }
    }

    @Test func `numbers are rounded without a locale`() {
        #expect(Decimal.text(0.8123, places: 2) == "0.81")
        #expect(Decimal.text(-0.004, places: 2) == "0.00")
        #expect(Decimal.text(-1.25, places: 1) == "-1.3")
        #expect(Decimal.text(12.996, places: 2) == "13.00")
        #expect(Decimal.text(3, places: 0) == "3")
        #expect(Decimal.text(.infinity, places: 2) == "inf")
        #expect(StatsLayout.byteText(999) == "999 B")
        #expect(StatsLayout.byteText(1500) == "1.5 kB")
        #expect(StatsLayout.byteText(334_000_000) == "334 MB")
    }
}
