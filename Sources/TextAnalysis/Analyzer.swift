/// Turns texts and queries into tokens: the one way, for both.
///
/// Stages: bytes to clean UTF-16 (invisible characters and stress marks out, NFC), words by the
/// rules of Unicode with our own cuts and repairs, folding, the language of each sentence, stems.
/// Every stage keeps the bytes of the original text that a word came from.
///
/// Not thread-safe, since ICU's iterators and Snowball's stemmers are not: one for each thread.
/// Memory does not grow with the text, except for the stream that the caller owns.
public final class Analyzer {
    /// Version of the rules; a change that alters any term raises it, so that an index built by
    /// other rules is refused.
    public static let version = 3

    private var pipeline: AnalysisPipeline

    /// How many words an analyzer remembers, if nobody says otherwise.
    public static let usualRememberedWordCount = 1 << 17

    /// An analyzer with the given tables.
    ///
    /// - Parameters:
    ///   - tables: what it goes by.
    ///   - rememberedWordCount: with more words and stems than that it forgets all of them. Some
    ///     100 bytes each; a build of much text wants more than searches do.
    /// - Throws: `AnalysisError.unavailable` if ICU or libstemmer cannot be opened.
    /// - Cost: some milliseconds and a few hundred KB; keep it.
    public init(
        tables: AnalysisTables, rememberedWordCount: Int = usualRememberedWordCount
    ) throws(AnalysisError) {
        pipeline = try AnalysisPipeline(tables: tables, rememberedWordCount: rememberedWordCount)
    }

    /// Fills `stream` with the tokens of a text.
    ///
    /// - Parameters:
    ///   - text: Any bytes of less than 4 GiB; what is not UTF-8 separates words.
    ///   - language: The language of the whole text, `nil` to find it sentence by sentence. A
    ///     word in another script than the language's is stemmed by its own.
    ///   - judgesShortText: Whether single words of a short text are judged, so that
    ///     `TokenStream.language` knows a mixed one; who does not ask for that saves the time.
    ///   - stream: Emptied first, its room kept.
    /// - Cost: linear in the length of the text.
    public func analyze(
        _ text: Span<UInt8>, language: Language? = nil, judgesShortText: Bool = true,
        into stream: inout TokenStream
    ) {
        precondition(text.count < Int(UInt32.max), "a text of 4 GiB has offsets beyond 32 bits")
        pipeline.analyze(
            text, language: language, judgesShortText: judgesShortText, into: &stream)
    }

    /// The tokens of a string; for tests, tools and short texts.
    public func analyze(_ text: String, language: Language? = nil) -> TokenStream {
        var stream = TokenStream()
        analyze(Array(text.utf8).span, language: language, into: &stream)
        return stream
    }

    /// The language of a whole text: that of nine tenths of its words, `nil` for a mixed text,
    /// `.other` for one without words of the three languages.
    public func identify(_ text: String) -> Language? {
        analyze(text).language
    }

    /// What letters say about the language of a word; see `LanguageModel`.
    public var languageModel: LanguageModel { pipeline.identifier.model }

    /// Every stage of the analysis of a text, for people to read.
    public func trace(_ text: String, language: Language? = nil) -> AnalysisTrace {
        pipeline.trace(Array(text.utf8), language: language)
    }

    /// A name for everything that decides on terms.
    ///
    /// Made of the versions of the rules, of ICU and Unicode, and a hash of the tables. An index is searched with the analysis that built it, or refused.
    public static func fingerprint(tables: AnalysisTables) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ text: String) {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = (hash ^ 0xFF) &* 0x100_0000_01B3
        }
        for language in Language.allCases {
            let table = tables.languages[language] ?? LanguageTables()
            add(language.code)
            for list in [table.stopWords, table.unstemmed] { for word in list + [""] { add(word) } }
            for name in table.ngrams.keys.sorted() {
                add(name)
                for entry in table.ngrams[name]?.entries ?? [] {
                    hash = (hash ^ entry.key) &* 0x100_0000_01B3
                    hash = (hash ^ UInt64(entry.count)) &* 0x100_0000_01B3
                }
            }
            add(String(table.lexicon.fingerprint, radix: 16))
            for (word, stem) in table.stems { for part in [word, stem] { add(part) } }
            for name in table.lists.keys.sorted() {
                for word in [name] + (table.lists[name] ?? []) { add(word) }
            }
        }
        let versions = ICUHandle.versions
        let digits = String(hash, radix: 16)
        let padding = String(repeating: "0", count: 16 - digits.count)
        return "analysis \(version), icu \(versions.icu), unicode \(versions.unicode), "
            + "tables \(padding)\(digits)"
    }
}
