import JSON

/// A word of the query that a hit has in another language alone.
struct TranslatedMatch: Equatable {
    /// As it was typed, and the language it was taken for.
    var typed: String
    var typedLang: String
    /// As it is written in the hit, and the language of that.
    var word: String
    var lang: String

    /// More words than these are not named.
    private static let namedCount = 2

    /// A match; `nil` where one of its members is missing.
    init?(_ json: JSONValue) {
        guard let typed = json["typed"]?.string, let typedLang = json["typedLang"]?.string,
            let word = json["word"]?.string, let lang = json["lang"]?.string
        else { return nil }
        self.typed = typed
        self.typedLang = typedLang
        self.word = word
        self.lang = lang
    }

    /// `kk→ru ғылым = науке, мектеп = школе`, languages said where they change; empty without any.
    static func mark(_ matches: [TranslatedMatch]) -> String {
        var languages = ""
        let named = matches.prefix(namedCount).map { match in
            let own = "\(match.typedLang)→\(match.lang) "
            defer { languages = own }
            return (own == languages ? "" : own) + "\(match.typed) = \(match.word)"
        }
        return named.joined(separator: ", ") + (matches.count > namedCount ? ", …" : "")
    }
}
