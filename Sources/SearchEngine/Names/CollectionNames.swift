import InvertedIndex
import Synchronization

/// The names of a collection: those of each of its segments, made when they are first asked for.
///
/// A commit adds a small segment, so what is made anew is little; after a merge it is all that was
/// merged.
final class CollectionNames: Sendable {
    private let layout: CollectionLayout
    private let knowledge: NameKnowledge
    private let segments = Mutex<[String: SegmentNames]>([:])

    /// The names of a collection; `nil` for a kind without names.
    init?(layout: CollectionLayout, knowledge: NameKnowledge) {
        guard layout.textFields.contains(where: \.isNames) else { return nil }
        self.layout = layout
        self.knowledge = knowledge
    }

    /// The names of the segments of a snapshot, in their order.
    ///
    /// Held by one caller while it makes what is missing; others wait, since they need it too.
    func segments(of snapshot: Snapshot) throws(EngineError) -> [SegmentNames] {
        let result: Result<[SegmentNames], EngineError> = segments.withLock { known in
            do throws(EngineError) {
                var found: [SegmentNames] = []
                for (number, name) in snapshot.segmentNames.enumerated() {
                    if let names = known[name] {
                        found.append(names)
                        continue
                    }
                    let names = try SegmentNames(
                        segment: number, of: snapshot, layout: layout, knowledge: knowledge)
                    known[name] = names
                    found.append(names)
                }
                // A few more may be in use by searches that began before.
                if known.count > 2 * snapshot.segmentCount + 8 {
                    let current = Set(snapshot.segmentNames)
                    known = known.filter { current.contains($0.key) }
                }
                return .success(found)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
