import Glibc

/// Copies the files of a folder and of those in it, as a crash would leave them.
func copyTree(_ source: String, _ target: String) throws {
    guard let stream = opendir(source) else { throw CopyError(path: source, code: errno) }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name == "." || name == ".." { continue }
        var status = stat()
        guard lstat("\(source)/\(name)", &status) == 0 else {
            throw CopyError(path: name, code: errno)
        }
        if status.st_mode & S_IFMT == S_IFDIR {
            guard mkdir("\(target)/\(name)", 0o700) == 0 else {
                throw CopyError(path: name, code: errno)
            }
            try copyTree("\(source)/\(name)", "\(target)/\(name)")
        } else {
            try copyFile("\(source)/\(name)", "\(target)/\(name)")
        }
    }
}

struct CopyError: Error {
    var path: String
    var code: Int32
}

private func copyFile(_ source: String, _ target: String) throws {
    let input = open(source, O_RDONLY)
    let output = open(target, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    defer {
        close(input)
        close(output)
    }
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = read(input, &block, block.count)
        guard count >= 0 else { throw CopyError(path: source, code: errno) }
        if count == 0 { return }
        guard write(output, block, count) == count else {
            throw CopyError(path: target, code: errno)
        }
    }
}
