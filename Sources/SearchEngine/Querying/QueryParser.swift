/// Reads what was typed into a tree; analysis comes later, in the planner.
///
/// Simple mode knows words and "phrases" in straight quotes; whatever does not fit is text, so that
/// a pasted headline never fails. (Typographic quotes are text there: headlines are full of them.)
///
/// Query mode, loosest first; two operands without an operator between them are joined by AND:
///
///     query   := all ("OR" all)*
///     all     := operand ("AND"? operand)*
///     operand := ("NOT" | "-") operand | (field ":")? ( "(" query ")" | phrase | word )
///     phrase  := '"' text '"' ("~" slop)?
///     word    := text | text "*" | text "~" distance?
///
/// A backslash takes the next character as text.
enum QueryParser {
    /// The tree of a query, `nil` for an empty one (every document).
    ///
    /// - Throws: `QueryError` with its place; in simple mode only for a query over the limits.
    static func parse(
        _ query: String, mode: SearchRequest.Mode, limits: Limits
    ) throws(QueryError) -> QuerySyntax? {
        let scalarCount = query.unicodeScalars.count
        guard scalarCount <= limits.queryScalarCount else {
            throw QueryError(
                .q,
                "The query has \(scalarCount) characters; at most "
                    + "\(limits.queryScalarCount) are allowed. Shorten it.")
        }
        switch mode {
        case .simple:
            return try parseSimple(Array(query.utf8), limits: limits)
        case .query:
            var parser = QueryModeParser(bytes: Array(query.utf8), limits: limits)
            return try parser.parse()
        }
    }

    private static func parseSimple(_ bytes: [UInt8], limits: Limits) throws(QueryError)
        -> QuerySyntax?
    {
        var parts: [QuerySyntax] = []
        var clauseCount = 0
        var start = 0
        let quote = UInt8(ascii: "\"")
        func add(_ range: Range<Int>, isPhrase: Bool) {
            let words = wordCount(bytes[range])
            guard words > 0 else { return }
            let literal = QuerySyntax.Literal(
                text: String(decoding: bytes[range], as: UTF8.self), field: nil,
                span: .init(start: range.lowerBound, length: range.count))
            clauseCount += isPhrase ? 1 : words
            let fits = words <= limits.phraseTermCount
            parts.append(isPhrase && fits ? .phrase(literal, slop: 0) : .text(literal))
        }
        while start < bytes.count {
            guard let open = bytes[start...].firstIndex(of: quote),
                let close = bytes[(open + 1)...].firstIndex(of: quote)
            else { break }
            add(start..<open, isPhrase: false)
            add(open + 1..<close, isPhrase: true)
            start = close + 1
        }
        if start < bytes.count { add(start..<bytes.count, isPhrase: false) }
        guard clauseCount <= limits.clauseCount else { throw tooManyClauses(limits) }
        return parts.count > 1 ? .and(parts) : parts.first
    }

    /// How many stretches without white space there are.
    private static func wordCount(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.split(whereSeparator: isSpace).count
    }

    static func tooManyClauses(_ limits: Limits) -> QueryError {
        QueryError(
            .q,
            "The query has more than \(limits.clauseCount) words and phrases. Leave some out.")
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
    }
}

/// The grammar of query mode by recursive descent; the depth is bounded by `limits.nesting`.
private struct QueryModeParser {
    private let bytes: [UInt8]
    private let limits: Limits
    private var position = 0
    private var clauseCount = 0
    private var depth = 0

    init(bytes: [UInt8], limits: Limits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func parse() throws(QueryError) -> QuerySyntax? {
        skipSpace()
        guard position < bytes.count else { return nil }
        let tree = try parseQuery(field: nil)
        skipSpace()
        guard position == bytes.count else {
            throw error("There is a closing bracket without its opening one.", length: 1)
        }
        return tree
    }

    private mutating func parseQuery(field: String?) throws(QueryError) -> QuerySyntax {
        var parts = [try parseAll(field: field)]
        while takeOperator("OR") { parts.append(try parseAll(field: field)) }
        return parts.count > 1 ? .or(parts) : parts[0]
    }

    private mutating func parseAll(field: String?) throws(QueryError) -> QuerySyntax {
        var parts = [try parseOperand(field: field)]
        while true {
            if takeOperator("AND") {
                parts.append(try parseOperand(field: field))
                continue
            }
            skipSpace()
            guard let byte = next, byte != UInt8(ascii: ")"), !seesOperator("OR") else { break }
            parts.append(try parseOperand(field: field))
        }
        return parts.count > 1 ? .and(parts) : parts[0]
    }

    private mutating func parseOperand(field: String?) throws(QueryError) -> QuerySyntax {
        skipSpace()
        let start = position
        depth += 1
        defer { depth -= 1 }
        guard depth <= limits.nesting else {
            throw error(
                "Brackets and NOT are nested deeper than \(limits.nesting) levels.", length: 1)
        }
        if takeOperator("NOT") || takeMinus() { return .not(try parseOperand(field: field)) }
        guard let byte = next else {
            throw error("A word, a phrase or a bracket is missing at the end.", length: 0)
        }
        for name in ["AND", "OR"] where seesOperator(name) {
            throw error("\(name) needs something on both sides.", length: name.utf8.count)
        }
        switch byte {
        case UInt8(ascii: "("):
            position += 1
            let inner = try parseQuery(field: field)
            skipSpace()
            guard next == UInt8(ascii: ")") else {
                throw error("This bracket is not closed.", at: start, length: 1)
            }
            position += 1
            return inner
        case UInt8(ascii: ")"):
            throw error("A word, a phrase or a bracket is missing before this.", length: 1)
        case UInt8(ascii: "\""):
            return try parsePhrase(field: field)
        default:
            return try parseWord(field: field)
        }
    }

    private mutating func parsePhrase(field: String?) throws(QueryError) -> QuerySyntax {
        let start = position
        position += 1
        var text: [UInt8] = []
        while let byte = next, byte != UInt8(ascii: "\"") {
            text.append(takeCharacter(byte))
        }
        guard next == UInt8(ascii: "\"") else {
            throw error(
                "This quotation mark has no partner.", at: start, length: bytes.count - start)
        }
        position += 1
        try countClause()
        let words = text.split(whereSeparator: QueryParser.isSpace).count
        guard words <= limits.phraseTermCount else {
            throw error(
                "A phrase has at most \(limits.phraseTermCount) words; this one has \(words).",
                at: start, length: position - start)
        }
        let literal = makeLiteral(text, field: field, from: start)
        var slop = 0
        if next == UInt8(ascii: "~") {
            position += 1
            slop = min(takeNumber() ?? 1, limits.phraseSlop)
        }
        return .phrase(literal, slop: slop)
    }

    private mutating func parseWord(field: String?) throws(QueryError) -> QuerySyntax {
        let start = position
        var text: [UInt8] = []
        while let byte = next, !QueryParser.isSpace(byte) {
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\""), UInt8(ascii: "*"),
                UInt8(ascii: "~"):
                break
            case UInt8(ascii: ":") where field == nil && isFieldName(text) && operandFollowsColon:
                position += 1
                return try parseOperand(field: String(decoding: text, as: UTF8.self))
            default:
                text.append(takeCharacter(byte))
                continue
            }
            break
        }
        try countClause()
        if next == UInt8(ascii: "*") {
            position += 1
            return .prefix(try checkedPrefix(text, field: field, from: start))
        }
        guard !text.isEmpty else {
            throw error("A word is missing here.", at: start, length: 1)
        }
        let literal = makeLiteral(text, field: field, from: start)
        guard next == UInt8(ascii: "~") else { return .text(literal) }
        position += 1
        return .fuzzy(literal, distance: min(takeNumber() ?? 1, 2))
    }

    private func checkedPrefix(_ text: [UInt8], field: String?, from start: Int) throws(QueryError)
        -> QuerySyntax.Literal
    {
        let count = String(decoding: text, as: UTF8.self).unicodeScalars.count
        guard count >= limits.prefixScalarCount else {
            throw error(
                "At least \(limits.prefixScalarCount) letters stand before *.", at: start,
                length: position - start)
        }
        return makeLiteral(text, field: field, from: start)
    }

    // MARK: Pieces

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, QueryParser.isSpace(byte) { position += 1 }
    }

    /// Takes one byte of text; behind a backslash whatever follows.
    private mutating func takeCharacter(_ byte: UInt8) -> UInt8 {
        if byte == UInt8(ascii: "\\"), position + 1 < bytes.count {
            position += 2
            return bytes[position - 1]
        }
        position += 1
        return byte
    }

    private mutating func takeMinus() -> Bool {
        guard next == UInt8(ascii: "-"), position + 1 < bytes.count,
            !QueryParser.isSpace(bytes[position + 1])
        else { return false }
        position += 1
        return true
    }

    /// Whether an operator in capitals stands here, as a word of its own.
    private func seesOperator(_ name: String) -> Bool {
        let word = Array(name.utf8)
        let end = position + word.count
        guard end <= bytes.count, Array(bytes[position..<end]) == word else { return false }
        guard end < bytes.count else { return true }
        return QueryParser.isSpace(bytes[end]) || bytes[end] == UInt8(ascii: "(")
            || bytes[end] == UInt8(ascii: ")") || bytes[end] == UInt8(ascii: "\"")
    }

    private mutating func takeOperator(_ name: String) -> Bool {
        skipSpace()
        guard seesOperator(name) else { return false }
        position += name.utf8.count
        return true
    }

    private mutating func takeNumber() -> Int? {
        var value: Int?
        while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
            value = min((value ?? 0) * 10 + Int(byte - UInt8(ascii: "0")), 1000)
            position += 1
        }
        return value
    }

    /// `10:30` and `https://` are text; `title:сөз` names a field.
    private func isFieldName(_ text: [UInt8]) -> Bool {
        guard let first = text.first, isLetter(first) else { return false }
        return text.allSatisfy { isLetter($0) || $0 == UInt8(ascii: "_") || isDigit($0) }
    }

    private var operandFollowsColon: Bool {
        guard position + 1 < bytes.count else { return false }
        let byte = bytes[position + 1]
        return !QueryParser.isSpace(byte) && byte != UInt8(ascii: "/")
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private func makeLiteral(_ text: [UInt8], field: String?, from start: Int)
        -> QuerySyntax.Literal
    {
        QuerySyntax.Literal(
            text: String(decoding: text, as: UTF8.self), field: field,
            span: .init(start: start, length: position - start))
    }

    private mutating func countClause() throws(QueryError) {
        clauseCount += 1
        guard clauseCount <= limits.clauseCount else { throw QueryParser.tooManyClauses(limits) }
    }

    /// An error at a place, by default here; at the end of the query its length is cut to nothing.
    private func error(_ message: String, at place: Int? = nil, length: Int) -> QueryError {
        let start = place ?? position
        return QueryError(
            .q, message, at: .init(start: start, length: min(length, bytes.count - start)))
    }
}
