/// Turns documents into one segment, in memory until it is written.
///
/// Not synchronised: one owner, one thread at a time. Written once, then emptied or dropped.
///
/// - Cost: an occurrence costs a lookup in a table of hashes and four or five bytes.
public final class SegmentBuilder {
    /// The fields.
    public let schema: IndexSchema
    /// What makes the keys of terms for fields of kind `termKeys`.
    let keying: TermKeying
    /// The documents ended so far, replaced ones included.
    public var documentCount: UInt32 { state.pointee.documentCount }
    /// The terms, keywords and occurrences that were left out because they are longer than
    /// `SegmentLimits.termByteCount`.
    public var droppedTermCount: Int { state.pointee.droppedTermCount }

    // Behind pointers, since a class checks each access to its own properties for overlaps, and
    // these are touched for every occurrence.
    let table: UnsafeMutablePointer<TermTable>
    let columns: UnsafeMutablePointer<FieldColumn>
    /// The occurrences of each field, and those of keys.
    let logs: UnsafeMutablePointer<OccurrenceLog>
    private let numbered: UnsafeMutablePointer<NumberedTerms>
    let fieldCount: Int
    private let state: UnsafeMutablePointer<State>

    private var targets: OccurrenceTargets { OccurrenceTargets(logs: logs, numbered: numbered) }

    private struct State {
        var documentCount: UInt32 = 0
        var droppedTermCount = 0
        var isInDocument = false
        /// The numbering of the terms that come, and that of those that are known; 0 for none.
        var numbering: UInt64 = 0
        var knownNumbering: UInt64 = 0
    }

    /// The number of the key's term, for each document.
    private(set) var keyTerms: [UInt32] = []
    /// The documents that a later one of the same key replaced.
    private(set) var replaced: [UInt32] = []
    private(set) var store = DocumentStore.Writer()
    private var columnByteCount = 0

    /// An empty builder.
    ///
    /// - Parameters:
    ///   - schema: the fields.
    ///   - keying: makes the keys of terms for fields of kind `termKeys`; by default no term has
    ///     one.
    public init(schema: IndexSchema, keying: TermKeying = .none) {
        self.schema = schema
        self.keying = keying
        fieldCount = schema.fields.count
        table = .allocate(capacity: 1)
        table.initialize(to: TermTable())
        state = .allocate(capacity: 1)
        state.initialize(to: State())
        columns = .allocate(capacity: max(1, fieldCount))
        numbered = .allocate(capacity: max(1, fieldCount))
        logs = .allocate(capacity: fieldCount + 1)
        for (number, field) in schema.fields.enumerated() {
            (columns + number).initialize(to: FieldColumn(kind: field.kind))
            (numbered + number).initialize(to: NumberedTerms())
            (logs + number).initialize(
                to: OccurrenceLog(hasPositions: columns[number].hasPositions))
        }
        (logs + fieldCount).initialize(to: OccurrenceLog(hasPositions: false))
    }

    deinit {
        table.deinitialize(count: 1)
        table.deallocate()
        columns.deinitialize(count: fieldCount)
        columns.deallocate()
        numbered.deinitialize(count: fieldCount)
        numbered.deallocate()
        logs.deinitialize(count: fieldCount + 1)
        logs.deallocate()
        state.deallocate()
    }

    /// An estimate of the memory in use, in bytes.
    public var byteCount: Int {
        var sum = table.pointee.byteCount + store.memoryByteCount + columnByteCount
        sum += keyTerms.count * 4
        var sort = 0
        for number in 0...fieldCount {
            sum += logs[number].byteCount
            sort = max(
                sort,
                OccurrenceSort.byteCount(termCount: table.pointee.count, logs[number]))
        }
        sum += sort
        for number in 0..<fieldCount { sum += numbered[number].byteCount }
        return sum
    }

    /// Forgets all documents and keeps the memory that they took: the next as many cost no new pages.
    ///
    /// - Requires: the document before was ended.
    public func removeAll() {
        precondition(!state.pointee.isInDocument, "the document before was ended")
        state.pointee = State()
        table.pointee.removeAll()
        for number in 0..<fieldCount {
            columns[number].removeAll()
            numbered[number].removeAll()
        }
        for number in 0...fieldCount { logs[number].removeAll() }
        keyTerms.removeAll(keepingCapacity: true)
        replaced.removeAll(keepingCapacity: true)
        store = DocumentStore.Writer()
        columnByteCount = 0
    }

    /// Begins a document; an earlier one with the same key is replaced.
    ///
    /// - Requires: the document before was ended; the key has at most
    ///   `SegmentLimits.termByteCount` bytes; there are fewer than `SegmentLimits.documentCount`
    ///   documents.
    public func beginDocument(key: Span<UInt8>) {
        precondition(!state.pointee.isInDocument, "the document before was ended")
        precondition(key.count <= SegmentLimits.termByteCount, "the key is too long")
        precondition(documentCount < SegmentLimits.documentCount, "the segment is full")
        state.pointee.isInDocument = true
        let number = key.bytes.withUnsafeBytes {
            table.pointee.number(of: $0, field: UInt16(fieldCount))
        }
        let last = table.pointee.terms[number].lastDocument
        if last != .max { replaced.append(last) }
        _ = table.pointee.note(documentCount, of: number)
        logs[fieldCount].add(number, position: 0)
        keyTerms.append(UInt32(number))
    }

    /// Adds an occurrence of a term of a text field.
    ///
    /// Longer terms than `SegmentLimits.termByteCount` are counted and left out.
    ///
    /// - Requires: a document was begun; within it and the field positions do not descend.
    @inline(__always)
    public func add(term: Span<UInt8>, field: FieldID, position: UInt32) {
        precondition(
            state.pointee.isInDocument && Int(field.rawValue) < fieldCount, "there is such a field")
        let column = columns + Int(field.rawValue)
        precondition(column.pointee.isText, "the field is of text")
        guard term.count <= SegmentLimits.termByteCount else {
            state.pointee.droppedTermCount += 1
            return
        }
        column.pointee.countPosition(position, document: documentCount)
        term.bytes.withUnsafeBytes {
            table.pointee.add($0, field: field.rawValue, position: position, to: targets)
        }
    }

    /// Tells which numbering the numbers of the terms to come are of.
    ///
    /// As long as it is the same, equal numbers are equal terms, and a term that was met under its
    /// number is not looked up by its bytes again. 0 says that numbers say nothing.
    public func use(numbering: UInt64) {
        if numbering != state.pointee.numbering { table.pointee.flush(to: targets) }
        state.pointee.numbering = numbering
        guard numbering != 0, numbering != state.pointee.knownNumbering else { return }
        state.pointee.knownNumbering = numbering
        for number in 0..<fieldCount { numbered[number].removeAll() }
    }

    /// Tells that a term of the numbering in use is added soon, so that it need not be waited for.
    ///
    /// - Requires: there is such a field.
    @inline(__always)
    public func expect(number: UInt32, field: FieldID) {
        precondition(Int(field.rawValue) < fieldCount, "there is such a field")
        numbered[Int(field.rawValue)].prefetch(number)
    }

    /// Adds an occurrence of a term of a text field, with its number in the numbering in use.
    ///
    /// - Requires: as `add(term:field:position:)`; numbers are dense, since there is a place for
    ///   each.
    @inline(__always)
    public func add(term: Span<UInt8>, number: UInt32, field: FieldID, position: UInt32) {
        guard state.pointee.numbering != 0 else {
            add(term: term, field: field, position: position)
            return
        }
        precondition(
            state.pointee.isInDocument && Int(field.rawValue) < fieldCount, "there is such a field")
        let column = columns + Int(field.rawValue)
        precondition(column.pointee.isText, "the field is of text")
        let known = numbered[Int(field.rawValue)].term(number)
        if known >= 0 {
            column.pointee.countPosition(position, document: documentCount)
            logs[Int(field.rawValue)].add(known, position: position)
            return
        }
        precondition(number != TermTable.noNumber, "numbers are dense")
        guard term.count <= SegmentLimits.termByteCount else {
            state.pointee.droppedTermCount += 1
            return
        }
        column.pointee.countPosition(position, document: documentCount)
        term.bytes.withUnsafeBytes {
            table.pointee.add(
                $0, number: number, field: field.rawValue, position: position, to: targets)
        }
    }

    /// Adds a value of a keyword field; one that the document has already changes nothing.
    ///
    /// Longer values than `SegmentLimits.termByteCount` are counted and left out.
    ///
    /// - Requires: a document was begun; the field is of keywords.
    public func add(keyword: Span<UInt8>, field: FieldID) {
        precondition(
            state.pointee.isInDocument && Int(field.rawValue) < fieldCount, "there is such a field")
        let column = columns + Int(field.rawValue)
        precondition(schema[field].kind == .keyword, "the field is of keywords")
        guard keyword.count <= SegmentLimits.termByteCount else {
            state.pointee.droppedTermCount += 1
            return
        }
        let number = keyword.bytes.withUnsafeBytes {
            table.pointee.number(of: $0, field: field.rawValue)
        }
        column.pointee.countKeyword(document: documentCount)
        if table.pointee.note(documentCount, of: number) {
            logs[Int(field.rawValue)].add(number, position: 0)
        }
    }

    /// Sets the value of a number field; of several the last counts.
    ///
    /// - Requires: a document was begun; the field is of numbers.
    public func add(number: Int64, field: FieldID) {
        precondition(
            state.pointee.isInDocument && Int(field.rawValue) < fieldCount, "there is such a field")
        precondition(schema[field].kind == .number, "the field is of numbers")
        columnByteCount += columns[Int(field.rawValue)].setNumber(number, document: documentCount)
    }

    /// Ends the document, with the bytes to be given back for it.
    ///
    /// - Requires: a document was begun; there are at most `SegmentLimits.storedByteCount` bytes.
    public func endDocument(stored: Span<UInt8>) {
        precondition(state.pointee.isInDocument, "a document was begun")
        table.pointee.flush(to: targets)
        for number in 0...fieldCount { logs[number].endDocument(documentCount) }
        stored.bytes.withUnsafeBytes { store.add($0) }
        for number in 0..<fieldCount {
            columnByteCount += columns[number].endDocument(documentCount)
        }
        state.pointee.documentCount += 1
        state.pointee.isInDocument = false
    }

    /// Gives the keys of all documents, each once, in no order.
    func forEachKey(_ body: (Span<UInt8>) throws(IndexError) -> Void) throws(IndexError) {
        for (document, number) in keyTerms.enumerated() {
            // The last document of a key stands for all.
            guard table.pointee.terms[Int(number)].lastDocument == UInt32(document) else {
                continue
            }
            let bytes = table.pointee.bytes(of: Int(number))
            try body(bytes.bindMemory(to: UInt8.self).span)
        }
    }
}

/// What a builder keeps of one field beside terms.
struct FieldColumn: ~Copyable {
    /// Whether it is of text.
    let isText: Bool
    /// Whether its occurrences have positions.
    let hasPositions: Bool
    /// Whether it has lengths of its own.
    let hasLengths: Bool

    /// The documents that have it.
    private(set) var documentCount: UInt64 = 0
    /// The sum of its lengths.
    private(set) var totalLength: UInt64 = 0
    /// The codes of its lengths, up to the last document that has it.
    private(set) var lengths = GrowingBytes(capacity: 64)
    /// The documents that have a number, ascending.
    private(set) var numberDocuments: [UInt32] = []
    /// Their numbers.
    private(set) var numbers: [Int64] = []

    /// The last document that has the field.
    private var document: UInt32 = .max
    private var position: UInt32 = 0
    private var length: UInt32 = 0

    /// An empty column.
    init(kind: IndexField.Kind) {
        switch kind {
        case .text(let hasPositions, let lengthOf):
            isText = true
            self.hasPositions = hasPositions
            hasLengths = lengthOf == nil
        case .keyword, .number, .termKeys:
            isText = false
            hasPositions = false
            hasLengths = false
        }
    }

    /// Forgets all documents.
    mutating func removeAll() {
        documentCount = 0
        totalLength = 0
        lengths.truncate()
        numberDocuments.removeAll(keepingCapacity: true)
        numbers.removeAll(keepingCapacity: true)
        document = .max
        position = 0
        length = 0
    }

    /// Counts an occurrence; those at the position of the one before add nothing to the length.
    @inline(__always)
    mutating func countPosition(_ position: UInt32, document: UInt32) {
        if self.document == document {
            precondition(position >= self.position, "positions do not descend")
            if position != self.position { length &+= 1 }
        } else {
            self.document = document
            length = 1
        }
        self.position = position
    }

    /// Counts a keyword.
    mutating func countKeyword(document: UInt32) {
        self.document = document
    }

    /// Sets a number and returns the bytes that were added.
    mutating func setNumber(_ number: Int64, document: UInt32) -> Int {
        if self.document == document {
            numbers[numbers.count - 1] = number
            return 0
        }
        self.document = document
        numberDocuments.append(document)
        numbers.append(number)
        return 12
    }

    /// Ends a document and returns the bytes that were added.
    @inline(__always)
    mutating func endDocument(_ document: UInt32) -> Int {
        guard self.document == document else { return 0 }
        // A text field without lengths of its own has the statistics of another, too.
        guard !isText || hasLengths else { return 0 }
        documentCount += 1
        guard isText else { return 0 }
        totalLength += UInt64(length)
        let before = lengths.count
        while lengths.count < Int(document) { lengths.u8(0) }
        lengths.u8(FieldLengthCode.code(of: length))
        return lengths.count - before
    }
}
