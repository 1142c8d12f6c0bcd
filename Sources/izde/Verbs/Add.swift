import ArgumentParser
import JSON
import ServiceAPI

/// `izde add`: documents from files into a collection.
struct Add: ParsableCommand {
    /// What the files hold.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case auto, jsonl, text
    }

    /// When the daemon answers.
    enum Wait: String, CaseIterable, ExpressibleByArgument {
        case none, durable, visible
    }

    static let configuration = CommandConfiguration(
        abstract: "Add documents, or replace those of the same id.",
        discussion: """
            jsonl: one JSON object a line, with an `id`. text: one document a file; its id is the \
            name of the file without the extension, its title the first line. auto: text for \
            names that end in .txt, .text or .md, jsonl for all others.

            Refused documents are counted and the first ones told; --rejects keeps all of them, \
            one JSON object a line with file, line, error and record. The exit code is then 65; \
            the other documents are in.
            """)

    @Argument(help: "Files; - for standard input.")
    var paths: [String]

    @Option(
        name: [.short, .long], help: ArgumentHelp("The collection.", valueName: "name"))
    var collection = "news"

    @Option(help: "What the files hold: auto, jsonl or text.")
    var format: Format = .auto

    @Option(name: [.short, .long], help: "The language of documents that name none: kk, ru, en.")
    var lang: QueryLanguage?

    @Option(help: ArgumentHelp("The source of documents that name none.", valueName: "name"))
    var source: String?

    @Option(help: "When it is done: none (received), durable (on disk), visible (found).")
    var wait: Wait = .durable

    @Flag(name: [.customShort("n"), .long], help: "Check the files here, send nothing.")
    var dryRun = false

    @Option(help: ArgumentHelp("Write refused documents to this file.", valueName: "file"))
    var rejects: String?

    @OptionGroup var quiet: QuietOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if lang == .auto { throw ValidationError("--lang is kk, ru or en; leave it out for auto") }
    }

    func run() throws {
        try added(
            Session(
                global, isQuiet: quiet.quiet, defaultMilliseconds: Session.writeMilliseconds))
    }

    /// What a file holds, by its name where that decides.
    static func format(_ format: Format, of path: String) -> Format {
        guard format == .auto else { return format }
        let isText = [".txt", ".text", ".md"].contains { path.lowercased().hasSuffix($0) }
        return isText ? .text : .jsonl
    }

    private func added(_ session: Session) throws(ClientError) {
        var rejectsFile: RejectsFile?
        if let rejects { rejectsFile = try RejectsFile(path: rejects) }
        let settings = DocumentSender.Settings(
            collection: collection, wait: wait.rawValue, isDryRun: dryRun,
            lang: lang?.rawValue, source: source)
        let sender = DocumentSender(session, settings, rejects: rejectsFile)
        for path in paths {
            let file = InputFile(argument: path)
            switch Add.format(format, of: path) {
            case .text: try addText(file, to: sender)
            case .jsonl, .auto: try addLines(file, to: sender)
            }
        }
        try sender.finish()
        let report = sender.report
        if session.form.isJSON {
            try session.write([report.json.text])
        } else {
            try session.write([(dryRun ? "Checked, not sent: " : "") + report.text])
        }
        try session.flush()
        if report.failedCount > 0 { throw .ended(.dataError) }
    }

    private func addLines(_ file: InputFile, to sender: DocumentSender) throws(ClientError) {
        var splitter = LineSplitter(limit: DocumentSender.documentByteCount)
        func add(_ line: LineSplitter.Line) throws(ClientError) {
            let origin = DocumentBatch.Origin(file: file.name, line: line.number)
            switch line.content {
            case .text(let bytes): try sender.add(bytes, from: origin)
            case .tooLong(let count):
                try sender.refuse(
                    origin, id: nil, code: .documentTooLarge,
                    "\(count) bytes, a document may have "
                        + "\(DocumentSender.documentByteCount)", nil)
            }
        }
        try file.read { (bytes) throws(ClientError) in
            for line in splitter.append(bytes) { try add(line) }
        }
        if let last = splitter.end() { try add(last) }
    }

    private func addText(_ file: InputFile, to sender: DocumentSender) throws(ClientError) {
        guard case .path(let path) = file else {
            throw .usage(
                "--format text takes the id of a document from the name of its file; "
                    + "name a file instead of -")
        }
        let origin = DocumentBatch.Origin(file: path, line: 1)
        let text: String
        do throws(ClientError) {
            text = try file.text(limit: DocumentSender.documentByteCount)
        } catch {
            // A file that cannot be opened ends the work; one that is no text is only refused.
            guard case .file(_, let reason) = error,
                reason == "not UTF-8" || reason.hasPrefix("longer")
            else { throw error }
            try sender.refuse(
                origin, id: PlainTextDocument.id(path: path), code: .invalidDocument, reason, nil)
            return
        }
        try sender.add(
            JSONValue.object(PlainTextDocument.json(path: path, text: text)).bytes, from: origin)
    }
}
