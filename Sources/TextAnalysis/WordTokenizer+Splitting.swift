/// Cuts that word breaks do not make: glued numbers and words, initials, hosts, suffixes on hyphens.
extension WordTokenizer {
    /// A run of letters or of digits within a piece.
    struct Atom {
        var range: Range<Int>
        var flags: CharacterFlags
        var capitals: Int
        /// Full stops and commas within a number.
        var separators: Int
        /// The unit before it, if that is a separator; `0` if it touches the atom before.
        var separator: UInt16

        var isNumber: Bool { flags.contains(.digit) && !flags.contains(.letter) }
    }

    /// Adds the words of a piece that holds more than letters.
    mutating func split(_ text: borrowing CleanText, _ range: Range<Int>) {
        findAtoms(text, range)
        joinGlued(text)
        // Taken out, so that they are not copied while words are added.
        var atoms: [Atom] = []
        swap(&atoms, &self.atoms)
        defer { swap(&atoms, &self.atoms) }
        guard !atoms.isEmpty else { return }
        let dotted = atoms.dropFirst().contains { $0.separator == 0x2E }
        let link = dotted ? linkOfLabels(atoms, text) : .none
        for (index, atom) in atoms.enumerated() {
            if atom.isNumber, atom.separators > 1, let parts = dateParts(atom, text) {
                for (part, partRange) in parts.enumerated() {
                    append(
                        text, partRange, flags: .digit, capitals: 0,
                        link: part == 0 ? nil : Word.Link.none)
                }
                continue
            }
            var wordRange = atom.range
            if atom.flags.contains(.apostrophe) {
                wordRange = withoutEnglishEnding(text, wordRange)
            }
            let isLabel = atom.separator == 0x2E && index > 0
            append(
                text, wordRange, flags: atom.flags, capitals: atom.capitals,
                link: isLabel ? link : nil)
            if atom.flags.contains(.digit), atom.flags.contains(.latin) {
                words[words.count - 1].suffixCount = numberSuffixCount(text, wordRange)
            }
        }
    }

    /// Cuts a piece into runs of letters and runs of digits.
    private mutating func findAtoms(_ text: borrowing CleanText, _ range: Range<Int>) {
        atoms.removeAll(keepingCapacity: true)
        var separator: UInt16 = 0
        var index = range.lowerBound
        while index < range.upperBound {
            let unit = text.units[index]
            let flags = tokenFlags(unit)
            guard !isSeparator(unit, flags) else {
                separator = unit
                index += 1
                continue
            }
            if startsWithMark(text, at: index) {
                // A mark on a separator: there is no letter that it could belong to.
                index += unit & 0xFC00 == 0xD800 ? 2 : 1
                continue
            }
            let isDigit = flags.contains(.digit)
            var atom = Atom(
                range: index..<index, flags: [], capitals: 0, separators: 0, separator: separator)
            while index < range.upperBound {
                let unit = text.units[index]
                let flags = tokenFlags(unit)
                if isDigit {
                    let joins =
                        !flags.isDisjoint(with: [.middle, .middleNumber])
                        && index + 1 < range.upperBound
                        && tokenFlags(text.units[index + 1]).contains(.digit)
                    guard flags.contains(.digit) || joins else { break }
                    if joins { atom.separators += 1 }
                } else if flags.contains(.digit) || isSeparator(unit, flags) {
                    break
                }
                if flags.contains(.upper) { atom.capitals += 1 }
                atom.flags.formUnion(flags)
                index += 1
            }
            atom.range = atom.range.lowerBound..<index
            if !isDigit { atom.flags.insert(.letter) }
            atoms.append(atom)
            separator = 0
        }
    }

    private func startsWithMark(_ text: borrowing CleanText, at index: Int) -> Bool {
        let unit = text.units[index]
        let flags =
            Int(unit) < CharacterTable.limit ? tokenFlags(unit) : Self.properties(text, at: index)
        return flags.contains(.mark)
    }

    private func tokenFlags(_ unit: UInt16) -> CharacterFlags {
        CharacterTable.shared.flags(unit)
    }

    /// Whether a unit parts words inside a piece.
    private func isSeparator(_ unit: UInt16, _ flags: CharacterFlags) -> Bool {
        switch unit {
        case 0x40, 0x5F, 0x3A, 0x2F: true
        default: !flags.isDisjoint(with: [.middle, .middleNumber])
        }
    }

    /// Joins letters and digits that touch and belong together (`5G`, `H2O`), and leaves those
    /// apart that page text has glued (`2021Al`, `12қыркүйек`).
    private mutating func joinGlued(_ text: borrowing CleanText) {
        guard atoms.count > 1 else { return }
        var kept = 0
        // The last atom on its own, since a word that joined two has lost its border.
        var before = atoms[0]
        for index in 1..<atoms.count {
            let atom = atoms[index]
            if atom.separator == 0, atoms[kept].range.upperBound == atom.range.lowerBound,
                !isGlued(before, atom)
            {
                let start = atoms[kept].range.lowerBound
                atoms[kept].range = start..<atom.range.upperBound
                atoms[kept].flags.formUnion(atom.flags)
                atoms[kept].capitals += atom.capitals
                atoms[kept].separators += atom.separators
            } else {
                kept += 1
                atoms[kept] = atom
            }
            before = atom
        }
        atoms.removeSubrange((kept + 1)...)
    }

    /// Whether two atoms that touch are two words.
    private func isGlued(_ left: Atom, _ right: Atom) -> Bool {
        if left.isNumber {
            let letters = right.range.count
            if left.separators > 1 || letters >= 4 { return true }
            if right.flags.contains(.cyrillic), right.capitals == 0 { return true }
            return left.range.count == 4 && letters >= 2 && right.capitals > 0
        }
        // A date or a telephone number after a word.
        return right.isNumber && (right.separators > 1 || right.range.count >= 6)
    }

    /// How labels parted by full stops hang together: a host, the letters of an abbreviation in
    /// Latin capitals, or not at all.
    private func linkOfLabels(_ atoms: [Atom], _ text: borrowing CleanText) -> Word.Link {
        guard let last = atoms.last else { return .none }
        let isInitials = atoms.allSatisfy {
            $0.range.count == 1 && $0.capitals == 1 && $0.flags.contains(.latin)
        }
        if isInitials { return .initials }
        let isASCII = atoms.allSatisfy { $0.range.allSatisfy { text.units[$0] < 0x80 } }
        let hasCapitalLabel = atoms.contains { $0.separator == 0x2E && $0.capitals > 0 }
        let endsInDomain = !last.flags.contains(.digit) && last.range.count >= 2
        return isASCII && !hasCapitalLabel && endsInDomain ? .host : .none
    }

    /// The three numbers of `17.11.2021` or `2021.11.17`; `nil` for another number.
    private func dateParts(_ atom: Atom, _ text: borrowing CleanText) -> [Range<Int>]? {
        guard atom.separators == 2 else { return nil }
        var parts: [Range<Int>] = []
        var start = atom.range.lowerBound
        for index in atom.range where !tokenFlags(text.units[index]).contains(.digit) {
            guard text.units[index] == 0x2E else { return nil }
            parts.append(start..<index)
            start = index + 1
        }
        parts.append(start..<atom.range.upperBound)
        guard parts.count == 3 else { return nil }
        let lengths = parts.map(\.count)
        let isDayFirst = lengths[0] <= 2 && lengths[1] <= 2 && (lengths[2] == 4 || lengths[2] == 2)
        let isYearFirst = lengths[0] == 4 && lengths[1] <= 2 && lengths[2] <= 2
        return isDayFirst || isYearFirst ? parts : nil
    }

    /// A word without `'s`, `'ll`, `'re`, `'ve`, `'d`, `'m`; all of a word with two apostrophes,
    /// which is Kazakh in the letters of 2017.
    private func withoutEnglishEnding(
        _ text: borrowing CleanText, _ range: Range<Int>
    ) -> Range<Int> {
        var place: Int?
        for index in range where text.units[index] == 0x27 {
            if place != nil { return range }
            place = index
        }
        guard let place, place > range.lowerBound else { return range }
        func letter(_ offset: Int) -> UInt16 { text.units[place + offset] | 0x20 }
        switch range.upperBound - place - 1 {
        case 1 where letter(1) == 0x73 || letter(1) == 0x64 || letter(1) == 0x6D:
            return range.lowerBound..<place
        case 2
        where (letter(1) == 0x6C && letter(2) == 0x6C)
            || (letter(1) == 0x72 && letter(2) == 0x65)
            || (letter(1) == 0x76 && letter(2) == 0x65):
            return range.lowerBound..<place
        default: return range
        }
    }

    /// Marks the suffixes that hang by a hyphen on an acronym, a number, a percentage, a quoted
    /// name or a Latin word: `ҚР-ның`, `55-ші`, `70%-ға`, `«Қазақмыс»-тың`, `Google-дың`.
    func dropSuffixes(_ text: borrowing CleanText) {
        let words = words
        for candidate in candidates.suffixes {
            let index = Int(candidate)
            switch words[index].link {
            case .hyphen, .suffixHyphen: break
            case .none: guard words[index - 1].isNumber else { continue }
            default: continue
            }
            let word = words[index]
            let owner = words[index - 1]
            guard word.range.count <= 7, word.start - owner.end <= 2 else { continue }
            if owner.isNumber, word.link == .none {
                if isGluedSuffix(word, after: owner, text) { words[index].isDropped = true }
                continue
            }
            guard word.link == .hyphen || word.link == .suffixHyphen,
                word.flags.contains(.cyrillic)
            else { continue }
            let isNumber = owner.flags.contains(.digit) || isSingleNumeral(owner, text)
            let ownerTakesSuffix =
                word.link == .suffixHyphen || isNumber || owner.upperCount >= 2
                || (owner.flags.contains(.latin) && !owner.flags.contains(.cyrillic))
            guard ownerTakesSuffix else { continue }
            if SuffixSet.shared.contains(text.units[word.range], afterNumber: isNumber) {
                words[index].isDropped = true
            }
        }
    }

    /// Whether a word that touches a number is its suffix: `55ші`, `1990's`.
    private func isGluedSuffix(
        _ word: Word, after owner: Word, _ text: borrowing CleanText
    ) -> Bool {
        let start = Int(word.start)
        if owner.end == word.start {
            // One letter names a class of pupils or a unit: 5а, 10м.
            return word.flags.contains(.cyrillic) && word.range.count >= 2
                && SuffixSet.shared.contains(text.units[word.range], afterNumber: true)
        }
        return word.start == owner.end + 1 && text.units[start - 1] == 0x27
            && word.range.count == 1 && text.units[start] | 0x20 == 0x73
    }

    /// Whether a word is the I, V or X of `I-ші`, of Latin or Cyrillic letters.
    private func isSingleNumeral(_ word: Word, _ text: borrowing CleanText) -> Bool {
        guard word.range.count == 1 else { return false }
        switch text.units[Int(word.start)] {
        case 0x49, 0x56, 0x58, 0x406, 0x425: return true
        default: return false
        }
    }
}
