/// Nominatives that a Russian word of a text may be a case of: содружества, комиссии, партией.
///
/// Where only an ending was added, what is left without it is the nominative: `CaseEndings`. Here
/// are the words whose nominative has an ending of its own. Some that no language has are among
/// them; they do no harm, since words of lists do not meet them.
enum RussianNominative {
    /// The nominatives of a folded word of Cyrillic letters, at least three letters of which stay.
    static func candidates(of word: ArraySlice<UInt8>) -> [[UInt8]] {
        var result: [[UInt8]] = []
        for (ending, nominatives) in table
        where word.count >= ending.count + leastBytes && word.suffix(ending.count) == ending[...] {
            let stem = word.dropLast(ending.count)
            for nominative in nominatives { result.append(stem + nominative) }
        }
        return result
    }

    private static let leastBytes = 6

    /// Endings of cases, each with those of the nominative; of nouns, then of adjectives.
    private static let table: [(ending: [UInt8], nominatives: [[UInt8]])] = [
        ("а", "о"), ("у", "о а"), ("ом", "о"), ("е", "о а я"), ("ы", "а"), ("и", "а я ь"),
        ("ой", "а"), ("ей", "я"), ("ю", "я е"), ("я", "е"), ("ем", "е"), ("ии", "ия"),
        ("ию", "ия"), ("ией", "ия"),
        ("ой", "ая"), ("ую", "ая"), ("ого", "ый ий ое"), ("ому", "ый ий ое"), ("ым", "ый ое"),
        ("им", "ий ое"), ("ом", "ый ий ое"),
    ].map { ending, nominatives in
        (Array(ending.utf8), nominatives.split(separator: " ").map { Array($0.utf8) })
    }
}
