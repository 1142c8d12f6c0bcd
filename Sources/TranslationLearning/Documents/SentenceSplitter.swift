/// Cuts paragraphs into sentences.
enum SentenceSplitter {
    /// The sentences of paragraphs, in order; a paragraph ends one.
    static func sentences(of paragraphs: [String]) -> [String] {
        paragraphs.flatMap(sentences)
    }

    /// The sentences of a paragraph.
    ///
    /// One ends with a full stop, question or exclamation mark or an ellipsis, and closing quotes
    /// and brackets, before a blank and a capital, a digit or an opening quote; not behind an
    /// initial or another word of up to two letters with a full stop, which is cut short.
    static func sentences(of paragraph: String) -> [String] {
        var result: [String] = []
        let scalars = Array(paragraph.unicodeScalars)
        var start = 0
        var place = 0
        func take(_ end: Int) {
            var sentence = String.UnicodeScalarView()
            sentence.append(contentsOf: scalars[start..<end])
            let text = String(sentence)
            if !text.allSatisfy(\.isWhitespace) { result.append(trimmed(text)) }
            start = end
        }
        while place < scalars.count {
            guard stops.contains(scalars[place]) else {
                place += 1
                continue
            }
            let stop = place
            while place < scalars.count,
                stops.contains(scalars[place]) || closers.contains(scalars[place])
            {
                place += 1
            }
            guard place < scalars.count, scalars[place].properties.isWhitespace else { continue }
            var next = place
            while next < scalars.count, scalars[next].properties.isWhitespace { next += 1 }
            guard next < scalars.count else { break }
            let first = scalars[next]
            let begins =
                first.properties.isUppercase || first.properties.numericType != nil
                || openers.contains(first)
            var letterCount = 0
            var before = stop
            while before > start, scalars[before - 1].properties.isAlphabetic {
                before -= 1
                letterCount += 1
            }
            let isShort = scalars[stop] == "." && (1...2).contains(letterCount)
            if begins, !isShort { take(next) }
            place = next
        }
        take(scalars.count)
        return result
    }

    private static let stops: Set<Unicode.Scalar> = [".", "!", "?", "…"]
    private static let closers: Set<Unicode.Scalar> = ["»", "”", "\"", "“", ")", "]", "’"]
    private static let openers: Set<Unicode.Scalar> = ["«", "“", "\"", "„", "(", "—", "–", "-"]

    private static func trimmed(_ text: String) -> String {
        let start = text.firstIndex { !$0.isWhitespace } ?? text.endIndex
        let end = text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0) } ?? start
        return String(text[start..<end])
    }
}
