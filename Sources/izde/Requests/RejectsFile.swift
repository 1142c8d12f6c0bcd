import Glibc
import JSON

/// The file in which `add` keeps what was refused: one JSON object a line, with where it stood,
/// why, and what it was.
final class RejectsFile {
    private let path: String
    private var stream: OutputStream
    private let descriptor: Int32

    /// Makes the file, or empties one that is there.
    init(path: String) throws(ClientError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .file(path: path, reason: Errno.text(errno)) }
        stream = OutputStream(descriptor: descriptor)
    }

    deinit { close(descriptor) }

    /// Adds what was refused; `record` is its text as it was sent.
    func append(
        _ origin: DocumentBatch.Origin, id: String?, error: JSONValue, record: ArraySlice<UInt8>?
    ) throws(ClientError) {
        var object = JSONObject([
            "file": .string(origin.file), "line": .integer(Int64(origin.line)), "error": error,
        ])
        object["id"] = id.map(JSONValue.string)
        object["record"] = record.map { .string(String(decoding: $0, as: UTF8.self)) }
        do throws(OutputStream.Failure) {
            try stream.writeLine(JSONValue.object(object).text)
        } catch {
            throw .file(path: path, reason: "cannot be written")
        }
    }

    /// Hands everything to the system.
    func flush() throws(ClientError) {
        do throws(OutputStream.Failure) {
            try stream.flush()
        } catch {
            throw .file(path: path, reason: "cannot be written")
        }
    }
}
