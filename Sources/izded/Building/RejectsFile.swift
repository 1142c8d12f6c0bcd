import Corpus
import Glibc
import JSON
import SearchEngine
import Synchronization

/// The records that were not taken in: counted, the first ones shown, all written as JSON lines
/// with place, key, code and reason, never with their text.
final class RejectsFile: Sendable {
    private struct State {
        var descriptor: Int32 = -1
        var count = 0
        var shown: [String] = []
        var failure: String?
    }

    /// How many are shown to a person; the rest is in the file.
    private static let shownCount = 5

    /// Where the file is, or would be.
    let path: String
    private let state = Mutex(State())

    /// A file that is made with the first reject.
    init(path: String) {
        self.path = path
    }

    deinit {
        state.withLock { if $0.descriptor >= 0 { close($0.descriptor) } }
    }

    /// How many records were rejected.
    var count: Int { state.withLock(\.count) }

    /// The first rejects, one line each.
    var shown: [String] { state.withLock(\.shown) }

    /// Why the file is not complete, if it is not.
    var failure: String? { state.withLock(\.failure) }

    /// Takes in a record that its source could not read.
    func add(_ error: CorpusError) {
        switch error {
        case .malformed(let record, let reason):
            add(origin: "\(record)", key: nil, code: "malformed", parameter: nil, reason: reason)
        case .unreadable(let path, let reason):
            add(origin: path, key: nil, code: "unreadable", parameter: nil, reason: reason)
        }
    }

    /// Takes in a document that the engine refused.
    func add(_ rejection: BulkIndexer.Rejection) {
        add(
            origin: rejection.origin, key: rejection.key, code: rejection.code,
            parameter: rejection.parameter, reason: rejection.message)
    }

    private func add(
        origin: String, key: String?, code: String, parameter: String?, reason: String
    ) {
        var line = JSONObject(["origin": .string(origin)])
        if let key { line["id"] = .string(key) }
        line["code"] = .string(code)
        if let parameter { line["param"] = .string(parameter) }
        line["reason"] = .string(reason)
        let bytes = JSONValue.object(line).bytes + [UInt8(ascii: "\n")]
        state.withLock { state in
            state.count += 1
            if state.shown.count < Self.shownCount { state.shown.append("\(origin): \(reason)") }
            write(bytes, &state)
        }
    }

    private func write(_ bytes: [UInt8], _ state: inout State) {
        guard state.failure == nil else { return }
        if state.descriptor < 0 {
            state.descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(
                    state.descriptor, $0.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                state.failure = "\(path): \(String(cString: strerror(errno)))"
                return
            }
            written += count
        }
    }
}
