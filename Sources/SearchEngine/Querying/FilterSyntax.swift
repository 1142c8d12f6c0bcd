/// A filter as it was written; fields and values are not yet checked against a kind.
indirect enum FilterSyntax: Sendable, Equatable {
    /// `field op value`.
    case comparison(Name, Comparison, Value)
    /// `field IN [a, b]`.
    case isIn(Name, [Value])
    /// `field a TO b`: both ends belong to it.
    case range(Name, Value, Value)
    /// `field EXISTS`.
    case exists(Name)
    /// `field CONTAINS value`: a part of a keyword.
    case contains(Name, Value)
    case and([FilterSyntax])
    case or([FilterSyntax])
    case not(FilterSyntax)

    /// How two values are compared.
    enum Comparison: String, Sendable {
        case equal = "="
        case notEqual = "!="
        case greater = ">"
        case greaterOrEqual = ">="
        case less = "<"
        case lessOrEqual = "<="
    }

    /// The name of a field and where it stands.
    struct Name: Sendable, Equatable {
        var text: String
        var span: QueryError.ByteSpan
    }

    /// A value and where it stands.
    struct Value: Sendable, Equatable {
        var text: String
        var span: QueryError.ByteSpan
    }
}
