import TestSupport
import Testing

@testable import TextAnalysis

struct WordNumbersTests {
    @Test(arguments: SeededGenerator.seeds())
    func `Words have the numbers in whose order they first came`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var numbers = WordNumbers(blank: 0)
        for round in 0..<3 {
            var expected: [[UInt8]: Int] = [:]
            for _ in 0..<40 {
                // Lengths on both sides of the steps of eight bytes; few letters, so that words
                // come again, some within one batch.
                let batch = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                    (0..<Int.random(in: 0...44, using: &random) / (round + 1)).map { _ in
                        UInt8.random(in: 0x61...0x62, using: &random)
                    }
                }
                var bytes = TermBytes(capacity: 1)
                var waiting = GrowingRow<WordNumbers<Int>.Waiting>(capacity: 1)
                for word in batch {
                    let range = ByteRange(start: UInt32(bytes.count), count: UInt32(word.count))
                    bytes.append(word)
                    waiting.append(numbers.waiting(range, of: bytes))
                }
                var found = GrowingRow<Int32>(capacity: 1)
                numbers.appendNumbers(of: waiting.elements, in: bytes, to: &found)
                #expect(found.count == batch.count)
                for (word, number) in zip(batch, found.elements) {
                    let next = expected.count
                    let known = expected[word, default: next]
                    expected[word] = known
                    #expect(Int(number) == known)
                    #expect(Array(numbers.bytes(of: Int(number))) == word)
                }
            }
            #expect(numbers.count == expected.count)
            for (word, number) in expected {
                var bytes = TermBytes()
                bytes.append(word)
                let again = numbers.number(of: bytes)
                #expect(again == number)
            }
            numbers.removeAll()
            #expect(numbers.count == 0)
        }
    }

    @Test(arguments: SeededGenerator.seeds())
    func `Words that are kept have new numbers, in their order, and others are new again`(
        seed: UInt64
    ) {
        var random = SeededGenerator(seed: seed)
        for wordCount in [0, 1, 40, 700] {
            var numbers = WordNumbers(blank: -1)
            let words = (0..<wordCount).map { number in
                Array("\(number)".utf8)
                    + [UInt8](repeating: 0x61, count: Int.random(in: 0...40, using: &random))
            }
            for word in words { Self.note(numbers: &numbers, word) }
            let before = numbers.numbering
            let isKept = words.map { _ in Int.random(in: 0..<3, using: &random) == 0 }
            let kept = words.indices.filter { isKept[$0] }
            numbers.keep(isKept) { note, newNumbers in note = Int(newNumbers[note]) }
            #expect(numbers.count == kept.count)
            #expect(numbers.numbering != before)
            for (number, old) in kept.enumerated() {
                #expect(Array(numbers.bytes(of: number)) == words[old])
                #expect(numbers.entries[number].note == number)
                let found = Self.number(of: words[old], in: &numbers)
                #expect(found == number)
            }
            var next = kept.count
            for old in words.indices where !isKept[old] {
                let found = Self.number(of: words[old], in: &numbers)
                #expect(found == next)
                #expect(numbers.entries[found].note == -1)
                next += 1
            }
        }
    }

    private static func number(of word: [UInt8], in numbers: inout WordNumbers<Int>) -> Int {
        var bytes = TermBytes()
        bytes.append(word)
        return numbers.number(of: bytes)
    }

    /// Adds a word and notes its number.
    private static func note(numbers: inout WordNumbers<Int>, _ word: [UInt8]) {
        let number = number(of: word, in: &numbers)
        numbers.entries[number].note = number
    }

    @Test func `Bytes are appended whole, padded or not`() {
        var source = TermBytes()
        source.append(Array(0..<100))
        for count in 0...40 {
            let range = ByteRange(start: UInt32(count), count: UInt32(count))
            var target = TermBytes(capacity: 1)
            target.append(255)
            target.append(source.bytes(range), isPadded: true)
            target.append(source.bytes(range), isPadded: false)
            let part = (count..<2 * count).map { UInt8($0) }
            #expect(Array(target.bytes) == [255] + part + part)
        }
    }

    @Test func `Words are compared by their bytes, and not by what stands behind them`() {
        var random = SeededGenerator(seed: 11)
        for count in 0...TermBytes.slack {
            var bytes = (0..<TermBytes.slack * 2).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let word = bytes
            // What is behind the word differs everywhere.
            for index in count..<bytes.count { bytes[index] = ~bytes[index] }
            #expect(Self.areEqual(word, bytes, count))
            for place in 0..<count {
                bytes[place] ^= 1 << UInt8(place & 7)
                #expect(!Self.areEqual(word, bytes, count), "byte \(place) of \(count)")
                bytes[place] = word[place]
            }
        }
    }

    private static func areEqual(_ left: [UInt8], _ right: [UInt8], _ count: Int) -> Bool {
        left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in
                guard let left = left.baseAddress, let right = right.baseAddress else {
                    return false
                }
                return TermBytes.areEqual(left, right, count)
            }
        }
    }
}
