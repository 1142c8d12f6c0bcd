import TextAnalysis

/// Words in a row that may be the name of a person.
struct PersonRun {
    /// Its words, from the first to the last.
    var words: Range<Int>
    /// The words that are names, halves of compounds apart, without initials.
    var names: [Int] = []
    var initials: [Int] = []
    var hasPatronymic = false
    var method: UnresolvedPerson.Method = .fullName
    var score: Float = 0

    /// The word that is the surname, as far as it can be told.
    func surname(_ text: MentionText, _ known: TextWords) -> Int? {
        let names = names.filter { !known.traits(text.words[$0].number).contains(.patronymic) }
        guard names.count > 1 || !initials.isEmpty || hasPatronymic else { return names.last }
        let endings = names.filter {
            known.traits(text.words[$0].number).contains(.surname)
                && !known.traits(text.words[$0].number).contains(.given)
        }
        if let last = endings.last { return last }
        // «Кожахмет Нурлан»: the given name is known, so the other is the surname.
        if let last = names.last, known.traits(text.words[last].number).contains(.given),
            let other = names.first(where: {
                !known.traits(text.words[$0].number).contains(.given)
            })
        {
            return other
        }
        return names.last
    }

    /// The words of given names.
    func givenNames(_ text: MentionText, _ known: TextWords) -> [Int] {
        let surname = surname(text, known)
        return names.filter {
            $0 != surname && !known.traits(text.words[$0].number).contains(.patronymic)
        }
    }
}
