/// Shows a file of the index as readable text.
public enum IndexInspector {
    /// What to show beside the frame of the file.
    public struct Options: Sendable {
        /// A field, and a term of it whose blocks and postings to show.
        public var term: (field: String, term: [UInt8])?
        /// A document whose key, lengths, columns and stored bytes to show.
        public var document: UInt32?

        /// Options.
        public init(term: (field: String, term: [UInt8])? = nil, document: UInt32? = nil) {
            self.term = term
            self.document = document
        }
    }

    /// The text.
    ///
    /// - Throws: `IndexError` where the file cannot be read.
    public static func text(
        of fileName: String, in directory: any Directory, options: Options = Options()
    ) throws(IndexError) -> String { fatalError() }
}
