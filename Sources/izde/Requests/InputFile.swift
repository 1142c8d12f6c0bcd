import Glibc

/// A file or standard input, read in pieces.
enum InputFile: Equatable {
    case standardInput
    case path(String)

    /// The file that an argument names; `-` is standard input.
    init(argument: String) {
        self = argument == "-" ? .standardInput : .path(argument)
    }

    /// Its name in messages.
    var name: String {
        switch self {
        case .standardInput: "standard input"
        case .path(let path): path
        }
    }

    private static let pieceByteCount = 256 << 10

    /// Reads all, piece by piece.
    func read(_ body: (ArraySlice<UInt8>) throws(ClientError) -> Void) throws(ClientError) {
        let descriptor: Int32
        switch self {
        case .standardInput: descriptor = STDIN_FILENO
        case .path(let path):
            descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw .file(path: name, reason: Errno.text(errno)) }
        }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var buffer = [UInt8](repeating: 0, count: Self.pieceByteCount)
        while true {
            let count = buffer.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress, $0.count)
            }
            if count == 0 { return }
            if count > 0 {
                try body(buffer[..<count])
            } else if errno == EISDIR {
                throw .file(path: name, reason: "this is a folder; name the files in it")
            } else if errno != EINTR {
                throw .file(path: name, reason: Errno.text(errno))
            }
        }
    }

    /// The whole content as text.
    ///
    /// - Throws: `ClientError.file` if it is longer than `limit` bytes or not UTF-8.
    func text(limit: Int) throws(ClientError) -> String {
        var bytes: [UInt8] = []
        try read { (piece) throws(ClientError) in
            guard bytes.count + piece.count <= limit else {
                throw .file(path: name, reason: "longer than \(limit >> 10) KiB")
            }
            bytes.append(contentsOf: piece)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .file(path: name, reason: "not UTF-8")
        }
        return text
    }
}
