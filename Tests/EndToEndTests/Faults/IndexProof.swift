import Foundation
import Testing

/// Proves after a fault that an index is sound and a daemon holds what was acknowledged.
enum IndexProof {
    /// Starts a daemon on the data without any help, and compares.
    ///
    /// - Returns: the daemon, which goes on serving, and what is wrong.
    static func restart(
        _ place: RunningDaemon.Place, _ load: WriteLoad
    ) throws -> (daemon: RunningDaemon, problems: [String]) {
        let daemon = try RunningDaemon(place)
        let documents = try daemon.documents()
        var problems = load.check(documents)
        // Every title has this word, so the dictionary and the postings are asked too.
        let found = try daemon.foundCount("құжат")
        if found != documents.count {
            problems.append("\(documents.count) documents are stored, \(found) are found")
        }
        return (daemon, problems)
    }

    /// What `izded verify` says of the data; `nil` where it is sound.
    static func damage(_ place: RunningDaemon.Place) throws -> String? {
        let (status, text) = try verify(place.data, scratch: place.folder)
        return status == 0 ? nil : "verify ended with \(status): \(text)"
    }

    /// Runs `izded verify`.
    static func verify(_ data: String, scratch: String) throws -> (status: Int32, text: String) {
        try ChildProcess.run(
            Programs.folder.appendingPathComponent("izded").path, ["verify", data],
            scratch: scratch)
    }
}
