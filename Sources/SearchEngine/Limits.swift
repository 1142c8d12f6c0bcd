/// Every limit in one place; each is configurable, and beyond each stands a clear error.
public struct Limits: Sendable, Equatable {
    /// Longest query, in Unicode scalars.
    public var queryScalarCount = 4096
    /// Most clauses (words, phrases, prefixes ...) of a query.
    public var clauseCount = 256
    /// Deepest nesting of brackets.
    public var nesting = 16
    /// Most words of a phrase.
    public var phraseTermCount = 64
    /// Fewest scalars before `*`.
    public var prefixScalarCount = 2
    /// Most terms that a prefix stands for; the most frequent are taken.
    public var prefixExpansionCount = 1024
    /// Most terms that a fuzzy word stands for.
    public var fuzzyExpansionCount = 128
    /// Most spellings that a word is looked for in other scripts; the most frequent are taken.
    public var scriptExpansionCount = 32
    /// Most near words that are weighed for a misspelt one.
    public var typoCandidateCount = 200
    /// Most completions of a word that are weighed for a suggestion.
    public var completionCount = 32
    /// Most suggestions of one answer.
    public var suggestionCount = 100
    /// Longest text to be completed, in Unicode scalars.
    public var suggestedScalarCount = 512
    /// Largest slop of a phrase; larger ones are clamped.
    public var phraseSlop = 50
    /// Largest page.
    public var hitCount = 1000
    /// Largest `offset` + `limit`; and how many hits are looked through for translations of one
    /// story.
    public var windowSize = 10_000
    /// Most translations listed under one hit.
    public var translationCount = 20
    /// Most fragments or words of a cropped field.
    public var cropWordCount = 1000
    /// Most values returned of a facet.
    public var facetValueCount = 1000
    /// Most documents of one batch.
    public var batchDocumentCount = 1000
    /// Largest document as JSON, in bytes.
    public var documentByteCount = 4 << 20
    /// Most members of a document.
    public var documentFieldCount = 256
    /// Longest key, in bytes.
    public var keyByteCount = 512
    /// Largest body of a search request, in bytes.
    public var searchBodyByteCount = 256 << 10
    /// Largest body of an ingest request, in bytes.
    public var ingestBodyByteCount = 16 << 20
    /// Most bytes of the header of a request with its request line.
    public var headerByteCount = 32 << 10
    /// Most bytes of one field of a header.
    public var headerFieldByteCount = 16 << 10
    /// Most fields of a header.
    public var headerFieldCount = 64
    /// Most connections at once.
    public var connectionCount = 256
    /// Default time for one search, in milliseconds.
    public var searchMilliseconds = 2000
    /// The longest time that a client may ask for, in milliseconds.
    public var longestSearchMilliseconds = 10_000
    /// Most memory of a builder before it is written as a segment, in bytes.
    public var ingestBufferByteCount = 64 << 20
    /// How long durable writes wait for the commit that makes them visible to searches, in
    /// milliseconds.
    public var commitMilliseconds = 900
    /// Space that is reserved for the write-ahead log at a time, so that a full disk is met before
    /// a record is begun, in bytes.
    public var logReservationByteCount = 16 << 20
    /// Most bytes of the log before a commit does not wait for its time.
    public var logByteCount = 256 << 20
    /// Most segments of a collection; a writer with more merges before it answers.
    public var segmentCount = 64
    /// Free space on disk below which writes are refused, in bytes; the greater of this and
    /// `diskReservePercent` counts.
    public var diskReserveByteCount = 512 << 20
    /// Free space on disk below which writes are refused, in percent of the disk.
    public var diskReservePercent = 5

    /// The built-in limits.
    public init() {}

    /// For documents that were taken once: limits that were lowered since do not keep them out.
    static var ofTakenDocuments: Limits {
        var limits = Limits()
        limits.documentByteCount = .max
        limits.documentFieldCount = .max
        limits.keyByteCount = .max
        return limits
    }
}
