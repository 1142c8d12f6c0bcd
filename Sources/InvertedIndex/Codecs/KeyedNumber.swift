/// A number with a key that it is sorted by.
struct KeyedNumber {
    /// What it is sorted by.
    var key: UInt64
    /// The number.
    var number: UInt32
}

extension KeyedNumber {
    private static let digitBits: UInt64 = 11
    /// Fewer are sorted by insertion, which needs no counting.
    private static let fewest = 64

    /// Sorts by keys; numbers with equal keys stay in their order.
    ///
    /// Counts digit by digit from the lowest, and passes over digits that all have in common.
    ///
    /// - Parameters:
    ///   - numbers: what is sorted.
    ///   - spare: memory for as many, whose values are lost.
    static func sort(
        _ numbers: UnsafeMutableBufferPointer<KeyedNumber>,
        spare: UnsafeMutableBufferPointer<KeyedNumber>
    ) {
        let count = numbers.count
        precondition(spare.count >= count, "there is memory for as many")
        guard count >= fewest, var from = numbers.baseAddress, var to = spare.baseAddress else {
            return insert(numbers)
        }
        var some: UInt64 = 0
        var all = UInt64.max
        for index in 0..<count {
            some |= from[index].key
            all &= from[index].key
        }
        let differing = some & ~all
        let radix = 1 << Int(digitBits)
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: radix) { starts in
            var shift: UInt64 = 0
            while shift < 64 {
                defer { shift += digitBits }
                guard (differing >> shift) & UInt64(radix - 1) != 0 else { continue }
                starts.update(repeating: 0)
                for index in 0..<count {
                    starts[Int(truncatingIfNeeded: from[index].key &>> shift) & (radix - 1)] &+= 1
                }
                var sum: UInt32 = 0
                for digit in 0..<radix {
                    let number = starts[digit]
                    starts[digit] = sum
                    sum &+= number
                }
                for index in 0..<count {
                    let digit = Int(truncatingIfNeeded: from[index].key &>> shift) & (radix - 1)
                    to[Int(starts[digit])] = from[index]
                    starts[digit] &+= 1
                }
                swap(&from, &to)
            }
        }
        if from != numbers.baseAddress { numbers.baseAddress?.update(from: from, count: count) }
    }

    private static func insert(_ numbers: UnsafeMutableBufferPointer<KeyedNumber>) {
        for place in numbers.indices.dropFirst() {
            let number = numbers[place]
            var hole = place
            while hole > 0, numbers[hole &- 1].key > number.key {
                numbers[hole] = numbers[hole &- 1]
                hole &-= 1
            }
            numbers[hole] = number
        }
    }
}
