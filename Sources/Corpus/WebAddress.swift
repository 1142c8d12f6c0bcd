/// Addresses of web pages.
enum WebAddress {
    /// Whether an address has a scheme of the web.
    static func isWhole(_ address: String) -> Bool {
        address.hasPrefix("https://") || address.hasPrefix("http://")
    }

    /// The host of an address, without `www.`; an address without a scheme begins with its host.
    static func host(of address: String) -> String {
        var rest = address[...]
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        rest = rest.prefix { $0 != "/" && $0 != "?" }
        return rest.hasPrefix("www.") ? String(rest.dropFirst(4)) : String(rest)
    }
}
