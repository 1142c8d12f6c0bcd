import TestSupport
import Testing

@testable import InvertedIndex

/// Sorting by keys against that of the standard library.
struct KeyedNumberTests {
    @Test(arguments: SeededGenerator.seeds(3))
    func `numbers are sorted by their keys, equal keys stay in order`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for count in [0, 1, 2, 63, 64, 65, 1_000, 5_000] {
            // All bits, few values, only low or only high bits.
            let masks: [UInt64] = [.max, 7, 0xFFFF, 0xFFF << 52, 1 << 63 | 1, 0]
            for mask in masks {
                var numbers = (0..<count).map { index in
                    KeyedNumber(
                        key: UInt64.random(in: 0 ... .max, using: &generator) & mask,
                        number: UInt32(index))
                }
                let expected = numbers.sorted { ($0.key, $0.number) < ($1.key, $1.number) }
                var spare = numbers
                numbers.withUnsafeMutableBufferPointer { numbers in
                    spare.withUnsafeMutableBufferPointer { spare in
                        KeyedNumber.sort(numbers, spare: spare)
                    }
                }
                #expect(numbers.map(\.number) == expected.map(\.number))
                #expect(numbers.map(\.key) == expected.map(\.key))
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds(3))
    func `terms are sorted by their bytes`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let headCounts = [0, 3, 8, 17, 31, 40]
        let ends: [UInt8] = [0, 0, 1, 128, 255]
        var words: Set<[UInt8]> = [[]]
        for length in 0...20 { words.insert([97] + [UInt8](repeating: 0, count: length)) }
        while words.count < 3_000 {
            // Long heads in common, ends of zeros, more than fits beside the term.
            let head = [UInt8](
                repeating: UInt8.random(in: 0...1, using: &generator),
                count: headCounts.randomElement(using: &generator) ?? 0)
            let tail = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                ends.randomElement(using: &generator) ?? 0
            }
            words.insert(head + tail)
        }
        var table = TermTable()
        let inserted = words.shuffled(using: &generator)
        var numbers = inserted.map { word in
            word.withUnsafeBytes { UInt32(table.number(of: $0, field: 3)) }
        }
        table.sort(&numbers)
        let sorted = numbers.map { inserted[Int($0)] }
        #expect(sorted == inserted.sorted { $0.lexicographicallyPrecedes($1) })
    }

    @Test func `the column of ends is that of a plain sort`() throws {
        var generator = SeededGenerator(seed: 3)
        for count in [1_023, 1_024, 1_087, 4_000, 30_000] {
            let keys = (0..<count).map { _ in
                UInt64.random(in: 0..<500, using: &generator) << 40
            }
            let column = TermSuffixes.column(kind: .text, keys: keys)
            #expect(column == Self.plainColumn(keys))
        }
    }

    /// Bit by bit.
    private static func plainColumn(_ keys: [UInt64]) -> [UInt8] {
        guard let layout = TermSuffixes.Layout(kind: .text, termCount: UInt64(keys.count)) else {
            return []
        }
        let order = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
        var column: [UInt8] = []
        for group in 0..<layout.groupCount {
            let key = keys[order[group * TermSuffixes.termsPerGroup]]
            for byte in 0..<8 { column.append(UInt8(truncatingIfNeeded: key >> UInt64(8 * byte))) }
        }
        for group in 0..<layout.groupCount {
            let first = group * TermSuffixes.termsPerGroup
            let blocks = order[first..<first + layout.count(ofGroup: group)]
                .map { $0 / TermDictionary.termsPerBlock }.sorted()
            var bytes = [UInt8](repeating: 0, count: layout.groupByteCount)
            func set(_ bit: Int) { bytes[bit / 8] |= 1 << UInt8(bit % 8) }
            for (place, block) in blocks.enumerated() {
                for bit in 0..<layout.lowerBits where block >> bit & 1 == 1 {
                    set(place * layout.lowerBits + bit)
                }
                set(layout.upperOffset * 8 + (block >> layout.lowerBits) + place)
            }
            column += bytes
        }
        return column
    }
}
