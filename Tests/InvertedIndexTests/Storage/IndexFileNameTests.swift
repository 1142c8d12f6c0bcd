import Testing

@testable import InvertedIndex

struct IndexFileNameTests {
    private let uuid = "00112233445566778899aabbccddeeff"

    @Test func `names are understood as they are given`() {
        #expect(IndexFileName.manifest(255) == "MANIFEST-00000000000000ff.izm")
        #expect(IndexFileName.writeAheadLog(.max) == "wal-ffffffffffffffff.izl")
        #expect(IndexFileName(IndexFileName.manifest(255)) == .manifest(generation: 255))
        #expect(
            IndexFileName(IndexFileName.writeAheadLog(1)) == .writeAheadLog(firstSequence: 1))
        #expect(IndexFileName("seg-\(uuid).izs") == .segment(uuid: uuid))
        #expect(
            IndexFileName(Deletions.fileName(segment: "seg-\(uuid)", generation: 16))
                == .deletions(uuid: uuid, generation: 16))
        #expect(IndexFileName("LOCK") == .lock)
        #expect(IndexFileName("seg-\(uuid).izs.tmp") == .temporary)
        guard case .segment = IndexFileName(IndexFileName.newSegment() + ".izs") else {
            Issue.record("a new segment has a name that is not understood")
            return
        }
    }

    @Test func `foreign names mean nothing`() {
        let names = [
            "", ".tmp", "notes.txt", "notes.tmp", "seg-.izs", "seg-\(uuid.uppercased()).izs",
            "seg-\(uuid)0.izs", "seg-\(uuid)", "../seg-\(uuid).izs", "seg-../../../etc/passwd.izs",
            "MANIFEST-1.izm", "MANIFEST-00000000000000FF.izm", "MANIFEST-+0000000000000ff.izm",
            "wal-000000000000000g.izl", "del-\(uuid).izd", "del-\(uuid)-1.izd", "seg-.izs.tmp",
            "seg-\(uuid).izs.tmp.tmp.bak", "LOCK ", "wal-.izl", "wal-izl",
        ]
        for name in names { #expect(IndexFileName(name) == nil, "\(name)") }
    }

    @Test func `hexadecimal digits stand for all bytes`() {
        let bytes = (0...255).map { UInt8($0) }
        #expect(IndexFileName.bytes(hexadecimal: IndexFileName.hexadecimal(bytes)) == bytes)
        #expect(IndexFileName.bytes(hexadecimal: "0") == nil)
        #expect(IndexFileName.bytes(hexadecimal: "0G") == nil)
        #expect(IndexFileName.bytes(hexadecimal: "") == [])
    }
}
