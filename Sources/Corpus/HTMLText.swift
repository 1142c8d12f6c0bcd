import CLibXML2

/// The readable text of an HTML page, a block a line; scripts, styles and menus are left out.
enum HTMLText {
    /// Elements whose text is not for readers, or is on every page.
    private static let skipped: Set<String> = [
        "script", "style", "noscript", "template", "nav", "footer", "form", "button", "select",
        "svg", "iframe", "head",
    ]

    /// Elements that begin and end a line.
    private static let blocks: Set<String> = [
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "table", "tr", "td", "th",
        "section", "article", "header", "main", "aside", "blockquote", "pre", "br", "hr", "figure",
        "figcaption", "dl", "dt", "dd",
    ]

    /// The deepest nesting that is followed; what lies deeper is left out.
    private static let deepest = 512

    /// The text, and what the head of the page says of its addresses.
    ///
    /// - Throws: `CorpusError.malformed` if the parser cannot make a tree of the bytes at all.
    static func read(_ bytes: [UInt8], _ place: RecordPlace) throws(CorpusError) -> (
        text: String, links: PageLinks
    ) {
        let options = Int32(
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue
                | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_NONET.rawValue)
        let tree = bytes.withUnsafeBytes { buffer in
            htmlReadMemory(
                buffer.bindMemory(to: CChar.self).baseAddress, Int32(clamping: buffer.count), nil,
                "UTF-8", options)
        }
        guard let tree else { throw .malformed(record: place, reason: "not HTML") }
        defer { xmlFreeDoc(tree) }
        var output = ""
        append(xmlDocGetRootElement(tree), depth: 0, to: &output)
        return (output, PageLinks(xmlDocGetRootElement(tree)))
    }

    private static func append(_ first: xmlNodePtr?, depth: Int, to output: inout String) {
        var node = first
        while let current = node {
            switch current.pointee.type {
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                if let content = current.pointee.content {
                    // Line ends inside a paragraph are blanks in HTML.
                    let text = String(cString: content)
                    output += text.split(whereSeparator: \.isNewline).joined(separator: " ")
                }
            case XML_ELEMENT_NODE:
                let name = current.pointee.name.map { String(cString: $0).lowercased() } ?? ""
                guard !skipped.contains(name), depth < deepest else { break }
                let isBlock = blocks.contains(name)
                if isBlock { output += "\n" }
                append(current.pointee.children, depth: depth + 1, to: &output)
                if isBlock { output += "\n" }
            default: break
            }
            node = current.pointee.next
        }
    }
}
