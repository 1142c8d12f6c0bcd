import JSON

/// A hit that is shown below another one, whose story it tells in another language.
struct TranslatedHit: Equatable {
    /// Its language, empty if unknown.
    var lang: String
    /// Its title, or its key where it has none.
    var title: String

    /// More than these are counted, not shown.
    private static let shownCount = 5

    /// A hit; `nil` where it has neither title nor key.
    init?(_ json: JSONValue) {
        guard let title = json["title"]?.string ?? json["id"]?.string else { return nil }
        self.title = title
        lang = json["lang"]?.string ?? ""
    }

    /// `= kk · Ғылым туралы әңгіме`, a line for each, and one for those that are not shown.
    static func lines(_ hits: [TranslatedHit], of count: Int, width: Int) -> [StyledText] {
        var texts = hits.prefix(shownCount).map { hit in
            "= " + [hit.lang, hit.title].filter { !$0.isEmpty }.joined(separator: " · ")
        }
        let more = count - texts.count
        if more > 0 { texts.append("= \(more) more") }
        return texts.map { StyledText($0, .faint).cut(to: width) }
    }
}
