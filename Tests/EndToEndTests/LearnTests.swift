import Foundation
import JSON
import TestSupport
import Testing

/// From pairs of sentences to a search that uses what was learnt from them.
@Suite(.onFewThreads) struct LearnTests {
    private static let pairs = Programs.project.appendingPathComponent(
        "Tests/TranslationLearningTests/Golden/pairs.tsv")

    /// A folder that goes with the test.
    private final class Folder {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-learn-\(UUID().uuidString.prefix(8))").path

        init() throws {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private func learn(_ arguments: [String], _ folder: Folder) throws -> Programs.Outcome {
        try Programs.run(
            "izded", ["learn", "--rejects", "\(folder.path)/rejects.jsonl"] + arguments)
    }

    private func rows(_ text: String) -> [[String]] {
        text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst().map {
            $0.split(separator: "\t").map(String.init)
        }
    }

    @Test func `the table is the same in every run, on standard output and in a file`() throws {
        let folder = try Folder()
        let first = try learn([Self.pairs.path], folder)
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.errors.contains("from 114 sentence pairs"), "\(first.errors)")
        let file = "\(folder.path)/out.learnt.tsv"
        let second = try learn([Self.pairs.path, "--output", file], folder)
        #expect(second.status == 0 && second.output.isEmpty, "\(second.errors)")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == first.output)
        #expect(first.output.hasPrefix("# Translations of words, learnt by izded learn."))
        let rows = rows(first.output)
        #expect(rows.contains { Array($0[..<4]) == ["kk", "ru", "кітапхана", "библиотеке"] })
        #expect(rows.contains { Array($0[..<4]) == ["ru", "en", "больница", "hospital"] })
        // Nothing is left beside the file.
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names == ["out.learnt.tsv"])
    }

    @Test func `a search finds by learnt words what the lexicon does not know`() throws {
        let folder = try Folder()
        let file = "\(folder.path)/site.learnt.tsv"
        #expect(try learn([Self.pairs.path, "-o", file], folder).status == 0)
        let documents = """
            {"id":"ru","title":"Новая библиотека","lang":"ru"}
            {"id":"en","title":"The hospital","lang":"en"}

            """
        for (environment, found) in [([:], [[], []]), (["IZDE_LEARNT": file], [["ru"], ["en"]])]
            as [([String: String], [[String]])]
        {
            let daemon = try Daemon(environment: environment)
            let answer = try daemon.send(
                "POST", "/v1/collections/news/documents?wait=visible", Array(documents.utf8),
                type: "application/x-ndjson")
            #expect(answer.status == 200)
            try daemon.waitUntilPrepared()
            #expect(try ["кітапханалар", "ауруханаға"].map { try daemon.search($0).ids } == found)
        }
    }

    @Test func `lines that cannot be read are named, the rest is learnt from`() throws {
        let folder = try Folder()
        var bytes = Array(try Data(contentsOf: Self.pairs))
        bytes += Array("one column\n".utf8) + [0xFF, 0x09, 0x61, 0x09, 0x62, 0x0A]
        bytes += Array("only one side\t\t\n".utf8)
        let file = "\(folder.path)/bad.tsv"
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        let outcome = try learn([file], folder)
        #expect(outcome.status == 65)
        let good = try learn([Self.pairs.path], folder)
        #expect(rows(outcome.output) == rows(good.output))
        let named = try String(contentsOfFile: "\(folder.path)/rejects.jsonl", encoding: .utf8)
        for line in 41...43 { #expect(named.contains("bad.tsv:\(line)"), "\(named)") }
    }

    @Test func `documents are paired, aligned and learnt from`() throws {
        let folder = try Folder()
        let lines = try String(contentsOf: Self.pairs, encoding: .utf8).split(separator: "\n")
            .dropFirst().map { $0.split(separator: "\t").map(String.init) }
        // Stories of ten sentences, each language in a file of its own.
        let pages = "\(folder.path)/pages"
        try FileManager.default.createDirectory(
            atPath: pages, withIntermediateDirectories: true)
        for (column, language) in ["kk", "ru", "en"].enumerated() {
            var text = ""
            for start in stride(from: 0, to: lines.count, by: 10) {
                let body = lines[start..<min(start + 10, lines.count)].map { $0[column] }
                let mark = language == "kk" ? "kz" : language
                text +=
                    JSONValue.object(
                        JSONObject([
                            "id": .string("\(language)-\(start)"), "title": "",
                            "lang": .string(language),
                            "url": .string("https://site.kz/\(mark)/news/\(start)"),
                            "body": .string(body.joined(separator: " ")),
                        ])
                    ).text + "\n"
            }
            try text.write(
                toFile: "\(pages)/\(language).jsonl", atomically: true, encoding: .utf8)
        }
        let found = "\(folder.path)/found.tsv"
        let outcome = try learn([pages, "--pairs", found], folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("12 documents: 0 pairs by links, 12 by addresses"))
        let words = Set(rows(outcome.output).map { $0[..<4].joined(separator: " ") })
        for row in ["kk ru кітапхана библиотеке", "ru en больница hospital", "kk en өзен river"] {
            #expect(words.contains(row), "\(row) is not among \(words)")
        }
        // What was found is a table to be learnt from, with the same result.
        let again = try learn([found], folder)
        #expect(again.status == 0)
        #expect(rows(again.output) == rows(outcome.output))
    }

    @Test func `what cannot be learnt from gets a reason and an exit code`() throws {
        let folder = try Folder()
        func write(_ name: String, _ text: String) throws -> String {
            let path = "\(folder.path)/\(name)"
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            return path
        }
        let empty = try learn([write("empty.tsv", "")], folder)
        #expect(empty.status == 65 && empty.output.isEmpty)
        #expect(empty.errors.contains("the file is empty"))
        let header = try learn([write("header.tsv", "kk\tru\n")], folder)
        #expect(header.status == 65 && header.errors.contains("no pair of sentences"))
        let columns = try learn([write("columns.tsv", "a\tb\nx\ty\n")], folder)
        #expect(columns.status == 65 && columns.errors.contains("two of them kk, ru, en"))
        let missing = try learn(["\(folder.path)/missing.tsv"], folder)
        #expect(missing.status == 65 && missing.errors.contains("missing.tsv"))
        #expect(try learn([], folder).status == 2)
        #expect(try learn([Self.pairs.path, "--least-probability", "0"], folder).status == 2)
        #expect(try learn([Self.pairs.path, "--rounds", "0"], folder).status == 2)
        let target = "\(folder.path)/none/out.tsv"
        let unwritable = try learn([Self.pairs.path, "-o", target], folder)
        #expect(unwritable.status == 74 && unwritable.errors.contains(target))
    }

    @Test func `more memory than is allowed is refused with the way out`() throws {
        let folder = try Folder()
        var text = "kk\tru\n"
        let syllables = ["ба", "го", "ду", "ка", "ло", "ми", "на", "ру", "са", "то"]
        for number in 0..<6000 {
            let word = String(number).compactMap(\.wholeNumberValue).map { syllables[$0] }.joined()
            text += "\(word)ла қала\t\(word)рик город\n"
        }
        let file = "\(folder.path)/large.tsv"
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let outcome = try learn([file, "--memory", "1"], folder)
        #expect(outcome.status == 2 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("1 MB are allowed; raise --memory"), "\(outcome.errors)")
    }

    @Test func `letters are learnt from the lexicon, the same in every run`() throws {
        let folder = try Folder()
        let lexicon = "\(folder.path)/lexicon"
        try FileManager.default.createDirectory(
            atPath: "\(lexicon)/cognates", withIntermediateDirectories: true)
        let words = ["фото photo", "фонема phonema", "фосфор phosphor", "граф graph"]
        let rows = words.enumerated().map { number, pair in
            let pair = pair.split(separator: " ")
            return "c\(number)\tnoun\t\(pair[0])\t\(pair[0])\t\(pair[1])\n"
        }
        try rows.joined().write(
            toFile: "\(lexicon)/own.tsv", atomically: true, encoding: .utf8)
        let file = "\(lexicon)/cognates/letters.tsv"
        func learnLetters(_ arguments: [String]) throws -> Programs.Outcome {
            try Programs.run(
                "izded", ["learn", "--letters"] + arguments,
                environment: ["IZDE_LEXICON": lexicon])
        }
        let first = try learnLetters([])
        #expect(first.status == 0 && first.errors.contains("groups of letters"), "\(first.errors)")
        let groups = self.rows(first.output)
        #expect(groups.contains { Array($0[..<4]) == ["ru", "en", "ф", "ph"] })
        let second = try learnLetters(["-o", file])
        #expect(second.status == 0 && second.output.isEmpty, "\(second.errors)")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == first.output)
        // The table is no part of the lexicon that it is learnt from.
        #expect(try learnLetters([]).output == first.output)

        #expect(try learnLetters([Self.pairs.path]).status == 2)
        let target = "\(folder.path)/none/out.tsv"
        let unwritable = try learnLetters(["-o", target])
        #expect(unwritable.status == 74 && unwritable.errors.contains(target))
        try "# mine\nru\ten\tф\tph\n".write(toFile: file, atomically: true, encoding: .utf8)
        let bad = try Programs.run(
            "izded", ["check", "--data", "/nonexistent"], environment: ["IZDE_LEXICON": lexicon])
        #expect(bad.status == 78)
        #expect(bad.errors.contains("letters.tsv:2: 7 columns"), "\(bad.errors)")
    }

    @Test func `a bad row of a learnt table stops the daemon with its place`() throws {
        let folder = try Folder()
        let file = "\(folder.path)/bad.learnt.tsv"
        try "# mine\nkk\tru\tмектеп\tшкола\t2\t1\t0\n".write(
            toFile: file, atomically: true, encoding: .utf8)
        for (path, reason) in [(file, "bad.learnt.tsv:2: the probabilities"), ("/none", "/none")] {
            let outcome = try Programs.run(
                "izded", ["check", "--data", "/nonexistent"], environment: ["IZDE_LEARNT": path])
            #expect(outcome.status == 78)
            #expect(outcome.errors.contains(reason), "\(outcome.errors)")
        }
    }
}
