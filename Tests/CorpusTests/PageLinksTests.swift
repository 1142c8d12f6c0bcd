import Foundation
import JSON
import SearchEngine
import TestSupport
import Testing

@testable import Corpus

/// What the head of a saved page says of its translations.
@Suite struct PageLinksTests {
    private func page(_ head: String) throws -> Document {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/page.html"
        let html = "<html><head>\(head)</head><body><h1>Тақырып</h1><p>Мәтін осында.</p></body>"
        try html.write(toFile: path, atomically: true, encoding: .utf8)
        let source = NewsPageFile(path: path, markup: .html, options: SourceOptions())
        guard case .document(let document, _, _) = source.next() else {
            throw CorpusError.unreadable(path: path, reason: "no document")
        }
        return document
    }

    @Test func `the addresses of a page in other languages are kept`() throws {
        let document = try page(
            """
            <meta property="og:url" content="https://site.kz/other">
            <link rel="canonical" href="https://site.kz/kz/5">
            <LINK rel="alternate" hreflang="ru-RU" href="https://site.kz/ru/5">
            <link rel="alternate" hreflang="kz" href="/kz/5"/>
            <link rel="alternate" hreflang="en" href="//cdn.kz/en/5">
            <link rel="alternate" hreflang="x-default" href="https://site.kz/5">
            <link rel="alternate" type="application/rss+xml" href="https://site.kz/rss">
            """)
        #expect(document.members["url"] == "https://site.kz/kz/5")
        let alternates = document.members["alternates"]?.object
        #expect(alternates?["ru"] == "https://site.kz/ru/5")
        #expect(alternates?["kk"] == "site.kz/kz/5")
        #expect(alternates?.members.count == 2)
    }

    @Test func `a page that says nothing, or nonsense, has no addresses`() throws {
        for head in [
            "", "<link><meta>", "<link rel=canonical href=\"\">",
            "<link rel=alternate hreflang=ru>", "<link rel=alternate hreflang=ru href=\"/ru/5\">",
            "<meta property=\"og:url\" content=\"not an address\">",
        ] {
            let document = try page(head)
            #expect(document.members["url"] == nil, "\(head)")
            #expect(document.members["alternates"] == nil, "\(head)")
        }
    }
}
