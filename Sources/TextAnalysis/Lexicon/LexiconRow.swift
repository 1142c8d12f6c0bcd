/// A row of a lexicon: lemma, class and the forms from which the others follow.
///
/// `lemma TAB class TAB keys`: keys are separated by spaces; one with `=` has a name. ё is taken
/// as е.
struct LexiconRow {
    /// What kind of word it is, and so which forms it has.
    enum WordClass: UInt8 {
        case masculine, feminine
        /// A neuter noun of Russian, a noun of English.
        case neuter
        case plural, adjective, verb, adverb, other
        /// A form that stands alone; its key is the lemma.
        case form

        var isNoun: Bool { rawValue <= WordClass.plural.rawValue }
    }

    var lemma: ArraySlice<UInt8>
    var wordClass: WordClass
    /// The keys without a name, in order.
    var forms: [ArraySlice<UInt8>] = []
    private var named: [(name: ArraySlice<UInt8>, form: ArraySlice<UInt8>)] = []

    /// Reads a row; `nil` and a reason if it is none.
    init(_ text: String) throws(Malformed) {
        let bytes = Self.folded(text)
        let columns = bytes.split(separator: 0x09, omittingEmptySubsequences: false)
        guard columns.count == 2 || columns.count == 3 else {
            throw Malformed(reason: "expected a lemma, a tab, a class and perhaps key forms")
        }
        guard !columns[0].isEmpty, !columns[0].contains(0x20) else {
            throw Malformed(reason: "expected one word as the lemma")
        }
        guard columns[1].count == 1, let letter = columns[1].first,
            let wordClass = Self.wordClass(letter)
        else { throw Malformed(reason: "expected a class: m f n p a v d x w") }
        lemma = columns[0]
        self.wordClass = wordClass
        let keys = columns.count == 3 ? columns[2].split(separator: 0x20) : []
        for key in keys {
            guard let equals = key.firstIndex(of: UInt8(ascii: "=")) else {
                forms.append(key)
                continue
            }
            guard key.index(after: equals) < key.endIndex else {
                throw Malformed(reason: "a key form is empty")
            }
            named.append((key[..<equals], key[key.index(after: equals)...]))
        }
        if wordClass == .form, forms.isEmpty {
            throw Malformed(reason: "a form that stands alone needs its lemma")
        }
    }

    /// Why a row cannot be read.
    struct Malformed: Error {
        var reason: String
    }

    /// The names of keys that are not among the given ones.
    func hasOnly(_ names: [StaticString]) -> Bool {
        named.allSatisfy { key in names.contains { key.name.equals($0) } }
    }

    /// The key of a name; several forms are separated by a stroke.
    subscript(_ name: StaticString) -> ArraySlice<UInt8>? {
        named.first { $0.name.equals(name) }?.form
    }

    private static func wordClass(_ letter: UInt8) -> WordClass? {
        switch letter {
        case UInt8(ascii: "m"): .masculine
        case UInt8(ascii: "f"): .feminine
        case UInt8(ascii: "n"): .neuter
        case UInt8(ascii: "p"): .plural
        case UInt8(ascii: "a"): .adjective
        case UInt8(ascii: "v"): .verb
        case UInt8(ascii: "d"): .adverb
        case UInt8(ascii: "x"): .other
        case UInt8(ascii: "w"): .form
        default: nil
        }
    }

    /// The bytes with ё as е.
    private static func folded(_ text: String) -> [UInt8] {
        var bytes = Array(text.utf8)
        var index = 1
        while index < bytes.count {
            if bytes[index] == 0x91, bytes[index - 1] == 0xD1 {
                bytes[index - 1] = 0xD0
                bytes[index] = 0xB5
            }
            index += 1
        }
        return bytes
    }
}

/// Words as slices of bytes; letters are Cyrillic, two bytes each.
extension ArraySlice<UInt8> {
    func equals(_ other: StaticString) -> Bool {
        count == other.utf8CodeUnitCount && ends(other)
    }

    func ends(_ suffix: StaticString) -> Bool {
        suffix.withUTF8Buffer { suffix in
            guard suffix.count <= count else { return false }
            var index = endIndex - suffix.count
            for byte in suffix {
                if self[index] != byte { return false }
                index += 1
            }
            return true
        }
    }

    /// The slice without as many letters at its end; empty if it has fewer.
    func dropping(_ letters: Int) -> ArraySlice<UInt8> { dropLast(2 * letters) }

    /// The slice without a suffix, `nil` if it does not end so.
    func without(_ suffix: StaticString) -> ArraySlice<UInt8>? {
        ends(suffix) ? dropLast(suffix.utf8CodeUnitCount) : nil
    }

    /// The last letter, a space if there is none.
    var lastLetter: Unicode.Scalar {
        guard count >= 2 else { return " " }
        let (lead, trail) = (UInt32(self[endIndex - 2]), UInt32(self[endIndex - 1]))
        return Unicode.Scalar((lead & 0x1F) << 6 | trail & 0x3F) ?? " "
    }

    /// How a stem is declined by its last letter.
    var isVelar: Bool { lastLetter == "г" || lastLetter == "к" || lastLetter == "х" }
    var isHusher: Bool {
        switch lastLetter {
        case "ж", "ч", "ш", "щ": true
        default: false
        }
    }
    var endsWithVowel: Bool {
        switch lastLetter {
        case "а", "е", "и", "о", "у", "ы", "э", "ю", "я": true
        default: false
        }
    }
    var hasVowel: Bool {
        var index = startIndex
        while index < endIndex {
            let next = Swift.min(index + 2, endIndex)
            if self[index..<next].endsWithVowel { return true }
            index = next
        }
        return false
    }
    var endsWithConsonant: Bool {
        !isEmpty && !endsWithVowel && lastLetter != "ь" && lastLetter != "ъ" && lastLetter != "й"
    }
}
