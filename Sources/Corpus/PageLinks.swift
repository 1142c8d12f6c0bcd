import CLibXML2
import JSON

/// What the head of an HTML page says of where it is and where its translations are.
struct PageLinks: Equatable {
    /// The address of the page itself, if it is said in full.
    var address: String?
    /// The addresses of the page in each language, by its code: what `hreflang` gives.
    var alternates = JSONObject()

    /// Nothing is known.
    init() {}

    /// The links of a page; its head is among the children of the root.
    init(_ root: xmlNodePtr?) {
        var hosted: [(language: String, path: String)] = []
        Self.forEachElement(of: root, named: ["link", "meta"]) { element in
            let attributes = Self.attributes(element)
            let relation = attributes["rel"]?.lowercased()
            if let href = attributes["href"], relation == "canonical" {
                if WebAddress.isWhole(href) { address = href }
            } else if let href = attributes["href"], relation == "alternate",
                let language = attributes["hreflang"].flatMap(Self.language)
            {
                if WebAddress.isWhole(href) {
                    alternates[language] = .string(href)
                } else if href.hasPrefix("/"), !href.hasPrefix("//") {
                    hosted.append((language, href))
                }
            } else if attributes["property"]?.lowercased() == "og:url", address == nil,
                let content = attributes["content"], WebAddress.isWhole(content)
            {
                address = content
            }
        }
        // A path is on the host of the page.
        guard let address else { return }
        for (language, path) in hosted where alternates[language] == nil {
            alternates[language] = .string(WebAddress.host(of: address) + path)
        }
    }

    /// The language of a tag such as `ru-RU`; sites write `kz` for Kazakh too.
    private static func language(_ tag: String) -> String? {
        let code = tag.lowercased().prefix { $0 != "-" && $0 != "_" }
        let known = ["kk": "kk", "kz": "kk", "ru": "ru", "en": "en"]
        return known[String(code)]
    }

    /// Calls `body` with the elements of some names in the head of a page.
    private static func forEachElement(
        of root: xmlNodePtr?, named names: Set<String>, _ body: (xmlNodePtr) -> Void
    ) {
        var part = root?.pointee.children
        while let current = part {
            if name(current) == "head" {
                var element = current.pointee.children
                while let child = element {
                    if names.contains(name(child)) { body(child) }
                    element = child.pointee.next
                }
            }
            part = current.pointee.next
        }
    }

    private static func name(_ node: xmlNodePtr) -> String {
        guard node.pointee.type == XML_ELEMENT_NODE, let name = node.pointee.name else { return "" }
        return String(cString: name).lowercased()
    }

    private static func attributes(_ element: xmlNodePtr) -> [String: String] {
        var attributes: [String: String] = [:]
        var attribute = element.pointee.properties
        while let current = attribute {
            if let name = current.pointee.name, let value = current.pointee.children,
                let content = value.pointee.content
            {
                attributes[String(cString: name).lowercased()] = String(cString: content)
            }
            attribute = current.pointee.next
        }
        return attributes
    }
}
