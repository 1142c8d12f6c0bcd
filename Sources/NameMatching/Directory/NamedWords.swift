import TextAnalysis

/// Which names of a directory have the words of a text: found out word by word, which is much less
/// than to look the text up, and once for all its stretches.
public struct NamedWords: Sendable {
    /// A part of a word, mostly all of it, and the names that have it.
    struct Part: Sendable, Equatable {
        /// What it is asked as.
        var role: NameUnit.Role
        /// Whether it says no more than the standing of an institution.
        var isStatus = false
        /// The names that have it, ascending; `nil` where that does not tell which names may have
        /// it all the same.
        var bearers: [NameDirectory.NameID]?
        /// The names that have it and the part behind it as one word, ascending.
        var joined: [NameDirectory.NameID] = []
    }

    var parts: [Part] = []
    /// The parts of each word.
    var words: [Range<Int>]

    /// Whether no name has some part, under any key.
    public var hasUnknownPart: Bool { parts.contains { $0.bearers?.isEmpty == true } }

    /// Of longer stretches a single word tells too little: it may be left out.
    private static let longestStretch = 5
    /// The same of a standing.
    private static let longestWithStatus = 3

    /// Whether some name may have all of a stretch of words.
    ///
    /// A name that has one of them only as a letter of an acronym, or as an abbreviation, is not
    /// seen unless it has another: who types such words alone does not type the name. Nor is one
    /// that sounds like a word, but differs from it where no key expects it.
    public func mayName(_ words: Range<Int>) -> Bool {
        let stretch =
            self.words[words.lowerBound].lowerBound..<self.words[words.upperBound - 1].upperBound
        guard stretch.count <= Self.longestStretch else { return true }
        let needsSurnamesOnly = mayLackGivenNames(stretch)
        var common: [NameDirectory.NameID]?
        for place in stretch {
            guard var own = parts[place].bearers,
                !needsSurnamesOnly || parts[place].role == .surname,
                !parts[place].isStatus || stretch.count <= Self.longestWithStatus
            else { continue }
            if place + 1 < stretch.upperBound { own = Self.union(own, parts[place].joined) }
            if place > stretch.lowerBound { own = Self.union(own, parts[place - 1].joined) }
            common = common.map { Self.intersection($0, own) } ?? own
            if common?.isEmpty == true { return false }
        }
        return true
    }

    /// Whether words of a stretch may count next to nothing in a name: a given name does beside the
    /// surname of whom an institution is named after, if there are enough other parts.
    private func mayLackGivenNames(_ stretch: Range<Int>) -> Bool {
        guard stretch.count > 2 else { return false }
        let heavy = parts[stretch].count { $0.role != .word }
        return parts[stretch].contains { $0.role == .surname } && (stretch.count > 3 || heavy > 1)
    }

    private static func union(
        _ left: [NameDirectory.NameID], _ right: [NameDirectory.NameID]
    ) -> [NameDirectory.NameID] {
        right.isEmpty ? left : (left + right).sorted()
    }

    private static func intersection(
        _ left: [NameDirectory.NameID], _ right: [NameDirectory.NameID]
    ) -> [NameDirectory.NameID] {
        var both: [NameDirectory.NameID] = []
        var place = 0
        for name in left {
            while place < right.count, right[place] < name { place += 1 }
            guard place < right.count else { break }
            if right[place] == name { both.append(name) }
        }
        return both
    }
}

/// Finds out which names of a directory have the words of a text.
///
/// The words of the directory are those that a lookup would compare, so that what is no word here
/// is at best a slip of one there. Keeps its buffers; not thread-safe.
struct WordPresence {
    /// More names than so many are not put together: a word that all have tells little.
    private static let mostBearers = 64
    /// Where a word is near to so many others, some may have been left out.
    private static let mostForms = 128

    private let vocabulary: NameVocabulary
    private var likeness = WordLikeness()
    private var terms = LookupTerms()
    /// What is looked at, and whether words have been compared with it.
    private var reading: [NameUnit] = []
    private var isAsked = false

    /// The presence of words as they are compared with a vocabulary.
    init(vocabulary: NameVocabulary) { self.vocabulary = vocabulary }

    /// The words of a directory among those that were read.
    mutating func words(of asked: WordByWord, in directory: NameDirectory) -> NamedWords {
        reading = asked.units
        isAsked = false
        var named = NamedWords(words: asked.words)
        for (place, unit) in reading.enumerated() {
            let next = place + 1 < reading.count ? reading[place + 1] : nil
            var part = NamedWords.Part(role: unit.role)
            part.isStatus = unit.concepts.contains { vocabulary.kind($0) == .status }
            // Of a chain of hyphens the ends tell, what is between them little.
            if !unit.followsHyphen || next?.followsHyphen != true {
                part.bearers = bearers(place, unit, directory)
            }
            part.joined = next.map { joined(unit, $0, directory) } ?? []
            named.parts.append(part)
        }
        return named
    }

    private mutating func bearers(
        _ place: Int, _ unit: NameUnit, _ directory: NameDirectory
    ) -> [NameDirectory.NameID]? {
        guard isNeeded(unit, directory) else { return nil }
        let word = PresentWord(folded: unit.folded, role: unit.role, concepts: unit.concepts)
        if let known = directory.presence[word] { return known.names }
        let names = findBearers(place, unit, directory)
        directory.presence.keep(NameBearers(names: names), of: word)
        return names
    }

    /// Whether a name has to have a word, or its meaning, to have all words that are asked for.
    private func isNeeded(_ unit: NameUnit, _ directory: NameDirectory) -> Bool {
        guard !unit.isAbbreviation, unit.wordCount == 1 else { return false }
        switch unit.role {
        case .surname, .word, .concept:
            return unit.concepts.allSatisfy { isWeighty($0, directory) }
        // Compared otherwise than by sounds.
        case .patronymic, .initial, .number, .acronym: return false
        }
    }

    /// Whether a meaning counts so much in names of all kinds that none can do without it.
    private func isWeighty(
        _ concept: NameVocabulary.ConceptID, _ directory: NameDirectory
    ) -> Bool {
        switch vocabulary.kind(concept) {
        case .type, .status, .subject, .people, .direction, .ordinal: true
        // What is in a place need not have its name.
        case .place: directory.locations.isEmpty
        case .legal, .marker, .title, .area: false
        }
    }

    /// The names that have a word, or one that is spelt otherwise, or for which it stands.
    private mutating func findBearers(
        _ place: Int, _ unit: NameUnit, _ directory: NameDirectory
    ) -> [NameDirectory.NameID]? {
        terms.removeAll()
        terms.addSame(unit, directory)
        terms.addNear(unit, directory)
        terms.addCoarse(unit, directory)
        var names = terms.names
        for concept in terms.concepts { names += directory.names(ofConcept: concept) }
        guard names.count <= Self.mostBearers else { return nil }
        if !isAsked {
            likeness.ask(for: reading.count)
            isAsked = true
        }
        for form in terms.forms {
            // A surname that is nearly the name of a father may be made of it.
            let isFound =
                unit.role == .surname
                ? likeness.likeness(reading, place, form, in: directory.forms) != nil
                : likeness.mayBeSame(reading, place, form, in: directory.forms)
            guard isFound else { continue }
            names += directory.names(ofForm: form)
            guard names.count <= Self.mostBearers, terms.forms.count < Self.mostForms else {
                return nil
            }
        }
        names.sort()
        // Such a name may have any other word as well.
        return names.contains { isLoose($0, directory) } ? nil : names
    }

    /// Whether a name has a part that is less than the word it stands for.
    private func isLoose(_ name: NameDirectory.NameID, _ directory: NameDirectory) -> Bool {
        directory.units(of: name).contains {
            $0.role == .initial || $0.role == .acronym || $0.isAbbreviation
        }
    }

    private mutating func joined(
        _ unit: NameUnit, _ next: NameUnit, _ directory: NameDirectory
    ) -> [NameDirectory.NameID] {
        terms.removeAll()
        terms.addJoined(unit, next, directory)
        return terms.joined.flatMap { directory.names(ofForm: $0) }.sorted()
    }
}
