import FuzzSupport
import Glibc
import SearchEngine

@testable import Corpus

/// The readers of sources: the first byte chooses the format, the rest is the file.
///
/// Every source ends, tells no more bytes than the file has, and its documents have keys.
@main
struct CorpusTarget: FuzzTarget {
    private let descriptor: Int32
    private let path: String

    init() {
        var template = Array("/tmp/izde-fuzz-XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        precondition(descriptor >= 0, "a file in /tmp")
        // Without a name it goes with the program.
        unlink(template)
        path = "/proc/self/fd/\(descriptor)"
    }

    func run(_ input: [UInt8]) throws {
        var input = FuzzInput(input)
        let formats = SourceFiles.Format.allCases
        let choice = input.choice(formats.count + 1)
        let bytes = input.remainder()
        ftruncate(descriptor, 0)
        let written = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        precondition(written == bytes.count, "a file takes all bytes")
        guard choice < formats.count else { return readPairs(bytes.count) }
        let options = SourceOptions(recordByteCount: 2048)
        let source: any DocumentSource
        do throws(CorpusError) {
            source = try SourceFiles.open(
                .init(path: path, format: formats[choice], byteCount: bytes.count),
                options: options)
        } catch {
            return hold(!error.message.isEmpty, "an error says what is wrong")
        }
        var total = 0
        var count = 0
        while let record = source.next() {
            count += 1
            hold(count <= bytes.count + 1, "a source of \(bytes.count) bytes ends")
            switch record {
            case .document(let document, _, let byteCount):
                hold(!document.key.isEmpty, "a document has a key")
                total += byteCount
            case .rejected(let error, let byteCount):
                hold(!error.message.isEmpty && byteCount >= 0, "\(error)")
                total += byteCount
            }
        }
        // The last line may lack the end that is counted with each.
        hold(total <= bytes.count + 1, "\(total) bytes of \(bytes.count)")
    }

    private func readPairs(_ byteCount: Int) {
        do throws(CorpusError) {
            let pairs = try SentencePairs(path: path, limit: 2048)
            var count = 0
            while let record = pairs.next() {
                count += 1
                hold(count <= byteCount + 1, "a table of \(byteCount) bytes ends")
                guard case .sentence(let sentences, _) = record else { continue }
                hold(sentences.count >= 2, "a pair has two languages")
            }
        } catch {
            hold(!error.message.isEmpty, "an error says what is wrong")
        }
    }
}
