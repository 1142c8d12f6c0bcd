/// Turns the units of a word into the bytes of its exact form.
struct TermFolder {
    /// The longest term, in scalars; longer words are cut.
    static let longestTerm = 128

    /// Whether to fold every word by ICU: slower, with the same result; for tests.
    var asksICUAlways = false
    private let table = CharacterTable.shared
    private var word: [UInt16] = []
    private var scratch: [UInt16] = []

    /// Appends the folded form of a word.
    ///
    /// In Kazakh of Latin letters `I` is the capital of `ı`.
    ///
    /// - Returns: Whether the term was cut to the longest allowed length.
    mutating func fold(
        _ text: borrowing CleanText, _ source: Word, isLatinKazakh: Bool, icu: ICUHandle,
        into bytes: inout TermBytes
    ) -> Bool {
        if source.special != .none {
            source.special.term.withUTF8Buffer { bytes.append($0, isPadded: false) }
            return false
        }
        let flags = source.flags
        if source.isNumber, !flags.isDisjoint(with: [.middle, .middleNumber]) || source.isGrouped {
            foldNumber(text, source.range, into: &bytes)
            return false
        }
        let needsRepair =
            flags.contains(.variant) || (flags.contains(.latin) && flags.contains(.cyrillic))
        let needsICU = asksICUAlways || !flags.isDisjoint(with: [.foldedByICU, .special])
        if !needsRepair, !needsICU, !isLatinKazakh {
            return foldPlain(
                UnsafeBufferPointer(rebasing: text.units[source.termRange]), into: &bytes)
        }
        word.removeAll(keepingCapacity: true)
        word.append(contentsOf: text.units[source.termRange])
        if needsRepair {
            _ = Letters.repairLookAlikes(&word)
            _ = Letters.repairVariants(&word)
        }
        if isLatinKazakh {
            for index in word.indices where word[index] == 0x49 { word[index] = 0x131 }
        }
        if needsICU {
            for index in word.indices where word[index] == 0x130 { word[index] = 0x69 }
            icu.fold(&word, scratch: &scratch)
            word.removeAll { $0 == 0x27 || table.flags($0).contains(.space) }
        }
        return foldWord(into: &bytes)
    }

    /// Appends the folded form of a Latin word whose letters with apostrophes are letters.
    ///
    /// They become letters of one sign with the same sound: `Qas'qyn` is `qaşqyn`.
    mutating func foldDecree2017(
        _ text: borrowing CleanText, _ source: Word, into bytes: inout TermBytes
    ) {
        word.removeAll(keepingCapacity: true)
        for index in source.range {
            let unit = text.units[index]
            if unit == 0x27, let last = word.last, let letter = KazakhOrthography.letter2017(last) {
                word[word.count - 1] = letter
            } else {
                word.append(table.folded(unit))
            }
        }
        _ = foldWord(into: &bytes)
    }

    /// Folds what was put together in `word`.
    private func foldWord(into bytes: inout TermBytes) -> Bool {
        word.withUnsafeBufferPointer { foldPlain($0, into: &bytes) }
    }

    /// Folds unit by unit and writes UTF-8.
    @inline(__always)
    private func foldPlain(
        _ units: UnsafeBufferPointer<UInt16>, into bytes: inout TermBytes
    ) -> Bool {
        // No unit takes more than three bytes.
        let start = bytes.reserve(3 &* units.count)
        var target = start
        defer { bytes.extend(by: target - start) }
        var scalars = 0
        var index = 0
        if units.count <= Self.longestTerm {
            // Nothing to cut: nearly all words end here.
            while index < units.count {
                let folded = table.foldedBytes(units[index])
                if folded == CharacterTable.noBytes { break }
                UnsafeMutableRawPointer(target).storeBytes(
                    of: UInt16(truncatingIfNeeded: folded).littleEndian, as: UInt16.self)
                target += Int(folded &>> 16)
                index &+= 1
            }
        }
        while index < units.count {
            var unit = units[index]
            index &+= 1
            unit = table.folded(unit)
            if unit == 0 { continue }
            if scalars == Self.longestTerm { return true }
            scalars &+= 1
            if unit < 0x80 {
                target[0] = UInt8(truncatingIfNeeded: unit)
                target += 1
            } else if unit < 0x800 {
                target[0] = UInt8(truncatingIfNeeded: 0xC0 | unit &>> 6)
                target[1] = UInt8(truncatingIfNeeded: 0x80 | unit & 0x3F)
                target += 2
            } else if unit & 0xFC00 == 0xD800, index < units.count {
                let low = UInt32(units[index])
                index &+= 1
                let scalar = 0x10000 &+ (UInt32(unit & 0x3FF) &<< 10) &+ (low & 0x3FF)
                target[0] = UInt8(truncatingIfNeeded: 0xF0 | scalar &>> 18)
                target[1] = UInt8(truncatingIfNeeded: 0x80 | scalar &>> 12 & 0x3F)
                target[2] = UInt8(truncatingIfNeeded: 0x80 | scalar &>> 6 & 0x3F)
                target[3] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
                target += 4
            } else {
                target[0] = UInt8(truncatingIfNeeded: 0xE0 | unit &>> 12)
                target[1] = UInt8(truncatingIfNeeded: 0x80 | unit &>> 6 & 0x3F)
                target[2] = UInt8(truncatingIfNeeded: 0x80 | unit & 0x3F)
                target += 3
            }
        }
        return false
    }

    /// Writes a number without the separators of its groups and with a full stop before its
    /// fraction: `1 000,5` and `1,000.5` are both `1000.5`.
    private mutating func foldNumber(
        _ text: borrowing CleanText, _ range: Range<Int>, into bytes: inout TermBytes
    ) {
        word.removeAll(keepingCapacity: true)
        var groups: [(separator: UInt16, digits: Int)] = [(0, 0)]
        for index in range {
            let unit = text.units[index]
            if table.flags(unit).contains(.digit) {
                groups[groups.count - 1].digits += 1
            } else if unit == 0x2E || unit == 0x2C {
                groups.append((unit, 0))
            } else {
                continue
            }
            word.append(unit)
        }
        let separators = Set(groups.dropFirst().map(\.separator))
        let hasThrees = groups.dropFirst().allSatisfy { $0.digits == 3 } && groups[0].digits <= 3
        let startsWithZero = word.first == 0x30
        var drops: Set<UInt16> = []
        var stop: UInt16?
        if separators.count == 2 {
            drops = separators.subtracting([groups[groups.count - 1].separator])
            stop = groups[groups.count - 1].separator
        } else if groups.count > 2, hasThrees {
            drops = separators
        } else if separators == [0x2C], hasThrees, !startsWithZero, groups[0].digits > 0,
            range.count == word.count
        {
            drops = separators
        } else {
            stop = separators.first
        }
        word.removeAll { drops.contains($0) }
        for index in word.indices where word[index] == stop { word[index] = 0x2E }
        if word.count > Self.longestTerm { word.removeSubrange(Self.longestTerm...) }
        _ = foldWord(into: &bytes)
    }
}
