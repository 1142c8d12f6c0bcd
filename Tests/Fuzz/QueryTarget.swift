import FuzzSupport

@testable import SearchEngine

/// The two parsers of queries: `text` as it was typed.
///
/// Simple mode refuses nothing but what is over a limit; in query mode a tree that is printed is
/// read back as the same tree.
@main
struct QueryTarget: FuzzTarget {
    private let limits = Limits()
    /// For what was printed: brackets around everything need more than people may write.
    private let wideLimits: Limits = {
        var limits = Limits()
        limits.nesting = 1000
        limits.queryScalarCount = 1 << 20
        return limits
    }()

    init() {}

    func run(_ input: [UInt8]) throws {
        let text = String(decoding: input, as: UTF8.self)
        let bytes = Array(text.utf8)
        parseSimple(text, bytes)
        do throws(QueryError) {
            guard let tree = try QueryParser.parse(text, mode: .query, limits: limits) else {
                return hold(bytes.allSatisfy(QueryParser.isSpace), "only nothing is no query")
            }
            tree.forEachLiteral { check($0.span, bytes) }
            let printed = tree.printed
            let again = try? QueryParser.parse(printed, mode: .query, limits: wideLimits)
            hold(again?.withoutPlaces == tree.withoutPlaces, "\(printed) is \(tree)")
        } catch {
            if let span = error.position { check(span, bytes) }
            hold(!error.message.isEmpty, "an error says what is wrong")
        }
    }

    private func parseSimple(_ text: String, _ bytes: [UInt8]) {
        do throws(QueryError) {
            let tree = try QueryParser.parse(text, mode: .simple, limits: limits)
            tree?.forEachLiteral { literal in
                check(literal.span, bytes)
                let place = literal.span.start..<literal.span.start + literal.span.length
                hold(literal.text.utf8.elementsEqual(bytes[place]), "text is what was typed")
            }
        } catch {
            let clauses = bytes.split(whereSeparator: QueryParser.isSpace).count
            hold(
                text.unicodeScalars.count > limits.queryScalarCount
                    || clauses + bytes.count { $0 == UInt8(ascii: "\"") } > limits.clauseCount,
                "simple mode refuses \(text)")
        }
    }

    private func check(_ span: QueryError.ByteSpan, _ bytes: [UInt8]) {
        hold(
            span.start >= 0 && span.length >= 0 && span.start + span.length <= bytes.count,
            "\(span) lies in \(bytes.count) bytes")
    }
}

extension QuerySyntax {
    fileprivate func forEachLiteral(_ body: (Literal) -> Void) {
        switch self {
        case .text(let literal), .phrase(let literal, _), .prefix(let literal),
            .fuzzy(let literal, _):
            body(literal)
        case .and(let parts), .or(let parts): for part in parts { part.forEachLiteral(body) }
        case .not(let part): part.forEachLiteral(body)
        }
    }

    fileprivate var withoutPlaces: QuerySyntax {
        func bare(_ literal: Literal) -> Literal {
            var literal = literal
            literal.span = .init(start: 0, length: 0)
            return literal
        }
        return switch self {
        case .text(let literal): .text(bare(literal))
        case .phrase(let literal, let slop): .phrase(bare(literal), slop: slop)
        case .prefix(let literal): .prefix(bare(literal))
        case .fuzzy(let literal, let distance): .fuzzy(bare(literal), distance: distance)
        case .and(let parts): .and(parts.map(\.withoutPlaces))
        case .or(let parts): .or(parts.map(\.withoutPlaces))
        case .not(let part): .not(part.withoutPlaces)
        }
    }

    /// The tree in the language of query mode, with brackets around every group.
    fileprivate var printed: String {
        switch self {
        case .text(let literal): Self.name(literal) + Self.escaped(literal.text)
        case .phrase(let literal, let slop):
            Self.name(literal) + "\"\(Self.escaped(literal.text))\"~\(slop)"
        case .prefix(let literal): Self.name(literal) + Self.escaped(literal.text) + "*"
        case .fuzzy(let literal, let distance):
            Self.name(literal) + Self.escaped(literal.text) + "~\(distance)"
        case .and(let parts): "(" + parts.map(\.printed).joined(separator: " AND ") + ")"
        case .or(let parts): "(" + parts.map(\.printed).joined(separator: " OR ") + ")"
        case .not(let part): "NOT " + part.printed
        }
    }

    private static func name(_ literal: Literal) -> String { literal.field.map { $0 + ":" } ?? "" }

    /// A backslash before each character of ASCII, so that none is an operator.
    private static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.isASCII { result.append("\\") }
            result.append(scalar)
        }
        return String(result)
    }
}
