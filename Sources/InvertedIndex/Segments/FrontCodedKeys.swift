/// The keys of the documents as segments before format 6 have them: all once more, in groups of 16,
/// front-coded from key to key; an index has the place of each group.
struct FrontCodedKeys: Sendable {
    private static let keysPerGroup = 16

    private let keys: Section
    private let index: Section
    private let documentCount: Int

    /// Takes the sections; their bytes are proved when they are read.
    init(keys: Section, index: Section, documentCount: UInt32) throws(IndexError) {
        self.keys = keys
        self.index = index
        self.documentCount = Int(documentCount)
        let groups = (self.documentCount + Self.keysPerGroup - 1) / Self.keysPerGroup
        guard index.count == groups * 8 else {
            throw index.file.corrupt(at: index.offset, "index of keys has another length")
        }
    }

    /// The key of a document.
    ///
    /// - Requires: the document is in the segment.
    func key(of document: UInt32) throws(IndexError) -> [UInt8] {
        var cursor = try self.cursor(at: Int(document) / Self.keysPerGroup)
        var key: [UInt8] = []
        for place in 0...(Int(document) % Self.keysPerGroup) {
            try next(&cursor, isFirst: place == 0, &key)
        }
        return key
    }

    /// Proves that the groups follow each other and end with the section.
    func verify() throws(IndexError) {
        guard documentCount > 0 else { return }
        var key: [UInt8] = []
        var cursor = try self.cursor(at: 0)
        for document in 0..<documentCount {
            let place = document % Self.keysPerGroup
            if place == 0, document > 0 {
                let group = try self.cursor(at: document / Self.keysPerGroup)
                guard group.position == cursor.position else {
                    throw corrupt(cursor.position, "a group of keys begins elsewhere")
                }
            }
            try next(&cursor, isFirst: place == 0, &key)
        }
        guard cursor.position == keys.count else {
            throw corrupt(cursor.position, "bytes after the last key")
        }
    }

    @inline(__always)
    private func next(
        _ cursor: inout ByteCursor, isFirst: Bool, _ key: inout [UInt8]
    ) throws(IndexError) {
        guard let entry = FrontCoding.read(&cursor), !isFirst || entry.shared == 0,
            FrontCoding.apply(entry, of: cursor, to: &key),
            key.count <= SegmentLimits.termByteCount
        else { throw corrupt(cursor.position, "a key is broken") }
    }

    private func cursor(at group: Int) throws(IndexError) -> ByteCursor {
        let place = index.bytes.loadUnaligned(fromByteOffset: group * 8, as: UInt64.self)
        guard place <= UInt64(keys.count), let base = keys.file.bytes.baseAddress else {
            throw index.file.corrupt(
                at: index.offset + group * 8, "a group of keys lies outside of its section")
        }
        return ByteCursor(
            base: base + keys.offset, position: Int(truncatingIfNeeded: place),
            end: keys.count)
    }

    private func corrupt(_ offset: Int, _ reason: String) -> IndexError {
        keys.file.corrupt(at: keys.offset + offset, reason)
    }
}
