/// Names of months in the three languages, in the forms that stand in dates.
struct MonthNames: Sendable {
    private struct Name {
        var month: Int
        var letters: [UInt16]
        /// What may follow: `nil` for anything short, as Kazakh hangs its suffixes on.
        var endings: Set<[UInt16]>?
    }

    /// Names by their first letter, so that most words are done with after one look.
    private let namesByLetter: [UInt16: [Name]]

    init() {
        var names: [UInt16: [Name]] = [:]
        func add(_ text: String, _ month: Int, _ endings: Set<[UInt16]>?) {
            let letters = Array(text.utf16)
            names[letters[0], default: []].append(
                Name(month: month, letters: letters, endings: endings))
        }
        let kazakh = [
            "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек",
            "қазан", "қараша", "желтоқсан",
        ]
        for (index, name) in kazakh.enumerated() { add(name, index + 1, nil) }
        add("қыркүйег", 9, nil)
        let russian = [
            "январ", "феврал", "март", "апрел", "", "июн", "июл", "август", "сентябр", "октябр",
            "ноябр", "декабр",
        ]
        let endings = Self.units(["", "ь", "я", "ю", "е", "ем", "а", "у", "ом"])
        for (index, name) in russian.enumerated() where !name.isEmpty {
            add(name, index + 1, endings)
        }
        add("ма", 5, Self.units(["й", "я", "ю", "е", "ем"]))
        let english = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september",
            "october", "november", "december",
        ]
        for (index, name) in english.enumerated() {
            add(name, index + 1, [[]])
            add(String(name.prefix(3)), index + 1, [[]])
        }
        add("sept", 9, [[]])
        namesByLetter = names
    }

    private static func units(_ endings: [String]) -> Set<[UInt16]> {
        Set(endings.map { Array($0.utf16) })
    }

    /// The number of the month that a word names, from 1; `nil` for another word.
    func month(
        _ words: UnsafeMutableBufferPointer<Word>, _ text: borrowing CleanText, at index: Int
    ) -> Int? {
        guard words.indices.contains(index) else { return nil }
        let word = words[index]
        guard !word.flags.contains(.digit), (3...16).contains(word.range.count),
            let names = namesByLetter[Self.folded(text.units[Int(word.start)])]
        else { return nil }
        for name in names {
            let rest = word.range.count - name.letters.count
            guard rest >= 0 else { continue }
            let start = Int(word.start)
            guard Self.begins(word, with: name.letters, text) else { continue }
            guard let endings = name.endings else { return name.month }
            let ending = text.units[(start + name.letters.count)..<Int(word.end)]
                .map(Self.folded)
            if endings.contains(ending) { return name.month }
        }
        return nil
    }

    private static func folded(_ unit: UInt16) -> UInt16 {
        CharacterTable.shared.folded(unit)
    }

    /// Whether a word is the given one, in either case.
    static func isWord(_ word: Word, _ letters: [UInt16], _ text: borrowing CleanText) -> Bool {
        word.range.count == letters.count && begins(word, with: letters, text)
    }

    /// Whether a word begins with the given letters, in either case.
    static func begins(
        _ word: Word, with letters: [UInt16], _ text: borrowing CleanText
    ) -> Bool {
        guard word.range.count >= letters.count else { return false }
        let start = Int(word.start)
        return letters.indices.allSatisfy { folded(text.units[start + $0]) == letters[$0] }
    }
}
