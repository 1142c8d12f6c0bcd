import Foundation

/// A copy of a data folder that may be written to: files that never change are linked, the others
/// copied, so that it costs little and the original stays as it is.
struct LinkedCopy {
    /// The folder of the copy, beside the original.
    let path: String

    init(of original: String) throws {
        path = "\(original)-copy-\(UUID().uuidString.prefix(8))"
        let files = FileManager.default
        try files.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard let names = files.enumerator(atPath: original) else {
            throw DaemonConnection.Failure(description: "cannot read \(original)")
        }
        for case let name as String in names {
            let from = "\(original)/\(name)"
            let to = "\(path)/\(name)"
            if names.fileAttributes?[.type] as? FileAttributeType == .typeDirectory {
                try files.createDirectory(atPath: to, withIntermediateDirectories: true)
            } else if name.hasSuffix(".izs") {
                try files.linkItem(atPath: from, toPath: to)
            } else {
                try files.copyItem(atPath: from, toPath: to)
            }
        }
    }

    /// Removes the copy.
    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
