/// Where the time of one search goes, part by part.
///
/// What is measured inside of another part is not counted in that one. A search that does not ask
/// for it reads no clock.
final class SearchTimes {
    /// A part of a search.
    enum Part: String, CaseIterable {
        /// Words, stems and languages of what was typed.
        case analysis
        /// Another layout of the keyboard.
        case layout
        /// Other scripts and spellings.
        case scripts
        /// Near words for words that nobody knows.
        case typos
        /// Listed entities, and names that no list has.
        case names
        /// The words of the other languages, senses apart.
        case languages
        /// Which sense of a word was meant.
        case senses
        /// The queries of each collection, with what they count.
        case plan
        /// Postings: lookup, matching, scoring.
        case search
        /// Hits as they are shown.
        case hits
    }

    private let isOn: Bool
    private var spent = [Duration](repeating: .zero, count: Part.allCases.count)
    private var current: Part?
    private var since = ContinuousClock.now

    /// A search that is measured or not.
    init(isOn: Bool) { self.isOn = isOn }

    /// Counts a call for a part.
    func measure<Result, Failure: Error>(
        _ part: Part, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard isOn else { return try body() }
        let outer = current
        enter(part)
        defer { enter(outer) }
        return try body()
    }

    private func enter(_ part: Part?) {
        let now = ContinuousClock.now
        if let current, let place = Part.allCases.firstIndex(of: current) {
            spent[place] += now - since
        }
        (current, since) = (part, now)
    }

    /// The parts in their order; none if nothing is measured.
    var parts: [(name: String, duration: Duration)] {
        guard isOn else { return [] }
        return zip(Part.allCases, spent).map { ($0.rawValue, $1) }
    }
}
