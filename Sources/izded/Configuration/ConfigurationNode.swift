import ServiceAPI
import Yams

/// One value of a YAML file with its place; says what is wrong in words that begin with file and
/// line.
struct ConfigurationNode {
    let file: String
    /// The keys that lead here: `limits.hitCount`.
    let path: String
    let line: Int?
    private let node: Node

    /// The whole of a file.
    ///
    /// - Throws: `ConfigurationError` where the text is not YAML.
    init(file: String, text: String) throws(ConfigurationError) {
        do {
            node = try Yams.compose(yaml: text) ?? Node([(Node, Node)]())
        } catch let YamlError.scanner(_, problem, mark, _) {
            throw ConfigurationError(file, mark.line, problem)
        } catch let YamlError.parser(_, problem, mark, _) {
            throw ConfigurationError(file, mark.line, problem)
        } catch let YamlError.composer(_, problem, mark, _) {
            throw ConfigurationError(file, mark.line, problem)
        } catch let YamlError.duplicatedKeysInMapping(duplicates, context) {
            let keys = duplicates.map { "\($0)" }.sorted().joined(separator: ", ")
            throw ConfigurationError(file, context.mark.line, "the key \(keys) is there twice")
        } catch {
            throw ConfigurationError(file, nil, "\(error)")
        }
        self.file = file
        path = ""
        line = 1
    }

    private init(file: String, path: String, line: Int?, node: Node) {
        self.file = file
        self.path = path
        self.line = line
        self.node = node
    }

    /// An error at this value.
    func error(_ reason: String) -> ConfigurationError {
        ConfigurationError(file, line, path.isEmpty ? reason : "\(path): \(reason)")
    }

    /// The error of a key that is not among the known ones.
    func unknown(_ key: String, known: [String]) -> ConfigurationError {
        let advice =
            EditDistance.nearest(to: key, in: known).map { "did you mean `\($0)`?" }
            ?? "known are: \(known.joined(separator: ", "))"
        return error("unknown key `\(key)`; \(advice)")
    }

    /// The members of a mapping in their order; an empty value has none.
    func members() throws(ConfigurationError) -> [(key: String, value: ConfigurationNode)] {
        if isNull { return [] }
        guard case .mapping(let mapping) = node else { throw error("expected keys and values") }
        var members: [(key: String, value: ConfigurationNode)] = []
        for (key, value) in mapping {
            guard let name = key.string else { throw error("a key is a word") }
            members.append(
                (
                    name,
                    ConfigurationNode(
                        file: file, path: path.isEmpty ? name : "\(path).\(name)",
                        line: key.mark?.line ?? value.mark?.line ?? line, node: value)
                ))
        }
        return members
    }

    /// Hands each member to its reader by name.
    ///
    /// - Throws: `ConfigurationError` for a key without a reader, naming the nearest that has one.
    func read(_ readers: [(String, (ConfigurationNode) throws(ConfigurationError) -> Void)])
        throws(ConfigurationError)
    {
        for (key, value) in try members() {
            guard let reader = readers.first(where: { $0.0 == key }) else {
                throw ConfigurationNode(file: file, path: path, line: value.line, node: node)
                    .unknown(key, known: readers.map(\.0))
            }
            try reader.1(value)
        }
    }

    /// Whether there is no value.
    var isNull: Bool { node.null != nil }

    /// A text; numbers are taken as they are written.
    func string() throws(ConfigurationError) -> String {
        guard case .scalar(let scalar) = node, !isNull else { throw error("expected a text") }
        return scalar.string
    }

    /// A text, `nil` where there is no value or an empty one.
    func optionalString() throws(ConfigurationError) -> String? {
        if isNull { return nil }
        let text = try string()
        return text.isEmpty ? nil : text
    }

    /// A list of texts.
    func strings() throws(ConfigurationError) -> [String] {
        guard case .sequence(let sequence) = node else { throw error("expected a list: [a, b]") }
        var texts: [String] = []
        for element in sequence {
            guard case .scalar(let scalar) = element, !scalar.string.isEmpty else {
                throw error("expected a list of texts")
            }
            texts.append(scalar.string)
        }
        return texts
    }

    /// A whole number in a range.
    func integer(_ range: ClosedRange<Int>) throws(ConfigurationError) -> Int {
        guard let number = node.int, case .scalar = node else {
            throw error("expected a whole number")
        }
        guard range.contains(number) else {
            throw error("\(number) is not within \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A number in a range.
    func number(_ range: ClosedRange<Double>) throws(ConfigurationError) -> Float {
        guard let number = node.float, number.isFinite, case .scalar = node else {
            throw error("expected a number")
        }
        guard range.contains(number) else {
            throw error("\(number) is not within \(range.lowerBound) to \(range.upperBound)")
        }
        return Float(number)
    }

    /// `true` or `false`.
    func bool() throws(ConfigurationError) -> Bool {
        guard let value = node.bool, case .scalar = node else {
            throw error("expected true or false")
        }
        return value
    }

    /// One of some words.
    func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type)
        throws(ConfigurationError) -> Choice where Choice.RawValue == String
    {
        let text = try string()
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue)
            let advice = EditDistance.nearest(to: text, in: known).map { "; did you mean `\($0)`?" }
            throw error("expected one of \(known.joined(separator: ", "))\(advice ?? "")")
        }
        return choice
    }
}
