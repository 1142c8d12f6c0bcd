/// Letters that stand for others: look-alikes of two scripts, old and foreign code points for
/// Kazakh letters, and letters that terms do not tell apart.
enum Letters {
    /// A foreign letter that some texts have in the place of a Kazakh one.
    struct Variant {
        var seen: Character
        var right: Character
        /// Whether the word must hold another Kazakh letter: the foreign one is common elsewhere.
        var needsCue: Bool
    }

    /// Small and capital forms; `є` and `ґ` are Ukrainian letters too.
    static let variants: [Variant] = [
        Variant(seen: "ӊ", right: "ң", needsCue: false),
        Variant(seen: "Ӊ", right: "Ң", needsCue: false),
        Variant(seen: "ҥ", right: "ң", needsCue: false),
        Variant(seen: "Ҥ", right: "Ң", needsCue: false),
        Variant(seen: "ӓ", right: "ә", needsCue: false),
        Variant(seen: "Ӓ", right: "Ә", needsCue: false),
        Variant(seen: "ѳ", right: "ө", needsCue: false),
        Variant(seen: "Ѳ", right: "Ө", needsCue: false),
        Variant(seen: "ӯ", right: "ұ", needsCue: false),
        Variant(seen: "Ӯ", right: "Ұ", needsCue: false),
        Variant(seen: "ќ", right: "қ", needsCue: false),
        Variant(seen: "Ќ", right: "Қ", needsCue: false),
        Variant(seen: "ґ", right: "ө", needsCue: true),
        Variant(seen: "Ґ", right: "Ө", needsCue: true),
        Variant(seen: "є", right: "ғ", needsCue: true),
        Variant(seen: "Є", right: "Ғ", needsCue: true),
    ]

    /// Foldings beyond case.
    ///
    /// ё and е are one letter in terms, stress is none, `İ` is `i` in every language, and the
    /// apostrophe is no part of a term. In Arabic script the two signs of hamza are one, Persian ک
    /// and ی are ك and ى, and lengthening is none.
    static let foldings: [(UInt16, UInt16)] = [
        (0x0451, 0x0435), (0x0401, 0x0435),
        (0x0450, 0x0435), (0x0400, 0x0435), (0x045D, 0x0438), (0x040D, 0x0438),
        (0x0130, 0x0069), (0x0027, 0),
        (0x0621, 0x0674), (0x06A9, 0x0643), (0x06CC, 0x0649), (0x0640, 0),
    ]

    private static let latinLookAlikes = "aeocpxyihkmtəɵïABCEHIKMOPTXYƏƟ"
    private static let cyrillicLookAlikes = "аеосрхуіһкмтәөїАВСЕНІКМОРТХУӘӨ"
    private static let latinUnits = Array(latinLookAlikes.utf16)
    private static let cyrillicUnits = Array(cyrillicLookAlikes.utf16)

    /// Repairs a word of two scripts.
    ///
    /// The letters of one script become their look-alikes in the other, if each has one. Where both
    /// ways are open, Cyrillic wins, but in capitals, which more names are made of, the script of
    /// more letters.
    /// - Returns: Whether the word changed.
    static func repairLookAlikes(_ word: inout [UInt16]) -> Bool {
        let table = CharacterTable.shared
        var latin = 0
        var cyrillic = 0
        for unit in word {
            let flags = table.flags(unit)
            if flags.contains(.digit) { return false }
            if flags.contains(.latin) { latin += 1 }
            if flags.contains(.cyrillic) { cyrillic += 1 }
        }
        guard latin > 0, cyrillic > 0 else { return false }
        let isCapital = word.allSatisfy { table.flags($0).contains(.upper) }
        if isCapital, latin > cyrillic, replace(&word, cyrillicUnits, latinUnits, .cyrillic) {
            return true
        }
        if replace(&word, latinUnits, cyrillicUnits, .latin) { return true }
        if replace(&word, cyrillicUnits, latinUnits, .cyrillic) { return true }
        return false
    }

    private static func replace(
        _ word: inout [UInt16], _ from: [UInt16], _ to: [UInt16], _ script: CharacterFlags
    ) -> Bool {
        let table = CharacterTable.shared
        let convertible = word.allSatisfy {
            !table.flags($0).contains(script) || from.contains($0)
        }
        guard convertible else { return false }
        // Latin Y is typed for У by nobody who has it, but for Ү by those who have not.
        let hasKazakh = word.contains { !table.flags($0).isDisjoint(with: [.kazakh, .kazakhI]) }
        for index in word.indices {
            if hasKazakh, script == .latin, word[index] == 0x59 {
                word[index] = 0x4AE
            } else if let place = from.firstIndex(of: word[index]) {
                word[index] = to[place]
            }
        }
        return true
    }

    /// Puts the right Kazakh letters in the place of their variants.
    ///
    /// - Returns: Whether the word changed.
    static func repairVariants(_ word: inout [UInt16]) -> Bool {
        let table = CharacterTable.shared
        var changed = false
        for needsCue in [false, true] {
            if needsCue, !word.contains(where: { table.flags($0).contains(.kazakh) }) { break }
            for index in word.indices where table.flags(word[index]).contains(.variant) {
                for variant in variants where variant.needsCue == needsCue {
                    if variant.seen.utf16.first == word[index],
                        let right = variant.right.utf16.first
                    {
                        word[index] = right
                        changed = true
                    }
                }
            }
        }
        return changed
    }
}
