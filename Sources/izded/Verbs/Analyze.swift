import ArgumentParser
import Glibc
import SearchEngine
import ServiceAPI
import TextAnalysis

/// `izded analyze`: as `izde analyze`, without a daemon.
struct Analyze: ParsableCommand {
    /// What is answered for each line of the input.
    enum LineAnswer: String, CaseIterable, ExpressibleByArgument {
        case stem, lang, correct, lexicon
    }

    /// The language of the text.
    enum TextLanguage: String, CaseIterable, ExpressibleByArgument {
        case auto, kk, ru, en

        var language: Language? { Language(code: rawValue) }
    }

    static let configuration = CommandConfiguration(
        abstract: "Show what analysis makes of a text; no daemon is needed.",
        discussion: """
            With --lines it is a filter: one item a line in, one answer a line out: the stems of \
            the words, the language, the word that was meant by a misspelt one, or the rows of the \
            lexicon that translate a word (nothing for a word without any, - for a function word).

            EXAMPLES
              izded analyze --lang kk "университеттерінің"
              izded analyze --steps "11/17/2021Al-Farabi"
              izded analyze --lang kk --lines stem < words.txt
              izded analyze --lang ru --lines correct < words.txt
              izded analyze --lang kk --lines lexicon "мектептерде"
            """)

    @Argument(help: "The text; - or nothing for standard input.")
    var text: [String] = []

    @Option(name: [.short, .long], help: "The language of the text: auto, kk, ru or en.")
    var lang: TextLanguage = .auto

    @Flag(help: "Show every stage.")
    var steps = false

    @Option(help: "One answer a line: stem, lang, correct or lexicon.")
    var lines: LineAnswer?

    @OptionGroup var common: ConfigurationOptions

    func run() throws {
        var configuration = try common.load()
        let tables = try configuration.loadTables()
        let analyzer = try Analyzer(tables: tables)
        let isInput = text.isEmpty || text == ["-"]
        if let lines {
            let answer = try answering(lines, &configuration, tables, analyzer)
            if isInput {
                while let line = readLine() { print(answer(line)) }
            } else {
                print(answer(text.joined(separator: " ")))
            }
            return
        }
        var whole = text.joined(separator: " ")
        if isInput {
            whole = ""
            while let line = readLine(strippingNewline: false) { whole += line }
        }
        if steps {
            show(analyzer.trace(whole, language: lang.language))
        } else {
            show(analyzer.analyze(whole, language: lang.language), of: whole)
        }
    }

    /// What answers a line; only what is asked for is laid out.
    private func answering(
        _ wanted: LineAnswer, _ configuration: inout Configuration, _ tables: AnalysisTables,
        _ analyzer: Analyzer
    ) throws -> (String) -> String {
        var stream = TokenStream()
        func analyzed(_ line: String) -> TokenStream {
            analyzer.analyze(Array(line.utf8).span, language: lang.language, into: &stream)
            return stream
        }
        switch wanted {
        case .stem:
            return { line in
                let stream = analyzed(line)
                return stream.tokens.map { stream.string($0.stem) }.joined(separator: " ")
            }
        case .lang: return { analyzed($0).language?.code ?? "mixed" }
        case .correct:
            let lexicon = LexiconVocabulary(tables: tables)
            return { corrected($0, lexicon, analyzed($0)) }
        case .lexicon:
            let reader = try LexiconReader(configuration.loadLexicon(), tables: tables)
            return { line in
                switch reader.answer(for: line, language: lang.language) {
                case .untranslated: "-"
                case .senses(let senses):
                    senses.map { $0.lemmas.joined(separator: " = ") }.joined(separator: "; ")
                }
            }
        }
    }

    /// The word that was meant by the one of a line, or the line itself.
    private func corrected(
        _ line: String, _ lexicon: LexiconVocabulary, _ stream: TokenStream
    ) -> String {
        guard stream.tokens.count == 1, let token = stream.tokens.first, token.kind == .word else {
            return line
        }
        let folded = Array(stream.bytes[token.exact.range])
        if let meant = lexicon.correction(of: line, folded: folded) { return meant }
        // Letters of another script that only look right are repaired by folding.
        let lower = line.lowercased().map { $0 == "ё" ? "е" : $0 }
        return String(lower).utf8.elementsEqual(folded) ? line : stream.string(token.exact)
    }

    private func show(_ stream: TokenStream, of text: String) {
        let bytes = Array(text.utf8)
        print("language  \(stream.language?.code ?? "mixed")")
        print("position\tbytes\ttext\texact\tstem\tlanguage\tkind")
        for token in stream.tokens {
            let stems = [token.stem, token.otherStem].filter { !$0.isEmpty }
            let columns = [
                "\(token.position)", "\(token.source.start)+\(token.source.count)",
                String(decoding: bytes[token.source.range], as: UTF8.self),
                stream.string(token.exact), stems.map(stream.string).joined(separator: " "),
                token.language.code, "\(token.kind)",
            ]
            print(columns.joined(separator: "\t"))
        }
    }

    private func show(_ trace: AnalysisTrace) {
        for stage in trace.stages {
            print(stage.name)
            for item in stage.items {
                let note = item.note.isEmpty ? "" : "\t\(item.note)"
                print("  \(item.source.lowerBound)+\(item.source.count)\t\(item.text)\(note)")
            }
        }
        print("language  \(trace.tokens.language?.code ?? "mixed")")
    }
}
