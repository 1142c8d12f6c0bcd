/// A sentence or line and how much its words speak for each language.
struct LanguageSegment {
    /// Its words in the chunk.
    var words: Range<Int>
    /// Scores by `Language.rawValue`, in the units of `WordEvidence`.
    var scores = SIMD4<Int32>()
    /// Whether its Latin words are Kazakh, if it is.
    var isLatinKazakh = false
    /// Whether its Latin words have letters that only Kazakh has: then `I` is the capital of `ı`.
    var hasKazakhLatin = false
    /// The language that was decided on.
    var language = Language.other
    /// Whether Kazakh and Russian were nearly even.
    var isDoubtful = false
}
