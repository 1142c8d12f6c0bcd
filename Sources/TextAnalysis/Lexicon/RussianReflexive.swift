/// The ending -ся of reflexive verbs, -сь behind a vowel.
enum RussianReflexive {
    private static let long = Array("ся".utf8)
    private static let short = Array("сь".utf8)

    /// Where the ending begins, `nil` if the word has none.
    static func base(of word: [UInt8]) -> Int? {
        guard word.hasSuffix(long, before: word.count) || word.hasSuffix(short, before: word.count)
        else { return nil }
        return word.count - long.count
    }

    /// A form with its ending; participles take the long one throughout.
    static func appended(to form: [UInt8], _ sets: RussianEndings) -> [UInt8] {
        let isShort = form[...].endsWithVowel && sets.isDisjoint(with: .active)
        return form + (isShort ? short : long)
    }
}
