/// Shows a file of the index as readable text.
public enum IndexInspector {
    /// What to show beside the frame of the file.
    public struct Options: Sendable {
        /// A field, and a term of it whose blocks and postings to show.
        public var term: (field: String, term: [UInt8])?
        /// A document whose key, lengths, columns and stored bytes to show.
        public var document: UInt32?

        /// Options.
        public init(term: (field: String, term: [UInt8])? = nil, document: UInt32? = nil) {
            self.term = term
            self.document = document
        }
    }

    /// The text: what the file is, its sections, and what was asked for.
    ///
    /// The kind is told by the name. A damaged file is shown as far as it can be read.
    ///
    /// - Throws: `IndexError` where the file cannot be opened, or not even its frame is sound.
    public static func text(
        of fileName: String, in directory: any Directory, options: Options = Options()
    ) throws(IndexError) -> String {
        switch IndexFileName(fileName) {
        case .manifest:
            return String(decoding: try directory.read(fileName), as: UTF8.self)
        case .writeAheadLog(let firstSequence):
            return try log(directory.map(fileName), firstSequence: firstSequence)
        case .deletions:
            return try deletions(directory.map(fileName))
        default:
            var text = SegmentText(try Segment.open(file: directory.map(fileName)))
            text.addSummary()
            if let term = options.term { text.addTerm(term.term, ofField: term.field) }
            if let document = options.document { text.addDocument(document) }
            return text.lines.joined(separator: "\n") + "\n"
        }
    }

    private static func log(_ file: MappedFile, firstSequence: UInt64) throws(IndexError) -> String
    {
        var lines: [String] = []
        let content = try LogFile.read(
            file, indexUUID: nil, firstSequence: firstSequence
        ) { sequence, payload throws(IndexError) in
            let start = UnsafeRawBufferPointer(rebasing: payload.prefix(60))
            lines.append("record \(sequence)  \(payload.count) bytes  \(quoted(start))")
        }
        lines.insert("\(file.name): write-ahead log, \(file.count) bytes", at: 0)
        switch content.ending {
        case .clean: lines.append("ends at \(content.byteCount), clean")
        case .torn: lines.append("ends at \(content.byteCount), torn by a crash")
        case .damaged(let reason): lines.append("DAMAGED at \(content.byteCount): \(reason)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func deletions(_ file: MappedFile) throws(IndexError) -> String {
        let envelope = try FileEnvelope.Reader(file: file, kind: .deletions, indexUUID: nil)
        var lines = ["\(file.name): deleted documents, \(file.count) bytes"]
        lines += sections(of: envelope) { _ in "documents" }
        var reader = try envelope.section(1).reader()
        let documentCount = try reader.u32()
        let deletions = try Deletions.read(file, indexUUID: nil, documentCount: documentCount)
        lines.append("deleted \(deletions.deletedCount) of \(documentCount) documents")
        let deleted = (0..<documentCount).lazy.filter { deletions.contains($0) }
        for group in Array(deleted.prefix(1000)).chunked(16) {
            lines.append("  " + group.map { String($0) }.joined(separator: " "))
        }
        if deletions.deletedCount > 1000 { lines.append("  …") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A line for each section.
    static func sections(
        of envelope: FileEnvelope.Reader, name: (UInt32) -> String
    ) -> [String] {
        let uuid = IndexFileName.hexadecimal(envelope.indexUUID)
        var lines = ["index \(uuid)", "section  at        bytes       crc32c"]
        for section in envelope.sections {
            let checksum = String(section.checksum, radix: 16)
            let padding = String(repeating: "0", count: max(0, 8 - checksum.count))
            let columns = [
                padded(section.id, 7), padded(section.offset, 8), padded(section.count, 10),
            ]
            var state = ""
            do throws(IndexError) { try section.verify() } catch _ { state = "  DAMAGED" }
            lines.append(
                columns.joined(separator: "  ") + "  \(padding)\(checksum)  \(name(section.id))"
                    + state)
        }
        return lines
    }

    /// Bytes as text in quotes where they are text, else as hexadecimal digits.
    static func quoted(_ bytes: UnsafeRawBufferPointer) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return "0x" + IndexFileName.hexadecimal(bytes)
        }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar.value < 32 || scalar.value == 127 || scalar == "\"" || scalar == "\\" {
                quoted += scalar.escaped(asASCII: false)
            } else {
                quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// Bytes as text in quotes where they are text, else as hexadecimal digits.
    static func quoted(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { quoted($0) } }

    private static func padded(_ value: some BinaryInteger, _ width: Int) -> String {
        let digits = String(value)
        return digits + String(repeating: " ", count: max(0, width - digits.count))
    }
}

extension Array {
    /// The elements in groups of `count`, the last maybe shorter.
    fileprivate func chunked(_ count: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: self.count, by: count).map {
            self[$0..<Swift.min($0 + count, self.count)]
        }
    }
}
