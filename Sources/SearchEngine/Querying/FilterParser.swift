/// Reads a filter into a tree.
///
/// The grammar, loosest first:
///
///     filter    := all ("OR" all)*
///     all       := condition ("AND" condition)*
///     condition := "NOT" condition | "(" filter ")" | name test
///     test      := ("=" | "!=" | ">" | ">=" | "<" | "<=") value
///                | "NOT"? "IN" "[" value ("," value)* "]" | "NOT"? "EXISTS"
///                | value "TO" value | "NOT"? "CONTAINS" value
///     value     := word | '…' | "…"
///
/// The words of the grammar may be written in small letters too.
struct FilterParser {
    private let tokens: [Token]
    private let end: Int
    private let limits: Limits
    private var index = 0
    private var depth = 0
    private var conditionCount = 0

    /// The tree of a filter.
    ///
    /// - Throws: `QueryError` with its place.
    static func parse(_ filter: String, limits: Limits) throws(QueryError) -> FilterSyntax {
        guard filter.unicodeScalars.count <= limits.queryScalarCount else {
            throw QueryError(
                .filter, "The filter is longer than \(limits.queryScalarCount) characters.")
        }
        let bytes = Array(filter.utf8)
        var parser = FilterParser(
            tokens: try split(bytes), end: bytes.count, limits: limits)
        let tree = try parser.parseFilter()
        if let extra = parser.current {
            throw parser.error("AND or OR is expected before this.", at: extra.span)
        }
        return tree
    }

    private init(tokens: [Token], end: Int, limits: Limits) {
        self.tokens = tokens
        self.end = end
        self.limits = limits
    }

    // MARK: Grammar

    private mutating func parseFilter() throws(QueryError) -> FilterSyntax {
        var parts = [try parseAll()]
        while takeWord("OR") { parts.append(try parseAll()) }
        return parts.count > 1 ? .or(parts) : parts[0]
    }

    private mutating func parseAll() throws(QueryError) -> FilterSyntax {
        var parts = [try parseCondition()]
        while takeWord("AND") { parts.append(try parseCondition()) }
        return parts.count > 1 ? .and(parts) : parts[0]
    }

    private mutating func parseCondition() throws(QueryError) -> FilterSyntax {
        depth += 1
        defer { depth -= 1 }
        guard depth <= limits.nesting else {
            throw error("The filter is nested deeper than \(limits.nesting) levels.")
        }
        if takeWord("NOT") { return .not(try parseCondition()) }
        if let bracket = current, takeSymbol("(") {
            let inner = try parseFilter()
            guard takeSymbol(")") else {
                throw error("This bracket is not closed.", at: bracket.span)
            }
            return inner
        }
        conditionCount += 1
        guard conditionCount <= limits.clauseCount else {
            throw error("The filter has more than \(limits.clauseCount) conditions.")
        }
        guard let token = current, token.kind != .symbol else {
            throw error("The name of an attribute is expected here.")
        }
        index += 1
        return try parseTest(of: FilterSyntax.Name(text: token.text, span: token.span))
    }

    private mutating func parseTest(of name: FilterSyntax.Name) throws(QueryError) -> FilterSyntax {
        if let token = current, token.kind == .symbol,
            let comparison = FilterSyntax.Comparison(rawValue: token.text)
        {
            index += 1
            return .comparison(name, comparison, try takeValue())
        }
        if takeWord("NOT") {
            guard let test = try parseWordTest(of: name) else {
                throw error("IN, EXISTS or CONTAINS is expected after NOT.")
            }
            return .not(test)
        }
        if let test = try parseWordTest(of: name) { return test }
        guard let token = current, token.kind != .symbol else {
            throw error("One of = != > >= < <= IN EXISTS TO CONTAINS is expected here.")
        }
        let lower = try takeValue()
        guard takeWord("TO") else { throw error("TO is expected here.") }
        return .range(name, lower, try takeValue())
    }

    private mutating func parseWordTest(of name: FilterSyntax.Name) throws(QueryError)
        -> FilterSyntax?
    {
        if takeWord("EXISTS") { return .exists(name) }
        if takeWord("CONTAINS") { return .contains(name, try takeValue()) }
        guard takeWord("IN") else { return nil }
        let opening = current?.span
        guard takeSymbol("[") else { throw error("A list in square brackets is expected here.") }
        var values: [FilterSyntax.Value] = []
        if takeSymbol("]") { return .isIn(name, []) }
        repeat { values.append(try takeValue()) } while takeSymbol(",")
        guard takeSymbol("]") else { throw error("This list is not closed.", at: opening) }
        guard values.count <= limits.facetValueCount else {
            throw error("A list has at most \(limits.facetValueCount) values.", at: opening)
        }
        return .isIn(name, values)
    }

    // MARK: Tokens

    private enum Kind { case word, quoted, symbol }

    private struct Token {
        var kind: Kind
        var text: String
        var span: QueryError.ByteSpan
    }

    private var current: Token? { index < tokens.count ? tokens[index] : nil }

    private mutating func takeWord(_ word: String) -> Bool {
        guard let token = current, token.kind == .word, token.text.uppercased() == word else {
            return false
        }
        index += 1
        return true
    }

    private mutating func takeSymbol(_ symbol: String) -> Bool {
        guard let token = current, token.kind == .symbol, token.text == symbol else { return false }
        index += 1
        return true
    }

    private mutating func takeValue() throws(QueryError) -> FilterSyntax.Value {
        guard let token = current, token.kind != .symbol else {
            throw error("A value is expected here.")
        }
        index += 1
        return FilterSyntax.Value(text: token.text, span: token.span)
    }

    private func error(_ message: String, at span: QueryError.ByteSpan? = nil) -> QueryError {
        let place = span ?? current?.span ?? QueryError.ByteSpan(start: end, length: 0)
        return QueryError(.filter, message, at: place)
    }

    private static func split(_ bytes: [UInt8]) throws(QueryError) -> [Token] {
        var tokens: [Token] = []
        var position = 0
        func add(_ kind: Kind, _ text: some Collection<UInt8>, from start: Int) {
            tokens.append(
                Token(
                    kind: kind, text: String(decoding: text, as: UTF8.self),
                    span: .init(start: start, length: position - start)))
        }
        while position < bytes.count {
            let byte = bytes[position]
            let start = position
            if QueryParser.isSpace(byte) {
                position += 1
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                add(.quoted, try takeQuoted(bytes, &position), from: start)
            } else if isSymbol(byte) {
                position += 1
                let isPair =
                    position < bytes.count && bytes[position] == UInt8(ascii: "=")
                    && [UInt8(ascii: "!"), UInt8(ascii: ">"), UInt8(ascii: "<")].contains(byte)
                if isPair { position += 1 }
                add(.symbol, bytes[start..<position], from: start)
            } else {
                while position < bytes.count, !isSymbol(bytes[position]),
                    !QueryParser.isSpace(bytes[position])
                {
                    position += 1
                }
                add(.word, bytes[start..<position], from: start)
            }
        }
        return tokens
    }

    /// The text between quotes; a backslash takes the next byte as it is.
    private static func takeQuoted(_ bytes: [UInt8], _ position: inout Int) throws(QueryError)
        -> [UInt8]
    {
        let start = position
        let quote = bytes[position]
        var text: [UInt8] = []
        position += 1
        while position < bytes.count, bytes[position] != quote {
            if bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count { position += 1 }
            text.append(bytes[position])
            position += 1
        }
        guard position < bytes.count else {
            throw QueryError(
                .filter, "This quotation mark has no partner.",
                at: .init(start: start, length: bytes.count - start))
        }
        position += 1
        return text
    }

    private static func isSymbol(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: ">"),
            UInt8(ascii: "<"):
            true
        default: false
        }
    }
}
