import Foundation
import Testing

@testable import TextAnalysis

/// The face of the module: streams are reused, traces are readable, fingerprints tell rules apart.
struct AnalyzerFaceTests {
    @Test func `A stream is emptied before it is filled`() throws {
        let analyzer = try shippedAnalyzer()
        var stream = TokenStream()
        analyzer.analyze(Array("бірінші мәтін".utf8).span, into: &stream)
        analyzer.analyze(Array("екінші".utf8).span, into: &stream)
        #expect(stream.words == ["екінші"])
        #expect(stream.positionCount == 1)
    }

    @Test func `A trace shows every stage with its bytes`() throws {
        let trace = try shippedAnalyzer().trace("Абаи\u{306} ҚР-ның тілі")
        #expect(
            trace.stages.map(\.name) == ["clean", "words", "exact", "languages", "stems", "tokens"])
        #expect(trace.stages[0].items.map(\.text) == ["Абай ҚР-ның тілі"])
        #expect(trace.stages[1].items.map(\.note).contains("suffix, dropped"))
        #expect(trace.stages[2].items.map(\.text) == ["абай", "қр", "тілі"])
        #expect(trace.stages[2].items[0].source == 0..<10)
    }

    @Test func `The fingerprint changes with any table`() {
        let empty = Analyzer.fingerprint(tables: AnalysisTables())
        var tables = LanguageTables()
        tables.unstemmed = ["сөз"]
        let unstemmed = Analyzer.fingerprint(tables: AnalysisTables(languages: [.kazakh: tables]))
        tables.unstemmed = []
        tables.stopWords = ["сөз"]
        let stopped = Analyzer.fingerprint(tables: AnalysisTables(languages: [.kazakh: tables]))
        let russian = Analyzer.fingerprint(tables: AnalysisTables(languages: [.russian: tables]))
        #expect(Set([empty, unstemmed, stopped, russian]).count == 4)
        #expect(empty.hasPrefix("analysis \(Analyzer.version), icu "))
    }

    @Test func `Analysis needs no tables`() throws {
        let stream = try Analyzer(tables: AnalysisTables()).analyze("Қазақ тілі и русский and more")
        #expect(stream.words.count == 6)
    }

    @Test(arguments: ["kk", "ru", "en"])
    func `The analysis of a text is the recorded one`(code: String) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Golden")
        let text = try String(
            contentsOf: folder.appendingPathComponent("\(code).text"), encoding: .utf8)
        let stream = try shippedAnalyzer().analyze(text)
        let bytes = Array(text.utf8)
        let lines = stream.tokens.map { token in
            let written = String(decoding: bytes[token.source.range], as: UTF8.self)
            // Kazakh stems have tests of their own.
            let stem = token.language == .kazakh ? "" : stream.string(token.stem)
            return [
                "\(token.position)", "\(token.source.start)", written, "\(token.kind)",
                token.language.code, stream.string(token.exact), stem,
            ].joined(separator: "\t")
        }
        let found = lines.joined(separator: "\n") + "\n"
        let file = folder.appendingPathComponent("\(code).tokens")
        if ProcessInfo.processInfo.environment["IZDE_RECORD"] != nil {
            try found.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == found)
    }
}
