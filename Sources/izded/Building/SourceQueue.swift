import Corpus
import JSON
import SearchEngine
import Synchronization

/// The documents of all files, one after the other, for several threads; what cannot be read is
/// handed to the rejects.
final class SourceQueue: Sendable {
    /// Which documents are given.
    enum Part {
        /// All.
        case whole
        /// Those of collections with names.
        case names
        /// Those of the other collections.
        case rest
    }

    private struct State {
        var files: [SourceFiles.File]
        // Used by one thread at a time, under the lock.
        var source: Source?
        /// Bytes of documents that are passed over, until a document takes them along.
        var passedByteCount = 0
        /// The files in which something was left for another part.
        var left: Set<String> = []
    }

    /// Unchecked, because a source is made and read under the lock of the queue alone and never
    /// leaves it.
    private struct Source: @unchecked Sendable {
        let reading: any DocumentSource
        let file: SourceFiles.File
    }

    private let state: Mutex<State>
    private let part: Part
    private let destination: DocumentDestination
    private let countries: Set<String>
    private let options: SourceOptions
    private let rejects: RejectsFile
    private let told: Set<String>

    /// A queue over files.
    ///
    /// - Parameters:
    ///   - files: The files, in their order.
    ///   - part: Which of their documents are given.
    ///   - destination: Where documents go.
    ///   - countries: Documents that name other countries only are passed over; empty for none.
    ///   - options: How the files are read.
    ///   - rejects: Gets what cannot be read.
    ///   - told: Paths of files of which that was told before.
    init(
        files: [SourceFiles.File], part: Part, destination: DocumentDestination,
        countries: Set<String>, options: SourceOptions, rejects: RejectsFile,
        told: Set<String> = []
    ) {
        state = Mutex(State(files: files.reversed()))
        self.part = part
        self.destination = destination
        self.countries = countries
        self.options = options
        self.rejects = rejects
        self.told = told
    }

    /// The files in which something was left, as far as they were read.
    var filesWithRest: Set<String> { state.withLock(\.left) }

    /// The next document, `nil` at the end of the last file.
    func next() -> BulkIndexer.Item? {
        state.withLock { state in
            while true {
                guard let source = state.source else {
                    guard let file = state.files.popLast() else { return nil }
                    do throws(CorpusError) {
                        state.source = Source(
                            reading: try SourceFiles.open(file, options: options), file: file)
                    } catch {
                        rejects.add(error)
                    }
                    continue
                }
                switch source.reading.next() {
                case .document(let document, let place, let byteCount):
                    guard isOfCountries(document) else {
                        // What was read before was counted before.
                        if !told.contains(source.file.path) { state.passedByteCount += byteCount }
                        continue
                    }
                    guard isOfPart(document) else {
                        if part == .names { state.left.insert(source.file.path) }
                        continue
                    }
                    let item = BulkIndexer.Item(
                        collection: destination.collection(of: document.members),
                        input: .document(document), byteCount: byteCount + state.passedByteCount,
                        origin: "\(place)")
                    state.passedByteCount = 0
                    return item
                case .rejected(let error, _):
                    if !told.contains(source.file.path) { rejects.add(error) }
                case nil:
                    state.source = nil
                }
            }
        }
    }

    private func isOfPart(_ document: Document) -> Bool {
        switch part {
        case .whole: true
        case .names: destination.hasNames(document.members)
        case .rest: !destination.hasNames(document.members)
        }
    }

    /// A document that names no country may be of any.
    private func isOfCountries(_ document: Document) -> Bool {
        guard !countries.isEmpty else { return true }
        let named = DocumentDestination.texts(document.members["country"])
        return named.isEmpty || named.contains { countries.contains($0.uppercased()) }
    }
}
