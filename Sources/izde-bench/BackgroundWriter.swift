import Foundation
import JSON
import Synchronization

/// Adds documents to a served index, batch after batch, and waits until each batch can be found: a
/// commit every time.
final class BackgroundWriter: Sendable {
    /// Batches that were committed.
    var batchCount: Int { count.load(ordering: .relaxed) }

    private let isStopped = Atomic(false)
    private let count = Atomic(0)
    private let finished = DispatchGroup()

    /// Begins to write to the collection `news`.
    init(_ socket: String, batchSize: Int, pause: Double) throws {
        let connection = try DaemonConnection(socket)
        // Handed over to the thread, which alone uses it from now on.
        nonisolated(unsafe) let own = connection
        var random = SplitMix(state: 7)
        // Rendered beforehand, as the searches are: what is measured is what the daemon takes.
        let bodies = (0..<Self.bodyCount).map { _ in
            JSONValue.array((0..<batchSize).map { Self.document($0, &random) }).bytes
        }
        finished.enter()
        Thread.detachNewThread { [self] in
            defer { finished.leave() }
            while !isStopped.load(ordering: .relaxed) {
                let body = bodies[count.load(ordering: .relaxed) % bodies.count]
                guard
                    (try? own.send(
                        "POST", "/v1/collections/news/documents?wait=visible", body)) != nil
                else {
                    FileHandle.standardError.write(Data("the writer was refused\n".utf8))
                    return
                }
                count.add(1, ordering: .relaxed)
                usleep(UInt32(pause * 1e6))
            }
        }
    }

    /// So many batches differ; then they come again, under the same ids, and say something else than
    /// what is there.
    private static let bodyCount = 40

    /// Ends after the batch that is under way.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
        finished.wait()
    }

    /// A document of 150 words that no query asks for; ids come again, so that some are replaced.
    private static func document(_ number: Int, _ random: inout SplitMix) -> JSONValue {
        let syllables = NameSyllables.middles
        func word() -> String {
            "ыц" + (0..<3).map { _ in syllables[random.below(syllables.count)] }.joined()
        }
        return [
            "id": .string("bench-\(random.below(4) * 1000 + number)"),
            "title": .string(word()), "lang": "kk",
            "body": .string((0..<150).map { _ in word() }.joined(separator: " ")),
        ]
    }
}
