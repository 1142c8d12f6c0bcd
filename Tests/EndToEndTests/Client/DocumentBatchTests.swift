import JSON
import ServiceAPI
import Testing

@testable import izde

@Suite struct `Documents on their way` {
    @Test func `lines are cut the same whatever the pieces`() {
        let text = "бір\nекі\r\n\nүш"
        let expected = ["бір", "екі", "", "үш"]
        for size in 1...20 {
            var splitter = LineSplitter(limit: 100)
            var lines: [LineSplitter.Line] = []
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                lines += splitter.append(rest.prefix(size))
                rest = rest.dropFirst(size)
            }
            if let last = splitter.end() { lines.append(last) }
            #expect(lines.map(\.number) == [1, 2, 3, 4])
            #expect(lines.map(\.content) == expected.map { .text(Array($0.utf8)) })
        }
    }

    @Test func `a line that is too long is passed over and counted`() {
        var splitter = LineSplitter(limit: 4)
        let long = String(repeating: "x", count: 1000)
        let lines = splitter.append(Array("1234\n12345\n1234\r\n\(long)\nab\n".utf8)[...])
        #expect(
            lines.map(\.content) == [
                .text(Array("1234".utf8)), .tooLong(byteCount: 5), .text(Array("1234".utf8)),
                .tooLong(byteCount: 1000), .text(Array("ab".utf8)),
            ])
        #expect(splitter.end() == nil)
    }

    @Test func `a batch stays within 1,000 documents and 8 MiB`() {
        var batch = DocumentBatch()
        for index in 0..<1000 {
            #expect(batch.hasRoom(for: 10))
            batch.append(Array("{\(index)}".utf8), from: .init(file: "f", line: index + 1))
        }
        #expect(!batch.hasRoom(for: 1))
        #expect(batch.document(999).elementsEqual("{999}".utf8))
        #expect(batch.document(0).elementsEqual("{0}".utf8))
        var large = DocumentBatch()
        #expect(large.hasRoom(for: 9 << 20))
        large.append([UInt8](repeating: 0x20, count: 5 << 20), from: .init(file: "f", line: 1))
        #expect(!large.hasRoom(for: 3 << 20))
        #expect(large.hasRoom(for: 2 << 20))
    }

    @Test func `the answer to a batch is read line by line`() throws {
        let answer = try BatchAnswer(
            Array(
                """
                {"line":1,"id":"n:1","status":"created"}
                {"line":2,"status":"error","error":{"code":"missing_field","param":"title"}}
                {"summary":{"received":2,"created":1,"failed":1}}

                """.utf8))
        #expect(answer.entries.map(\.status) == ["created", "error"])
        #expect(answer.entries[1].reason == "missing_field title")
        #expect(answer.summary?["failed"] == 1)
        var report = AddReport()
        for entry in answer.entries { report.count(entry.status) }
        #expect(report.text == "2 documents: 1 created, 1 rejected")
        #expect(throws: ClientError.self) { try BatchAnswer(Array("{\"line\":1".utf8)) }
    }

    @Test func `when all failed and only some are told the others get the reason of the whole`() {
        let problem = ProblemDetails(
            .allLinesFailed, "None could be taken",
            extensions: JSONObject([
                "errors": [["line": 2, "error": ["detail": "no id"] as JSONValue]]
            ]))
        let answer = BatchAnswer(allFailed: problem, lineCount: 3)
        #expect(answer.entries.map(\.line).sorted() == [1, 2, 3])
        #expect(answer.entries.allSatisfy { $0.status == "error" })
        #expect(answer.entries.first { $0.line == 2 }?.reason == "no id")
        #expect(answer.entries.first { $0.line == 3 }?.reason == "None could be taken")
    }

    @Test func `a text file becomes a document`() {
        let document = PlainTextDocument.json(
            path: "/жаңалық/2024.05.txt", text: "\u{FEFF}\n  Тақырып \r\n\r\nМәтін\nжолы\n")
        #expect(
            JSONValue.object(document)
                == ["id": "2024.05", "title": "Тақырып", "body": "Мәтін\nжолы"])
        #expect(PlainTextDocument.id(path: ".hidden") == ".hidden")
        #expect(PlainTextDocument.json(path: "a", text: "")["title"] == "")
    }

    @Test func `the form of a file is told by its name`() {
        #expect(Add.format(.auto, of: "a.TXT") == .text)
        #expect(Add.format(.auto, of: "a.jsonl") == .jsonl)
        #expect(Add.format(.auto, of: "-") == .jsonl)
        #expect(Add.format(.jsonl, of: "a.txt") == .jsonl)
    }

    @Test func `deletions are counted from either shape of answer`() throws {
        #expect(try Delete.deletedCount(Array(#"{"deleted":2,"notFound":1}"#.utf8)) == 2)
        #expect(
            try Delete.deletedCount(
                Array(
                    "{\"line\":1,\"status\":\"deleted\"}\n{\"line\":2,\"status\":\"notFound\"}\n"
                        .utf8))
                == 1)
    }
}
