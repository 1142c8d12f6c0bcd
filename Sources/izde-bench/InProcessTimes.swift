import Foundation
import JSON

/// What searches take in a process of their own, by `izded time`, in microseconds.
struct InProcessTimes {
    /// The engine alone, in the median.
    let search: Double
    /// With reading the request and writing the answer, in the median.
    let whole: Double

    /// Asks the program; the data is only read.
    init(_ program: URL, _ data: String, _ bodies: [String], seconds: Double) throws {
        let process = Process()
        process.executableURL = program
        process.arguments = ["time", "--data", data, "--seconds", "\(seconds)"]
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(
            contentsOf: Data(bodies.map { $0 + "\n" }.joined().utf8))
        try input.fileHandleForWriting.close()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let times = try JSONReader().read(Array(answer))
        guard process.terminationStatus == 0, let search = times["searchP50Microseconds"]?.number,
            let whole = times["wholeP50Microseconds"]?.number
        else { throw DaemonConnection.Failure(description: "izded time failed") }
        self.search = search
        self.whole = whole
    }
}
