import ArgumentParser
import InvertedIndex
import JSON

/// Times the queries of the rig, one by one, in the three modes of its contract.
struct QueryBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Times queries over an index that `build` made.")

    @Option(help: "The folder of the index.") var index: String
    @Option(help: "JSON lines with the queries.") var queries: String
    @Option(help: "How often each query is timed.") var reps = 11
    @Option(name: .customLong("budget-ms"), help: "Time for one query and mode, in milliseconds.")
    var budgetMilliseconds = 400.0

    func validate() throws {
        guard reps > 0, budgetMilliseconds >= 0 else {
            throw ValidationError("--reps is at least 1, --budget-ms at least 0.")
        }
    }

    func run() throws {
        let start = ContinuousClock.now
        let snapshot = try Snapshot.open(
            directory: try FileSystemDirectory(path: index), schema: nil)
        let searcher = Searcher(snapshot: snapshot)
        RigLine.print([
            "engine": "izde", "kind": "open",
            "us": .double(RigLine.microseconds(.now - start)),
            "docs": .integer(Int64(snapshot.documentCount)),
            "segments": .integer(Int64(snapshot.segmentCount)),
        ])
        let file = try BenchCorpus(path: queries)
        let reader = JSONReader()
        for part in file.parts(1) {
            try file.forEachLine(in: part) { line throws(any Error) in
                let value = try reader.read(line)
                for mode in Mode.allCases { try time(RigQuery(value), mode, searcher) }
            }
        }
    }

    /// What is collected.
    enum Mode: String, CaseIterable {
        case top10 = "TOP_10"
        case top10AndCount = "TOP_10_COUNT"
        case count = "COUNT"
    }

    private func time(_ query: RigQuery, _ mode: Mode, _ searcher: Searcher) throws {
        var line = JSONObject()
        line["engine"] = "izde"
        line["kind"] = "query"
        line["qid"] = .string(query.id)
        line["class"] = .string(query.className)
        line["lang"] = .string(query.language)
        line["mode"] = .string(mode.rawValue)
        guard let tree = query.tree else {
            line["error"] = "unsupported"
            RigLine.print(.object(line))
            return
        }
        var times: [Double] = []
        let first = try once(tree, mode, searcher)
        let began = ContinuousClock.now
        for round in 0..<reps {
            times.append(try once(tree, mode, searcher).microseconds)
            let spent = RigLine.microseconds(.now - began) / 1000
            if round >= 2, spent > budgetMilliseconds { break }
        }
        times.sort()
        line["us"] = .double(times[times.count / 2])
        line["us_min"] = .double(times[0])
        line["us_first"] = .double(first.microseconds)
        line["reps"] = .integer(Int64(times.count))
        if mode != .count { line["top"] = .array(try ids(first.results, searcher)) }
        if mode != .top10 { line["hits"] = .integer(Int64(first.results.totalHits)) }
        RigLine.print(.object(line))
    }

    private func once(_ tree: Query, _ mode: Mode, _ searcher: Searcher) throws(IndexError) -> (
        results: SearchResults, microseconds: Double
    ) {
        let start = ContinuousClock.now
        let results: SearchResults
        switch mode {
        case .top10:
            results = try searcher.search(tree, SearchOptions(limit: 10, countsAll: false))
        case .top10AndCount:
            results = try searcher.search(tree, SearchOptions(limit: 10))
        case .count:
            results = SearchResults(totalHits: try searcher.count(tree))
        }
        return (results, RigLine.microseconds(.now - start))
    }

    private func ids(_ results: SearchResults, _ searcher: Searcher) throws -> [JSONValue] {
        try results.hits.map { hit in
            let key = String(decoding: try searcher.snapshot.key(at: hit.address), as: UTF8.self)
            return Int64(key).map(JSONValue.integer) ?? .string(key)
        }
    }
}

/// One line of the queries file as a query tree.
private struct RigQuery {
    let id: String
    let className: String
    let language: String
    /// `nil` for an operation that izde does not have.
    let tree: Query?

    init(_ value: JSONValue) {
        id = value["qid"]?.string ?? ""
        className = value["class"]?.string ?? ""
        language = value["lang"]?.string ?? ""
        let terms = (value["terms"]?.array ?? []).compactMap(\.string).map { Array($0.utf8) }
        let field = RigIndex.text
        let groups = terms.map {
            Query.group(TermGroup(alternatives: [.init(field: field, term: $0)]))
        }
        tree =
            switch (value["op"]?.string, terms.first) {
            case ("term", .some): groups[0]
            case ("and", .some): .boolean(must: groups)
            case ("or", .some): .boolean(should: groups, minimumShould: 1)
            case ("phrase", .some):
                .phrase(
                    Phrase(
                        fields: [field],
                        slots: terms.enumerated().map { (UInt32($0.offset), [$0.element]) }))
            case ("prefix", let term?): .prefix(field, term)
            case ("fuzzy", let term?):
                .fuzzy(field, term, distance: Int(value["dist"]?.integer ?? 1))
            default: nil
            }
    }
}
