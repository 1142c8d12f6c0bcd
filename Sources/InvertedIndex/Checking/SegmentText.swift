/// A segment as lines of text; where its bytes are damaged a line says so.
struct SegmentText {
    /// The lines so far.
    private(set) var lines: [String] = []
    private let segment: Segment

    /// How many postings of a term are shown.
    private static let shownPostingCount = 1024
    /// How many stored bytes of a document are shown.
    private static let shownByteCount = 4096

    /// No lines about a segment.
    init(_ segment: Segment) { self.segment = segment }

    /// Adds what the segment holds, section by section and field by field.
    mutating func addSummary() {
        let content = segment.content
        lines.append("\(content.file.name): segment, \(content.file.count) bytes")
        lines += IndexInspector.sections(of: content.envelope, name: Self.name(ofSection:))
        lines.append(
            "\(segment.documentCount) documents, \(content.fields.storedByteCount) stored bytes"
                + " in \(content.store.blockCount) blocks")
        lines.append("field")
        for (number, field) in content.fields.fields.enumerated() {
            lines.append("  \(number) " + describe(field, number))
        }
    }

    private func describe(_ field: FieldTable.Field, _ number: Int) -> String {
        let name = segment.content.fields.names[number]
        var parts: [String] = []
        switch field.kind {
        case .text:
            parts.append("\(name): text\(field.hasPositions ? " with positions" : "")")
            if let other = field.lengthOf {
                parts.append("lengths of \(segment.content.fields.names[Int(other)])")
            } else {
                parts.append("\(field.totalLength) tokens in \(field.documentCount) documents")
            }
            parts.append("\(field.termCount) terms")
        case .keyword:
            parts.append("\(name): keywords")
            parts.append("\(field.termCount) values in \(field.documentCount) documents")
        case .number:
            parts.append("\(name): numbers in \(field.documentCount) documents")
        case .termKeys:
            let relation = segment.content.relation(number)
            let keyed = segment.content.fields.keyedFields[number] ?? []
            let names = keyed.map { segment.content.fields.names[Int($0)] }
            parts.append("\(name): keys of the terms of \(names.joined(separator: ", "))")
            parts.append("\(relation?.keys.count ?? 0) entries")
        case .key:
            parts.append("keys: \(field.termCount) of \(field.documentCount) documents")
        }
        return parts.joined(separator: ", ")
    }

    private static func name(ofSection id: UInt32) -> String {
        switch id {
        case SegmentSection.fields: "fields"
        case SegmentSection.termIndex: "index of terms"
        case SegmentSection.terms: "terms"
        case SegmentSection.postings: "postings"
        case SegmentSection.positions: "positions"
        case SegmentSection.lengths: "lengths"
        case SegmentSection.keywords: "keywords"
        case SegmentSection.numbers: "numbers"
        case SegmentSection.keys: "keys"
        case SegmentSection.keyIndex: "index of keys"
        case SegmentSection.keyPlaces: "places of keys"
        case SegmentSection.stored: "stored bytes"
        case SegmentSection.storedBlocks: "blocks of stored bytes"
        case SegmentSection.storedIndex: "index of stored bytes"
        case SegmentSection.storedDictionary: "dictionary of stored bytes"
        case SegmentSection.termKeys: "keys of terms"
        case SegmentSection.termKeyIndex: "index of keys of terms"
        case SegmentSection.termSuffixes: "ends of terms"
        default: "not known to this program"
        }
    }

    // MARK: - A term

    /// Adds the entry of a term, its blocks and its postings.
    mutating func addTerm(_ term: [UInt8], ofField name: String) {
        lines.append("")
        lines.append("term \(name):\(IndexInspector.quoted(term))")
        guard let field = segment.schema.field(named: name), segment.schema[field].kind != .number
        else {
            lines.append("  there is no field of terms with this name")
            return
        }
        do throws(IndexError) {
            if let relation = segment.content.relation(Int(field.rawValue)) {
                try addTerms(ofKey: term, relation)
                return
            }
            guard let entry = try segment.lookup(field, term.span) else {
                lines.append("  not in this segment")
                return
            }
            lines.append(
                "  in \(entry.documentFrequency) documents, \(entry.totalFrequency) times;"
                    + " ordinal \(entry.ordinal)")
            lines.append(
                "  postings at \(entry.postingsOffset), \(entry.postingsByteCount) bytes;"
                    + " positions at \(entry.positionsOffset), \(entry.positionsByteCount) bytes")
            try addPostings(entry, field)
        } catch {
            lines.append("  DAMAGED: \(error)")
        }
    }

    private mutating func addTerms(
        ofKey key: [UInt8], _ relation: TermRelation
    ) throws(IndexError) {
        var entries: [TermKeys.Entry] = []
        try relation.forEach(key: key) { entries.append($0) }
        lines.append("  key of \(entries.count) terms")
        for entry in entries.prefix(Self.shownPostingCount) {
            let term = IndexInspector.quoted(try relation.term(of: entry))
            lines.append("    \(term) in \(entry.frequency) documents; ordinal \(entry.ordinal)")
        }
        if entries.count > Self.shownPostingCount { lines.append("    …") }
    }

    private mutating func addPostings(
        _ entry: TermEntry, _ field: FieldID
    ) throws(IndexError) {
        var hasPositions = false
        if case .text(true, _) = segment.schema[field].kind { hasPositions = true }
        var cursor = try segment.postings(entry, field)
        var positions: [UInt32] = []
        var shown = 0
        while try cursor.nextBlock() {
            let layout = cursor.blockLayout
            let most = cursor.blockMaxFrequency == .max ? "255+" : "\(cursor.blockMaxFrequency)"
            lines.append(
                "  block \(cursor.blockIndex): \(cursor.count) documents up to"
                    + " \(cursor.blockLastDocument), at \(layout.offset), \(layout.documents)"
                    + " and \(layout.frequencies), greatest frequency \(most), least"
                    + " length code \(cursor.blockMinLength), impact \(cursor.blockImpact),"
                    + " positions at \(layout.positions)")
            guard shown < Self.shownPostingCount else { continue }
            try cursor.decodeDocuments()
            try cursor.decodeFrequencies()
            for index in 0..<cursor.count {
                var line = "    \(cursor.documents[index]) × \(cursor.frequencies[index])"
                if hasPositions {
                    try cursor.positions(at: index, into: &positions)
                    line += ": " + positions.prefix(100).map { String($0) }.joined(separator: " ")
                    if positions.count > 100 { line += " …" }
                }
                lines.append(line)
            }
            shown += cursor.count
            if shown >= Self.shownPostingCount { lines.append("    …") }
        }
    }

    // MARK: - A document

    /// Adds what is kept of a document.
    mutating func addDocument(_ document: UInt32) {
        lines.append("")
        lines.append("document \(document)")
        guard document < segment.documentCount else {
            lines.append("  not in this segment")
            return
        }
        do throws(IndexError) {
            lines.append("  key \(IndexInspector.quoted(try segment.key(of: document)))")
            for (number, field) in segment.schema.fields.enumerated() {
                let id = FieldID(rawValue: UInt16(number))
                guard let value = try value(of: document, id) else { continue }
                lines.append("  \(field.name): \(value)")
            }
            let stored = try segment.stored(document)
            lines.append("  stored, \(stored.count) bytes")
            if !stored.isEmpty {
                let part = Array(stored.prefix(Self.shownByteCount))
                lines.append(
                    "  \(IndexInspector.quoted(part))" + (part.count < stored.count ? " …" : ""))
            }
        } catch {
            lines.append("  DAMAGED: \(error)")
        }
    }

    private func value(of document: UInt32, _ field: FieldID) throws(IndexError) -> String? {
        switch segment.schema[field].kind {
        case .text(_, let lengthOf):
            guard lengthOf == nil, let lengths = segment.lengths(field) else { return nil }
            let code = lengths[document]
            if code == 0 { return nil }
            return "length \(FieldLengthCode.length(of: code)) (code \(code))"
        case .keyword:
            guard let column = try segment.keywords(field) else { return nil }
            var values: [String] = []
            for ordinal in column.ordinals(of: document) {
                values.append(IndexInspector.quoted(try column.value(ordinal)))
            }
            return values.isEmpty ? nil : values.joined(separator: ", ")
        case .number:
            return try segment.numbers(field)?.value(of: document).map { String($0) }
        case .termKeys: return nil
        }
    }
}
