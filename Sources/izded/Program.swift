import ArgumentParser
import Glibc
import InvertedIndex
import SearchEngine
import Service
import ServiceAPI
import TextAnalysis

/// The program: from arguments to the exit code.
enum Program {
    /// Runs `izded` with the arguments behind its name; returns the exit code.
    static func run(_ arguments: [String]) async -> Int32 {
        // A reader or client that goes away must show as an error of `write`.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try Izded.parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return ExitStatus.success.rawValue
        } catch {
            return end(error)
        }
    }

    /// The one place where errors become exit codes and words; the parser's 64 for wrong usage
    /// becomes 2, so that `if izded …; then` works as with grep.
    private static func end(_ error: any Error) -> Int32 {
        let failure: Failure
        switch error {
        case let error as Failure: failure = error
        case let error as ConfigurationError: failure = Failure(.configuration, "\(error)")
        case let error as SocketError: failure = Failure(error)
        case let error as EngineError: failure = Failure(error)
        case let error as IndexError: failure = Failure(.index(error))
        case let error as AnalysisError: failure = Failure(.unavailable, "\(error)")
        default: return endParsing(error)
        }
        StandardError.write("izded: \(failure.message)\n")
        return failure.status.rawValue
    }

    private static func endParsing(_ error: any Error) -> Int32 {
        let text = Izded.fullMessage(for: error)
        let code = Izded.exitCode(for: error)
        if code.isSuccess {
            print(text)
            return ExitStatus.success.rawValue
        }
        if !text.isEmpty { StandardError.write("\(text)\n") }
        return code.rawValue == EX_USAGE ? ExitStatus.usage.rawValue : code.rawValue
    }
}

/// Why a verb ended, with its exit code.
struct Failure: Error {
    var status: ExitStatus
    var message: String

    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }

    init(_ error: SocketError) {
        let status: ExitStatus =
            switch error {
            case .unusablePath, .unknownGroup: .configuration
            case .inUse, .notASocket: .tryAgain
            case .io(_, _, let code):
                code == EACCES || code == EPERM ? .noPermission : .inputOutputError
            }
        self.init(status, "\(error)")
    }

    init(_ error: EngineError) {
        switch error {
        case .index(.locked(let path)):
            self.init(
                .tryAgain,
                "another daemon or indexer holds the lock of \(path); stop it first, or choose "
                    + "another --data")
        case .index(let error):
            let isRefused =
                if case .io(_, _, let code) = error { code == EACCES || code == EPERM } else {
                    false
                }
            let isUnreadable = if case .io = error { true } else { false }
            self.init(
                isRefused ? .noPermission : isUnreadable ? .inputOutputError : .dataError,
                IndexFailure(error).message)
        case .analysisUnavailable(let reason):
            self.init(.unavailable, reason)
        case .invalidKind(let name, let reason):
            self.init(.configuration, "the kind `\(name)` cannot be used: \(reason)")
        case .invalidTable(let reason): self.init(.configuration, reason)
        case .unknownKind(let name, let known):
            self.init(
                .configuration,
                "no kind `\(name)` is declared; known are: \(known.joined(separator: ", "))")
        case .collectionNotFound(let name):
            self.init(.usage, "there is no collection `\(name)`")
        case .invalidCollectionName(let name):
            self.init(.usage, "`\(name)` cannot be the name of a collection")
        case .collectionExists(let name, let kind):
            self.init(.usage, "the collection `\(name)` exists with the kind `\(kind)`")
        case .analysisChanged(let found, let expected):
            self.init(
                .dataError,
                "the index was built by the analysis \(found), this program has \(expected); "
                    + "rebuild it with `izded build --from-store`")
        case .noSpaceLeft(let free, let reserve):
            self.init(
                .inputOutputError,
                "the disk is full: \(free) bytes are free, \(reserve) are kept in reserve")
        case .collectionDamaged(let name, let error):
            self.init(
                .dataError,
                "the collection `\(name)` cannot be opened: \(IndexFailure(error).message)")
        case .invalidSnapshotName(let name):
            self.init(
                .usage,
                "`\(name)` cannot be the name of a snapshot: 1 to 64 of A-Z, a-z, 0-9, - and _")
        case .snapshotExists(let name):
            self.init(.usage, "the snapshot `\(name)` exists; take another name")
        case .query(let error): self.init(.usage, error.message)
        case .documentNotFound, .readOnly, .batchTooLarge, .overloaded, .stopping:
            self.init(.internalError, "\(error)")
        }
    }
}

/// Words for people; standard output is for data alone.
enum StandardError {
    static func write(_ text: String) { put(text, STDERR_FILENO) }

    /// Writes all of a text; what cannot be written has no reader.
    static func put(_ text: String, _ descriptor: Int32) {
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            written += count
        }
    }
}
