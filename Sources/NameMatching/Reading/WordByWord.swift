import TextAnalysis

/// A text whose words were read one by one, so that each stretch of them is read as it is here.
public struct WordByWord: Sendable {
    /// The parts of all words.
    let units: [NameUnit]
    /// The parts of each word: one, or as many as hyphens part.
    let words: [Range<Int>]

    /// Words of one part each.
    init(units: [NameUnit]) {
        self.units = units
        words = units.indices.map { $0..<$0 + 1 }
    }

    /// A text that has been read as a whole, and its words, which had one space between them; `nil`
    /// where words were put together or left out, or where it has another reading.
    init?(_ name: ParsedName, words: [some StringProtocol]) {
        guard name.other.isEmpty else { return nil }
        units = name.units
        var ranges: [Range<Int>] = []
        var place = 0
        var start = 0
        for word in words {
            let end = start + word.utf8.count
            let first = place
            while place < units.count, units[place].source.start < end {
                let unit = units[place]
                guard unit.wordCount == 1, unit.source.start >= start,
                    unit.source.start + unit.source.count <= end,
                    place == first || unit.followsHyphen
                else { return nil }
                place += 1
            }
            guard place > first else { return nil }
            ranges.append(first..<place)
            start = end + 1
        }
        guard place == units.count else { return nil }
        self.words = ranges
    }
}
