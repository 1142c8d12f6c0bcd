import Glibc
public import InvertedIndex

/// A folder of its own for one test, removed with all that is in it when the last reference goes.
public final class TemporaryDirectory: Sendable {
    /// Where the folder is.
    public let path: String

    /// Makes the folder.
    public init() throws {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/izde-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw IndexError.io(operation: "mkdtemp", path: parent, code: errno)
        }
        path = template.withUnsafeBufferPointer { buffer in
            String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    deinit { Self.removeTree(path) }

    /// The folder as a directory of an index.
    public func open() throws(IndexError) -> FileSystemDirectory {
        try FileSystemDirectory(path: path)
    }

    private static func removeTree(_ path: String) {
        guard let stream = opendir(path) else { return }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            let child = "\(path)/\(name)"
            if unlink(child) != 0 { removeTree(child) }
        }
        closedir(stream)
        rmdir(path)
    }
}
