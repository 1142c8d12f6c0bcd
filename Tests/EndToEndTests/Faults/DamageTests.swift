import Foundation
import InvertedIndex
import TestSupport
import Testing

/// P5: every change of a file is found, and no damaged byte is served.
@Suite(.serialized, .onFewThreads) struct DamageTests {
    @Test func `every damage is found and none is served`() throws {
        let rounds = Rounds.count(short: 40, long: 1000)
        let sound = try SoundIndex()
        var generator = SeededGenerator(seed: Rounds.seed)
        var found = 0
        var served = 0
        var refused = 0
        let watch = Stopwatch()
        for round in 0..<rounds {
            let copy = try sound.copy()
            let damage = Damage.allCases[round % Damage.allCases.count]
            var change: String?
            while change == nil {
                change = try damage.apply(
                    to: sound.fileNames, in: copy.collection, &generator)
            }
            let told = "round \(round), seed \(Rounds.seed): \(change ?? "")"
            let (status, text) = try IndexProof.verify(
                copy.place.data, scratch: copy.place.folder)
            #expect(status == 65 || status == 0, "\(told): \(text)")
            if status == 65 { found += 1 }
            guard round % 10 == 0 || status == 0 else { continue }
            do {
                let daemon = try RunningDaemon(copy.place, acceptsReadOnly: true)
                served += 1
                try sound.expectOnlySoundDocuments(from: daemon, told)
                if status == 0 {
                    // A log that ends early or in nonsense is what a crash leaves, and all that it
                    // had is in the commit; a newest commit point that is gone without a trace is
                    // made good by the log. Nothing else may go unnoticed.
                    let isMadeGood =
                        change?.contains("wal-") == true
                        || change?.contains("MANIFEST") == true && damage == .delete
                    #expect(isMadeGood, "\(told): not found")
                    #expect(try daemon.documents() == sound.documents, "\(told)")
                }
                #expect(daemon.stop() == 0, "\(told)")
            } catch let error as RunningDaemon.NotServing {
                refused += 1
                #expect(error.status == 65, "\(told): \(error)")
            }
        }
        Rounds.report(
            "damage",
            [
                "rounds": rounds, "found by verify": found,
                "made good by log or commit": rounds - found, "served": served,
                "refused": refused, "seed": Rounds.seed, "time": watch.text,
            ])
    }
}

/// An index with several segments, deletions, a log and a spare commit point.
private final class SoundIndex {
    private let folder: TemporaryDirectory
    private let place: RunningDaemon.Place
    let documents: WriteLoad.Documents
    /// The files of the collection that its commit needs.
    let fileNames: [String]

    init() throws {
        folder = try TemporaryDirectory()
        place = try RunningDaemon.Place(folder: folder.path)
        let daemon = try RunningDaemon(place)
        let load = WriteLoad(writerCount: 1, seed: 7, keyCount: 40)
        let client = try daemon.client()
        for _ in 0..<14 { #expect(load.writers[0].write(client)) }
        #expect(daemon.stop() == 0)
        let proof = try RunningDaemon(place)
        documents = try proof.documents()
        #expect(load.check(documents).isEmpty)
        #expect(proof.stop() == 0)
        let collection = "\(place.data)/collections/\(PlainSettings.collection)"
        fileNames = try FileManager.default.contentsOfDirectory(atPath: collection)
            .filter { $0 != "LOCK" }.sorted()
    }

    struct Copy {
        let folder: TemporaryDirectory
        let place: RunningDaemon.Place
        let collection: String
    }

    /// A copy to be damaged.
    func copy() throws -> Copy {
        let folder = try TemporaryDirectory()
        let place = try RunningDaemon.Place(folder: folder.path)
        try FileManager.default.copyItem(atPath: self.place.data, toPath: place.data)
        return Copy(
            folder: folder, place: place,
            collection: "\(place.data)/collections/\(PlainSettings.collection)")
    }

    /// Asks for everything in several ways; whatever is a document is one that was written.
    func expectOnlySoundDocuments(from daemon: RunningDaemon, _ told: String) throws {
        let client = try daemon.client()
        for (id, line) in documents.sorted(by: { $0.key < $1.key }).prefix(12) {
            let answer = try client.send(
                "GET", "/v1/collections/\(PlainSettings.collection)/documents/\(id)")
            guard answer.status == 200 else { continue }
            let text = line.split(separator: "\"text\":\"").last?.prefix { $0 != "\"" } ?? ""
            #expect(answer.text.contains(text), "\(told): \(id) is \(answer.text)")
        }
        for query in ["құжат", "университет", "report", "n"] {
            let answer = try client.send("GET", "/v1/search?q=\(query.percentEncoded)")
            #expect([200, 500, 503].contains(answer.status), "\(told): \(answer.text)")
        }
        if let all = try? daemon.documents() {
            for (id, line) in all {
                #expect(documents[id] == line, "\(told): \(id) is \(line)")
            }
        }
        // A log that is damaged inside leaves a daemon that only reads.
        #expect(try client.send("GET", "/v1/health/live").status == 200, "\(told)")
    }
}

extension String {
    /// As a value in the query of a URL.
    var percentEncoded: String {
        utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
