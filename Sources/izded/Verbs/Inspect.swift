import ArgumentParser
import InvertedIndex
import SearchEngine
import ServiceAPI

/// `izded inspect`: a file of the index as readable text.
struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show a file of the index as text: header, sections, postings.",
        discussion: """
            EXAMPLES
              izded inspect index/data/collections/news/seg-….izs
              izded inspect FILE --term title.stem:қала
              izded inspect FILE --document 7
            """)

    @Argument(help: "A file in the folder of a collection.")
    var file: String

    @Option(help: "FIELD:TERM; shows its blocks and postings.")
    var term: String?

    @Option(help: "The number of a document in its segment; shows what is kept of it.")
    var document: UInt32?

    func validate() throws {
        if let term, !term.contains(":") { throw ValidationError("--term is FIELD:TERM") }
    }

    func run() throws {
        let slash = file.lastIndex(of: "/")
        let folder = slash.map { $0 == file.startIndex ? "/" : String(file[..<$0]) } ?? "."
        let name = slash.map { String(file[file.index(after: $0)...]) } ?? file
        let parts = term?.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let options = IndexInspector.Options(
            term: parts.map { (field: String($0[0]), term: Array($0[1].utf8)) },
            document: document)
        do throws(IndexError) {
            let directory = try FileSystemDirectory(path: folder)
            let text = try IndexInspector.text(of: name, in: directory, options: options)
            print(text, terminator: text.hasSuffix("\n") ? "" : "\n")
        } catch {
            throw Failure(.index(error))
        }
    }
}
