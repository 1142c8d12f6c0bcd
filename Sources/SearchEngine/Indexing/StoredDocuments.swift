import InvertedIndex
import JSON
import Synchronization

/// The documents of a snapshot one after another, for threads that share them.
final class StoredDocuments: Sendable {
    private struct Place {
        var segment = 0
        var document: UInt32 = 0
        var failure: EngineError?
    }

    private let snapshot: Snapshot
    private let collection: String
    private let hashField: FieldID?
    private let place = Mutex(Place())

    /// The documents of a snapshot of a collection.
    init(of snapshot: Snapshot, in collection: OpenCollection) {
        self.snapshot = snapshot
        self.collection = collection.name
        hashField = collection.layout.hash
    }

    /// Why there are no more documents, if that is not the end.
    var failure: EngineError? { place.withLock { $0.failure } }

    /// The next document that is not deleted.
    ///
    /// The hash of what was sent goes with it, so that it is known as unchanged when it is sent
    /// again: what is stored has more, such as whom it mentions.
    func next() -> BulkIndexer.Item? {
        place.withLock { place in
            guard place.failure == nil else { return nil }
            do throws(EngineError) {
                while let address = advance(&place) {
                    if snapshot.isLive(address) { return try item(at: address) }
                }
            } catch {
                place.failure = error
            }
            return nil
        }
    }

    private func item(at address: DocumentAddress) throws(EngineError) -> BulkIndexer.Item {
        let document = try StoredDocument.read(at: address, in: snapshot)
        var item = BulkIndexer.Item(
            collection: collection, input: .document(document), origin: collection)
        if let hashField {
            let number = try indexed { () throws(IndexError) in
                try Searcher(snapshot: snapshot).number(at: address, hashField)
            }
            item.hash = number.map { UInt64(bitPattern: $0) }
        }
        return item
    }

    private func advance(_ place: inout Place) -> DocumentAddress? {
        while place.segment < snapshot.segmentCount {
            if Int(place.document) < snapshot.documentCount(ofSegment: place.segment) {
                defer { place.document += 1 }
                return DocumentAddress(segment: place.segment, document: place.document)
            }
            place.segment += 1
            place.document = 0
        }
        return nil
    }
}

extension DocumentIndexer.Change {
    /// A change that stands in a log, to be written to another index.
    init(_ change: WriteBatch.Change, layout: CollectionLayout) throws(DocumentProblem) {
        switch change {
        case .delete(let key): self = .delete(String(decoding: key, as: UTF8.self))
        case .add(let json):
            let members: JSONObject?
            do throws(JSONError) {
                members = try JSONReader().read(json).object
            } catch {
                throw DocumentProblem(
                    code: "invalid_json", parameter: nil, message: "The record is not JSON.")
            }
            guard let members, let key = members["id"]?.string else {
                throw DocumentProblem(
                    code: "invalid_document", parameter: "id",
                    message: "The record has no document with an `id`.")
            }
            self = .add(
                try CheckedDocument(
                    Document(key: key, members: members), layout: layout,
                    limits: .ofTakenDocuments))
        }
    }
}
