/// How translations are learnt, and what is kept of them.
public struct LearningSettings: Sendable, Equatable {
    /// Rounds of expectation and maximization, for each direction; 5 is what the literature takes,
    /// more rounds change little.
    public var iterationCount = 5
    /// The least probability that a pair needs in both directions, above 0 to 1.
    public var leastProbability: Float = 0.1
    /// The least number of sentence pairs in which one word stands for the other.
    public var leastCount = 3
    /// How much oftener than by chance two words must stand together, as a binary logarithm.
    public var leastInformation: Float = 1
    /// Words in fewer sentence pairs take no part; more makes the tables smaller.
    public var leastFrequency = 1
    /// Sentences with more words are passed over: they are lists, and aligned by no reader.
    public var longestSentence = 128
    /// The memory that texts and tables may take, in bytes; at most 4 GiB, since words are counted
    /// and their bytes numbered with 32 bits.
    public var byteLimit = 1 << 30

    /// The built-in settings.
    public init() {}
}

/// Why nothing could be learnt.
public enum LearningError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Texts and tables take more memory than they may.
    case memoryExceeded(needed: Int, limit: Int)
    /// There was not one pair of sentences with words in two languages.
    case noSentences
    /// Text cannot be analysed.
    case analysisUnavailable(reason: String)

    /// What happened, and what to do.
    public var description: String {
        switch self {
        case .memoryExceeded(let needed, let limit):
            "\(Self.megabytes(needed)) of memory are needed, \(Self.megabytes(limit)) are allowed; "
                + "raise --memory, learn from fewer pairs, or raise --least-frequency"
        case .noSentences:
            "there is no pair of sentences with words in both languages to learn from"
        case .analysisUnavailable(let reason): reason
        }
    }

    private static func megabytes(_ byteCount: Int) -> String {
        "\((byteCount + (1 << 20) - 1) >> 20) MB"
    }
}
