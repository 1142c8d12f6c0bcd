import Testing

@testable import Service

@Suite struct SearchPaceTests {
    @Test func `nothing is expected of a connection that has not searched`() {
        #expect(!SearchPace().isExpected(within: .seconds(1)))
    }

    @Test func `short searches let short ones be expected, in half of the time at the most`() {
        var pace = SearchPace()
        pace.note(.microseconds(400))
        #expect(pace.isExpected(within: .microseconds(800)))
        #expect(!pace.isExpected(within: .microseconds(799)))
    }

    @Test func `one long search ends that, and some short ones bring it back`() {
        var pace = SearchPace()
        for _ in 0..<10 { pace.note(.microseconds(100)) }
        pace.note(.milliseconds(20))
        #expect(!pace.isExpected(within: .microseconds(1000)))
        var count = 0
        while !pace.isExpected(within: .microseconds(1000)) {
            pace.note(.microseconds(100))
            count += 1
        }
        #expect((5...40).contains(count), "after \(count) searches")
    }
}
