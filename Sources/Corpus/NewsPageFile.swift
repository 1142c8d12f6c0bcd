import JSON
import SearchEngine

/// A news page saved from the web, as plain text or HTML: one file, one document.
///
/// The key is the name of the file without its ending. What was cut is kept as `residue`, the
/// addresses of translations as `alternates`.
public final class NewsPageFile: DocumentSource {
    /// How the file holds its text.
    public enum Markup: Sendable {
        case plainText, html
    }

    private let path: String
    private let markup: Markup
    private let options: SourceOptions
    private var isRead = false

    /// A page; nothing is read before `next`.
    public init(path: String, markup: Markup, options: SourceOptions) {
        self.path = path
        self.markup = markup
        self.options = options
    }

    /// The document, then `nil`.
    public func next() -> SourceRecord? {
        guard !isRead else { return nil }
        isRead = true
        let place = RecordPlace(path: path, line: 0)
        do throws(CorpusError) {
            let bytes = try SourceFiles.contents(of: path, limit: options.recordByteCount)
            return .document(try document(bytes, place), place, byteCount: bytes.count)
        } catch {
            return .rejected(error, byteCount: 0)
        }
    }

    private func document(_ bytes: [UInt8], _ place: RecordPlace) throws(CorpusError) -> Document {
        func malformed(_ reason: String) -> CorpusError {
            .malformed(record: place, reason: reason)
        }
        guard !bytes.isEmpty else { throw malformed("the file is empty") }
        guard let raw = String(validating: bytes, as: UTF8.self) else {
            throw malformed("ill-formed UTF-8; convert the file to UTF-8 first")
        }
        var text = raw
        var links = PageLinks()
        if markup == .html { (text, links) = try HTMLText.read(bytes, place) }
        let page: NewsPage
        do throws(EngineError) {
            page = try PageCutter().cut(text)
        } catch {
            throw malformed("analysis cannot be opened: \(error)")
        }
        guard !page.title.isEmpty else { throw malformed("the page holds no text") }

        let key = SourceFiles.stem(of: path)
        var members = JSONObject(["id": .string(key), "title": .string(page.title)])
        members["body"] = .string(page.body)
        if let address = links.address { members["url"] = .string(address) }
        if !links.alternates.members.isEmpty { members["alternates"] = .object(links.alternates) }
        if let language = options.language { members["lang"] = .string(language) }
        if let source = options.source ?? page.source { members["source"] = .string(source) }
        if let published = page.published {
            members["publishedAt"] = .string(published.day)
            members["publishedAtFrom"] = .string(published.from.rawValue)
        }
        if !page.authors.isEmpty {
            members["authors"] = .array(page.authors.map(JSONValue.string))
        }
        if !page.residue.isEmpty {
            members["residue"] = .array(page.residue.map(JSONValue.string))
        }
        return Document(key: key, members: members)
    }
}
