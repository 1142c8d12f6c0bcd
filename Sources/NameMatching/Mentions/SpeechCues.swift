import TextAnalysis

/// Words beside which people are named: titles, words of speech, given names.
struct SpeechCues: Sendable {
    /// What a word tells.
    enum Class: String {
        case title, speech, given
    }

    /// Folded words that are titles, in all their cases.
    private(set) var titles: Set<[UInt8]> = []
    /// Words of speech by their first word; of each the words behind it.
    private(set) var speech: [[UInt8]: [[[UInt8]]]] = [:]
    /// Folded given names as the table has them.
    private(set) var given: Set<[UInt8]> = []
    /// Their Russian cases.
    private var inflected: Set<[UInt8]> = []
    /// Primary keys of given names that are long enough to tell by sound.
    private var givenKeys: Set<[UInt8]> = []

    /// Keys of given names shorter than this tell too little.
    private static let shortestKey = 4

    /// The cues of the rows of a table.
    ///
    /// - Throws: `NameTableError` for a row that is not as `config/names/speech.tsv` says.
    init(_ rows: [String]) throws(NameTableError) {
        var sounds = SoundReader()
        for (number, row) in rows.enumerated() {
            let cells = row.split(separator: "\t", omittingEmptySubsequences: false)
            guard cells.count == 5 else {
                throw NameTableError(
                    table: "speech", row: number,
                    reason: "5 columns are expected, not \(cells.count)")
            }
            guard let kind = Class(rawValue: cells[1].trimmed) else {
                throw NameTableError(
                    table: "speech", row: number, reason: "unknown class `\(cells[1])`")
            }
            for (column, language) in [(2, Language.kazakh), (3, .russian), (4, .english)] {
                for form in cells[column].forms { add(form, language, kind, &sounds) }
            }
        }
    }

    private mutating func add(
        _ form: String, _ language: Language, _ kind: Class, _ sounds: inout SoundReader
    ) {
        let words = VocabularyBuilder.words(of: form.lowercased())
        guard let first = words.first, let last = words.last else { return }
        switch kind {
        case .title:
            // Of several words the last one is declined, and it tells by itself.
            for form in NameInflection.forms(of: last, language) {
                titles.insert(VocabularyBuilder.folded(form))
            }
            if language == .kazakh {
                titles.insert(VocabularyBuilder.folded(NameInflection.ours(last)))
            }
        case .speech:
            speech[VocabularyBuilder.folded(first), default: []].append(
                words.dropFirst().map(VocabularyBuilder.folded))
        case .given:
            let folded = VocabularyBuilder.folded(first)
            given.insert(folded)
            if language == .russian {
                for form in NameInflection.forms(of: first, language).dropFirst() {
                    inflected.insert(VocabularyBuilder.folded(form))
                }
            }
            sounds.read(folded, script: language == .english ? .latin : .cyrillic)
            let key = NameKey(sounds.sounds).primary
            if key.count >= Self.shortestKey { givenKeys.insert(key) }
        }
    }

    /// Whether a word is a given name in a case, perhaps what is left without its ending.
    func isInflectedGiven(_ folded: [UInt8], _ base: [UInt8]) -> Bool {
        given.contains(base) || inflected.contains(folded)
    }

    /// Whether a word of some letters and sounds is a given name.
    func isGiven(_ folded: ArraySlice<UInt8>, key: [UInt8]) -> Bool {
        given.contains(Array(folded))
            || key.count >= Self.shortestKey && givenKeys.contains(key)
    }
}
