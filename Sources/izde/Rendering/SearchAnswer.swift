import JSON

/// The daemon's answer to a search, as the layouts read it.
struct SearchAnswer {
    /// The hits of the page.
    var hits: [Hit]
    /// The whole answer.
    var json: JSONValue
    /// How many hits were passed over.
    var offset: Int

    /// An answer; `lang` is the language asked for, `locale` that of the user.
    init(_ json: JSONValue, lang: String?, locale: String?) {
        self.json = json
        let languages = SearchAnswer.languages(
            asked: lang,
            detected: (json["interpretation"]?["language"]?.array ?? [])
                .compactMap { $0["lang"]?.string },
            locale: locale)
        hits = (json["hits"]?.array ?? []).map { Hit($0, languages: languages) }
        offset = Int(clamping: json["offset"]?.integer ?? 0)
    }

    /// The languages in which names are shown: the one asked for, those of the query, the user's.
    static func languages(asked: String?, detected: [String], locale: String?) -> [String] {
        var languages: [String] = []
        let user = locale.map { String($0.prefix { $0 != "_" && $0 != "." && $0 != "-" }) }
        for code in [asked].compactMap({ $0 }) + detected + [user ?? "en", "en", "kk", "ru"]
        where ["kk", "ru", "en"].contains(code) && !languages.contains(code) {
            languages.append(code)
        }
        return languages
    }

    /// The language of the user's messages, as the system's settings name it.
    static func locale(_ environment: (String) -> String?) -> String? {
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            if let value = environment(name), !value.isEmpty { return value }
        }
        return nil
    }
}
