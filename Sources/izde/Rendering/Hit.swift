import JSON

/// One hit as the reading layout needs it, taken out of the daemon's answer.
///
/// What is missing or of another kind than expected is left out; nothing of an answer is an error.
struct Hit {
    /// The key of the document.
    var id: String
    /// Its collection.
    var collection: String
    /// The title, matches marked.
    var title: String
    /// Its language, empty if unknown.
    var lang: String
    /// When it was published, as the daemon writes it.
    var date: String
    /// The host or name of its source.
    var source: String
    /// Its address.
    var url: String
    /// The text around the matches, matches marked.
    var snippet: String
    /// The score, if it was asked for.
    var score: Double?
    /// How many documents that are nearly the same are not shown.
    var duplicateCount: Int
    /// The words that it was found by in another language alone.
    var translatedMatches: [TranslatedMatch]
    /// The other hits of its story that are listed.
    var translations: [TranslatedHit]
    /// How many other hits of its story there are.
    var translationCount: Int
    /// How the score came about, if it was asked for.
    var scoreDetails: JSONValue?

    /// A hit; `languages` are those in which a name is shown, best first.
    init(_ json: JSONValue, languages: [String]) {
        id = json["id"]?.string ?? ""
        collection = json["_collection"]?.string ?? ""
        lang = json["lang"]?.string ?? ""
        date = json["publishedAt"]?.string ?? json["datePublished"]?.string ?? ""
        url = json["url"]?.string ?? ""
        source = json["source"]?.string ?? Hit.host(of: url)
        score = json["_rankingScore"]?.number
        duplicateCount = Int(clamping: json["_duplicates"]?.integer ?? 0)
        translatedMatches = (json["_matchedThrough"]?.array ?? []).compactMap(TranslatedMatch.init)
        translations = (json["_translations"]?.array ?? []).compactMap(TranslatedHit.init)
        translationCount = max(
            translations.count, Int(clamping: json["_translationCount"]?.integer ?? 0))
        scoreDetails = json["_rankingScoreDetails"]
        let formatted = json["_formatted"]
        let names = (json["names"]?.array ?? []).compactMap(Name.init)
        if let text = json["title"]?.string ?? json["name"]?.string {
            // A title that was cropped as all fields were is shown whole, without marks.
            let marked = formatted?["title"]?.string
            title = marked.map(Hit.withoutMarks) == text ? marked ?? text : text
        } else if let name = Hit.title(of: names, languages: languages) {
            title = name
        } else {
            title = id
        }
        snippet =
            names.isEmpty
            ? Hit.snippet(of: formatted)
            : Hit.snippet(
                of: names, title: title, city: json["city"]?.string,
                marked: Hit.markedNames(formatted?["names"]))
    }

    /// One name of an institution.
    struct Name {
        var value: String
        var lang: String
        var kind: String

        init?(_ json: JSONValue) {
            guard let value = json.string ?? json["value"]?.string else { return nil }
            self.value = value
            lang = json["lang"]?.string ?? ""
            kind = json["kind"]?.string ?? ""
        }
    }

    /// The first official name in the best language that has one, else the first name.
    static func title(of names: [Name], languages: [String]) -> String? {
        let official = names.filter { $0.kind == "official" }
        for language in languages {
            if let name = official.first(where: { $0.lang == language }) { return name.value }
        }
        return (official.first ?? names.first)?.value
    }

    /// The cropped text that holds a match, else the first cropped text.
    private static func snippet(of formatted: JSONValue?) -> String {
        let texts = (formatted?.object?.members ?? [])
            .filter { $0.key != "title" && $0.key != "name" && $0.key != "id" }
            .compactMap { $0.value.string }
        return texts.first { $0.unicodeScalars.contains(SafeText.openMark) } ?? texts.first ?? ""
    }

    /// What matched beside the title, then the acronyms and the city.
    private static func snippet(of names: [Name], title: String, city: String?, marked: [String])
        -> String
    {
        var parts: [String] = []
        var shown: Set<String> = [title]
        for text in marked.prefix(2) where shown.insert(withoutMarks(text)).inserted {
            parts.append(text)
        }
        for name in names where name.kind == "acronym" && shown.insert(name.value).inserted {
            parts.append(name.value)
        }
        if let city { parts.append(city) }
        return parts.joined(separator: " · ")
    }

    /// The names in which something is marked, from a list or one name a line.
    private static func markedNames(_ formatted: JSONValue?) -> [String] {
        let texts: [String]
        if let list = formatted?.array {
            texts = list.compactMap { $0.string ?? $0["value"]?.string }
        } else {
            texts = (formatted?.string ?? "").split(separator: "\n").map(String.init)
        }
        return texts.filter { $0.unicodeScalars.contains(SafeText.openMark) }
    }

    /// A text without the marks around matches.
    static func withoutMarks(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { $0 != SafeText.openMark && $0 != SafeText.closeMark }))
    }

    /// The host of an address, without `www.`; empty if it has none.
    static func host(of url: String) -> String {
        guard let range = url.firstRange(of: "://") else { return "" }
        let host = url[range.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return String(host.hasPrefix("www.") ? host.dropFirst(4) : host)
    }
}
