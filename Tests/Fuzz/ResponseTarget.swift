import FuzzSupport

@testable import izde

/// The client's reader of answers.
///
/// The first byte says how large the pieces are, the rest comes from the socket. However it is cut,
/// the same is read.
@main
struct ResponseTarget: FuzzTarget {
    private let limit = 4096

    init() {}

    func run(_ input: [UInt8]) throws {
        var input = FuzzInput(input)
        let step = Int(input.byte()) + 1
        let bytes = input.remainder()
        let whole = read([bytes[...]])
        let pieces = stride(from: 0, to: bytes.count, by: step).map {
            bytes[$0..<min($0 + step, bytes.count)]
        }
        let pieced = read(pieces)
        // What is wrong first may show later where less has come, but not whether something is.
        switch (whole, pieced) {
        case (.success(let left), .success(let right)):
            hold(left == right, "\(left) in one piece, \(right) in pieces")
            hold(left.body.count <= limit, "a body is no longer than allowed")
            hold(left.status >= 200, "an interim answer is no answer")
        case (.failure, .failure): break
        default: fatalError("\(whole) in one piece, \(pieced) in pieces")
        }
    }

    private func read(_ pieces: [ArraySlice<UInt8>]) -> Result<HTTPResponse, HTTPError> {
        do throws(HTTPError) {
            var reader = HTTPResponseReader(limit: limit)
            for piece in pieces { try reader.append(piece) }
            try reader.end()
            guard let response = reader.response else { return .failure(.cut) }
            return .success(response)
        } catch {
            return .failure(error)
        }
    }
}
