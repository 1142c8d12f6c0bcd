/// The keys of the documents, in the order of the documents.
///
/// They stand in groups of 16, front-coded from key to key; an index has the place of each group.
enum DocumentKeys {
    /// More keys save bytes, fewer save time in reading one.
    static let keysPerGroup = 16

    /// Writes keys to the open section and keeps the index of groups.
    final class Writer {
        private let output: FileEnvelope.Writer
        private var offsets = ByteWriter()
        private var previous = GrowingBytes()
        private var entry = GrowingBytes()
        private var count = 0

        /// Writes to an open, empty section.
        init(output: FileEnvelope.Writer) { self.output = output }

        /// Adds the key of the next document.
        func add(_ key: UnsafeRawBufferPointer) throws(IndexError) {
            var shared = 0
            if count % DocumentKeys.keysPerGroup == 0 {
                offsets.u64(UInt64(output.sectionByteCount))
            } else {
                shared = FrontCoding.sharedCount(previous.bytes, key)
            }
            entry.truncate()
            FrontCoding.write(key, shared: shared, to: &entry)
            try output.write(entry.bytes)
            previous.truncate()
            previous.append(key)
            count += 1
        }

        /// The bytes of the index.
        var indexBytes: [UInt8] { offsets.bytes }
    }

    /// Reads keys in place.
    struct Reader: Sendable {
        private let keys: Section
        private let index: Section
        private let documentCount: Int

        /// Takes the sections; their bytes are proved when they are read.
        init(keys: Section, index: Section, documentCount: UInt32) throws(IndexError) {
            self.keys = keys
            self.index = index
            self.documentCount = Int(documentCount)
            let groups = (self.documentCount + keysPerGroup - 1) / keysPerGroup
            guard index.count == groups * 8 else {
                throw index.file.corrupt(at: index.offset, "index of keys has another length")
            }
        }

        /// The key of a document.
        ///
        /// - Requires: the document is in the segment.
        func key(of document: UInt32) throws(IndexError) -> [UInt8] {
            precondition(Int(document) < documentCount, "the document is in the segment")
            let group = Int(document) / keysPerGroup
            var cursor = try self.cursor(at: group)
            var key: [UInt8] = []
            for place in 0...(Int(document) % keysPerGroup) {
                try next(&cursor, isFirst: place == 0, &key)
            }
            return key
        }

        /// Gives all keys in the order of documents.
        func forEach(
            _ body: (UInt32, UnsafeRawBufferPointer) throws(IndexError) -> Void
        ) throws(IndexError) {
            guard documentCount > 0 else { return }
            var key: [UInt8] = []
            var cursor = try self.cursor(at: 0)
            for document in 0..<documentCount {
                let place = document % keysPerGroup
                if place == 0, document > 0 {
                    let group = try self.cursor(at: document / keysPerGroup)
                    guard group.position == cursor.position else {
                        throw corrupt(cursor.position, "a group of keys begins elsewhere")
                    }
                }
                try next(&cursor, isFirst: place == 0, &key)
                try key.span.bytes.withUnsafeBytes { bytes throws(IndexError) in
                    try body(UInt32(truncatingIfNeeded: document), bytes)
                }
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
}
