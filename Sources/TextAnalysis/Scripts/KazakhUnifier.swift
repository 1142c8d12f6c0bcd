/// Writes Kazakh words of Latin or Arabic letters in Cyrillic, as well as can be guessed, so that
/// their stems are those of the Cyrillic words.
///
/// Which letter a letter stands for depends on the alphabet of the text; where alphabets leave it
/// open (`k` in a passport, vowels in Arabic script), the harmony of vowels decides. A wrong guess
/// costs a stem; the word is still found by its key.
struct KazakhUnifier {
    private var letters: [UInt16] = []
    private var written: [UInt16] = []

    /// Appends the Cyrillic form of a folded term.
    ///
    /// - Returns: Whether there is one; nothing is appended else.
    mutating func unify(
        _ term: [UInt8], _ orthography: KazakhOrthography, into bytes: inout [UInt8]
    ) -> Bool {
        letters.removeAll(keepingCapacity: true)
        written.removeAll(keepingCapacity: true)
        var hasArabic = false
        for scalar in String(decoding: term, as: UTF8.self).unicodeScalars {
            guard scalar.value < ScriptLetter.limit else { return false }
            let letter = ScriptLetter.table[Int(scalar.value)]
            guard letter.sound != 0, letter.scripts != .cyrillic else { return false }
            if letter.scripts == .arabic { hasArabic = true }
            letters.append(UInt16(scalar.value))
        }
        guard letters.count <= ScriptReader<KeySink>.longestWord else { return false }
        if hasArabic { writeArabic() } else { writeLatin(orthography) }
        guard !written.isEmpty else { return false }
        for letter in written {
            bytes.append(UInt8(truncatingIfNeeded: 0xC0 | letter >> 6))
            bytes.append(UInt8(truncatingIfNeeded: 0x80 | letter & 0x3F))
        }
        return true
    }

    private mutating func put(_ letter: Character) {
        if let unit = letter.utf16.first { written.append(unit) }
    }

    private func peek(_ index: Int) -> UInt16 {
        letters.indices.contains(index) ? letters[index] : 0
    }

    private var endsInVowel: Bool { written.last.map(Self.isCyrillicVowel) ?? false }

    private static let cyrillicVowels = Set("аәеиоөуұүыіэюя".utf16)
    private static func isCyrillicVowel(_ letter: UInt16) -> Bool {
        cyrillicVowels.contains(letter)
    }

    // MARK: - Latin

    private static func isFrontVowel(_ letter: UInt16) -> Bool {
        switch letter {
        case 0x65, 0x69, 0xE4, 0xE1, 0xF6, 0xF3, 0xFC, 0xFA, 0x259, 0xE9: true  // e i ä á ö ó ü ú
        default: false
        }
    }

    private static func isBackVowel(_ letter: UInt16) -> Bool {
        letter == 0x61 || letter == 0x6F || letter == 0x79  // a o y
    }

    private static func isVowel(_ letter: UInt16) -> Bool {
        isFrontVowel(letter) || isBackVowel(letter)
            || [0x75, 0x131, 0xEF, 0x16B, 0xFD, 0x77].contains(letter)  // u ı ï ū ý w
    }

    /// Whether the syllable around a letter has front vowels: the next vowel tells, or the one
    /// before, or none.
    private func isFront(around index: Int) -> Bool {
        var place = index + 1
        while place < letters.count {
            if Self.isFrontVowel(letters[place]) { return true }
            if Self.isBackVowel(letters[place]) { return false }
            place += 1
        }
        place = index
        while place > 0 {
            place -= 1
            if Self.isFrontVowel(letters[place]) { return true }
            if Self.isBackVowel(letters[place]) { return false }
        }
        return false
    }

    private mutating func writeLatin(_ orthography: KazakhOrthography) {
        let isPlain = orthography == .plain
        let hasQ = letters.contains(0x71)
        var index = 0
        while index < letters.count {
            let letter = letters[index]
            let next = peek(index + 1)
            var length = 1
            switch letter {
            case 0x73 where next == 0x68:  // sh, shch
                let isShch = peek(index + 2) == 0x63 && peek(index + 3) == 0x68
                put(isShch ? "щ" : "ш")
                length = isShch ? 4 : 2
            case 0x63 where next == 0x68:
                put("ч")
                length = 2
            case 0x7A where next == 0x68:
                put("ж")
                length = 2
            case 0x6B where next == 0x68:
                put("х")
                length = 2
            case 0x67 where next == 0x68:
                put("ғ")
                length = 2
            case 0x74 where next == 0x73 && peek(index + 2) != 0x68:
                // ц only where no Kazakh suffix begins with с: before и.
                let isC = [0x69, 0x131, 0xEF].contains(peek(index + 2)) && !isPlain
                put(isC ? "ц" : "т")
                length = isC ? 2 : 1
            case 0x6E where next == 0x67 && isPlain:
                put("ң")
                length = 2
            case 0x79, 0x69, 0x131, 0xEF, 0xED:
                length = writeNarrow(at: index, orthography)
            case 0xFD where orthography == .turkic:
                length = writeNarrow(at: index, orthography)
            case 0x75: put(rounded(at: index, orthography))
            case 0x6B:  // k
                put(!isPlain || hasQ || isFront(around: index) ? "к" : "қ")
            case 0x67:  // g
                put(!isPlain || isFront(around: index) ? "г" : "ғ")
            case 0x6E:
                put(isPlain && endsGenitive(at: index) ? "ң" : "н")
            default: if let cyrillic = Self.latinLetters[letter] { put(cyrillic) }
            }
            index += length
        }
    }

    /// Whether the `n` at `index` ends -ның, -дің, -тың as it is typed without ң.
    private func endsGenitive(at index: Int) -> Bool {
        guard index == letters.count - 1, index > 3 else { return false }
        let vowel = letters[index - 1]
        let consonant = letters[index - 2]
        return (vowel == 0x79 || vowel == 0x69)
            && (consonant == 0x6E || consonant == 0x64 || consonant == 0x74)
    }

    /// у, ұ or ү for a `u`.
    private func rounded(at index: Int, _ orthography: KazakhOrthography) -> Character {
        switch orthography {
        case .turkic, .decree2017, .decree2018, .draft2019: return "ұ"
        case .draft2021: return "у"
        case .plain: break
        }
        let isBesideVowel =
            index == letters.count - 1 || endsInVowel || Self.isVowel(peek(index + 1))
        if isBesideVowel { return "у" }
        return isFront(around: index) ? "ү" : "ұ"
    }

    /// Writes ы, і, и, й, or with the next letter я or ю.
    ///
    /// - Returns: How many letters were read.
    private mutating func writeNarrow(at index: Int, _ orthography: KazakhOrthography) -> Int {
        let letter = letters[index]
        let next = peek(index + 1)
        let isAfterVowel = endsInVowel
        let isFirst = written.isEmpty
        let isGlide = isGlide(letter, orthography)
        // я and ю: after a vowel or first; after a consonant ия, but ю.
        if isGlide, next == 0x61 {
            if !isAfterVowel, !isFirst { put("и") }
            put("я")
            return 2
        }
        if isGlide, next == 0xFD || next == 0x77 || (next == 0x75 && hasU(orthography)) {
            put("ю")
            return 2
        }
        if isGlide, next == 0x65, letter == 0x79, orthography == .plain {
            put("е")
            return 2
        }
        let isAfterRounded = [0x443, 0x44E].contains(written.last ?? 0)
        switch letter {
        case 0x79 where orthography != .turkic:
            // ы does not follow а, о, е; it follows у.
            let isShort =
                isAfterVowel && orthography == .plain
                && (!isAfterRounded || Self.isVowel(next))
            put(isShort ? "й" : "ы")
        case 0x79, 0xFD: put("й")
        case 0x131 where orthography == .turkic: put("ы")
        case 0x131 where orthography == .draft2021: put("і")
        case 0x131, 0xEF: put(isAfterVowel && !isAfterRounded ? "й" : "и")
        case 0x69 where orthography == .draft2021: put(isAfterVowel ? "й" : "и")
        case 0x69 where orthography == .plain && isAfterVowel && !isAfterRounded: put("й")
        default: put("і")
        }
        return 1
    }

    /// Whether a letter may be й or и in an alphabet.
    private func isGlide(_ letter: UInt16, _ orthography: KazakhOrthography) -> Bool {
        switch orthography {
        case .plain: letter == 0x79 || letter == 0x69
        case .turkic: letter == 0x79 || letter == 0xEF || letter == 0xFD
        case .decree2017: letter == 0xEF
        case .decree2018, .draft2019: letter == 0x131 || letter == 0xEF
        case .draft2021: letter == 0x69
        }
    }

    private func hasU(_ orthography: KazakhOrthography) -> Bool {
        orthography == .plain || orthography == .draft2021 || orthography == .turkic
    }

    private static let latinLetters: [UInt16: Character] = makeTable(
        [
            ("а", "aàâãåā"), ("ә", "äáəǎ"), ("б", "b"), ("ц", "c"), ("ч", "çčćĉ"), ("д", "dďđ"),
            ("е", "eèêëėēěę"), ("э", "é"), ("ф", "f"), ("ғ", "ğǵġģ"), ("х", "hx"), ("ж", "jž"),
            ("қ", "q"), ("л", "lłĺľ"), ("м", "m"), ("ң", "ñńŋňņ"), ("о", "oòôõō"), ("ө", "öóőɵ"),
            ("п", "p"), ("р", "rřŕ"), ("с", "s"), ("ш", "şšŝśș"), ("т", "tťţț"), ("ұ", "ūùûů"),
            ("ү", "üúű"), ("в", "v"), ("у", "wý"), ("з", "zźż"), ("і", "íìîī"), ("й", "ÿ"),
        ])

    private static func makeTable(_ rows: [(Character, String)]) -> [UInt16: Character] {
        var table: [UInt16: Character] = [:]
        for (letter, sources) in rows {
            for unit in sources.utf16 { table[unit] = letter }
        }
        return table
    }

    // MARK: - Arabic

    private static let arabicLetters: [UInt16: Character] = makeTable(
        [
            ("е", "ە"), ("у", "ۋؤ"), ("б", "ب"), ("в", "ۆ"), ("г", "گ"), ("ғ", "عغ"), ("д", "د"),
            ("ж", "ج"), ("з", "ز"), ("к", "كک"), ("қ", "ق"), ("л", "ل"), ("м", "م"), ("н", "ن"),
            ("ң", "ڭ"), ("п", "پ"), ("р", "ر"), ("с", "س"), ("т", "ت"), ("ф", "ف"), ("х", "حخ"),
            ("һ", "ھہه"), ("ч", "چ"), ("ш", "ش"),
        ])

    /// One letter for front and back vowels: the hamza tells, or ە, ك, گ beside them.
    private mutating func writeArabic() {
        let hasHamza = letters.contains { $0 == 0x674 || $0 == 0x621 }
        letters.removeAll { $0 == 0x674 || $0 == 0x621 || $0 == 0x626 }
        // A suffix -мен stands on back words too.
        let ending = Set("مبپ".utf16)
        var end = letters.count
        if end > 4, letters[end - 1] == 0x646, letters[end - 2] == 0x6D5,
            ending.contains(letters[end - 3])
        {
            end -= 3
        }
        let stem = letters[..<end]
        let hasBack = stem.contains { $0 == 0x642 || $0 == 0x639 }
        let hasFront = hasHamza || stem.contains { [0x6D5, 0x643, 0x6A9, 0x6AF].contains($0) }
        var isFront = hasFront && !hasBack
        var seenVowel = false
        var index = 0
        while index < letters.count {
            let letter = letters[index]
            let next = peek(index + 1)
            var length = 1
            switch letter {
            case 0x627, 0x622, 0x623:
                // Beside front consonants alone, only the first а is ә: кітап, but тәрбие.
                let isBack = isFront && !hasHamza && seenVowel
                put(isFront && !isBack ? "ә" : "а")
                // What follows an а is back: кітаптарды.
                if isBack { isFront = false }
            case 0x648: put(isFront ? "ө" : "о")
            case 0x6C7: put(isFront ? "ү" : "ұ")
            case 0x649, 0x6CC: put(isFront ? "і" : "ы")
            case 0x64A:
                if next == 0x627 {
                    if !endsInVowel, !written.isEmpty { put("и") }
                    put("я")
                    length = 2
                } else if next == 0x6CB {
                    put("ю")
                    length = 2
                } else {
                    put(endsInVowel ? "й" : "и")
                }
            default: if let cyrillic = Self.arabicLetters[letter] { put(cyrillic) }
            }
            if endsInVowel { seenVowel = true }
            index += length
        }
    }
}
