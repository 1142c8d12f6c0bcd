import FuzzSupport
import FuzzTables
import SearchEngine
import TextAnalysis

@testable import NameMatching

/// What reads names: two names that are compared, then a text in which names are found, parted by
/// `0xFF`; the first byte chooses whether both are looked up in a list as well.
@main
struct NamesTarget: FuzzTarget {
    private let matcher: NameMatcher
    private let reader: NameReader
    private let lookup: NameLookup
    private let finder: MentionFinder
    private let directory: NameDirectory
    private let dates: DateFinder

    init() throws {
        let vocabulary = try NameVocabulary(Shipped.names())
        matcher = try NameMatcher(vocabulary: vocabulary)
        reader = try NameReader(vocabulary: vocabulary)
        lookup = try NameLookup(vocabulary: vocabulary)
        dates = try DateFinder()
        let builder = try NameDirectoryBuilder(vocabulary: vocabulary)
        for (entity, name) in Self.known.enumerated() { builder.add(name, entity: UInt32(entity)) }
        directory = builder.finish()
        let list = MentionList(directory, vocabulary: vocabulary) { entity in
            EntityDescription(entity < 4 ? .organization : .person, places: ["almaty"])
        }
        finder = try MentionFinder(vocabulary: vocabulary, lists: [list])
    }

    private static let known = [
        "Әл-Фараби атындағы Қазақ ұлттық университеті", "КазНУ",
        "D. Serikbayev East Kazakhstan Technical University",
        "Министерство науки и высшего образования", "Қасым-Жомарт Кемелұлы Тоқаев",
        "Саясат Нұрбек", "Иванов Иван Иванович",
    ]

    func run(_ input: [UInt8]) throws {
        var input = FuzzInput(input)
        let isLookedUp = input.choice(2) == 1
        let asked = input.text()
        let found = input.text()
        let text = input.remainder()
        hold(reader.read(asked).units.count <= NameReader.mostUnits, "a name has few parts")
        for (left, right) in [(asked, found), (asked, asked), (asked, Self.known[4])] {
            let likeness = matcher.likeness(left, right)
            hold((0...1).contains(likeness.score), "\(likeness.score) of \(left) and \(right)")
        }
        if isLookedUp {
            for hit in lookup.hits(lookup.read(asked), in: directory, limit: 5) {
                hold((0...1).contains(hit.score) && Int(hit.entity) < Self.known.count, "\(hit)")
            }
        }
        checkMentions(text)
        let line = String(decoding: text, as: UTF8.self)
        for mention in dates.mentions(in: line) {
            hold(standsOnBorders(mention.range, of: Array(line.utf8)), "a date: \(mention)")
        }
    }

    private func checkMentions(_ text: [UInt8]) {
        let isText = String(validating: text, as: UTF8.self) != nil
        let found = finder.mentions(in: text.span)
        var ranges = found.mentions.map(\.source.range)
        hold(ranges.map(\.lowerBound) == ranges.map(\.lowerBound).sorted(), "in the text's order")
        for person in found.people {
            hold(!person.name.isEmpty && person.score > 0 && person.score <= 1, "\(person)")
            ranges += person.occurrences.map(\.source.range)
        }
        ranges.sort { $0.lowerBound < $1.lowerBound }
        for range in ranges {
            hold(!range.isEmpty && range.upperBound <= text.count, "a mention lies in the text")
            hold(!isText || standsOnBorders(range, of: text), "a mention is whole scalars")
        }
        for (left, right) in zip(ranges, ranges.dropFirst()) {
            hold(left.upperBound <= right.lowerBound, "mentions do not overlap")
        }
        for mention in found.mentions {
            hold(mention.score > 0 && mention.score <= 1, "\(mention)")
        }
        hold(finder.mentions(in: text.span) == found, "the same a second time")
    }
}
