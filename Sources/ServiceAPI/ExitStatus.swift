/// The exit codes of `izde` and `izded`.
public enum ExitStatus: Int32, Sendable, CaseIterable {
    /// Hits found or work done.
    case success = 0
    /// Nothing found.
    case nothingFound = 1
    /// Wrong usage, a bad query or filter.
    case usage = 2
    /// The input or the index is wrong; some lines were rejected.
    case dataError = 65
    /// The daemon cannot be reached.
    case unavailable = 69
    /// A mistake of ours.
    case internalError = 70
    /// Reading or writing failed.
    case inputOutputError = 74
    /// Try again: starting, stopping, too busy.
    case tryAgain = 75
    /// No permission on the socket or for the request.
    case noPermission = 77
    /// The configuration is wrong.
    case configuration = 78
    /// Interrupted.
    case interrupted = 130
    /// The reader of our output went away.
    case outputClosed = 141

    /// The code for an error that the daemon answered.
    public init(_ problem: ProblemDetails) {
        switch problem.knownCode {
        case .documentNotFound?: self = .nothingFound
        case .invalidDocument?, .invalidDocumentID?, .analysisChanged?: self = .dataError
        case .storageFailed?, .noSpaceLeft?: self = .inputOutputError
        case .invalidConfiguration?: self = .configuration
        default:
            switch problem.status {
            case 401, 403: self = .noPermission
            case 408, 429, 503: self = .tryAgain
            case 413, 422: self = .dataError
            case 507: self = .inputOutputError
            case 400..<500: self = .usage
            default: self = .internalError
            }
        }
    }
}
