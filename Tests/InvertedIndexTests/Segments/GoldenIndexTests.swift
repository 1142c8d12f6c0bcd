import Glibc
import TestSupport
import Testing

@testable import InvertedIndex

/// The golden index of each format stays readable by every later program.
///
/// Only that of the newest is recorded anew by `IZDE_RECORD=1`, which a new format alone may ask
/// for, in a folder of its own.
struct GoldenIndexTests {
    private static let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    private static func folder(_ format: Int) -> String { "/\(tests)/Golden/format-\(format)" }
    private static let readme =
        "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        + "/index/README.md"

    /// What recording anew threw; done once, if it was asked for.
    private static let recording = Result<Void, any Error> {
        if getenv("IZDE_RECORD") != nil { try record() }
    }

    /// A copy, since opening an index for writing changes it.
    private static func golden(
        _ format: Int
    ) throws -> (TemporaryDirectory, FileSystemDirectory) {
        try recording.get()
        let original = try FileSystemDirectory(path: folder(format))
        let copy = try TemporaryDirectory()
        let directory = try copy.open()
        for name in try original.fileNames() {
            try directory.createFile(named: name).write(original.read(name))
        }
        return (copy, directory)
    }

    private static func record() throws {
        let format = CommitPoint.formatVersion
        let directory = try FileSystemDirectory(path: folder(format), isCreated: true)
        for name in try directory.fileNames() { try directory.remove(name) }
        try GoldenIndex(format: format).write(to: directory)
    }

    @Test(arguments: 1...CommitPoint.formatVersion)
    func `the golden index of a format is sound and answers`(format: Int) throws {
        let (folder, directory) = try Self.golden(format)
        defer { withExtendedLifetime(folder) {} }
        let count = GoldenIndex(format: format).largerCount
        let report = try IndexChecker(directory: directory).check()
        #expect(report.isSound, "\(report.errors)")
        let mergedCount = format > 4 ? GoldenIndex.mergedCount : 0
        #expect(report.segmentCount == (format > 4 ? 3 : 2))
        #expect(report.documentCount == count - 8 + mergedCount)
        #expect(report.deletedCount == 10)
        #expect(report.logRecordCount == 2)
        let snapshot = try Snapshot.open(
            directory: directory, schema: GoldenIndex(format: format).schema)
        #expect(snapshot.fingerprint == "golden")
        let address = try #require(try snapshot.address(ofKey: Array("key/5".utf8).span))
        #expect(address == DocumentAddress(segment: 1, document: UInt32(count - 5)))
        let first = try #require(try snapshot.address(ofKey: Array("a".utf8).span))
        #expect(try snapshot.stored(at: first) == Array("Қала".utf8))
        let segment = snapshot.segments[1]
        #expect(
            try segment.stored(4) == Array(String(repeating: "Текст 4. ", count: 80).utf8))
        let entry = try #require(
            try segment.lookup(GoldenIndex.body, Array("город".utf8).span))
        #expect(entry.documentFrequency == UInt32(count))
        #expect(entry.totalFrequency == UInt64(count + (count + 6) / 7))
        #expect(try segment.numbers(GoldenIndex.date)?.value(of: 100) == 5000)
        #expect(try segment.keywords(GoldenIndex.language)?.valueCount == 3)
        if format > 1 { try checkKeys(Searcher(snapshot: snapshot), format, count) }
        let postings = try segment.postings(entry, GoldenIndex.body)
        #expect(postings.hasBest == (format > 2))
        if format > 3 { try checkCodes(segment) }
        if format > 5 { try checkLists(segment) }
        if format > 4 { try checkDictionary(snapshot.segments[2]) }
        #expect((segment.content.suffixes(GoldenIndex.body) != nil) == (format > 4))
        if format > 4 {
            let near = try Searcher(snapshot: snapshot).fuzzyTerms(
                GoldenIndex.body, Array("солво777".utf8), distance: 1, limit: 10)
            #expect(near.map { String(decoding: $0.term, as: UTF8.self) } == ["слово777"])
        }
        let log = try WriteAheadLog.open(
            directory: directory, indexUUID: GoldenIndex.uuid, after: 0)
        #expect(log.records.map(\.payload) == [Array("first".utf8), Array("second".utf8)])
    }

    private func checkCodes(_ segment: Segment) throws {
        for (word, kind) in [("dense", \BlockCode.isBits), ("uneven", \BlockCode.isPatched)] {
            let found = try segment.lookup(GoldenIndex.body, Array(word.utf8).span)
            var cursor = try segment.postings(#require(found), GoldenIndex.body)
            var codes: [(documents: BlockCode, frequencies: BlockCode)] = []
            while try cursor.nextBlock() {
                codes.append((cursor.blockLayout.documents, cursor.blockLayout.frequencies))
            }
            #expect(codes.contains { $0.documents[keyPath: kind] }, "\(word): \(codes)")
            if word == "uneven" { #expect(codes.contains { $0.frequencies.isPatched }) }
        }
    }

    private func checkLists(_ segment: Segment) throws {
        let found = try segment.lookup(GoldenIndex.body, Array("far".utf8).span)
        var cursor = try segment.postings(#require(found), GoldenIndex.body)
        let isFound = try cursor.skipToBlock(containing: 990)
        #expect(isFound && cursor.count == 49)
        #expect(cursor.blockLayout.documents.isPatched)
        var positions: [UInt32] = []
        try cursor.positions(at: 44, into: &positions)
        #expect(cursor.documents[44] == 990 && positions.count == 1 && positions[0] > 40)
        #expect(cursor.steps.exceptionCount > 0)
        let keys = try #require(segment.content.fields.fields.last)
        // Ten keys are of two documents; the first block has some of them, the last has none.
        for (block, width) in [(keys.firstBlock, -1), (keys.firstBlock + keys.blockCount - 1, 10)] {
            let opened = try segment.content.dictionary.open(Int(block), of: keys)
            #expect(opened.packedWidth == width)
        }
    }

    private func checkDictionary(_ segment: Segment) throws {
        #expect(!segment.content.store.dictionaryBytes.isEmpty)
        for number in 0..<GoldenIndex.mergedCount {
            let stored = try segment.stored(UInt32(number))
            #expect(stored == Array(GoldenIndex.mergedText(number).utf8))
        }
    }

    private func checkKeys(_ searcher: Searcher, _ format: Int, _ count: Int) throws {
        let key = Array("gorod".utf8)
        let found = try searcher.terms(GoldenIndex.keys, key: key, limit: 10)
        #expect(found.map { String(decoding: $0.term, as: UTF8.self) } == ["город", "gorod"])
        #expect(found.map(\.documentFrequency) == [count, count / 50])
        let near = try searcher.fuzzyTerms(
            keys: GoldenIndex.keys, Array("grod".utf8), distance: 1, limit: 10)
        #expect(near.map(\.distance) == [1, 1])
        let frequent = try searcher.terms(GoldenIndex.keys, keyPrefix: [], limit: 3)
        #expect(
            frequent.map { String(decoding: $0.term, as: UTF8.self) }
                == (format > 3 ? ["город", "dense", "d2"] : ["город", "d2", "d3"]))
    }

    @Test(arguments: 1...CommitPoint.formatVersion)
    func `the index is written to the same bytes again`(format: Int) throws {
        let (folder, golden) = try Self.golden(format)
        defer { withExtendedLifetime(folder) {} }
        let other = try TemporaryDirectory()
        let directory = try other.open()
        try GoldenIndex(format: format).write(to: directory)
        #expect(try Set(directory.fileNames()) == Set(golden.fileNames()))
        let segments = try directory.fileNames().filter { $0.hasSuffix(".izs") }
        for name in try directory.fileNames()
        where !name.hasSuffix(".izs") && !name.hasSuffix(".izm") {
            #expect(try directory.read(name) == golden.read(name), "\(name)")
        }
        // What libzstd makes of the stored bytes changes with its version; nothing else does but
        // what a format changes.
        var changing: Set<UInt32> = [
            SegmentSection.stored, SegmentSection.storedBlocks, SegmentSection.storedDictionary,
        ]
        // Keys were in sections of their own, and postings and positions packed otherwise.
        let keys: Set<UInt32> = [
            SegmentSection.keys, SegmentSection.keyIndex, SegmentSection.keyPlaces,
        ]
        if format < 6 {
            changing.formUnion([
                SegmentSection.postings, SegmentSection.positions, SegmentSection.terms,
                SegmentSection.termIndex,
            ])
        }
        for name in segments {
            let new = try Segment.open(file: directory.map(name)).content.envelope
            let old = try Segment.open(file: golden.map(name)).content.envelope
            let pair = [new, old].map { $0.sections.filter { format > 5 || !keys.contains($0.id) } }
            #expect(pair[0].map(\.id) == pair[1].map(\.id))
            for (left, right) in zip(pair[0], pair[1]) where !changing.contains(left.id) {
                let isSame = left.bytes.elementsEqual(right.bytes)
                #expect(isSame, "\(name), section \(left.id)")
            }
        }
        guard format == CommitPoint.formatVersion else { return }
        let example = "\(GoldenIndex.example).izs"
        #expect(try directory.read(example) == golden.read(example))
    }

    @Test(arguments: 1..<CommitPoint.formatVersion)
    func `a merge brings an older index to the newest format`(format: Int) throws {
        let (folder, directory) = try Self.golden(format)
        defer { withExtendedLifetime(folder) {} }
        let schema = GoldenIndex(format: format).schema
        let before = try Snapshot.open(directory: directory, schema: schema)
        let query = Query.group(
            TermGroup(alternatives: [.init(field: GoldenIndex.body, term: Array("d7".utf8))]))
        let hits = try Searcher(snapshot: before).search(query).hits
        let keys = try hits.map { try before.key(at: $0.address) }
        let writer = try IndexWriter(
            directory: directory, schema: schema, fingerprint: "golden")
        try writer.mergeAll()
        let after = try writer.commit(walSequence: 0, userData: "")
        #expect(after.segments.allSatisfy { $0.content.postingsSection.codec == 3 })
        #expect(
            after.segments.allSatisfy {
                $0.content.envelope.optionalSection(SegmentSection.keyPlaces) != nil
            })
        #expect(try IndexChecker(directory: directory).check().isSound)
        let found = try Searcher(snapshot: after).search(query).hits
        #expect(try found.map { try after.key(at: $0.address) } == keys)
        // The ten deleted documents no longer count, so scores differ by little.
        for (left, right) in zip(hits, found) { #expect(abs(left.score - right.score) < 0.2) }
    }

    @Test func `the worked example of the format is what is written`() throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        try GoldenIndex(format: 1).write(to: directory)
        try Self.expect(
            directory.read("\(GoldenIndex.example).izs"),
            in: Self.lines(of: "## A worked example", to: "## "))
    }

    @Test func `the worked example of keys of terms is what is written`() throws {
        let (folder, directory) = try Self.golden(2)
        defer { withExtendedLifetime(folder) {} }
        let file = try directory.map("\(GoldenIndex.example).izs")
        let envelope = try Segment.open(file: file).content.envelope
        let lines = try Self.lines(of: "## A worked example of keys of terms", to: "## ")
        let parts = lines.split { $0.hasPrefix("**") }.dropFirst()
        for (id, part) in zip([SegmentSection.termKeys, SegmentSection.termKeyIndex], parts) {
            try Self.expect([UInt8](envelope.section(id).bytes), in: part)
        }
        #expect(parts.count == 2)
    }

    /// The lines of the description from a heading to the next.
    private static func lines(of heading: String, to next: String) throws -> ArraySlice<Substring> {
        let text = try text(of: readme)
        let start = try #require(text.firstIndex { $0 == heading })
        return text[start...].dropFirst().prefix { !$0.hasPrefix(next) }
    }

    /// Compares bytes with lines that tell all of them.
    private static func expect(_ bytes: [UInt8], in lines: ArraySlice<Substring>) throws {
        var covered = 0
        for line in lines {
            // Lines like "0040  02 00*7  | what it is"; `00*7` stands for seven of them.
            let parts = line.prefix { $0 != "|" }.split(separator: " ")
            guard line.first?.isHexDigit == true, let place = parts.first,
                place.utf8.count == 4, let offset = Int(place, radix: 16)
            else { continue }
            let expected = try parts.dropFirst().flatMap { part -> [UInt8] in
                let sides = part.split(separator: "*")
                let byte = try #require(UInt8(sides[0], radix: 16), "\(line)")
                return [UInt8](repeating: byte, count: sides.count > 1 ? Int(sides[1]) ?? 0 : 1)
            }
            #expect(offset == covered, "\(line)")
            guard offset + expected.count <= bytes.count else {
                Issue.record("past the end: \(line)")
                return
            }
            #expect(Array(bytes[offset..<offset + expected.count]) == expected, "\(line)")
            covered = offset + expected.count
        }
        #expect(covered == bytes.count, "the example tells every byte of the file")
    }

    @Test func `keys of terms are shown as text`() throws {
        let (folder, directory) = try Self.golden(2)
        defer { withExtendedLifetime(folder) {} }
        let text = try IndexInspector.text(
            of: "\(GoldenIndex.larger).izs", in: directory,
            options: IndexInspector.Options(term: (field: "keys", term: Array("gorod".utf8))))
        for line in [
            "  3 keys: keys of the terms of body, 27 entries", "  key of 2 terms",
            "    \"gorod\" in 6 documents; ordinal 19",
            "    \"город\" in 300 documents; ordinal 26",
        ] { #expect(text.split(separator: "\n").contains(Substring(line)), "\(line) in \(text)") }
    }

    @Test func `a golden segment is shown as text`() throws {
        let (folder, directory) = try Self.golden(1)
        defer { withExtendedLifetime(folder) {} }
        let text = try IndexInspector.text(
            of: "\(GoldenIndex.example).izs", in: directory,
            options: IndexInspector.Options(
                term: (field: "body", term: Array("қала".utf8)), document: 1))
        for line in [
            "  0 body: text with positions, 4 tokens in 2 documents, 2 terms",
            "term body:\"қала\"", "  in 2 documents, 3 times; ordinal 1",
            "    0 × 2: 0 2", "    1 × 1: 0", "  key \"b\"", "  language: \"ru\"",
            "  date: 20240503", "  stored, 6 bytes", "  \"Мен\"",
        ] { #expect(text.split(separator: "\n").contains(Substring(line)), "\(line)") }
        let name = try #require(try directory.fileNames().first { $0.hasSuffix(".izd") })
        let deletions = try IndexInspector.text(of: name, in: directory)
        #expect(deletions.contains("deleted 10 of 300 documents\n  0 1 2 3 4 5 6 7 8 9\n"))
        let log = try IndexInspector.text(of: IndexFileName.writeAheadLog(1), in: directory)
        #expect(log.contains("record 2  6 bytes  \"second\"\n"))
    }

    private static func text(of path: String) throws -> [Substring] {
        let slash = path.lastIndex(of: "/") ?? path.startIndex
        let directory = try FileSystemDirectory(path: String(path[..<slash]))
        let bytes = try directory.read(String(path[path.index(after: slash)...]))
        return String(decoding: bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
    }
}
