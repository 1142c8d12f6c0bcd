import TestSupport

@testable import InvertedIndex

/// What an index should hold: the stored text of each key.
typealias Content = [String: String]

/// A small index for tests of writing: one text field, one keyword, one number.
enum SmallIndex {
    static let schema = IndexSchema(fields: [
        IndexField(name: "text", kind: .text(hasPositions: true, lengthOf: nil)),
        IndexField(name: "kind", kind: .keyword),
        IndexField(name: "number", kind: .number),
        IndexField(name: "keys", kind: .termKeys(of: [FieldID(rawValue: 0)])),
    ])
    /// The key of a word is its first two bytes.
    static let keying = TermKeying { term, key in
        for index in 0..<min(2, term.count) { key.append(term[index]) }
    }
    static let fingerprint = "analysis 1"
    /// Merges early, so that a short script has merges.
    static let options = IndexWriter.Options(
        mergePolicy: MergePolicy(
            segmentsPerTier: 2, floorByteCount: 1 << 20, maximumByteCount: 1 << 30,
            maximumSegmentCount: 6))

    /// The same, and documents change places in each full merge.
    static let orderedOptions: IndexWriter.Options = {
        var ordered = options
        ordered.fullMergeOrder = .bisected(clusterBy: FieldID(rawValue: 1), threadCount: 2)
        return ordered
    }()

    static func writer(
        _ directory: any Directory, options: IndexWriter.Options = options
    ) throws(IndexError) -> IndexWriter {
        try IndexWriter(
            directory: directory, schema: schema, fingerprint: fingerprint, keying: keying,
            options: options)
    }

    /// Adds documents of which the terms are the words of their values.
    static func fill(_ builder: SegmentBuilder, _ documents: [(key: String, value: String)]) {
        for (key, value) in documents {
            builder.beginDocument(key: Array(key.utf8).span)
            for (position, word) in value.split(separator: " ").enumerated() {
                builder.add(
                    term: Array(word.utf8).span, field: FieldID(rawValue: 0),
                    position: UInt32(position))
            }
            builder.add(
                keyword: Array("kind \(value.utf8.count % 3)".utf8).span,
                field: FieldID(rawValue: 1))
            builder.add(number: Int64(value.utf8.count), field: FieldID(rawValue: 2))
            builder.endDocument(stored: Array(value.utf8).span)
        }
    }

    static func add(
        _ documents: [(key: String, value: String)], to writer: IndexWriter
    ) throws(IndexError) {
        let builder = writer.makeBuilder()
        fill(builder, documents)
        try writer.add(builder)
    }

    static func delete(_ key: String, from writer: IndexWriter) throws(IndexError) -> Bool {
        try writer.delete(key: Array(key.utf8).span)
    }

    /// All that a snapshot holds; each key is looked up as well.
    static func content(of snapshot: Snapshot) throws(IndexError) -> Content {
        var content: Content = [:]
        for (index, segment) in snapshot.segments.enumerated() {
            for document in 0..<segment.documentCount where !segment.isDeleted(document) {
                let address = DocumentAddress(segment: index, document: document)
                let key = try snapshot.key(at: address)
                guard try snapshot.address(ofKey: key.span) == address else {
                    throw .corrupt(file: segment.name, byteOffset: 0, reason: "key leads elsewhere")
                }
                content[String(decoding: key, as: UTF8.self)] = String(
                    decoding: try snapshot.stored(at: address), as: UTF8.self)
            }
        }
        return content
    }
}

/// A row of changes that runs on a writer and on a dictionary at once.
struct IndexScript {
    enum Step {
        case add([(key: String, value: String)])
        case delete(String)
        case commit
        case mergeIfNeeded
        case mergeAll
        case rollback
        /// Begins a merge and runs it; what comes before its end comes while it runs.
        case beginMerge
        case endMerge
    }

    let steps: [Step]
    var options = SmallIndex.options

    /// A script that meets every kind of file operation.
    static let short = IndexScript(steps: [
        .add([("a", "one two three"), ("b", "two two")]), .commit,
        .add([("b", "new two"), ("c", "three"), ("c", "three again")]), .delete("a"), .commit,
        .add([("d", "four")]), .add([("e", "five one")]), .mergeIfNeeded, .commit,
        .delete("e"), .delete("none"), .rollback, .delete("d"), .commit,
        .add([("a", "once more")]), .mergeAll, .commit, .commit,
        .add([("f", "six"), ("g", "seven")]), .add([("h", "eight")]), .beginMerge,
        .delete("f"), .add([("h", "eight again"), ("g", "seven again")]), .commit, .endMerge,
        .add([("i", "nine")]), .commit, .beginMerge, .mergeAll, .endMerge, .commit,
    ])

    /// The same script on a writer with other options.
    func with(_ options: IndexWriter.Options) -> IndexScript {
        IndexScript(steps: steps, options: options)
    }

    static func random(seed: UInt64, steps count: Int) -> IndexScript {
        var random = SeededGenerator(seed: seed)
        let words = ["one", "two", "three", "сөз", "слово", "word"]
        func key() -> String { "key \(Int.random(in: 0..<30, using: &random))" }
        let steps = (0..<count).map { _ -> Step in
            switch Int.random(in: 0..<14, using: &random) {
            case 0..<5:
                return .add(
                    (0..<Int.random(in: 1...8, using: &random)).map { _ in
                        let length = Int.random(in: 0...6, using: &random)
                        let value = (0..<length).map { _ in
                            words[Int.random(in: 0..<words.count, using: &random)]
                        }
                        return (key(), value.joined(separator: " "))
                    })
            case 5, 6: return .delete(key())
            case 7, 8: return .commit
            case 9: return .mergeIfNeeded
            case 11: return .beginMerge
            case 12: return .endMerge
            case 10: return Bool.random(using: &random) ? .mergeAll : .mergeIfNeeded
            default: return Int.random(in: 0..<4, using: &random) == 0 ? .rollback : .commit
            }
        }
        return IndexScript(steps: steps + [.endMerge, .commit])
    }

    /// What the index may hold after a run that went wrong, or must hold after one that did not.
    struct Outcome {
        /// The content of the last commit that returned; `nil` where not even the first did.
        var committed: Content?
        /// The content of a commit that was under way.
        var inFlight: Content?
        /// What went wrong.
        var error: IndexError?
        /// The snapshots of all commits with their content.
        var snapshots: [(Snapshot, Content)] = []
        /// The writer, where it could be made.
        var writer: IndexWriter?
        /// A merge that was begun, and what its run gave.
        var merge: (PendingMerge, Result<PendingMerge.Result?, IndexError>)?
    }

    /// Runs until something fails; where the disk was full, the step is tried a second time.
    func run(on directory: any Directory) -> Outcome {
        var outcome = Outcome()
        var pending: Content = [:]
        outcome.inFlight = [:]
        do throws(IndexError) {
            let writer = try SmallIndex.writer(directory, options: options)
            outcome.writer = writer
            outcome.committed = try SmallIndex.content(of: writer.snapshot)
            outcome.inFlight = nil
            pending = outcome.committed ?? [:]
            for (number, step) in steps.enumerated() {
                do throws(IndexError) {
                    try perform(step, number, writer, &pending, &outcome)
                } catch {
                    guard error.isOutOfSpace else { throw error }
                    outcome.error = error
                    try perform(step, number, writer, &pending, &outcome)
                }
            }
            outcome.error = nil
        } catch {
            outcome.error = error
        }
        return outcome
    }

    private func perform(
        _ step: Step, _ number: Int, _ writer: IndexWriter, _ pending: inout Content,
        _ outcome: inout Outcome
    ) throws(IndexError) {
        switch step {
        case .add(let documents):
            try SmallIndex.add(documents, to: writer)
            for (key, value) in documents { pending[key] = value }
        case .delete(let key):
            let isThere = try SmallIndex.delete(key, from: writer)
            guard isThere == (pending.removeValue(forKey: key) != nil) else {
                throw .corrupt(file: key, byteOffset: 0, reason: "deleted: \(isThere)")
            }
        case .mergeIfNeeded: _ = try writer.mergeIfNeeded()
        case .mergeAll: try writer.mergeAll()
        case .beginMerge:
            try endMerge(writer, &outcome)
            if let merge = try writer.beginMerge() {
                outcome.merge = (merge, Result { () throws(IndexError) in try merge.run() })
            }
        case .endMerge: try endMerge(writer, &outcome)
        case .rollback:
            try writer.rollback()
            pending = outcome.committed ?? [:]
        case .commit:
            outcome.inFlight = pending
            let snapshot = try writer.commit(walSequence: 0, userData: "\(number)")
            outcome.committed = pending
            outcome.inFlight = nil
            outcome.snapshots.append((snapshot, pending))
        }
    }

    private func endMerge(
        _ writer: IndexWriter, _ outcome: inout Outcome
    ) throws(IndexError) {
        guard let (merge, result) = outcome.merge else { return }
        outcome.merge = nil
        _ = try writer.endMerge(merge, result)
    }
}
