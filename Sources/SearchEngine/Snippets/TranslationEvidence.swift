import TextAnalysis

/// What the words of one document say of how they were found: gathered while they are highlighted.
struct TranslationEvidence {
    /// What is known of one word of the query.
    private struct Finding {
        let word: TranslatedWord
        /// Its own words as they may be written.
        let forms: [TranslatedWord.Forms]
        /// Which of its own words were seen.
        var own: [Bool]
        /// For each translation how its words are written in the document, as far as seen.
        var written: [[String?]]

        var isLiteral: Bool { own.allSatisfy(\.self) }
    }

    private var findings: [Finding]

    /// Nothing seen yet of some words.
    init(_ words: [TranslatedWord]) {
        findings = words.map { word in
            Finding(
                word: word, forms: word.forms,
                own: Array(repeating: false, count: word.parts.count),
                written: word.translations.map {
                    Array(repeating: nil, count: $0.stems.count)
                })
        }
    }

    /// Whether more words of the document may tell more.
    var isOpen: Bool { findings.contains { !$0.isLiteral } }

    /// Takes a word of the document that something in the query stands for.
    mutating func note(_ token: Token, of stream: TokenStream, in text: [UInt8]) {
        for index in findings.indices where !findings[index].isLiteral {
            let exact = stream.bytes[token.exact.range]
            let stem = stream.bytes[token.stem.range]
            let otherStem = stream.bytes[token.otherStem.range]
            let word = findings[index].word
            for (place, part) in findings[index].forms.enumerated()
            where part.exact.contains(exact) || part.stems.contains(stem)
                || !otherStem.isEmpty && part.stems.contains(otherStem)
            {
                findings[index].own[place] = true
            }
            for (number, translation) in word.translations.enumerated() {
                for (place, wanted) in translation.stems.enumerated()
                where findings[index].written[number][place] == nil
                    && (stem.elementsEqual(wanted) || otherStem.elementsEqual(wanted))
                {
                    findings[index].written[number][place] = String(
                        decoding: text[token.source.range], as: UTF8.self)
                }
            }
        }
    }

    /// The words that stand in the document in another language alone, in the order of the query; a
    /// translation into the language of the document before others.
    func matches(in language: Language?) -> [SearchResponse.TranslatedMatch] {
        findings.filter { !$0.isLiteral }.compactMap { finding in
            let found = finding.word.translations.indices.filter {
                !finding.written[$0].contains(nil)
            }
            let translations = finding.word.translations
            func code(_ place: Int) -> String { TranslationLexicon.languages[place].code }
            let best =
                found.first { code(translations[$0].language) == language?.code } ?? found.first
            guard let best else { return nil }
            return SearchResponse.TranslatedMatch(
                typed: finding.word.typed, typedLang: code(translations[best].source),
                word: finding.written[best].compactMap(\.self).joined(separator: " "),
                lang: code(translations[best].language))
        }
    }
}
