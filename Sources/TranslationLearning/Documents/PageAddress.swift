/// Addresses of pages of which sites have one for each language.
enum PageAddress {
    /// The marks of a language in an address; sites write Kazakh as `kz` more often than as `kk`.
    private static let marks: Set<String> = [
        "kk", "kz", "kaz", "qaz", "qz", "ru", "rus", "en", "eng",
    ]
    /// The names of parameters that name a language.
    private static let parameters: Set<String> = ["lang", "language", "lng", "locale", "hl", "l"]

    /// An address without scheme, `www.`, fragment and slashes at the end.
    static func plain(_ address: String) -> String {
        var rest = address[...]
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        if rest.hasPrefix("www.") { rest = rest.dropFirst(4) }
        rest = rest.prefix { $0 != "#" }
        while rest.last == "/" { rest.removeLast() }
        return String(rest)
    }

    /// The host of a plain address.
    static func host(_ plain: String) -> String { String(plain.prefix { $0 != "/" && $0 != "?" }) }

    /// What the addresses of one page in all languages have in common, `nil` for an address that
    /// names no language: `site.kz/*/news/5`.
    ///
    /// A language is named by a part of the path (`/kz/`), by the first label of the host
    /// (`ru.site.kz`), or by a parameter (`?lang=en`).
    static func pattern(_ plain: String) -> String? {
        let halves = plain.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let path = halves.first else { return nil }
        var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        var isNamed = false
        for place in parts.indices.dropFirst() where isMark(parts[place]) && !isNamed {
            parts[place] = "*"
            isNamed = true
        }
        if !isNamed, let host = parts.first {
            let labels = host.split(separator: ".").map(String.init)
            // `kz` alone is the top of the country, not a language.
            if labels.count > 2, isMark(labels[0]) {
                parts[0] = "*." + labels.dropFirst().joined(separator: ".")
                isNamed = true
            }
        }
        var pattern = parts.joined(separator: "/")
        if halves.count == 2 {
            let fields = halves[1].split(separator: "&").map { field in
                let sides = field.split(separator: "=", maxSplits: 1).map(String.init)
                guard sides.count == 2, parameters.contains(sides[0].lowercased()),
                    isMark(sides[1])
                else { return String(field) }
                isNamed = true
                return sides[0] + "=*"
            }
            pattern += "?" + fields.joined(separator: "&")
        }
        return isNamed ? pattern : nil
    }

    private static func isMark(_ text: String) -> Bool { marks.contains(text.lowercased()) }
}
