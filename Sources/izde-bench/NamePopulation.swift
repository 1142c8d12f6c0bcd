import Foundation
import NameMatching
import TextAnalysis

/// Many names of people and institutions made by rule, and what people may type for them.
///
/// A person is a given name, a father's name and a surname; all three follow Zipf's law, as names
/// of a country do. The names of `people.jsonl` come first, then those built of usual parts. The
/// same seed gives the same names.
struct NamePopulation {
    /// What an entity is made of: places in the lists of names.
    enum Entity: Equatable {
        case person(given: Int, father: Int, surname: Int, isFemale: Bool)
        case institution(words: [Int])
    }

    /// How a name is spelt.
    enum Spelling: CaseIterable {
        case kazakh, russian, passport
    }

    private(set) var entities: [Entity] = []
    private var givens: [String] = []
    private var surnames: [String] = []
    private var words: [NameConcept] = []
    private var wordsByKind: [NameConcept.Class: [Int]] = [:]
    private var givenRanks: ZipfRanks
    private var surnameRanks: ZipfRanks
    private var random: SplitMix

    /// How many surnames there are at least, so that a directory has 30 000 words and more.
    private static let surnameCount = 36_000
    private static let givenCount = 2500

    /// A population of some size.
    ///
    /// - Parameters:
    ///   - count: How many entities.
    ///   - people: Lines of `index/sources/people.jsonl`.
    ///   - vocabulary: The words of which institutions are made.
    ///   - seed: The same seed gives the same population.
    init(count: Int, people: [String], vocabulary: NameVocabulary, seed: UInt64) {
        random = SplitMix(state: seed)
        givenRanks = ZipfRanks(count: Self.givenCount, exponent: 0.9)
        surnameRanks = ZipfRanks(count: Self.surnameCount, exponent: 0.8)
        var known: Set<String> = []
        for line in people {
            let parts = Self.kazakhName(line)
            guard parts.count >= 2, let first = parts.first, let last = parts.last else { continue }
            if known.insert(first).inserted { givens.append(first) }
            if known.insert(last).inserted { surnames.append(last) }
        }
        while givens.count < Self.givenCount {
            var name = pick(NameSyllables.beginnings)
            if random.below(4) == 0 { name += pick(NameSyllables.middles) }
            name += pick(NameSyllables.ends)
            if known.insert(name).inserted { givens.append(name) }
        }
        while surnames.count < Self.surnameCount {
            var name = pick(NameSyllables.beginnings)
            if random.next() & 1 == 0 { name += pick(NameSyllables.middles) }
            name += pick(NameSyllables.ends) + pick(NameSyllables.surnames)
            if known.insert(name).inserted { surnames.append(name) }
        }
        for concept in vocabulary.concepts where concept.forms.count == 3 {
            guard [.type, .status, .subject, .place].contains(concept.kind),
                concept.forms.values.allSatisfy({ !$0.isEmpty })
            else { continue }
            wordsByKind[concept.kind, default: []].append(words.count)
            words.append(concept)
        }
        entities.reserveCapacity(count)
        for place in 0..<count {
            entities.append(place % 20 == 19 ? institution() : person())
        }
    }

    private static func kazakhName(_ line: String) -> [String] {
        guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)),
            let names = (object as? [String: Any])?["names"] as? [[String: Any]]
        else { return [] }
        let name = names.first { $0["lang"] as? String == "kk" }?["value"] as? String
        return (name ?? "").split(separator: " ").map(String.init)
    }

    private mutating func pick(_ list: [String]) -> String { list[random.below(list.count)] }

    private mutating func person() -> Entity {
        .person(
            given: givenRanks.rank(random.unit()), father: givenRanks.rank(random.unit()),
            surname: surnameRanks.rank(random.unit()), isFemale: random.next() & 1 == 0)
    }

    private mutating func institution() -> Entity {
        let kinds: [NameConcept.Class] = [.place, .status, .subject, .subject, .type]
        return .institution(
            words: kinds.compactMap { kind in
                guard let list = wordsByKind[kind], !list.isEmpty else { return nil }
                return list[random.below(list.count)]
            })
    }

    // MARK: Names

    /// The name of an entity in a spelling.
    func name(_ entity: Entity, _ spelling: Spelling) -> String {
        switch entity {
        case .institution(let words): return words.map { word($0, spelling) }.joined(separator: " ")
        case .person(let given, let father, let surname, let isFemale):
            return [
                NameLetters.spelt(givens[given], spelling),
                patronymic(father, isFemale, spelling), family(surname, isFemale, spelling),
            ].joined(separator: " ")
        }
    }

    private func word(_ word: Int, _ spelling: Spelling) -> String {
        let language: Language =
            spelling == .kazakh ? .kazakh : spelling == .russian ? .russian : .english
        return words[word].forms[language]?.first ?? ""
    }

    private func patronymic(_ father: Int, _ isFemale: Bool, _ spelling: Spelling) -> String {
        let name = NameLetters.spelt(givens[father], spelling)
        switch spelling {
        case .kazakh: return name + (isFemale ? "қызы" : "ұлы")
        case .russian: return name + (isFemale ? "овна" : "ович")
        case .passport: return name + (isFemale ? "kyzy" : "uly")
        }
    }

    private func family(_ surname: Int, _ isFemale: Bool, _ spelling: Spelling) -> String {
        let name = surnames[surname]
        let isFeminine = isFemale && ["ов", "ев", "ин"].contains { name.hasSuffix($0) }
        return NameLetters.spelt(isFeminine ? name + "а" : name, spelling)
    }

    // MARK: Queries

    /// What somebody types, and whether an entity is what he meant.
    struct Query {
        var text: String
        var target: Entity
        var form: Form

        /// What of a name is typed.
        enum Form: String {
            case whole, withoutPatronymic, initials, surname, acronym
        }

        /// Whether an entity has all that was typed.
        func fits(_ entity: Entity) -> Bool {
            switch (target, entity) {
            case (.institution(let wanted), .institution(let words)):
                return form == .acronym || wanted == words
            case (.person(let given, let father, let surname, _), .person(let g, let f, let s, _)):
                switch form {
                case .surname, .initials: return surname == s
                case .withoutPatronymic: return surname == s && given == g
                case .whole, .acronym: return surname == s && given == g && father == f
                }
            default: return false
            }
        }
    }

    /// A query for some entity.
    mutating func query() -> Query {
        let entity = entities[random.below(entities.count)]
        let spelling = Spelling.allCases[random.below(3)]
        guard case .person(let given, let father, let surname, let isFemale) = entity else {
            guard case .institution(let words) = entity, random.next() & 1 == 0 else {
                return Query(text: name(entity, spelling), target: entity, form: .whole)
            }
            let initials = words.map { word($0, spelling).prefix(1).uppercased() }
            return Query(text: initials.joined(), target: entity, form: .acronym)
        }
        let first = NameLetters.spelt(givens[given], spelling)
        let last = family(surname, isFemale, spelling)
        let middle = patronymic(father, isFemale, spelling)
        var query: Query
        switch random.below(10) {
        case 0: query = Query(text: last, target: entity, form: .surname)
        case 1:
            let initials = "\(first.prefix(1)). \(middle.prefix(1)). "
            query = Query(text: initials + last, target: entity, form: .initials)
        case 2, 3, 4:
            query = Query(text: "\(last) \(first)", target: entity, form: .withoutPatronymic)
        case 5, 6:
            query = Query(text: "\(first) \(last)", target: entity, form: .withoutPatronymic)
        case 7: query = Query(text: "\(last) \(first) \(middle)", target: entity, form: .whole)
        default: query = Query(text: "\(first) \(middle) \(last)", target: entity, form: .whole)
        }
        if random.below(10) == 0 { query.text = slipped(query.text) }
        return query
    }

    /// A text with one slip: a letter left out, doubled, or exchanged with its neighbour.
    private mutating func slipped(_ text: String) -> String {
        var letters = Array(text)
        guard letters.count > 4 else { return text }
        let place = 1 + random.below(letters.count - 2)
        guard letters[place] != " ", letters[place + 1] != " " else { return text }
        switch random.below(3) {
        case 0: letters.remove(at: place)
        case 1: letters.insert(letters[place], at: place)
        default: letters.swapAt(place, place + 1)
        }
        return String(letters)
    }
}
