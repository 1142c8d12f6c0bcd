import Glibc
import ServiceAPI

/// Why a verb ended without its answer; each has one exit code and says what to do.
enum ClientError: Error {
    /// The arguments cannot be used.
    case usage(String)
    /// The daemon was not reached, or the talk with it broke; the second is advice.
    case connection(ConnectionError, advice: String?)
    /// The daemon refused; `texts` holds what was sent by the name of the field.
    case problem(ProblemDetails, texts: [String: String])
    /// The daemon answered something that this client does not understand.
    case answer(String)
    /// A file could not be read or written.
    case file(path: String, reason: String)
    /// Standard output failed.
    case output(OutputStream.Failure)
    /// All has been said; only the code is left.
    case ended(ExitStatus)

    /// The exit code.
    var status: ExitStatus {
        switch self {
        case .usage: .usage
        case .problem(let problem, _): ExitStatus(problem)
        case .answer: .unavailable
        case .file: .inputOutputError
        case .output(.closed): .outputClosed
        case .output(.io): .inputOutputError
        case .ended(let status): status
        case .connection(let error, _):
            switch error {
            case .cannotConnect(_, let code) where Errno.isPermission(code): .noPermission
            case .badPath: .configuration
            case .timedOut: .tryAgain
            case .cannotConnect, .broken, .closed, .malformed: .unavailable
            case .tooLarge: .inputOutputError
            }
        }
    }

    /// What people read behind `izde: `; `nil` if there is nothing to say.
    var message: String? {
        switch self {
        case .usage(let text), .answer(let text): return text
        case .problem(let problem, _):
            let text = problem.detail.isEmpty ? problem.title : problem.detail
            return text.isEmpty ? "the daemon answered \(problem.status) \(problem.code)" : text
        case .file(let path, let reason): return "\(path): \(reason)"
        case .output(.closed), .ended: return nil
        case .output(.io(let code)): return "cannot write the output: \(Errno.text(code))"
        case .connection(let error, let advice):
            return error.message + (advice.map { ". \($0)" } ?? "")
        }
    }
}

extension ConnectionError {
    /// What happened and, where it is always the same, what to do.
    fileprivate var message: String {
        switch self {
        case .badPath(let path):
            SocketPath.problem(with: path) ?? "\(path) cannot be the path of a socket"
        case .cannotConnect(let path, let code) where code == ENOENT:
            "cannot reach \(path): there is no socket"
        case .cannotConnect(let path, let code):
            "cannot reach \(path): \(Errno.text(code))"
        case .timedOut(let milliseconds):
            "the daemon did not answer within \(Self.text(milliseconds: milliseconds)). "
                + "Try again, or give it longer: --timeout 2m"
        case .broken(let code):
            "the connection to the daemon broke: \(Errno.text(code)). Try again"
        case .closed:
            "the daemon closed the connection before its answer was whole. "
                + "Look at its log, then try again"
        case .malformed(let reason):
            "what answers on the socket does not speak izde's HTTP (\(reason)). "
                + "Check --socket and $IZDE_SOCKET"
        case .tooLarge(let limit):
            "the answer is longer than \(limit >> 20) MiB. Ask for less: --limit"
        }
    }

    private static func text(milliseconds: Int) -> String {
        milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
    }
}
