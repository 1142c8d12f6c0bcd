import JSON
import NameMatching

/// Looks one example of a match request up: by all its names, weighed by what else is known of it.
struct NameMatch {
    let search: NameSearch
    let request: MatchRequest

    /// What a score is worth where the countries contradict.
    private static let otherCountry: Float = 0.7
    /// What a score is worth where the cities contradict.
    private static let otherCity: Float = 0.85
    /// How many candidates more than wanted are weighed, since the order may change.
    private static let surplus = 10

    /// The answer to an example.
    func answer(_ example: MatchRequest.Example) throws(EngineError) -> MatchResponse.Answer {
        var best: [String: NameResponse.Hit] = [:]
        for name in example.names {
            let candidates = search.candidates(
                search.lookup.read(name), type: example.type,
                limit: request.limit + Self.surplus, threshold: 0)
            for candidate in candidates {
                var hit = try search.hit(candidate, asked: name)
                hit.score *= try agreement(candidate, example)
                let key = "\(hit.collection)/\(hit.id)"
                if hit.score > best[key]?.score ?? 0 { best[key] = hit }
            }
        }
        let results = best.values.sorted {
            ($1.score, $0.collection, $0.id) < ($0.score, $1.collection, $1.id)
        }
        return MatchResponse.Answer(
            key: example.key, results: Array(results.prefix(request.limit)),
            matchCount: results.count { $0.score >= request.threshold })
    }

    /// How well a document fits the countries and cities of an example; 1 where nothing contradicts.
    private func agreement(_ candidate: NameSearch.Candidate, _ example: MatchRequest.Example)
        throws(EngineError) -> Float
    {
        guard let source = candidate.source,
            !example.countries.isEmpty || !example.cities.isEmpty
        else { return 1 }
        let document = try search.document(candidate, search.sources[source])
        var factor: Float = 1
        let countries = Self.texts(document.members["country"]).map { $0.uppercased() }
        if !example.countries.isEmpty, !countries.isEmpty,
            !countries.contains(where: { example.countries.contains($0) })
        {
            factor *= Self.otherCountry
        }
        let cities = Self.texts(document.members["city"])
        if !example.cities.isEmpty, !cities.isEmpty {
            let isSame = cities.contains { city in
                example.cities.contains {
                    search.lookup.likeness($0, city) >= NameResponse.matchThreshold
                }
            }
            if !isSame { factor *= Self.otherCity }
        }
        return factor
    }

    private static func texts(_ member: JSONValue?) -> [String] {
        switch member {
        case .string(let text): [text]
        case .array(let elements): elements.compactMap(\.string)
        default: []
        }
    }
}
