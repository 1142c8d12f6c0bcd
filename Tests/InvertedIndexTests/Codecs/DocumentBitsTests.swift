import CKernels
import TestSupport
import Testing

@testable import InvertedIndex

struct DocumentBitsTests {
    /// 128 documents after `base`, on the average `spread` apart.
    private static func documents(
        _ base: UInt32, _ spread: UInt32, _ generator: inout SeededGenerator
    ) -> [UInt32] {
        var next = base
        return (0..<128).map { _ in
            next = next &+ 1 &+ UInt32.random(in: 0...2 * (spread - 1), using: &generator)
            return next
        }
    }

    private static func fill(_ window: DocumentWindow, _ body: (WindowBits) -> Void) -> [UInt32] {
        let bits = WindowBits.allocateWindow()
        defer { bits.deallocate() }
        body(bits)
        let count = bits.windowCount()
        #expect(count == ck_count_bits_portable(bits, DocumentWindow.wordCount))
        let found = (0..<DocumentWindow.size).filter { bits.contains($0) }
        #expect(found.count == count)
        return found.map { $0 + window.base }
    }

    @Test func `sets of bits fill windows wherever they begin and end`() {
        var generator = SeededGenerator(seed: 3)
        for round in 0..<400 {
            let base = round % 7 == 0 ? UInt32.max : UInt32.random(in: 0...9000, using: &generator)
            let spread = UInt32.random(in: 1...24, using: &generator)
            let documents = Self.documents(base, spread, &generator)
            let last = documents[127]
            let units = DocumentBits.unitCount(base: base, last: last)
            var output = GrowingBytes()
            DocumentBits.write(documents, base: base, unitCount: units, to: &output)
            #expect(output.count == 16 * units)
            let near = Int(base &+ 1) + Int.random(in: -5000...5000, using: &generator)
            let size = UInt32(64 * Int.random(in: 1...64, using: &generator))
            let window = DocumentWindow(
                from: UInt32(max(0, near)), size: size,
                documentCount: .random(in: 15_000...16_000, using: &generator))
            guard window.base < window.end, let input = output.bytes.baseAddress else { continue }
            let found = Self.fill(window) { bits in
                DocumentBits.fill(
                    input, unitCount: units, base: base, through: last, window, bits)
            }
            let expected = documents.filter { $0 >= window.base && $0 < window.end }
            #expect(found == expected, "round \(round)")
            let run = Self.fill(window) { bits in
                DocumentBits.fillRun(from: base &+ 1, through: last, window, bits)
            }
            let first = max(base &+ 1, window.base)
            let end = min(last + 1, window.end)
            #expect(run == (first < end ? Array(first..<end) : []), "round \(round)")
        }
    }

    @Test func `bits after the last document are left out`() {
        let bytes = [UInt8](repeating: 0xFF, count: 32)
        let window = DocumentWindow(from: 0, size: 4096, documentCount: 9000)
        let found = Self.fill(window) { bits in
            bytes.withUnsafeBytes { input in
                guard let start = input.baseAddress else { return }
                DocumentBits.fill(start, unitCount: 2, base: 99, through: 199, window, bits)
            }
        }
        #expect(found == Array(100..<200))
    }

    @Test func `any bits are read without leaving the room for them`() {
        var generator = SeededGenerator(seed: 4)
        for units in 1...BlockCode.greatestUnitCount {
            let bytes = (0..<16 * units).map { _ in UInt8.random(in: 0 ... .max, using: &generator)
            }
            let room = 128 + DocumentBits.overrun
            var documents = [UInt32](repeating: 7, count: room + 1)
            let isWhole = bytes.withUnsafeBytes { input in
                input.baseAddress.map {
                    DocumentBits.read($0, unitCount: units, base: 9, into: &documents)
                }
            }
            #expect(isWhole == (bytes.reduce(0) { $0 + $1.nonzeroBitCount } == 128))
            #expect(documents[room] == 7)
            let places = (0..<128 * units).filter { bytes[$0 / 8] >> UInt8($0 % 8) & 1 == 1 }
            for way in 0...2 {
                let count = ck_places_of_bits_by(Int32(way), bytes, units, 10, &documents)
                #expect(count == places.count || count > 128)
                #expect(documents[room] == 7)
                let known = min(count, 128, places.count)
                #expect(documents[..<known].elementsEqual(places[..<known].map { UInt32($0 + 10) }))
            }
        }
    }
}
