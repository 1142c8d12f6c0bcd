import FuzzEngine
import FuzzSupport
import JSON
import SearchEngine

/// What a search shows of a text: ways, query, title and body from the input, parted by `0xFF`.
///
/// A document is replaced by the text, found by the query, highlighted and cropped. Without the
/// tags the text is as it was; places lie in the field on borders of scalars, and agree in UTF-8
/// and UTF-16.
@main
struct HighlightTarget: FuzzTarget {
    private static let tags: (pre: Character, post: Character, crop: Character) = (
        "\u{E000}", "\u{E001}", "\u{E002}"
    )
    private let engine: Engine

    init() throws {
        engine = try SampleEngine.open()
    }

    func run(_ input: [UInt8]) throws {
        var input = FuzzInput(input)
        var request = SearchRequest()
        let ways = input.byte()
        request.mode = ways & 1 == 0 ? .simple : .query
        request.attributesToHighlight = ["*"]
        if ways & 2 != 0 { request.attributesToCrop = ["body:\(ways >> 4 + 1)"] }
        if ways & 4 != 0 { request.matchingStrategy = .all }
        request.showMatchesPosition = true
        request.showRankingScoreDetails = ways & 8 != 0
        request.highlightPreTag = String(Self.tags.pre)
        request.highlightPostTag = String(Self.tags.post)
        request.cropMarker = String(Self.tags.crop)
        request.collections = ["news"]
        request.timeoutMs = 10_000
        request.q = input.text()
        let title = Self.untagged(input.text())
        let body = Self.untagged(input.text())
        let document = Document(
            key: "a",
            members: JSONObject(["id": "a", "title": .string(title), "body": .string(body)]))
        let engine = engine
        let result = try SampleEngine.wait {
            try await engine.add([.document(document)], to: "news", wait: .visible)
        }
        for line in result.lines {
            if case .failed(let code, _, let message) = line.outcome {
                fatalError("refused as \(code): \(message)")
            }
        }
        let response: SearchResponse
        do throws(EngineError) {
            response = try engine.search(request)
        } catch {
            guard case .query = error else { fatalError("\(error)") }
            return
        }
        for hit in response.hits {
            hold(hit.score.isFinite && hit.score >= 0, "a score: \(hit.score)")
            check(hit, isCropped: ways & 2 != 0)
        }
    }

    private func check(_ hit: SearchResponse.Hit, isCropped: Bool) {
        for (name, shown) in hit.formatted {
            let whole = hit.document.members[name]?.string ?? ""
            let plain = Self.untagged(shown)
            if isCropped, name == "body" {
                hold(
                    plain.utf8.isEmpty || Self.contains(Array(whole.utf8), Array(plain.utf8)),
                    "\(shown) is cut out of \(whole)")
            } else {
                hold(plain.utf8.elementsEqual(whole.utf8), "\(shown) is \(whole)")
            }
        }
        for (name, matches) in hit.matches {
            let text = Array((hit.document.members[name]?.string ?? "").utf8)
            var end = 0
            for match in matches {
                let range = match.start..<match.start + match.length
                hold(match.length > 0 && range.lowerBound >= end, "matches ascend: \(match)")
                hold(standsOnBorders(range, of: text), "a match is whole scalars: \(match)")
                let before = String(decoding: text[..<range.lowerBound], as: UTF8.self)
                let inside = String(decoding: text[range], as: UTF8.self)
                hold(
                    before.utf16.count == match.startUtf16
                        && inside.utf16.count == match.lengthUtf16, "UTF-16 agrees: \(match)")
                end = range.upperBound
            }
        }
    }

    /// The text without the characters that are used as tags.
    private static func untagged(_ text: String) -> String {
        let tags: Set<Unicode.Scalar> = ["\u{E000}", "\u{E001}", "\u{E002}"]
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !tags.contains($0) }))
    }

    private static func contains(_ whole: [UInt8], _ part: [UInt8]) -> Bool {
        guard part.count <= whole.count else { return false }
        return (0...whole.count - part.count).contains {
            whole[$0..<$0 + part.count].elementsEqual(part)
        }
    }
}
