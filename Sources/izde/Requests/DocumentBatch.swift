/// Documents that go to the daemon in one request, one a line.
struct DocumentBatch {
    /// Where a line of the batch comes from.
    struct Origin: Equatable {
        var file: String
        var line: Int
    }

    /// Largest body; well under what the daemon takes.
    static let byteLimit = 8 << 20
    /// Most documents.
    static let documentLimit = 1000

    /// The body so far, each line with its end.
    private(set) var body: [UInt8] = []
    /// Where each line comes from, and where in the body it begins.
    private(set) var origins: [Origin] = []
    private var starts: [Int] = []

    /// Whether there is nothing in it.
    var isEmpty: Bool { origins.isEmpty }

    /// Whether one more document of so many bytes leaves it within the limits; an empty batch takes
    /// a document of any length.
    func hasRoom(for byteCount: Int) -> Bool {
        isEmpty
            || (origins.count < Self.documentLimit && body.count + byteCount + 1 < Self.byteLimit)
    }

    /// Adds a document: JSON without line ends.
    mutating func append(_ document: [UInt8], from origin: Origin) {
        starts.append(body.count)
        origins.append(origin)
        body.append(contentsOf: document)
        body.append(UInt8(ascii: "\n"))
    }

    /// The bytes of a line, by its place from 0.
    func document(_ index: Int) -> ArraySlice<UInt8> {
        let end = index + 1 < starts.count ? starts[index + 1] : body.count
        return body[starts[index]..<(end - 1)]
    }
}
