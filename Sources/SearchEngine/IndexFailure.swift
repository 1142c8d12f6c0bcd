import Glibc
public import InvertedIndex

/// What an error of the index means to a caller who knows the engine alone.
public struct IndexFailure: Sendable, Equatable {
    /// What the caller can do about it.
    public enum Kind: Sendable {
        /// Wait for space on the disk; searches go on.
        case noSpaceLeft
        /// End the other program that writes.
        case locked
        /// Ask for less, or with more time.
        case deadlineExceeded
        /// Send less at once.
        case tooLarge
        /// Build the index anew: it was made with another schema or analysis.
        case incompatible
        /// Look at the files: they are damaged, missing, or cannot be read or written.
        case storage
    }

    /// What the caller can do about it.
    public var kind: Kind
    /// What happened and what to do, for people; names files, holds no text of documents.
    public var message: String

    /// What an error means.
    public init(_ error: IndexError) {
        switch error {
        case .corrupt(let file, let offset, let reason):
            kind = .storage
            message =
                "\(file) is damaged at byte \(offset): \(reason); see what with `izded verify`, take a "
                + "snapshot back with `izded restore`"
        case .wrongFormatVersion(let file, let found, let supported):
            kind = .storage
            message =
                found > supported
                ? "\(file) was written by a newer izde: it has the format \(found), this program "
                    + "reads formats up to \(supported); use that izde"
                : "\(file) has the format \(found), this program reads \(supported); rebuild with "
                    + "`izded build`"
        case .locked(let path):
            kind = .locked
            message = "another program writes to \(path)"
        case .notAnIndex(let path):
            kind = .storage
            message = "\(path) holds no index; make one with `izded build`"
        case .incompatible(let what, let found, let expected):
            kind = .incompatible
            message =
                "the index has another \(what) (\(found), expected \(expected)); rebuild it with "
                + "`izded build`"
        case .io(let operation, let path, let code):
            kind = code == ENOSPC || code == EDQUOT ? .noSpaceLeft : .storage
            message = "cannot \(operation) \(path): \(String(cString: strerror(code)))"
        case .limit(let what, let found, let allowed):
            kind = .tooLarge
            message = "\(what): \(found), allowed are \(allowed)"
        case .writerFailed:
            kind = .storage
            message =
                "a write failed before; no more are taken until the daemon is started anew, "
                + "searches go on"
        case .deadlineExceeded:
            kind = .deadlineExceeded
            message = "the search took too long; ask for less, or with a longer timeoutMs"
        }
    }
}
