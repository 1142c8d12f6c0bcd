import Glibc

/// The error codes of the system as people read them.
enum Errno {
    /// What a code means, beginning with a small letter: `permission denied`.
    static func text(_ code: Int32) -> String {
        switch code {
        case EACCES, EPERM: return "permission denied"
        case ENOENT: return "no such file"
        case ECONNREFUSED: return "nobody listens there"
        case ENOTSOCK, EPROTOTYPE: return "this is not a stream socket"
        default: break
        }
        var buffer = [CChar](repeating: 0, count: 256)
        guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
        let text = String(
            decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return text.prefix(1).lowercased() + text.dropFirst()
    }

    /// Whether a code says that the user may not do this.
    static func isPermission(_ code: Int32) -> Bool { code == EACCES || code == EPERM }
}
