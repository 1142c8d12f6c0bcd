/// What was typed, as a tree; words are still raw text, not yet analysed.
indirect enum QuerySyntax: Sendable, Equatable {
    /// A stretch of text: one word in query mode, any number of words in simple mode.
    case text(Literal)
    /// Words in quotes: they stand in this order, `slop` positions further apart at the most.
    case phrase(Literal, slop: Int)
    /// A word of which only the beginning was typed: `бала*`.
    case prefix(Literal)
    /// A word that may be written with `distance` errors: `бала~1`.
    case fuzzy(Literal, distance: Int)
    /// All of them; at least two.
    case and([QuerySyntax])
    /// At least one of them; at least two.
    case or([QuerySyntax])
    /// None of these documents.
    case not(QuerySyntax)

    /// A piece of the query.
    struct Literal: Sendable, Equatable {
        /// The text without quotes and operators.
        var text: String
        /// The field it was restricted to.
        var field: String?
        /// Where it stands in the query, in UTF-8 bytes.
        var span: QueryError.ByteSpan
    }
}
