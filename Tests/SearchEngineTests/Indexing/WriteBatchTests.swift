import InvertedIndex
import TestSupport
import Testing

@testable import SearchEngine

@Suite struct WriteBatchTests {
    @Test func `changes come back in their order`() throws {
        let changes: [WriteBatch.Change] = [
            .add(json: Array(#"{"id":"a"}"#.utf8)), .delete(key: Array("қ".utf8)), .add(json: []),
        ]
        var batch = WriteBatch()
        for change in changes { batch.append(change) }
        #expect(try WriteBatch.changes(in: batch.bytes) == changes)
        #expect(!batch.isEmpty)
        #expect(WriteBatch().isEmpty)
    }

    @Test func `a record cut anywhere or with any bit flipped never traps`() throws {
        var batch = WriteBatch()
        batch.append(.add(json: Array(#"{"id":"a","title":"x"}"#.utf8)))
        batch.append(.delete(key: Array("b".utf8)))
        let whole = try WriteBatch.changes(in: batch.bytes)
        for count in 0..<batch.bytes.count {
            let cut = Array(batch.bytes.prefix(count))
            do throws(IndexError) {
                #expect(try WriteBatch.changes(in: cut).count < whole.count)
            } catch {
                #expect(error != .deadlineExceeded)
            }
        }
        for index in batch.bytes.indices {
            for bit in 0..<8 {
                var bytes = batch.bytes
                bytes[index] ^= 1 << UInt8(bit)
                do throws(IndexError) {
                    #expect(try WriteBatch.changes(in: bytes) != whole)
                } catch {
                    #expect(error != .deadlineExceeded)
                }
            }
        }
    }
}
