import Glibc
import TextAnalysis

/// Writes a word as another language would write it, by learnt groups of letters: `technolog` is
/// `технолог`, `абсолютт` is `absolut`.
///
/// A word is parted into groups that are learnt, each is replaced, and the parts are put together;
/// what is likeliest comes first. `^` stands before a word and `$` behind it, so that beginnings
/// and endings are letters of their own.
/// - Source: phrase-based transliteration, after Koehn, Och and Marcu, “Statistical phrase-based
///   translation”, NAACL 2003, with letters for words and without reordering.
struct LetterModel: Sendable {
    /// A word as another language may write it.
    struct Writing: Equatable {
        var term: [UInt8]
        /// The logarithm of how likely it is.
        var score: Float
    }

    /// What a group of letters is replaced by.
    private struct Choice {
        var score: Float
        /// Where its letters are in `written`.
        var letters: Range<Int32>
    }

    /// The letters by their numbers, from 1, in UTF-8; none at 0.
    private var letters: [[UInt8]] = [[]]
    private var numbers: [UInt16: UInt8] = [:]
    /// The groups, ascending: a direction and the numbers of at most `longestGroup` letters.
    private var groups: [UInt64] = []
    /// Where the choices of each group begin, and the end of the last.
    private var firstChoices: [Int32] = [0]
    /// The choices of all groups, of each the likeliest first.
    private var choices: [Choice] = []
    /// The letters of all choices, as numbers.
    private var written: [UInt8] = []

    /// Most letters of a group; its number takes 8 bits for each, and 8 for the direction.
    private static let longestGroup = 7
    /// Most replacements of a group: further ones were seen once or twice in thousands of words.
    private static let mostChoices = 12
    /// How many beginnings of a word are carried on from each of its letters.
    private static let beamWidth = 20
    /// Most writings of a word: 150 find one in fifty cognates more, for twice the cost.
    private static let mostWritings = 60
    /// Longer words are compounds or noise, and cost more than they bring.
    private static let longestWord = 24
    /// What is less likely than one in a thousand is no cognate but another word that is near.
    private static let leastScore: Float = -7

    private static let start = UInt16(UInt8(ascii: "^"))
    private static let end = UInt16(UInt8(ascii: "$"))

    /// Whether nothing was learnt.
    var isEmpty: Bool { groups.isEmpty }

    /// The model of a table: its words and translations are groups of letters.
    ///
    /// Rows of more letters than a group may have are passed over.
    init(_ table: LearntTable = LearntTable()) {
        let languages = TranslationLexicon.languages
        var found: [UInt64: [(written: String, score: Float)]] = [:]
        for row in table.rows {
            guard let first = languages.firstIndex(of: row.languages.0),
                let second = languages.firstIndex(of: row.languages.1),
                let word = number(row.word), let translation = number(row.translation)
            else { continue }
            for (group, other, direction, probability) in [
                (word, row.translation, Self.direction(first, second), row.probability),
                (translation, row.word, Self.direction(second, first), row.reverseProbability),
            ] where probability > 0 && (1...Self.longestGroup).contains(group.count) {
                found[group.reduce(direction, Self.group), default: []]
                    .append((other, logf(probability)))
            }
        }
        groups = found.keys.sorted()
        for group in groups {
            let own = (found[group] ?? []).sorted {
                $0.score != $1.score ? $0.score > $1.score : $0.written < $1.written
            }
            for choice in own.prefix(Self.mostChoices) {
                let start = Int32(written.count)
                written += choice.written.utf16.compactMap { numbers[$0] }
                choices.append(
                    Choice(score: choice.score, letters: start..<Int32(written.count)))
            }
            firstChoices.append(Int32(choices.count))
        }
    }

    /// The numbers of letters, which get one where they have none; `nil` beyond 255 of them.
    private mutating func number(_ text: String) -> [UInt8]? {
        for letter in text.utf16 where numbers[letter] == nil {
            guard let number = UInt8(exactly: letters.count) else { return nil }
            numbers[letter] = number
            letters.append(Array(String(decoding: [letter], as: UTF16.self).utf8))
        }
        return text.utf16.compactMap { numbers[$0] }
    }

    /// The beginning of the groups of a direction; above 0, so that no two groups are one number.
    private static func direction(_ source: Int, _ target: Int) -> UInt64 {
        UInt64(source * TranslationLexicon.languages.count + target + 1)
    }

    /// A group and one letter more.
    private static func group(_ group: UInt64, _ letter: UInt8) -> UInt64 {
        group << 8 | UInt64(letter)
    }

    private func choices(of group: UInt64) -> Range<Int> {
        var (low, high) = (0, groups.count)
        while low < high {
            let middle = (low + high) / 2
            if groups[middle] < group { low = middle + 1 } else { high = middle }
        }
        guard low < groups.count, groups[low] == group else { return 0..<0 }
        return Int(firstChoices[low])..<Int(firstChoices[low + 1])
    }

    // MARK: Writing

    /// How a language may write a word of another, the likeliest first; the languages by their
    /// places in `TranslationLexicon.languages`.
    ///
    /// - Cost: at most a fixed number of steps for each letter; nothing is allocated in between.
    func writings(of term: [UInt8], from source: Int, to target: Int) -> [Writing] {
        let units = [Self.start] + String(decoding: term, as: UTF8.self).utf16 + [Self.end]
        let word = units.compactMap { numbers[$0] }
        guard word.count == units.count, word.count <= Self.longestWord + 2 else { return [] }
        var beam = LetterBeam(
            letterCount: word.count, width: Self.beamWidth, endWidth: Self.mostWritings)
        for place in word.indices {
            var group = Self.direction(source, target)
            for end in place..<min(word.count, place + Self.longestGroup) {
                group = Self.group(group, word[end])
                for choice in choices(of: group) {
                    extend(&beam, from: place, to: end + 1, by: choice)
                }
            }
        }
        return beam.beginnings(at: word.count).compactMap { writing(beam, $0) }
    }

    private func extend(_ beam: inout LetterBeam, from place: Int, to end: Int, by choice: Int) {
        let letters = choices[choice].letters
        for before in beam.beginnings(at: place) {
            let score = beam[before].score + choices[choice].score
            // Those that follow are less likely.
            guard score >= Self.leastScore, beam.hasRoom(for: score, at: end) else { break }
            var hash = beam[before].hash
            for letter in letters { hash.take(written[Int(letter)]) }
            beam.add(
                LetterBeam.Beginning(
                    score: score, before: Int32(before), choice: Int32(choice), hash: hash),
                at: end)
        }
    }

    /// What a beginning that has reached the end of the word is as a word; `nil` for none.
    private func writing(_ beam: LetterBeam, _ last: Int) -> Writing? {
        var parts: [Choice] = []
        var place = last
        while let choice = beam[place].choice {
            parts.append(choices[Int(choice)])
            place = Int(beam[place].before)
        }
        let word = parts.reversed().flatMap { $0.letters.map { written[Int($0)] } }
        guard word.count > 2, word.first == numbers[Self.start], word.last == numbers[Self.end]
        else { return nil }
        return Writing(
            term: word[1..<word.count - 1].flatMap { letters[Int($0)] }, score: beam[last].score)
    }
}
