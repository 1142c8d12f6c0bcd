import SearchEngine

/// The parts of a news page that was saved as plain text.
struct NewsPage: Equatable {
    /// The headline, on one line.
    var title = ""
    /// The story, a paragraph a line.
    var body = ""
    /// The day it appeared, `YYYY-MM-DD`, and where that was read from.
    var published: (day: String, from: DateOrigin)?
    /// The site that the text says it is from.
    var source: String?
    /// Who signed it.
    var authors: [String] = []
    /// The furniture that was cut, line by line.
    var residue: [String] = []

    /// Where the day was read.
    enum DateOrigin: String {
        /// A line, or the beginning of one, that holds nothing but the date.
        case dateline
        /// The first paragraph of the story.
        case text
    }

    static func == (left: NewsPage, right: NewsPage) -> Bool {
        left.title == right.title && left.body == right.body && left.source == right.source
            && left.published?.day == right.published?.day && left.authors == right.authors
            && left.published?.from == right.published?.from && left.residue == right.residue
    }
}

/// Cuts a saved page into headline, date, story and furniture, by rules about lines.
struct PageCutter {
    /// A headline has at most so many words; a longer first line is a paragraph.
    private static let headlineWordCount = 25

    private let dates: DateFinder

    init() throws(EngineError) {
        dates = try DateFinder()
    }

    /// The parts of a page; a text without any line gives an empty page.
    func cut(_ text: String) -> NewsPage {
        var page = NewsPage()
        var lines = text.split(whereSeparator: \.isNewline).map { Self.trimmed($0) }
            .filter { !$0.isEmpty }
        cutHead(&lines, &page)
        cutTail(&lines, &page)
        takeTitle(&lines, &page)
        takeDateline(&lines, &page)
        // Repeated headlines and furniture between paragraphs.
        let title = Self.folded(page.title)
        lines.removeAll { line in
            let isResidue = PageFurniture.isFurniture(line) || Self.folded(line) == title
            if isResidue { page.residue.append(line) }
            return isResidue
        }
        page.body = lines.joined(separator: "\n")
        if page.title.isEmpty, let first = lines.first { page.title = Self.headline(of: first) }
        if page.published == nil, let first = lines.first,
            let mention = dates.mentions(in: first).first
        {
            page.published = (mention.day, .text)
        }
        page.source = lines.first.flatMap(Self.attributedSite)
        return page
    }

    // MARK: Parts

    /// Menus, bread crumbs (`- News`) and stray signs before the headline.
    private func cutHead(_ lines: inout [String], _ page: inout NewsPage) {
        while let first = lines.first, lines.count > 1 {
            let isCrumb =
                (first.hasPrefix("- ") || first.hasPrefix("• ") || first.hasPrefix("> "))
                && PageFurniture.wordCount(first) <= 5
            guard isCrumb || PageFurniture.isFurniture(first) else { return }
            page.residue.append(lines.removeFirst())
        }
    }

    /// Links, calls to subscribe and the signature behind the story.
    private func cutTail(_ lines: inout [String], _ page: inout NewsPage) {
        var tail: [String] = []
        while let last = lines.last, lines.count > 1 {
            let folded = last.lowercased()
            if PageFurniture.bylines.contains(where: { folded.hasPrefix($0) }),
                PageFurniture.wordCount(last) <= 12
            {
                page.authors.insert(last, at: 0)
            } else if PageFurniture.isFurniture(last) {
                tail.append(last)
            } else {
                break
            }
            lines.removeLast()
        }
        page.residue.append(contentsOf: tail.reversed())
    }

    private func takeTitle(_ lines: inout [String], _ page: inout NewsPage) {
        guard let first = lines.first, lines.count > 1, Self.isHeadline(first) else { return }
        page.title = Self.onOneLine(first)
        lines.removeFirst()
    }

    /// `11/17/2021Al-Farabi …`: a day at the very beginning of the story, glued to it or not.
    private func takeDateline(_ lines: inout [String], _ page: inout NewsPage) {
        guard let first = lines.first,
            let mention = dates.mentions(in: first).first, mention.range.lowerBound == 0
        else { return }
        let bytes = Array(first.utf8)
        let rest = String(decoding: bytes[mention.range.upperBound...], as: UTF8.self)
        let story = rest.drop { $0.isWhitespace || $0 == "|" || $0 == "," || $0 == "-" }
        // «12 қыркүйекте Алматыда …» is a sentence: a dateline is all figures, or has no word behind it.
        let isNumeric = bytes[mention.range].allSatisfy { $0 < 0x41 }
        guard isNumeric || story.isEmpty else { return }
        page.published = (mention.day, .dateline)
        if story.isEmpty {
            lines.removeFirst()
        } else {
            lines[0] = String(story)
        }
    }

    // MARK: Lines

    /// A first line is a headline if it is short and no running text.
    private static func isHeadline(_ line: String) -> Bool {
        PageFurniture.wordCount(line) <= headlineWordCount && sentences(in: line).count == 1
            && line.last != "."
    }

    /// The headline of a page that has none: the first sentence, up to a dash that is far enough in.
    private static func headline(of paragraph: String) -> String {
        var sentence = sentences(in: paragraph).first ?? paragraph
        for dash in [" - ", " – ", " — "] {
            guard let range = sentence.firstRange(of: dash) else { continue }
            let before = sentence[..<range.lowerBound]
            if PageFurniture.wordCount(String(before)) >= 5 { sentence = String(before) }
        }
        if sentence.last == "." { sentence.removeLast() }
        return onOneLine(sentence)
    }

    /// The sentences of a paragraph; a full stop behind an initial or a short word does not end one.
    private static func sentences(in text: String) -> [String] {
        var result: [String] = []
        var start = text.startIndex
        var index = start
        while index < text.endIndex {
            let next = text.index(after: index)
            let isStop = ".!?…".contains(text[index])
            if isStop, next < text.endIndex, text[next].isWhitespace {
                let word = text[start..<index].split(whereSeparator: \.isWhitespace).last ?? ""
                let begins = text[next...].first { !$0.isWhitespace }
                let isInitial = text[index] == "." && word.count <= 2
                if !isInitial, begins?.isUppercase == true || begins?.isNumber == true {
                    result.append(trimmed(text[start..<next]))
                    start = next
                }
            }
            index = next
        }
        let rest = trimmed(text[start...])
        if !rest.isEmpty { result.append(rest) }
        return result
    }

    /// The host that a verb of attribution names: «…, передаёт Qaz365.kz.» gives `qaz365.kz`.
    private static func attributedSite(in paragraph: String) -> String? {
        let words = paragraph.split(whereSeparator: \.isWhitespace)
        for (index, word) in words.enumerated() {
            let verb = PageFurniture.trimmedOfMarks(word.lowercased())
            guard PageFurniture.attributions.contains(verb) else { continue }
            let nearby = words[max(0, index - 3)..<min(words.count, index + 4)]
            for candidate in nearby {
                let host = PageFurniture.trimmedOfMarks(candidate.lowercased())
                if isHost(host) { return host }
            }
        }
        return nil
    }

    private static func isHost(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, let top = labels.last, (2...6).contains(top.utf8.count),
            top.allSatisfy({ $0.isASCII && $0.isLetter })
        else { return false }
        return labels.allSatisfy { label in
            !label.isEmpty
                && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        }
    }

    private static func trimmed(_ line: Substring) -> String {
        let start = line.firstIndex { !$0.isWhitespace } ?? line.endIndex
        let end = line.lastIndex { !$0.isWhitespace }.map { line.index(after: $0) } ?? start
        return String(line[start..<max(start, end)])
    }

    private static func onOneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func folded(_ text: String) -> String { onOneLine(text).lowercased() }
}
