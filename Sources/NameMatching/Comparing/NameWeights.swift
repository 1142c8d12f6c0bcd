/// How much parts of names and their differences count.
///
/// Chosen so that 0.70 parts names of one entity from names of two on the labelled pairs of
/// `Tests/NameMatchingTests/names.tsv`.
struct NameWeights: Sendable {
    /// A given name or a word of unknown part.
    var word: Float = 0.9
    /// A word with the ending of a surname.
    var surname: Float = 1
    /// A patronymic that only one name has.
    var lonePatronymic: Float = 0.06
    /// A patronymic where both names have one.
    var patronymic: Float = 0.45
    /// An initial.
    var initial: Float = 0.5
    /// A number.
    var number: Float = 0.9
    /// A given name before the surname of an eponym.
    var eponymGivenName: Float = 0.15
    /// An eponym whose acronym does not tell it.
    var unspokenEponym: Float = 0.1
    /// A standing, such as «national», that an acronym or whoever names the eponym does not tell:
    /// institutions gain and lose it.
    var unspokenStanding: Float = 0.5

    /// What the parts count that only the found name has, if it is a person.
    var personSurplus: Float = 0.55
    /// The same for an institution.
    var organizationSurplus: Float = 0.45
    /// What it costs that both names have parts that the other has not.
    var conflict: Float = 0.6

    /// How sure an initial is of a word that it begins.
    var initialMatch: Float = 0.8
    /// Words of one meaning.
    var meaningMatch: Float = 0.97
    /// Words of which one has the meaning among others.
    var otherMeaningMatch: Float = 0.96
    /// What is left of the likeness of two names of a place if one says that it is an area.
    var areaOrTown: Float = 0.96
    /// A place in the asked name in which the entity is, though its name does not say so.
    var locationMatch: Float = 0.9
    /// Two acronyms that may stand for the same words in two languages.
    var acronymTranslation: Float = 0.86
}
