import SearchEngine
import Service

/// What a configuration file may say: each key, its type and its range.
struct ConfigurationFile {
    /// Where it is.
    let path: String
    /// What it says.
    let text: String

    private typealias Reader = (String, (ConfigurationNode) throws(ConfigurationError) -> Void)

    /// Takes over what the file says; what it leaves out stays as it is.
    ///
    /// - Throws: `ConfigurationError` with the line of the first thing that is not understood.
    func apply(to configuration: inout Configuration) throws(ConfigurationError) {
        // A copy, so that readers can be closures that change it.
        let box = Box(configuration)
        let root = try ConfigurationNode(file: path, text: text)
        try root.read([
            ("socket", { (node) throws(ConfigurationError) in try Self.socket(node, box) }),
            (
                "data",
                { (node) throws(ConfigurationError) in
                    box.value.dataDirectory = try node.string()
                }
            ),
            (
                "languages",
                { (node) throws(ConfigurationError) in
                    box.value.languagesFolder = try node.optionalString()
                }
            ),
            (
                "names",
                { (node) throws(ConfigurationError) in
                    box.value.namesFolder = try node.optionalString()
                }
            ),
            (
                "lexicon",
                { (node) throws(ConfigurationError) in
                    box.value.lexiconFolder = try node.optionalString()
                }
            ),
            (
                "learnt",
                { (node) throws(ConfigurationError) in
                    box.value.learntPath = try node.optionalString()
                }
            ),
            ("log", { (node) throws(ConfigurationError) in try Self.log(node, box) }),
            ("limits", { (node) throws(ConfigurationError) in try Self.limits(node, box) }),
            ("merge", { (node) throws(ConfigurationError) in try Self.merge(node, box) }),
            ("server", { (node) throws(ConfigurationError) in try Self.server(node, box) }),
            ("weights", { (node) throws(ConfigurationError) in try Self.weights(node, box) }),
            ("expand", { (node) throws(ConfigurationError) in try Self.ways(node, box) }),
            ("kinds", { (node) throws(ConfigurationError) in try Self.kinds(node, box) }),
            (
                "collections",
                { (node) throws(ConfigurationError) in try Self.collections(node, box) }
            ),
        ])
        configuration = box.value
    }

    /// Lets closures change one value.
    private final class Box {
        var value: Configuration

        init(_ value: Configuration) {
            self.value = value
        }
    }

    private static func socket(_ node: ConfigurationNode, _ box: Box) throws(ConfigurationError) {
        try node.read([
            (
                "path",
                { (node) throws(ConfigurationError) in
                    box.value.server.socketPath = try node.string()
                }
            ),
            (
                "mode",
                { (node) throws(ConfigurationError) in
                    box.value.server.socketMode = try mode(node)
                }
            ),
            (
                "group",
                { (node) throws(ConfigurationError) in
                    box.value.server.socketGroup = try node.optionalString()
                }
            ),
            (
                "readOnlyPath",
                { (node) throws(ConfigurationError) in
                    box.value.server.readOnlySocketPath = try node.optionalString()
                }
            ),
            (
                "readOnlyMode",
                { (node) throws(ConfigurationError) in
                    box.value.server.readOnlySocketMode = try mode(node)
                }
            ),
            (
                "readOnlyGroup",
                { (node) throws(ConfigurationError) in
                    box.value.server.readOnlySocketGroup = try node.optionalString()
                }
            ),
            (
                "adminUsers",
                { (node) throws(ConfigurationError) in
                    box.value.server.adminUserIDs = []
                    for name in try node.strings() {
                        guard let id = UserName.id(of: name) else {
                            throw node.error("there is no user \"\(name)\"")
                        }
                        box.value.server.adminUserIDs.append(id)
                    }
                }
            ),
        ])
    }

    private static func mode(_ node: ConfigurationNode) throws(ConfigurationError) -> UInt32 {
        guard let mode = UInt32(try node.string(), radix: 8), mode <= 0o777 else {
            throw node.error("expected three octal digits, such as 660")
        }
        return mode
    }

    private static func log(_ node: ConfigurationNode, _ box: Box) throws(ConfigurationError) {
        try node.read([
            (
                "level",
                { (node) throws(ConfigurationError) in
                    box.value.logLevel = try node.choice(LogLevel.self).level
                }
            ),
            (
                "format",
                { (node) throws(ConfigurationError) in
                    box.value.logFormat = try node.choice(LogFormat.self)
                }
            ),
            (
                "queries",
                { (node) throws(ConfigurationError) in
                    box.value.server.logsQueries = try node.bool()
                }
            ),
        ])
    }

    private static func merge(_ node: ConfigurationNode, _ box: Box) throws(ConfigurationError) {
        try node.read([
            (
                "order",
                { (node) throws(ConfigurationError) in
                    box.value.mergeOrder = try node.choice(FullMergeOrder.self)
                }
            )
        ])
    }

    /// The limits by name; the same names are in the file and in `Limits`.
    static var limitPaths: [(String, WritableKeyPath<Limits, Int>)] {
        [
            ("queryScalarCount", \.queryScalarCount), ("clauseCount", \.clauseCount),
            ("nesting", \.nesting), ("phraseTermCount", \.phraseTermCount),
            ("prefixScalarCount", \.prefixScalarCount),
            ("prefixExpansionCount", \.prefixExpansionCount),
            ("fuzzyExpansionCount", \.fuzzyExpansionCount),
            ("scriptExpansionCount", \.scriptExpansionCount),
            ("typoCandidateCount", \.typoCandidateCount),
            ("completionCount", \.completionCount), ("suggestionCount", \.suggestionCount),
            ("suggestedScalarCount", \.suggestedScalarCount), ("phraseSlop", \.phraseSlop),
            ("hitCount", \.hitCount), ("windowSize", \.windowSize),
            ("translationCount", \.translationCount),
            ("cropWordCount", \.cropWordCount), ("facetValueCount", \.facetValueCount),
            ("batchDocumentCount", \.batchDocumentCount),
            ("documentByteCount", \.documentByteCount),
            ("documentFieldCount", \.documentFieldCount), ("keyByteCount", \.keyByteCount),
            ("searchBodyByteCount", \.searchBodyByteCount),
            ("ingestBodyByteCount", \.ingestBodyByteCount),
            ("headerByteCount", \.headerByteCount),
            ("headerFieldByteCount", \.headerFieldByteCount),
            ("headerFieldCount", \.headerFieldCount),
            ("connectionCount", \.connectionCount), ("searchMilliseconds", \.searchMilliseconds),
            ("longestSearchMilliseconds", \.longestSearchMilliseconds),
            ("ingestBufferByteCount", \.ingestBufferByteCount),
            ("commitMilliseconds", \.commitMilliseconds),
            ("logByteCount", \.logByteCount), ("segmentCount", \.segmentCount),
            ("diskReserveByteCount", \.diskReserveByteCount),
            ("diskReservePercent", \.diskReservePercent),
        ]
    }

    /// The numbers of the server by name.
    static var serverPaths: [(String, WritableKeyPath<ServerConfiguration, Int>)] {
        [
            ("eventLoopCount", \.eventLoopCount), ("searchThreadCount", \.searchThreadCount),
            ("longestSearchOnLoopMicroseconds", \.longestSearchOnLoopMicroseconds),
            ("queuedSearchCount", \.queuedSearchCount), ("writeCount", \.writeCount),
            ("bufferedBodyByteCount", \.bufferedBodyByteCount),
        ]
    }

    /// The times of the server by name; in the file they are whole seconds.
    static var timePaths: [(String, WritableKeyPath<ServerConfiguration, Duration>)] {
        [
            ("idleSeconds", \.idleTimeout), ("headerSeconds", \.headerTimeout),
            ("bodySeconds", \.bodyTimeout), ("writeSeconds", \.writeTimeout),
            ("drainSeconds", \.drainTimeout),
        ]
    }

    /// The weights by name.
    static var weightPaths: [(String, WritableKeyPath<RankingWeights, Float>)] {
        [
            ("termSaturation", \.termSaturation), ("exactForm", \.exactForm), ("stem", \.stem),
            ("stopWord", \.stopWord), ("phraseBonus", \.phraseBonus), ("prefix", \.prefix),
            ("fuzzy", \.fuzzy), ("scripts", \.scripts), ("typo", \.typo),
            ("mention", \.mention), ("translation", \.translation),
            ("cognate", \.cognate),
        ]
    }

    /// The ways of understanding a query by name.
    static var wayPaths: [(String, WritableKeyPath<QueryWays, SearchRequest.Expansion>)] {
        [
            ("forms", \.forms), ("scripts", \.scripts), ("layout", \.layout),
            ("typos", \.typos), ("names", \.names), ("languages", \.languages),
        ]
    }

    private static func ways(_ node: ConfigurationNode, _ box: Box) throws(ConfigurationError) {
        try node.read(
            wayPaths.map { name, path -> Reader in
                (
                    name,
                    { (node) throws(ConfigurationError) in
                        box.value.ways[keyPath: path] = try node.choice(
                            SearchRequest.Expansion.self)
                    }
                )
            })
    }

    private static func limits(_ node: ConfigurationNode, _ box: Box) throws(ConfigurationError) {
        try node.read(
            limitPaths.map { name, path -> Reader in
                (
                    name,
                    { (node) throws(ConfigurationError) in
                        // What the index counts with 32 bits does not become more by a setting;
                        // of a percentage nothing is meant beyond the whole, and none by 0.
                        box.value.server.limits[keyPath: path] = try node.integer(
                            path == \.diskReservePercent ? 0...90 : 1...1 << 40)
                    }
                )
            })
    }

    private static func server(_ node: ConfigurationNode, _ box: Box) throws(ConfigurationError) {
        let numbers = serverPaths.map { name, path -> Reader in
            (
                name,
                { (node) throws(ConfigurationError) in
                    let number = try node.integer(0...1 << 40)
                    // 0 threads stands for what fits the machine.
                    box.value.server[keyPath: path] =
                        switch path {
                        case \.longestSearchOnLoopMicroseconds: number
                        case \.eventLoopCount where number == 0: Configuration.processorCount
                        case \.searchThreadCount where number == 0:
                            Configuration.processorCount * 2
                        default: max(1, number)
                        }
                }
            )
        }
        let times = timePaths.map { name, path -> Reader in
            (
                name,
                { (node) throws(ConfigurationError) in
                    box.value.server[keyPath: path] = .seconds(try node.integer(1...86_400))
                }
            )
        }
        try node.read(
            numbers + times + [
                (
                    "readOnly",
                    { (node) throws(ConfigurationError) in
                        box.value.server.isReadOnly = try node.bool()
                    }
                )
            ])
    }

    private static func weights(_ node: ConfigurationNode, _ box: Box) throws(ConfigurationError) {
        let numbers = weightPaths.map { name, path -> Reader in
            (
                name,
                { (node) throws(ConfigurationError) in
                    box.value.weights[keyPath: path] = try node.number(0...1000)
                }
            )
        }
        try node.read(
            numbers + [
                (
                    "fewestFullMatches",
                    { (node) throws(ConfigurationError) in
                        box.value.weights.fewestFullMatches = try node.integer(0...1_000_000)
                    }
                )
            ])
    }

    /// A kind of the file replaces one of the same name as a whole.
    private static func kinds(_ node: ConfigurationNode, _ box: Box) throws(ConfigurationError) {
        for (name, node) in try node.members() {
            var kind = CollectionKind(name: name, fields: [], titleField: "")
            try node.read([
                (
                    "title",
                    { (node) throws(ConfigurationError) in kind.titleField = try node.string() }
                ),
                (
                    "types",
                    { (node) throws(ConfigurationError) in kind.types = try node.strings() }
                ),
                (
                    "fields",
                    { (node) throws(ConfigurationError) in
                        for (name, node) in try node.members() {
                            kind.fields.append(try field(name, node))
                        }
                    }
                ),
            ])
            let title = kind.fields.first { $0.name == kind.titleField }
            guard title?.role == .text || title?.role == .names else {
                throw node.error("`title` names one of its fields of role text or names")
            }
            box.value.kinds.removeAll { $0.name == name }
            box.value.kinds.append(kind)
        }
    }

    private enum Role: String, CaseIterable {
        case text, names, keyword, number, date

        var role: CollectionKind.Field.Role {
            switch self {
            case .text: .text
            case .names: .names
            case .keyword: .keyword
            case .number: .number
            case .date: .date
            }
        }
    }

    private static func field(_ name: String, _ node: ConfigurationNode)
        throws(ConfigurationError) -> CollectionKind.Field
    {
        var field = CollectionKind.Field(name: name, role: .text)
        var hasRole = false
        try node.read([
            (
                "role",
                { (node) throws(ConfigurationError) in
                    field.role = try node.choice(Role.self).role
                    hasRole = true
                }
            ),
            (
                "weight",
                { (node) throws(ConfigurationError) in field.weight = try node.number(0...1000) }
            ),
            (
                "lengthNormalization",
                { (node) throws(ConfigurationError) in
                    field.lengthNormalization = try node.number(0...1)
                }
            ),
        ])
        guard hasRole else { throw node.error("`role` is needed") }
        return field
    }

    private static func collections(_ node: ConfigurationNode, _ box: Box)
        throws(ConfigurationError)
    {
        var collections: [(name: String, kind: String)] = []
        for (name, node) in try node.members() {
            collections.append((name, try node.string()))
        }
        box.value.collections = collections
    }
}
