/// Numbers that are written in groups or with letters: ordinals, decades, Roman numerals.
extension WordTokenizer {
    /// Joins numbers written in groups: `1 000 000,5`.
    ///
    /// - Returns: Whether there were any.
    mutating func joinGroupedNumbers(_ text: borrowing CleanText) -> Bool {
        let words = words
        let first = candidates.numbers.first { number in
            let index = Int(number)
            return words[index].link == .space && words[index].isNumber && index > 0
                && words[index - 1].isNumber
        }
        guard let first else { return false }
        var kept = Int(first)
        for index in Int(first)..<words.count {
            let word = words[index]
            if word.link == .space, word.isNumber, continues(words[kept - 1], word, text) {
                words[kept - 1].end = word.end
                words[kept - 1].flags.formUnion(word.flags)
                words[kept - 1].isGrouped = true
                words[kept - 1].forgetTerm()
            } else {
                words[kept] = word
                kept += 1
            }
        }
        row.truncate(to: kept)
        return kept < words.count
    }

    /// Whether `next` is a further group of three digits of `number`.
    private func continues(_ number: Word, _ next: Word, _ text: borrowing CleanText) -> Bool {
        guard number.isNumber, number.flags.isDisjoint(with: [.middle, .middleNumber]),
            number.link != .hyphen, number.isGrouped || number.range.count <= 3,
            text.units[Int(number.start)] != 0x30
        else { return false }
        var digits = 0
        for index in next.range {
            guard CharacterTable.shared.flags(text.units[index]).contains(.digit) else { break }
            digits += 1
        }
        guard digits == 3 else { return false }
        // The rest is a decimal fraction: one separator, then digits to the end.
        if next.range.count > 3 {
            let rest = (Int(next.start) + 4)..<max(Int(next.start) + 4, Int(next.end))
            return rest.allSatisfy { CharacterTable.shared.flags(text.units[$0]).contains(.digit) }
        }
        return true
    }

    /// How many letters at the end of a word of digits are no part of its number: `55th`, `1990s`.
    func numberSuffixCount(_ text: borrowing CleanText, _ range: Range<Int>) -> UInt8 {
        var digits = 0
        var index = range.lowerBound
        while index < range.upperBound, text.units[index] >= 0x30, text.units[index] <= 0x39 {
            digits += 1
            index += 1
        }
        func letter(_ offset: Int) -> UInt16 { text.units[index + offset] | 0x20 }
        switch range.upperBound - index {
        case 1 where digits >= 2 && letter(0) == 0x73 && text.units[index - 1] == 0x30:
            return 1
        case 2 where digits >= 1:
            switch (letter(0), letter(1)) {
            case (0x73, 0x74), (0x6E, 0x64), (0x72, 0x64), (0x74, 0x68): return 2
            default: return 0
            }
        default: return 0
        }
    }

    /// Gives Roman numerals their values, and drops `No.` before a number.
    ///
    /// Numerals are of two capitals or more, up to 39: greater ones look like abbreviations. One
    /// letter is a number before a word that is counted so, before an ordinal suffix and before
    /// another numeral: `V ғасыр`, `I-ші`, `V–VI`.
    func findNumerals(_ text: borrowing CleanText) {
        let words = words
        // From the last: what a word may be depends on the one behind it.
        for candidate in candidates.numerals.reversed() {
            let index = Int(candidate)
            let word = words[index]
            let first = text.units[Int(word.start)]
            if first == 0x4E {
                if isNumberSign(index, text) { words[index].isDropped = true }
            } else if first >= 0x2160, first <= 0x216B {
                words[index].romanValue = UInt8(first - 0x215F)
            } else if let value = Self.romanValue(text, word.range),
                word.range.count >= 2 || isCounted(index, text)
            {
                words[index].romanValue = value
            }
        }
    }

    /// Whether a word is a numeral by its first letter and its capitals, or `No`.
    static func mayBeNumeral(_ word: Word, _ text: borrowing CleanText) -> Bool {
        let unitCount = word.range.count
        guard unitCount <= 7, !word.flags.contains(.digit) else { return false }
        switch text.units[Int(word.start)] {
        case 0x4E: return unitCount == 2
        case 0x2160...0x216B: return unitCount == 1
        case 0x49, 0x406, 0x56, 0x58, 0x425: return Int(word.upperCount) == unitCount
        default: return false
        }
    }

    /// Whether a word is the `No` of `No. 12`.
    private func isNumberSign(_ index: Int, _ text: borrowing CleanText) -> Bool {
        let word = words[index]
        guard word.range.count == 2, text.units[Int(word.start) + 1] == 0x6F,
            words.indices.contains(index + 1), words[index + 1].isNumber
        else { return false }
        let gap = Int(word.end)..<Int(words[index + 1].start)
        return (1...2).contains(gap.count) && text.units[gap.lowerBound] == 0x2E
    }

    /// The value of a numeral of I, V, X, Latin or Cyrillic; `nil` for what is not written right.
    private static func romanValue(_ text: borrowing CleanText, _ range: Range<Int>) -> UInt8? {
        var ones: UInt8 = 0
        var value: UInt8 = 0
        var previous: UInt8 = 0
        var repeats = 0
        // From the right: a smaller sign before a greater one is taken off.
        for index in range.reversed() {
            let sign: UInt8
            switch text.units[index] {
            case 0x49, 0x406: sign = 1
            case 0x56: sign = 5
            case 0x58, 0x425: sign = 10
            default: return nil
            }
            repeats = sign == previous ? repeats + 1 : 1
            guard repeats <= (sign == 5 ? 1 : 3) else { return nil }
            if sign < previous {
                // Only one I, and only before the last V or X.
                guard sign == 1, ones == 0, value == 5 || value == 10, previous == value else {
                    return nil
                }
                value -= 1
                ones = 4
            } else {
                // After I was taken off, nothing but tens may stand.
                guard ones != 4 || sign == 10 else { return nil }
                if sign == 1 { ones += 1 }
                if sign == 5, value >= 5 { return nil }
                value += sign
            }
            previous = sign
        }
        return value
    }

    /// What is counted in Roman numerals, as words begin.
    private static let counted = [
        "ғ", "ғғ", "вв", "ғасыр", "век", "centur", "тоқсан", "квартал", "quarter", "съезд",
        "сьез", "құрылтай",
        "форум", "forum", "бөлім", "тарау", "глав", "chapter", "том", "volume", "сессия",
        "дүниежүзілік", "республикалық", "халықаралық", "дәреже", "степен", "жартыжыл",
    ].map { Array($0.utf16) }

    private func isCounted(_ index: Int, _ text: borrowing CleanText) -> Bool {
        guard words.indices.contains(index + 1) else { return false }
        let next = words[index + 1]
        if index > 0, words[index].link == .hyphen, words[index - 1].upperCount >= 2,
            Self.romanValue(text, words[index - 1].range) != nil
        {
            return true
        }
        if next.isDropped || (next.link == .hyphen && next.romanValue > 0) { return true }
        guard next.link == .space || next.link == .hyphen else { return false }
        return Self.counted.contains { beginning in
            if beginning.count <= 2, next.range.count != beginning.count { return false }
            return MonthNames.begins(next, with: beginning, text)
        }
    }
}
