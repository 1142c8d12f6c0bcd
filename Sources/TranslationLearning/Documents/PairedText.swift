import JSON
public import SearchEngine
public import TextAnalysis

/// A document as far as it helps to find its translation and to align the two.
public struct PairedText: Sendable, Equatable {
    /// The key of the document.
    public var key: String
    /// The language of its text; one of the three.
    public var language: Language
    /// Its paragraphs, the title first.
    public var paragraphs: [String]
    /// The address of the page, without scheme and `www.`; empty if it is not known.
    public var address: String
    /// The day of publication, `YYYY-MM-DD`; empty if it is not known.
    public var day: String
    /// The site it is from, by its host or name; empty if it is not known.
    public var site: String
    /// Keys or addresses of documents that it says it is a translation of, or that are of it.
    public var links: [String]

    /// The members that hold text, in the order in which they are read.
    private static let textMembers = ["title", "lead", "body"]

    /// What a document holds, `nil` for one without text or in none of the three languages.
    ///
    /// Read are the members `title`, `lead`, `body`, `lang`, `url`, `publishedAt`, `source`,
    /// `translationOf`, and `alternates`, addresses by language as `hreflang` of a page gives them.
    /// - Parameters:
    ///   - document: The document.
    ///   - identify: Finds the language of a text of which that is not said.
    public init?(_ document: Document, identify: (String) -> Language?) {
        let members = document.members
        let texts = Self.textMembers.compactMap { members[$0]?.string }
        paragraphs = texts.flatMap { $0.split(whereSeparator: \.isNewline).map(String.init) }
            .filter { !$0.allSatisfy(\.isWhitespace) }
        guard !paragraphs.isEmpty else { return nil }
        let found =
            if let said = members["lang"]?.string { Language(code: said) } else {
                identify(paragraphs.joined(separator: "\n"))
            }
        guard let found, TranslationLearner.languages.contains(found) else { return nil }
        language = found
        key = document.key
        let alternates = members["alternates"]?.object
        // A page is among its own alternates.
        address = PageAddress.plain(
            members["url"]?.string ?? alternates?[found.code]?.string ?? "")
        let date = members["publishedAt"]?.string ?? ""
        day = date.utf8.count >= 10 ? String(date.prefix(10)) : ""
        site = members["source"]?.string ?? PageAddress.host(address)
        links = Self.texts(members["translationOf"])
        for (_, value) in alternates?.members ?? [] {
            links += Self.texts(value).map(PageAddress.plain)
        }
    }

    private static func texts(_ value: JSONValue?) -> [String] {
        (value?.array ?? [value].compactMap(\.self)).compactMap(\.string).filter { !$0.isEmpty }
    }

    /// The memory that it takes, about.
    var byteCount: Int {
        paragraphs.reduce(256) { $0 + $1.utf8.count + 16 } + key.utf8.count + address.utf8.count
            + links.reduce(0) { $0 + $1.utf8.count + 16 }
    }
}
