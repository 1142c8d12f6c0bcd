import InvertedIndex
import JSON
import TestSupport
import TextAnalysis

@testable import SearchEngine

/// The writer of a collection over a directory that fails when it is told to.
struct IndexerFixture {
    /// A kind with one field, so that a script has few operations.
    static let kind = CollectionKind(
        name: "notes", fields: [.init(name: "title", role: .text)], titleField: "title")
    static let layout = CollectionLayout(kind: kind)

    var limits: Limits = {
        var limits = Limits()
        limits.diskReserveByteCount = 0
        limits.diskReservePercent = 0
        limits.logReservationByteCount = 0
        // Commits come when they are asked for, however slow the machine is.
        limits.commitMilliseconds = 3_600_000
        return limits
    }()

    let condition = WriterCondition(damage: DamageCount())

    func open(_ directory: any Directory) throws -> DocumentIndexer {
        let configuration = EngineConfiguration(
            kinds: [Self.kind], defaultCollections: [], limits: limits)
        return try DocumentIndexer(
            directory: directory, layout: Self.layout, fingerprint: "test",
            analyzer: try AnalyzerPool(tables: AnalysisTables()).makeAnalyzer(),
            knowledge: try NameKnowledge(tables: configuration.names),
            settings: CurrentSettings(RequestSettings(configuration)), order: .added,
            condition: condition, publish: { _ in })
    }

    /// A document that is to be added.
    func add(_ key: String, _ title: String) throws -> DocumentIndexer.Change {
        let members = JSONObject(["id": .string(key), "title": .string(title)])
        return .add(
            try CheckedDocument(
                Document(key: key, members: members), layout: Self.layout, limits: limits))
    }

    /// Titles by key.
    static func content(of snapshot: Snapshot) throws -> [String: String] {
        var content: [String: String] = [:]
        for segment in 0..<snapshot.segmentCount {
            for number in 0..<snapshot.documentCount(ofSegment: segment) {
                let address = DocumentAddress(segment: segment, document: UInt32(number))
                guard snapshot.isLive(address) else { continue }
                let document = try StoredDocument.read(at: address, in: snapshot)
                content[document.key] = document.members["title"]?.string
            }
        }
        return content
    }
}
