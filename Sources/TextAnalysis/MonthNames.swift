/// Names of months in the three languages, in the forms that stand in dates.
struct MonthNames {
    /// Beginnings of the names from January; several where the last letter changes.
    private static let kazakh = [
        ["қаңтар"], ["ақпан"], ["наурыз"], ["сәуір"], ["мамыр"], ["маусым"], ["шілде"], ["тамыз"],
        ["қыркүйек", "қыркүйег"], ["қазан"], ["қараша"], ["желтоқсан"],
    ]
    private static let russian = [
        ["январ"], ["феврал"], ["март"], ["апрел"], ["ма"], ["июн"], ["июл"], ["август"],
        ["сентябр"], ["октябр"], ["ноябр"], ["декабр"],
    ]
    private static let russianEndings: Set<String> = ["", "ь", "я", "ю", "е", "ем", "а", "у", "ом"]
    private static let may: Set<String> = ["май", "мая", "маю", "мае", "маем"]
    private static let english = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
    ]

    /// The number of the month that a word names, from 1; `nil` for another word.
    func month(_ words: [Word], _ text: borrowing CleanText, at index: Int) -> Int? {
        guard words.indices.contains(index), !words[index].flags.contains(.digit),
            (3...16).contains(words[index].range.count)
        else { return nil }
        let word = Self.folded(words[index], text)
        if words[index].flags.contains(.latin) {
            return Self.english.firstIndex {
                $0 == word || (word.count == 3 && $0.hasPrefix(word))
                    || (word == "sept" && $0 == "september")
            }.map { $0 + 1 }
        }
        for month in 0..<12 {
            for name in Self.kazakh[month] where word.hasPrefix(name) { return month + 1 }
            for name in Self.russian[month] where month != 4 && word.hasPrefix(name) {
                if Self.russianEndings.contains(String(word.dropFirst(name.count))) {
                    return month + 1
                }
            }
        }
        return Self.may.contains(word) ? 5 : nil
    }

    /// A word in small letters; for the few words beside numbers, not for every word.
    static func folded(_ word: Word, _ text: borrowing CleanText) -> String {
        let table = CharacterTable.shared
        var units: [UInt16] = []
        for index in word.range {
            let unit = text.units[index]
            units.append(Int(unit) < CharacterTable.limit ? table.folded[Int(unit)] : unit)
        }
        return String(decoding: units, as: UTF16.self)
    }
}
