/// The keys of the documents, in the order of the documents.
///
/// Keys are terms of a field of their own; here is, for each document, the place of its key among
/// them. All take as many bits as the greatest place, one after the other.
enum DocumentKeys {
    /// Notes the places while the keys are written as terms.
    final class Writer {
        private let places: UnsafeMutableBufferPointer<UInt32>

        /// Knows no key yet.
        init(documentCount: UInt32) {
            places = .allocate(capacity: Int(documentCount))
            places.initialize(repeating: 0)
        }

        deinit { places.deallocate() }

        /// Notes the documents of a key.
        ///
        /// - Requires: they are in the segment.
        func note(_ documents: UnsafeBufferPointer<UInt32>, place: UInt64) {
            for document in documents {
                places[Int(document)] = UInt32(truncatingIfNeeded: place)
            }
        }

        /// The section.
        ///
        /// - Requires: the documents of all keys were noted.
        func bytes(keyCount: UInt64) -> [UInt8] {
            var packed = GrowingBytes()
            let width = LinearPacking.width(below: keyCount)
            LinearPacking.pack(UnsafeBufferPointer(places), width: width, into: &packed)
            return [UInt8](packed.bytes)
        }
    }

    /// Reads keys in place.
    struct Reader: Sendable {
        private enum Source {
            case places(Section)
            case frontCoded(FrontCodedKeys)
        }
        private let source: Source
        private let dictionary: TermDictionary.Reader
        private let field: FieldTable.Field
        private let width: Int
        private let documentCount: UInt32

        /// Takes the sections; their bytes are proved when they are read.
        init(
            _ envelope: FileEnvelope.Reader, _ dictionary: TermDictionary.Reader,
            _ fields: FieldTable
        ) throws(IndexError) {
            self.dictionary = dictionary
            field = fields.fields[fields.keyField]
            documentCount = fields.documentCount
            width = LinearPacking.width(below: field.termCount)
            guard let places = envelope.optionalSection(SegmentSection.keyPlaces) else {
                source = .frontCoded(
                    try FrontCodedKeys(
                        keys: envelope.section(SegmentSection.keys),
                        index: envelope.section(SegmentSection.keyIndex),
                        documentCount: documentCount))
                return
            }
            guard field.termCount <= UInt64(documentCount),
                places.count == LinearPacking.byteCount(Int(documentCount), width: width)
            else {
                throw places.file.corrupt(at: places.offset, "keys have another length")
            }
            source = .places(places)
        }

        /// The key of a document.
        ///
        /// - Requires: the document is in the segment.
        func key(of document: UInt32) throws(IndexError) -> [UInt8] {
            precondition(document < documentCount, "the document is in the segment")
            switch source {
            case .frontCoded(let keys): return try keys.key(of: document)
            case .places(let section):
                guard let base = section.file.bytes.baseAddress else { return [] }
                let place = LinearPacking.value(
                    base + section.offset, at: Int(document), width: width)
                guard UInt64(place) < field.termCount else {
                    throw section.file.corrupt(
                        at: section.offset, "document \(document) has a key that is no term")
                }
                var key: [UInt8] = []
                try dictionary.read(UInt64(place), of: field, into: &key)
                return key
            }
        }

        /// Proves what reading one key does not.
        func verify() throws(IndexError) {
            if case .frontCoded(let keys) = source { try keys.verify() }
        }
    }
}
