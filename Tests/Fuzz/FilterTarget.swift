import FuzzSupport

@testable import SearchEngine

/// The parser of filters: places lie in the text, and a tree that is printed is read back the same.
@main
struct FilterTarget: FuzzTarget {
    private let limits = Limits()
    private let wideLimits: Limits = {
        var limits = Limits()
        limits.nesting = 1000
        limits.queryScalarCount = 1 << 20
        return limits
    }()

    init() {}

    func run(_ input: [UInt8]) throws {
        let text = String(decoding: input, as: UTF8.self)
        let byteCount = text.utf8.count
        do throws(QueryError) {
            let tree = try FilterParser.parse(text, limits: limits)
            let printed = tree.printed
            let again = try? FilterParser.parse(printed, limits: wideLimits)
            hold(again.map(\.withoutPlaces) == tree.withoutPlaces, "\(printed) is \(tree)")
        } catch {
            hold(!error.message.isEmpty, "an error says what is wrong")
            guard let span = error.position else { return }
            hold(
                span.start >= 0 && span.length >= 0 && span.start + span.length <= byteCount,
                "\(span) lies in \(byteCount) bytes")
        }
    }
}

extension FilterSyntax {
    fileprivate var withoutPlaces: FilterSyntax {
        func bare(_ name: Name) -> Name { Name(text: name.text, span: .init(start: 0, length: 0)) }
        func bare(_ value: Value) -> Value {
            Value(text: value.text, span: .init(start: 0, length: 0))
        }
        return switch self {
        case .comparison(let name, let sign, let value):
            .comparison(bare(name), sign, bare(value))
        case .isIn(let name, let values): .isIn(bare(name), values.map(bare))
        case .range(let name, let lower, let upper): .range(bare(name), bare(lower), bare(upper))
        case .exists(let name): .exists(bare(name))
        case .contains(let name, let value): .contains(bare(name), bare(value))
        case .and(let parts): .and(parts.map(\.withoutPlaces))
        case .or(let parts): .or(parts.map(\.withoutPlaces))
        case .not(let part): .not(part.withoutPlaces)
        }
    }

    fileprivate var printed: String {
        switch self {
        case .comparison(let name, let sign, let value):
            "\(Self.quoted(name.text)) \(sign.rawValue) \(Self.quoted(value.text))"
        case .isIn(let name, let values):
            Self.quoted(name.text) + " IN ["
                + values.map { Self.quoted($0.text) }.joined(separator: ", ") + "]"
        case .range(let name, let lower, let upper):
            "\(Self.quoted(name.text)) \(Self.quoted(lower.text)) TO \(Self.quoted(upper.text))"
        case .exists(let name): "\(Self.quoted(name.text)) EXISTS"
        case .contains(let name, let value):
            "\(Self.quoted(name.text)) CONTAINS \(Self.quoted(value.text))"
        case .and(let parts): "(" + parts.map(\.printed).joined(separator: " AND ") + ")"
        case .or(let parts): "(" + parts.map(\.printed).joined(separator: " OR ") + ")"
        case .not(let part): "NOT (\(part.printed))"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = String.UnicodeScalarView("'".unicodeScalars)
        for scalar in text.unicodeScalars {
            if scalar == "'" || scalar == "\\" { result.append("\\") }
            result.append(scalar)
        }
        result.append("'")
        return String(result)
    }
}
