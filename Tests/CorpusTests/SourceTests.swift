import Glibc
import JSON
import SearchEngine
import TestSupport
import Testing

@testable import Corpus

@Suite struct SourceTests {
    /// Everything a file yields: keys of documents and messages of rejects, in order.
    private func read(_ path: String, limit: Int = 4 << 20) throws -> (
        documents: [Document], rejects: [String]
    ) {
        let found = SourceFiles.find([path])
        #expect(found.errors.isEmpty)
        var documents: [Document] = []
        var rejects: [String] = []
        for file in found.files {
            let source = try SourceFiles.open(
                file, options: SourceOptions(recordByteCount: limit))
            while let record = source.next() {
                switch record {
                case .document(let document, _, _): documents.append(document)
                case .rejected(let error, _): rejects.append(error.message)
                }
            }
        }
        return (documents, rejects)
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let file = try #require(fopen(path, "w"))
        defer { fclose(file) }
        try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    }

    @Test func `bad lines are named and the others read`() throws {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/mixed.jsonl"
        var bytes = Array("{\"id\":\"a\",\"title\":\"бір\"}\n".utf8)
        bytes += Array("{\"id\":\"b\",\"title\":\"cut\n".utf8)
        bytes += Array("{\"id\":\"c\",\"title\":\"".utf8) + [0xFF, 0xFE] + Array("\"}\n".utf8)
        bytes += Array("{\"title\":\"no id\"}\n[1]\n\n{\"id\":7}\r\n{\"id\":[]}\n".utf8)
        bytes += Array("{\"id\":\"d\",\"title\":\"".utf8)
        bytes += [UInt8](repeating: UInt8(ascii: "x"), count: 5000) + Array("\"}\n".utf8)
        bytes += Array("{\"id\":\"e\"}".utf8)
        try write(bytes, to: path)
        let (documents, rejects) = try read(path, limit: 4096)
        #expect(documents.map(\.key) == ["a", "7", "e"])
        #expect(rejects.count == 6)
        #expect(rejects[0].contains("mixed.jsonl:2: not JSON"))
        #expect(rejects[1].contains("UTF-8"))
        #expect(rejects[2].contains("`id` is missing"))
        #expect(rejects[3].contains("found array"))
        #expect(rejects[5].contains("mixed.jsonl:9") && rejects[5].contains("4096"))
        #expect(!rejects.contains { $0.contains("xxx") })
    }

    @Test func `an empty file and a file of ill-formed text are rejects`() throws {
        let folder = try TemporaryDirectory()
        try write([], to: folder.path + "/empty.txt")
        try write([0xCF, 0xF0, 0xE8, 0xE2], to: folder.path + "/cp1251.txt")
        let (documents, rejects) = try read(folder.path)
        #expect(documents.isEmpty)
        #expect(rejects.count == 2)
        #expect(rejects[1].contains("the file is empty"))
    }

    @Test func `a missing path, an unknown file and a closed folder are errors`() throws {
        let folder = try TemporaryDirectory()
        try write([1], to: folder.path + "/picture.png")
        let closed = folder.path + "/closed"
        try #require(mkdir(closed, 0) == 0)
        defer { chmod(closed, 0o700) }
        let found = SourceFiles.find([folder.path + "/none", folder.path + "/picture.png", closed])
        // The superuser may read a folder of mode 0.
        #expect(found.errors.count == (geteuid() == 0 ? 2 : 3))
        #expect(found.errors[0].message.contains("No such file"))
        #expect(found.errors[1].message.contains("unknown kind of file"))
        #expect(SourceFiles.find([folder.path]).files.isEmpty)
    }

    @Test func `a table of institutions becomes documents with names`() throws {
        let folder = try TemporaryDirectory()
        let table = """
            id\tname_kk\tname_ru\tname_en\tacronym_kk\taliases\tcity\twebsite\tnote
            kz:a\tА университеті\tУниверситет А\tA University\tАУ\tOld A | A Institute\tAlmaty\thttps://www.a.kz/kz\tx
            \tБ\t\t\t\t\t\t\t
            kz:c\t\t\t\t\t\t\t\t
            kz:d\tД\t\t\t\t\t\t\t\t\t
            """
        try write(Array(table.utf8), to: folder.path + "/table.tsv")
        let (documents, rejects) = try read(folder.path)
        #expect(documents.map(\.key) == ["kz:a"])
        #expect(rejects.count == 3)
        let members = documents[0].members
        #expect(members["names"]?.array?.count == 6)
        #expect(members["domains"] == ["a.kz"])
        #expect(members["note"] == "x")
    }

    @Test func `an HTML page gives its headline and its paragraphs`() throws {
        let folder = try TemporaryDirectory()
        let html = """
            <html><head><title>Сайт</title><script>var x = "жоқ";</script></head><body>
            <nav><a href="/">Главная</a></nav><h1>Открылась выставка</h1>
            <p>Вчера открылась
            выставка &laquo;Наурыз&raquo;.</p><p>Вход свободный.</p><footer>© 2021</footer></body></html>
            """
        try write(Array(html.utf8), to: folder.path + "/page.html")
        let (documents, rejects) = try read(folder.path)
        #expect(rejects.isEmpty)
        let members = try #require(documents.first?.members)
        #expect(members["title"] == "Открылась выставка")
        #expect(members["body"] == "Вчера открылась выставка «Наурыз».\nВход свободный.")
    }

    @Test func `cut HTML never traps`() throws {
        let place = RecordPlace(path: "x", line: 0)
        let html = Array("<p>а<b>б</p><table><tr><td>в&#1234567890;</p></div><![CDATA[ г".utf8)
        for end in html.indices { _ = try? HTMLText.read(Array(html[..<end]), place) }
        let deep = Array(String(repeating: "<div>", count: 20_000).utf8)
        _ = try? HTMLText.read(deep, place)
    }
}
