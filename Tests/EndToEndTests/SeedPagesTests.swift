import Foundation
import JSON
import TestSupport
import Testing

/// Five real pages, read from files as they were saved, asked over the socket.
@Suite(.onFewThreads) struct SeedPagesTests {
    private static let seeds = Programs.shared?.appendingPathComponent("seeds")

    /// A daemon over the indexed pages.
    private func daemon() throws -> Daemon {
        let seeds = try #require(Self.seeds)
        let data = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-seeds-\(UUID().uuidString)").path
        let build = try Programs.run("izded", ["build", seeds.path, "--data", data])
        #expect(build.status == 0, "\(build.errors)")
        let verify = try Programs.run("izded", ["verify", data])
        #expect(verify.status == 0, "\(verify.errors)")
        return try Daemon(data: data)
    }

    @Test(.enabled(if: seeds != nil, "the seed pages are not beside the project"))
    func `each query finds its page first`() throws {
        let daemon = try daemon()
        defer { try? FileManager.default.removeItem(atPath: daemon.data) }
        let cases = [
            ("Singapore Polytechnic memorandum", "000"), ("Lu Ban Workshop", "000"),
            ("consortium Belarus Mukanov", "001"), ("11/17/2021", "001"),
            ("17.11.2021", "001"), ("Эксетер Караганда", "002"),
            ("Эксетерским университетом", "002"),
            ("Экс\u{AD}етерского университета", "002"), ("QARMET", "002"),
            ("Shakarim memorandum Abai region", "003"), ("\"Mereili ustaz\"", "003"),
            ("rectors forum Chelyabinsk", "004"), ("SUSU", "004"),
            // Other scripts and spellings, another layout, slips.
            ("Ұлттық тәрбие", "003"), ("улттык тарбие", "003"), ("ۇلتتىق تاربيە", "003"),
            ("Ulttyk tarbie", "003"), ("цштпфзщку зщднеусртшс", "000"),
            ("Singapour Polytecnic memorandun", "000"), ("Караганды Эксетер", "002"),
        ]
        for (query, page) in cases {
            let answer = try daemon.search(query)
            #expect(answer.status == 200, "\(query)")
            let first = try answer.ids.first ?? "nothing"
            #expect(first.hasPrefix(page), "\(query) found \(first)")
        }
    }

    @Test(.enabled(if: seeds != nil, "the seed pages are not beside the project"))
    func `title, date, language and residue are cut right`() throws {
        let daemon = try daemon()
        defer { try? FileManager.default.removeItem(atPath: daemon.data) }
        struct Expected {
            var id, title, lang: String
            var day: String?
            var residue: Int
        }
        let pages = [
            Expected(
                id: "000_0dfd66bd5bbea375",
                title: "EKTU named after D. Serikbayev will cooperate with Singapore Polytechnic",
                lang: "en", day: nil, residue: 0),
            Expected(
                id: "001_67fa59353e730cae",
                title: "PRIORITY GIVES TO SCIENTIFIC AND TECHNICAL PROJECTS", lang: "en",
                day: "2021-11-17", residue: 2),
            Expected(
                id: "002_0c3bf1037a39c1da",
                title: "Как будет развиваться высшее образование в Караганде", lang: "ru",
                day: nil, residue: 5),
            Expected(
                id: "003_ea4f8d27b8006ac6",
                title: "Shakarim University and the Department of Education of the Abai region "
                    + "signed a memorandum of cooperation", lang: "en", day: nil, residue: 0),
            Expected(
                id: "004_d98a56fc3730fc67",
                title: "The forum of rectors of Russian and Kazakhstan universities in Chelyabinsk",
                lang: "en", day: "2017-11-08", residue: 0),
        ]
        for page in pages {
            let answer = try daemon.send("GET", "/v1/collections/news/documents/\(page.id)")
            let document = try answer.json
            #expect(document["title"]?.string == page.title)
            #expect(document["lang"]?.string == page.lang)
            #expect(document["publishedAt"]?.string == page.day)
            #expect((document["residue"]?.array?.count ?? 0) == page.residue, "\(page.id)")
            let body = try #require(document["body"]?.string)
            for furniture in ["Main page", "×", "Лента новостей", "Все новости", "WhatsApp"] {
                #expect(!body.contains(furniture))
            }
        }
        let second = try daemon.send("GET", "/v1/collections/news/documents/\(pages[1].id)").json
        #expect(second["body"]?.string?.hasPrefix("Al-Farabi KazNU took part") == true)
        #expect(second["authors"] == ["Press service of Al-Farabi KazNU"])
    }
}
