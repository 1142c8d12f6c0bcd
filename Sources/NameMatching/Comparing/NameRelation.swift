/// How a part of one name relates to a part of another.
public enum NameRelation: String, Sendable, CaseIterable {
    /// Letter by letter.
    case exact
    /// The same word in another script or spelling.
    case spelling
    /// The same word in a case.
    case inflected
    /// The same surname with and without -ов, -ев, -ин.
    case ending
    /// Nearly the same word.
    case typo
    /// A letter and the word that it begins.
    case initial
    /// One father's name: -ұлы and -ович.
    case patronymic
    /// Words of one meaning, in two languages or two forms.
    case meaning
    /// Two names of one place, in two languages or of two times.
    case place
    /// An acronym and the words that it stands for, or two acronyms of the same words.
    case acronym
    /// One word and two that it is made of.
    case joined
    /// The same number.
    case number
    /// A place that the asked name has and in which the found entity is.
    case location
    /// Only the asked name has it.
    case missing
    /// Only the found name has it.
    case surplus
}
