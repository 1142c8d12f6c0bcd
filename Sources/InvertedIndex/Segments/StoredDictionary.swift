import Synchronization

/// The dictionary of the stored bytes of a segment; proved and taken in when a block is first read,
/// so that opening a segment does not touch it.
final class StoredDictionary: Sendable {
    /// Where its bytes are.
    let section: Section
    private let dictionary = Mutex<Zstandard.Dictionary?>(nil)

    /// Takes the section unread.
    init(_ section: Section) { self.section = section }

    /// The dictionary.
    ///
    /// - Throws: `IndexError.corrupt`.
    func taken() throws(IndexError) -> Zstandard.Dictionary {
        try dictionary.withLock { dictionary throws(IndexError) in
            if let dictionary { return dictionary }
            try section.verify()
            guard let made = Zstandard.Dictionary(section.bytes) else {
                throw section.file.corrupt(
                    at: section.offset, "the dictionary of stored bytes is broken")
            }
            dictionary = made
            return made
        }
    }
}
