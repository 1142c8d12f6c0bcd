import JSON
import TextAnalysis

/// Shows the members of hits as the request asks: chosen, highlighted, cropped.
struct HitFormatter {
    /// How many words a cropped field has where none are said.
    private static let cropWordCount = 30

    private let request: SearchRequest
    private let highlighted: Set<String>
    private let cropped: [String: Int]
    private let markup: SnippetBuilder.Markup
    private let analyzer: Analyzer

    /// A formatter for a request.
    ///
    /// - Throws: `QueryError` for a field that is no text of any of the collections.
    init(
        request: SearchRequest, layouts: [CollectionLayout], limits: Limits, analyzer: Analyzer
    ) throws(QueryError) {
        self.request = request
        self.analyzer = analyzer
        markup = SnippetBuilder.Markup(
            preTag: request.highlightPreTag, postTag: request.highlightPostTag,
            cropMarker: request.cropMarker)
        let names = layouts.flatMap { $0.textFields.map(\.name) }
        var highlighted: Set<String> = []
        for name in request.attributesToHighlight {
            if name == "*" {
                highlighted.formUnion(names)
            } else {
                try Self.check(name, names, .attributesToHighlight)
                highlighted.insert(name)
            }
        }
        self.highlighted = highlighted
        var cropped: [String: Int] = [:]
        for entry in request.attributesToCrop {
            let parts = entry.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            var count = Self.cropWordCount
            if parts.count == 2 {
                guard let number = Int(parts[1]), number > 0, number <= limits.cropWordCount else {
                    throw QueryError(
                        .attributesToCrop,
                        "After `:` a number of words is expected, 1 to \(limits.cropWordCount).")
                }
                count = number
            }
            if name == "*" {
                for name in names { cropped[name] = count }
            } else {
                try Self.check(name, names, .attributesToCrop)
                cropped[name] = count
            }
        }
        self.cropped = cropped
    }

    private static func check(_ name: String, _ names: [String], _ part: QueryError.Part)
        throws(QueryError)
    {
        guard !names.contains(name) else { return }
        let nearest = NearestName.nearest(to: name, in: names)
        throw QueryError(
            part,
            "`\(name)` is no text field." + (nearest.map { " Did you mean `\($0)`?" } ?? ""),
            suggestion: nearest)
    }

    /// Whether the texts of every hit are read.
    var readsTexts: Bool {
        !highlighted.isEmpty || !cropped.isEmpty || request.showMatchesPosition
    }

    /// The members that have to be read where no text is to be; `nil` for all.
    var neededMembers: [String]? {
        guard let names = request.attributesToRetrieve, !names.contains("*"), !readsTexts
        else { return nil }
        return names
    }

    /// Formats a hit that holds its whole document; afterwards it holds what was asked for.
    ///
    /// Where words of the query are in it in another language alone, as the index knows, its texts
    /// are read for them even if none is to be shown.
    func format(
        _ hit: inout SearchResponse.Hit, layout: CollectionLayout, _ terms: HighlightTerms,
        throughTranslation: [TranslatedWord] = []
    ) {
        if readsTexts || !throughTranslation.isEmpty {
            var evidence = TranslationEvidence(throughTranslation)
            let language = hit.document.members[CollectionLayout.languageName]?.string
                .flatMap { Language(code: $0) }
            for field in layout.textFields {
                format(field, &hit, language: language, terms, &evidence)
            }
            hit.translatedMatches = evidence.matches(in: language)
        }
        guard let names = request.attributesToRetrieve, !names.contains("*") else { return }
        var members = JSONObject()
        for (name, value) in hit.document.members.members where names.contains(name) {
            members[name] = value
        }
        hit.document = Document(key: hit.document.key, members: members)
    }

    private func format(
        _ field: CollectionLayout.TextField, _ hit: inout SearchResponse.Hit,
        language: Language?, _ terms: HighlightTerms, _ evidence: inout TranslationEvidence
    ) {
        let isShown = highlighted.contains(field.name) || cropped[field.name] != nil
        guard isShown || request.showMatchesPosition || evidence.isOpen,
            let member = hit.document.members[field.name]
        else { return }
        // Of several values the one is shown that matches most as it was typed.
        var shown: (builder: SnippetBuilder, matches: [SnippetBuilder.Match], rank: Int)?
        for value in Self.values(of: member) {
            let text = Array(value.text.utf8)
            var stream = TokenStream()
            analyzer.analyze(text.span, language: value.language ?? language, into: &stream)
            let builder = SnippetBuilder(text: text, stream: stream)
            let matches = terms.isEmpty ? [] : builder.matches(terms, &evidence)
            let rank = matches.map(\.via.rank).min() ?? .max
            if shown == nil || rank < shown?.rank ?? .max { shown = (builder, matches, rank) }
            if rank == 0, !evidence.isOpen { break }
        }
        guard let (builder, matches, _) = shown else { return }
        if isShown {
            let text: String
            if let count = cropped[field.name] {
                text = builder.cropped(
                    matches, wordCount: count, markup,
                    isHighlighted: highlighted.contains(field.name))
            } else {
                text = builder.highlighted(matches, markup)
            }
            hit.formatted.append((field.name, text))
        }
        if request.showMatchesPosition, !matches.isEmpty {
            hit.matches.append((field.name, builder.positions(of: matches)))
        }
    }

    /// The texts of a member: a string, several, or names with `value`.
    static func values(of member: JSONValue) -> [(text: String, language: Language?)] {
        switch member {
        case .string(let text): [(text, nil)]
        case .array(let elements): elements.flatMap { values(of: $0) }
        case .object(let object):
            object["value"]?.string.map {
                [($0, object["lang"]?.string.flatMap { Language(code: $0) })]
            } ?? []
        default: []
        }
    }
}

extension CollectionKind {
    /// What a document of the kind is called: the first value of its title.
    func title(of document: Document) -> String? {
        document.members[titleField].flatMap { HitFormatter.values(of: $0).first?.text }
    }
}
