/// The words of a language that its rules stem wrongly, from the tables.
struct WordExceptions {
    private var words = TermTable()
    private var stems: [[UInt8]] = []

    /// Words that keep their form and words with a stem of their own; the latter win.
    init(tables: LanguageTables) {
        for (word, stem) in tables.stems { add(word, stem) }
        for word in tables.unstemmed { add(word, word) }
    }

    private mutating func add(_ word: String, _ stem: String) {
        if words.intern(Array(word.utf8)) == stems.count { stems.append(Array(stem.utf8)) }
    }

    /// Appends the stem of an exceptional word.
    ///
    /// - Returns: Whether the word is one.
    func find(_ word: [UInt8], into output: inout [UInt8]) -> Bool {
        guard let number = words.find(word) else { return false }
        output.append(contentsOf: stems[number])
        return true
    }
}
