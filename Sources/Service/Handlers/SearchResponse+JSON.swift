import JSON
import SearchEngine

extension SearchResponse {
    /// Writes the answer as one JSON object, in the shape of the API.
    func write(to writer: inout JSONWriter, request: SearchRequest, id: RequestID) {
        writer.beginObject()
        writer.key("hits")
        writer.beginArray()
        for hit in hits { hit.write(to: &writer, request: request) }
        writer.endArray()
        writer.key("query")
        writer.value(query)
        writer.key("interpretation")
        interpretation.write(to: &writer)
        writer.key("limit")
        writer.value(limit)
        writer.key("offset")
        writer.value(offset)
        writer.key("totalHits")
        writer.value(totalHits)
        writer.key("totalHitsRelation")
        writer.value(totalIsExact ? "eq" : "gte")
        if let storyCount {
            writer.key("totalStories")
            writer.value(storyCount)
            writer.key("totalStoriesRelation")
            writer.value(storyCountIsExact ? "eq" : "gte")
        }
        if !request.facets.isEmpty { writeFacets(to: &writer) }
        writer.key("processingTimeMs")
        writer.value(
            duration.components.seconds * 1000 + duration.components.attoseconds
                / 1_000_000_000_000_000)
        if request.showPerformanceDetails { writePerformance(to: &writer) }
        writer.key("timedOut")
        writer.value(timedOut)
        writer.key("indexGeneration")
        writer.value(generation)
        writer.key("requestUid")
        writer.value(id.text)
        writer.endObject()
    }

    private func writePerformance(to writer: inout JSONWriter) {
        writer.key("performanceDetails")
        writer.beginObject()
        for (name, duration) in performance {
            writer.key(name)
            let (seconds, attoseconds) = duration.components
            writer.value(Double(seconds) * 1e6 + Double(attoseconds) / 1e12)
        }
        writer.endObject()
    }

    private func writeFacets(to writer: inout JSONWriter) {
        writer.key("facetDistribution")
        writer.beginObject()
        for facet in facets {
            writer.key(facet.field)
            writer.beginObject()
            for (value, count) in facet.values {
                writer.key(value)
                writer.value(count)
            }
            writer.endObject()
        }
        writer.endObject()
        writer.key("facetStats")
        writer.beginObject()
        for stats in facetStats {
            writer.key(stats.field)
            writer.beginObject()
            writer.key("min")
            writer.value(stats.min)
            writer.key("max")
            writer.value(stats.max)
            writer.endObject()
        }
        writer.endObject()
    }
}

extension SearchResponse.Hit {
    /// The names that an answer gives to members of its own; a document's members of these names
    /// are not shown, since a key may stand in an object only once.
    private static let ownMembers: Set<String> = [
        "_collection", "_formatted", "_matchesPosition", "_rankingScore", "_rankingScoreDetails",
        "_matchedThrough", "_translations", "_translationCount",
    ]

    /// Writes the hit: its members, the id among them, then what the request asked for.
    func write(to writer: inout JSONWriter, request: SearchRequest) {
        writer.beginObject()
        writer.key("_collection")
        writer.value(collection)
        writeDocument(to: &writer, request: request)
        if !formatted.isEmpty {
            writer.key("_formatted")
            writer.beginObject()
            for (name, text) in formatted {
                writer.key(name)
                writer.value(text)
            }
            writer.endObject()
        }
        if request.showMatchesPosition { writeMatches(to: &writer) }
        if request.showRankingScore {
            writer.key("_rankingScore")
            writer.value(score)
        }
        if let scoreDetails {
            writer.key("_rankingScoreDetails")
            scoreDetails.write(to: &writer)
        }
        if !translatedMatches.isEmpty { writeTranslatedMatches(to: &writer) }
        if translationCount > 0 { writeTranslations(to: &writer) }
        writer.endObject()
    }

    private func writeDocument(to writer: inout JSONWriter, request: SearchRequest) {
        let wanted = request.attributesToRetrieve.flatMap { $0.contains("*") ? nil : $0 }
        func isShown(_ name: String) -> Bool {
            if name.utf8.first == UInt8(ascii: "_"), Self.ownMembers.contains(name) { return false }
            return wanted.map { name == "id" || $0.contains(name) } ?? true
        }
        if let text = document.text {
            for member in text.members where isShown(member.key) { writer.raw(member, of: text) }
            return
        }
        for (name, value) in document.members.members where isShown(name) {
            writer.key(name)
            writer.value(value)
        }
    }

    private func writeTranslatedMatches(to writer: inout JSONWriter) {
        writer.key("_matchedThrough")
        writer.beginArray()
        for match in translatedMatches {
            writer.beginObject()
            writer.key("typed")
            writer.value(match.typed)
            writer.key("typedLang")
            writer.value(match.typedLang)
            writer.key("word")
            writer.value(match.word)
            writer.key("lang")
            writer.value(match.lang)
            writer.endObject()
        }
        writer.endArray()
    }

    private func writeTranslations(to writer: inout JSONWriter) {
        writer.key("_translations")
        writer.beginArray()
        for translation in translations {
            writer.beginObject()
            writer.key("_collection")
            writer.value(translation.collection)
            writer.key("id")
            writer.value(translation.key)
            let others = [
                ("lang", translation.lang), ("title", translation.title), ("url", translation.url),
            ]
            for case (let name, let text?) in others {
                writer.key(name)
                writer.value(text)
            }
            writer.endObject()
        }
        writer.endArray()
        writer.key("_translationCount")
        writer.value(translationCount)
    }

    private func writeMatches(to writer: inout JSONWriter) {
        writer.key("_matchesPosition")
        writer.beginObject()
        for (name, matches) in matches {
            writer.key(name)
            writer.beginArray()
            for match in matches {
                writer.beginObject()
                writer.key("start")
                writer.value(match.start)
                writer.key("length")
                writer.value(match.length)
                writer.key("startUtf16")
                writer.value(match.startUtf16)
                writer.key("lengthUtf16")
                writer.value(match.lengthUtf16)
                writer.key("via")
                writer.value(match.via.rawValue)
                writer.endObject()
            }
            writer.endArray()
        }
        writer.endObject()
    }
}

extension SearchResponse.Interpretation {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("language")
        writer.beginArray()
        for language in languages {
            writer.beginObject()
            writer.key("lang")
            writer.value(language.code)
            writer.key("score")
            writer.value(language.score)
            writer.endObject()
        }
        writer.endArray()
        writer.key("terms")
        writer.beginArray()
        for term in terms {
            writer.beginObject()
            writer.key("typed")
            writer.value(term.typed)
            writer.key("used")
            writer.value(.array(term.used.map(JSONValue.string)))
            writer.key("via")
            writer.value(.array(term.via.map(JSONValue.string)))
            writer.endObject()
        }
        writer.endArray()
        if !entities.isEmpty {
            writer.key("entities")
            writer.beginArray()
            for entity in entities {
                writer.beginObject()
                writer.key("id")
                writer.value(entity.id)
                writer.key("name")
                writer.value(entity.name)
                writer.key("score")
                writer.value(entity.score)
                writer.endObject()
            }
            writer.endArray()
        }
        writer.key("corrections")
        writer.beginArray()
        for correction in corrections { writer.value(correction.json) }
        writer.endArray()
        if let didYouMean {
            writer.key("didYouMean")
            writer.value(didYouMean)
        }
        writer.endObject()
    }
}

extension Explanation {
    /// Writes the tree; its depth is that of the query, which has a limit.
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("value")
        writer.value(value)
        writer.key("description")
        writer.value(description)
        writer.key("parts")
        writer.beginArray()
        for part in parts { part.write(to: &writer) }
        writer.endArray()
        writer.endObject()
    }
}
