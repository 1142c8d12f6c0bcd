import InvertedIndex
import JSON

/// Brings what the write-ahead log holds beyond the last commit back into memory.
struct LogReplay {
    private let layout: CollectionLayout
    private let encoder: DocumentEncoder

    /// A replay of the log of a collection.
    init(layout: CollectionLayout, encoder: DocumentEncoder) {
        self.layout = layout
        self.encoder = encoder
    }

    /// Brings one record back.
    ///
    /// - Throws: `corrupt`, where the record is whole and holds no documents.
    func take(
        _ record: [UInt8], into builder: SegmentBuilder,
        deleting deletedKeys: inout Set<DocumentKey>
    ) throws(IndexError) {
        for change in try WriteBatch.changes(in: record) {
            switch change {
            case .delete(let key): deletedKeys.insert(String(decoding: key, as: UTF8.self))
            case .add(let json):
                let document = try document(json)
                encoder.encode(document, into: builder)
                deletedKeys.remove(document.key)
            }
        }
    }

    /// A document as it was taken once: limits that were lowered since do not keep it out.
    private func document(_ json: [UInt8]) throws(IndexError) -> CheckedDocument {
        let members: JSONObject?
        do throws(JSONError) {
            members = try JSONReader().read(json).object
        } catch {
            throw Self.damage(error.reason, at: error.byteOffset)
        }
        guard let members, let key = members["id"]?.string else {
            throw Self.damage("a document without id")
        }
        do throws(DocumentProblem) {
            return try CheckedDocument(
                Document(key: key, members: members), layout: layout, limits: .ofTakenDocuments)
        } catch {
            throw Self.damage(error.message)
        }
    }

    private static func damage(_ reason: String, at byteOffset: Int = 0) -> IndexError {
        .corrupt(file: "wal", byteOffset: byteOffset, reason: "record: \(reason)")
    }
}
