import Glibc
import TestSupport
import Testing

@testable import InvertedIndex

struct IndexWriterTests {
    @Test(arguments: SeededGenerator.seeds())
    func `a random script leaves what a dictionary would hold`(seed: UInt64) throws {
        let directory = FaultyDirectory()
        for round in 0..<3 as Range<UInt64> {
            let outcome = IndexScript.random(seed: seed &+ round, steps: 60).run(on: directory)
            #expect(outcome.error == nil)
            for (snapshot, content) in outcome.snapshots {
                #expect(try SmallIndex.content(of: snapshot) == content)
                #expect(snapshot.documentCount == content.count)
                #expect(snapshot.segmentCount <= 6)
            }
            outcome.writer?.close()
            let report = try IndexChecker(directory: directory).check()
            #expect(report.errors == [])
            #expect(report.strayFileNames == [])
            #expect(report.documentCount == outcome.committed?.count)
        }
    }

    @Test func `nothing shows before the commit, all of it after`() throws {
        let directory = FaultyDirectory()
        let writer = try SmallIndex.writer(directory)
        #expect(writer.snapshot.generation == 1)
        #expect(writer.snapshot.documentCount == 0)
        try SmallIndex.add([("a", "one"), ("b", "two"), ("a", "three")], to: writer)
        #expect(writer.hasChanges)
        #expect(writer.documentCount == 2)
        #expect(try writer.contains(key: Array("a".utf8).span))
        #expect(try !writer.contains(key: Array("c".utf8).span))
        #expect(try Snapshot.open(directory: directory).documentCount == 0)
        let snapshot = try writer.commit(walSequence: 5, userData: "note")
        #expect(try SmallIndex.content(of: snapshot) == ["a": "three", "b": "two"])
        #expect(!writer.hasChanges)
        let read = try Snapshot.open(directory: directory, schema: SmallIndex.schema)
        #expect(try SmallIndex.content(of: read) == ["a": "three", "b": "two"])
        #expect(read.generation == 2)
        #expect(read.walSequence == 5)
        #expect(read.userData == "note")
        #expect(read.fingerprint == SmallIndex.fingerprint)
        #expect(read.deletedCount == 1)
        #expect(read.termCount > 0)
        #expect(read.byteCount > 0)
    }

    @Test func `a commit without changes writes nothing`() throws {
        let directory = FaultyDirectory()
        let writer = try SmallIndex.writer(directory)
        try SmallIndex.add([("a", "one")], to: writer)
        let first = try writer.commit(walSequence: 1, userData: "")
        let operations = directory.operationCount
        #expect(try writer.commit(walSequence: 1, userData: "").generation == first.generation)
        #expect(directory.operationCount == operations)
        #expect(try writer.commit(walSequence: 2, userData: "").walSequence == 2)
        // A document that was added and deleted again leaves no trace.
        try SmallIndex.add([("b", "two")], to: writer)
        #expect(try SmallIndex.delete("b", from: writer))
        let last = try writer.commit(walSequence: 2, userData: "")
        #expect(last.segmentCount == 1)
        #expect(try IndexChecker(directory: directory).check().isSound)
    }

    @Test func `a second writer is refused until the first closes`() throws {
        let folder = try TemporaryDirectory()
        let first = try SmallIndex.writer(try folder.open())
        #expect(throws: IndexError.locked(path: folder.path)) {
            try SmallIndex.writer(try folder.open())
        }
        first.close()
        let second = try SmallIndex.writer(try folder.open())
        #expect(second.snapshot.generation == 1)
        let error = #expect(throws: IndexError.self) { try SmallIndex.add([("a", "b")], to: first) }
        guard case .writerFailed = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `another schema or analysis is refused`() throws {
        let directory = FaultyDirectory()
        try SmallIndex.writer(directory).close()
        let other = IndexSchema(fields: [IndexField(name: "other", kind: .keyword)])
        for (schema, fingerprint) in [
            (other, SmallIndex.fingerprint), (SmallIndex.schema, "analysis 2"),
        ] {
            let error = #expect(throws: IndexError.self) {
                try IndexWriter(directory: directory, schema: schema, fingerprint: fingerprint)
            }
            guard case .incompatible = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        // The lock of a writer that was not made is free.
        _ = try SmallIndex.writer(directory)
    }

    @Test func `what a crash left is removed, foreign files stay`() throws {
        let directory = FaultyDirectory()
        try SmallIndex.writer(directory).close()
        let stale = [
            IndexFileName.newSegment() + ".izs", IndexFileName.newSegment() + ".izs.tmp",
            IndexFileName.manifest(9) + ".tmp",
            Deletions.fileName(segment: IndexFileName.newSegment(), generation: 3),
        ]
        let foreign = ["notes.txt", "notes.tmp", "seg-1.izs"]
        for name in stale + foreign { directory.setContents(of: name, to: [1, 2, 3]) }
        let report = try IndexChecker(directory: directory).check()
        #expect(report.strayFileNames == stale.sorted())
        #expect(report.foreignFileNames == foreign.sorted())
        #expect(report.isSound)
        _ = try SmallIndex.writer(directory)
        let names = Set(try directory.fileNames())
        #expect(names == Set(foreign + [IndexFileName.manifest(1)]))
    }

    @Test func `files go only after the commit that replaces them, two commit points stay`() throws
    {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        let writer = try SmallIndex.writer(directory)
        try SmallIndex.add([("a", "one"), ("b", "two")], to: writer)
        let first = try writer.commit(walSequence: 0, userData: "1")
        try SmallIndex.add([("c", "three")], to: writer)
        #expect(try SmallIndex.delete("a", from: writer))
        let second = try writer.commit(walSequence: 0, userData: "2")
        try writer.mergeAll()
        for name in second.commit.fileNames { #expect(try directory.byteCount(of: name) > 0) }
        let third = try writer.commit(walSequence: 0, userData: "3")
        #expect(third.segmentCount == 1)
        #expect(third.deletedCount == 0)
        let names = Set(try directory.fileNames())
        #expect(names == Set(third.commit.fileNames + [second.commit.fileName, "LOCK"]))
        // Those who hold an old snapshot read it as before.
        #expect(try SmallIndex.content(of: first) == ["a": "one", "b": "two"])
        #expect(try SmallIndex.content(of: second) == ["b": "two", "c": "three"])
        #expect(try SmallIndex.content(of: third) == ["b": "two", "c": "three"])
        #expect(writer.cleaningError == nil)
    }

    @Test func `a merge that is told to stop changes nothing`() throws {
        let directory = FaultyDirectory()
        let writer = try SmallIndex.writer(directory)
        for number in 0..<3 { try SmallIndex.add([("\(number)", "one")], to: writer) }
        try writer.commit(walSequence: 0, userData: "")
        let names = Set(try directory.fileNames())
        try writer.mergeAll(shouldStop: { true })
        #expect(writer.segmentCount == 3)
        #expect(Set(try directory.fileNames()) == names)
        try writer.mergeAll()
        #expect(writer.segmentCount == 1)
    }

    @Test func `a full merge orders documents once, and few of them not at all`() throws {
        // By kind, which is the length of the value modulo 3.
        let documents = [("a", "12"), ("b", "123"), ("c", "1"), ("d", "1234"), ("e", "123456")]
        func keys(_ snapshot: Snapshot) throws -> [String] {
            try (0..<UInt32(snapshot.documentCount)).map { document in
                let key = try snapshot.key(at: DocumentAddress(segment: 0, document: document))
                return String(decoding: key, as: UTF8.self)
            }
        }
        let directory = FaultyDirectory()
        let writer = try SmallIndex.writer(directory, options: SmallIndex.orderedOptions)
        try SmallIndex.add(documents, to: writer)
        // A single segment, but new.
        try writer.mergeAll()
        let first = try writer.commit(walSequence: 0, userData: "1")
        #expect(try keys(first) == ["b", "e", "c", "d", "a"])
        try writer.mergeAll()
        #expect(!writer.hasChanges)
        try SmallIndex.add([("f", "12345"), ("c", "12")], to: writer)
        try writer.mergeAll()
        let second = try writer.commit(walSequence: 0, userData: "2")
        #expect(second.segmentCount == 1)
        #expect(try keys(second) == ["b", "e", "d", "a", "f", "c"])
        #expect(try IndexChecker(directory: directory).check().errors == [])

        var options = SmallIndex.options
        options.fullMergeOrder = .bisected(clusterBy: FieldID(rawValue: 1), from: 6)
        let other = try SmallIndex.writer(FaultyDirectory(), options: options)
        try SmallIndex.add(documents, to: other)
        try other.mergeAll()
        let few = try other.commit(walSequence: 0, userData: "")
        #expect(try keys(few) == ["a", "b", "c", "d", "e"])
    }

    @Test func `a merge waits while there is no space for it`() throws {
        let directory = FaultyDirectory()
        var options = SmallIndex.options
        options.reservedByteCount = 1000
        let writer = try SmallIndex.writer(directory, options: options)
        for number in 0..<4 { try SmallIndex.add([("\(number)", "one")], to: writer) }
        directory.setFreeByteCount(1001)
        #expect(try writer.mergeIfNeeded() == false)
        #expect(throws: IndexError.self) { try writer.mergeAll() }
        #expect(throws: IndexError.self) { try SmallIndex.add([("x", "y")], to: writer) }
        try writer.commit(walSequence: 0, userData: "")
        directory.setFreeByteCount(.max)
        #expect(try writer.mergeIfNeeded())
    }

    @Test func `segments that workers write are taken in by the owner`() throws {
        let directory = FaultyDirectory()
        let writer = try SmallIndex.writer(directory)
        try SmallIndex.add([("a", "old")], to: writer)
        let destination = writer.makeDestination()
        let late = writer.makeDestination()
        let written = try write([("a", "new"), ("b", "two")], to: destination)
        let lateWritten = try write([("c", "three")], to: late)
        // A commit meanwhile leaves the files of workers alone.
        try writer.commit(walSequence: 0, userData: "")
        try writer.add(written: written)
        let second = try writer.commit(walSequence: 0, userData: "")
        #expect(try SmallIndex.content(of: second) == ["a": "new", "b": "two"])
        try writer.add(written: lateWritten)
        let third = try writer.commit(walSequence: 0, userData: "")
        #expect(try SmallIndex.content(of: third) == ["a": "new", "b": "two", "c": "three"])
        #expect(try IndexChecker(directory: directory).check().isSound)
    }

    private func write(
        _ documents: [(key: String, value: String)], to destination: SegmentDestination
    ) throws -> SegmentDescriptor {
        let builder = SegmentBuilder(schema: SmallIndex.schema)
        SmallIndex.fill(builder, documents)
        return try destination.write(builder)
    }

    @Test(arguments: SeededGenerator.seeds())
    func `keys are found again in segments of any size`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let directory = FaultyDirectory()
        let writer = try SmallIndex.writer(
            directory, options: .init(mergePolicy: MergePolicy(segmentsPerTier: 20)))
        var expected: Content = [:]
        for (round, count) in [400, 3, 300, 1, 40, 700, 0, 20].shuffled(using: &random).enumerated()
        {
            let range = Int.random(in: 1...900, using: &random)
            let documents = (0..<count).map { _ in
                ("key \(Int.random(in: 0..<range, using: &random))", "round \(round)")
            }
            try SmallIndex.add(documents, to: writer)
            for (key, value) in documents { expected[key] = value }
            #expect(writer.documentCount == expected.count)
        }
        let snapshot = try writer.commit(walSequence: 0, userData: "")
        #expect(try SmallIndex.content(of: snapshot) == expected)
        #expect(try IndexChecker(directory: directory).check().isSound)
    }

    @Test func `more segments than the policy allows are never kept`() throws {
        let directory = FaultyDirectory()
        let writer = try SmallIndex.writer(directory)
        var expected: Content = [:]
        for number in 0..<30 {
            try SmallIndex.add([("\(number % 20)", "value \(number)")], to: writer)
            expected["\(number % 20)"] = "value \(number)"
            #expect(writer.segmentCount <= 6)
        }
        let snapshot = try writer.commit(walSequence: 0, userData: "")
        #expect(try SmallIndex.content(of: snapshot) == expected)
    }
}
