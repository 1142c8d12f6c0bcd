import Foundation
import JSON
import Synchronization
import TestSupport

/// Clients that write batches of adds, replacements and deletions, and remember what the daemon
/// acknowledged.
///
/// Each client has ids of its own and one request under way, so what the daemon must hold of them
/// is known exactly: all acknowledged batches in their order, and the last one, if it was not
/// answered, wholly or not at all.
final class WriteLoad: Sendable {
    /// Documents by id, as text.
    typealias Documents = [String: String]

    let writers: [Writer]

    /// A load of so many clients, who wait for their batches in one of these ways.
    init(
        writerCount: Int = 4, seed: UInt64 = Rounds.seed, keyCount: Int = 50,
        waits: [String] = ["durable", "visible"]
    ) {
        writers = (0..<writerCount).map {
            Writer(
                number: $0, keyCount: keyCount, waits: waits,
                seed: seed &+ UInt64($0) &* 0x9E37)
        }
    }

    /// Lets all clients write until a flag is set or the daemon answers no more.
    func start(_ place: RunningDaemon.Place) -> Crew {
        Crew(writers.count) { [writers] number, flag in
            writers[number].run(socket: place.socket, flag)
        }
    }

    /// Batches that were acknowledged.
    var acknowledgedCount: Int { writers.reduce(0) { $0 + $1.acknowledgedCount } }
    /// Batches that were not answered with 200.
    var refusals: [Refusal] { writers.flatMap(\.refusals) }

    /// Compares what a daemon holds with what it must; then goes on from there.
    ///
    /// - Returns: a line for each client whose documents are not as they must be.
    func check(_ found: Documents) -> [String] {
        let owned = Dictionary(grouping: found) { String($0.key.prefix { $0 != "-" }) }
        var problems = writers.compactMap { writer in
            writer.check(
                Documents(
                    uniqueKeysWithValues: (owned[writer.name] ?? []).map { ($0.key, $0.value) }))
        }
        for name in owned.keys where !writers.contains(where: { $0.name == name }) {
            problems.append("documents of nobody: \(name)")
        }
        return problems
    }

    /// An answer other than 200.
    struct Refusal: Sendable {
        var status: Int
        var code: String
        var detail: String
    }
}

/// One client.
final class Writer: Sendable {
    private struct State {
        var generator: SeededGenerator
        var batchNumber = 0
        var acknowledgedCount = 0
        var refusals: [WriteLoad.Refusal] = []
        /// What the daemon may hold: what was acknowledged, and that with a batch that was not.
        var candidates: [WriteLoad.Documents] = [[:]]
    }

    let name: String
    private let keyCount: Int
    private let waits: [String]
    private let state: Mutex<State>

    init(number: Int, keyCount: Int, waits: [String], seed: UInt64) {
        name = "w\(number)"
        self.waits = waits
        self.keyCount = keyCount
        state = Mutex(State(generator: SeededGenerator(seed: seed)))
    }

    var acknowledgedCount: Int { state.withLock(\.acknowledgedCount) }
    var refusals: [WriteLoad.Refusal] { state.withLock(\.refusals) }

    /// Writes batch after batch on one connection.
    func run(socket: String, _ flag: Crew.Flag) {
        guard let client = try? SocketClient(socket) else { return }
        while !flag.isSet, write(client) {}
    }

    /// Writes one batch; false where it was not acknowledged.
    func write(_ client: SocketClient) -> Bool {
        let batch = state.withLock { state in
            state.batchNumber += 1
            return Batch(
                writer: name, number: state.batchNumber, keyCount: keyCount, waits: waits,
                present: state.candidates[0].keys.sorted(), &state.generator)
        }
        let answer: Daemon.Answer
        do {
            answer = try batch.send(client)
        } catch {
            isUncertain(batch)
            return false
        }
        guard answer.status == 200, !answer.text.contains("\"status\":\"error\"") else {
            let code = (try? answer.json["code"]?.string) ?? ""
            let detail = (try? answer.json["detail"]?.string) ?? ""
            state.withLock {
                $0.refusals.append(.init(status: answer.status, code: code, detail: detail))
            }
            isUncertain(batch)
            return false
        }
        state.withLock { state in
            state.acknowledgedCount += 1
            state.candidates = state.candidates.map(batch.applied)
        }
        return true
    }

    private func isUncertain(_ batch: Batch) {
        state.withLock { state in
            state.candidates += state.candidates.map(batch.applied)
        }
    }

    /// Compares, and takes what was found for what is there.
    func check(_ found: WriteLoad.Documents) -> String? {
        state.withLock { state in
            defer { state.candidates = [found] }
            if state.candidates.contains(found) { return nil }
            let expected = state.candidates[0]
            let missing = expected.keys.filter { found[$0] == nil }.sorted()
            let surplus = found.keys.filter { expected[$0] == nil }.sorted()
            let other = expected.keys.filter { found[$0] != nil && found[$0] != expected[$0] }
                .sorted()
            return
                "\(name), batch \(state.batchNumber), \(state.candidates.count) possible states: "
                + "missing \(missing), not expected \(surplus), other content \(other)"
        }
    }
}

/// One request of a client: documents to add or replace, or ids to delete.
struct Batch: Sendable {
    private var documents: [(id: String, line: String)] = []
    private var deleted: [String] = []
    private var wait: String

    private static let words = [
        "құжат", "тексеру", "университет", "қаулы", "жаңалық", "документ", "проверка", "новость",
        "министерство", "решение", "document", "report", "university", "council", "meeting",
    ]

    /// The next batch of a client, by chance.
    init(
        writer: String, number: Int, keyCount: Int, waits: [String], present: [String],
        _ generator: inout SeededGenerator
    ) {
        wait = waits.randomElement(using: &generator) ?? "durable"
        if !present.isEmpty, Int.random(in: 0..<5, using: &generator) == 0 {
            deleted = Array(
                present.shuffled(using: &generator)
                    .prefix(Int.random(in: 1...8, using: &generator)))
            return
        }
        let keys = (0..<keyCount).shuffled(using: &generator)
            .prefix(Int.random(in: 1...12, using: &generator))
        for key in keys {
            let text = (0..<Int.random(in: 5...40, using: &generator))
                .map { _ in Self.words.randomElement(using: &generator) ?? "" }
                .joined(separator: " ")
            let id = "\(writer)-\(key)"
            documents.append(
                (
                    id,
                    "{\"id\":\"\(id)\",\"title\":\"құжат \(writer) \(number)\","
                        + "\"text\":\"\(text)\",\"batch\":\"\(writer)-\(number)\",\"n\":\(number)}"
                ))
        }
    }

    /// What is there after it.
    func applied(_ before: WriteLoad.Documents) -> WriteLoad.Documents {
        var after = before
        for (id, line) in documents { after[id] = line }
        for id in deleted { after[id] = nil }
        return after
    }

    /// Sends it.
    func send(_ client: SocketClient) throws -> Daemon.Answer {
        let path = "/v1/collections/\(PlainSettings.collection)/documents"
        if documents.isEmpty {
            let ids: JSONValue = ["ids": .array(deleted.map { .string($0) })]
            return try client.send("POST", "\(path)/delete?wait=\(wait)", ids.bytes)
        }
        let body = documents.map { $0.line + "\n" }.joined()
        return try client.send(
            "POST", "\(path)?wait=\(wait)", Array(body.utf8), type: "application/x-ndjson")
    }
}
