import Foundation
import TestSupport

/// Queries made of the words of names as people type them: in all forms and cases, in another
/// script, misspelt, cut, and mixed with words that are no names.
struct NamedQueries {
    /// Names of all kinds.
    let names: [String]
    /// Words that are no names.
    let others: [String]

    private static let endings = [
        "а", "у", "ом", "е", "ы", "ой", "ского", "ның", "нің", "ға", "ге", "да", "де", "дан", "мен",
        "'s", "s",
    ]
    private static let latin: [Character: String] = [
        "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ж": "zh",
        "з": "z", "и": "i", "й": "y", "к": "k", "қ": "q", "л": "l", "м": "m", "н": "n", "ң": "ng",
        "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u",
        "ф": "f", "х": "kh", "һ": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ы": "y",
        "і": "i", "э": "e", "ю": "yu", "я": "ya", "ё": "yo", "ь": "", "ъ": "",
    ]

    /// A query that the generator draws.
    func query(_ random: inout SeededGenerator) -> String {
        var words = words(of: names, &random)
        if Int.random(in: 0..<3, using: &random) == 0 {
            let start = Int.random(in: 0..<words.count, using: &random)
            words = Array(words[start..<Int.random(in: start + 1...words.count, using: &random)])
        }
        // Words of another name: all of them are names, no name has all of them.
        if Int.random(in: 0..<4, using: &random) == 0 {
            let second = self.words(of: names, &random)
            words += second.prefix(Int.random(in: 1...second.count, using: &random))
        }
        for _ in 0..<[0, 0, 1, 1, 2][Int.random(in: 0..<5, using: &random)] {
            guard let other = others.randomElement(using: &random) else { break }
            words.insert(other, at: Int.random(in: 0...words.count, using: &random))
        }
        let isLatin = Int.random(in: 0..<8, using: &random) == 0
        let writing = Int.random(in: 0..<5, using: &random)
        for place in words.indices {
            if Int.random(in: 0..<6, using: &random) == 0 {
                words[place] += Self.endings.randomElement(using: &random) ?? ""
            }
            if Int.random(in: 0..<8, using: &random) == 0 { misspell(&words[place], &random) }
            switch writing {
            case 0: words[place] = words[place].uppercased()
            case 1: words[place] = words[place].capitalized
            case 2: break
            default: words[place] = words[place].lowercased()
            }
            if isLatin {
                words[place] = String(words[place].flatMap { Self.latin[$0] ?? String($0) })
            }
        }
        return words.joined(separator: " ")
    }

    private func words(of names: [String], _ random: inout SeededGenerator) -> [String] {
        let name = names.randomElement(using: &random) ?? ""
        let words = name.split(separator: " ").map(String.init)
        return words.isEmpty ? ["-"] : words
    }

    private func misspell(_ word: inout String, _ random: inout SeededGenerator) {
        var letters = Array(word)
        guard letters.count > 3 else { return }
        let place = Int.random(in: 1..<letters.count - 1, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: letters.remove(at: place)
        case 1: letters.swapAt(place, place + 1)
        default: letters[place] = letters[place - 1]
        }
        word = String(letters)
    }
}
