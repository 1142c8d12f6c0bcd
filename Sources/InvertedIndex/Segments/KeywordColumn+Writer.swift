extension KeywordColumn {
    /// Writes a column to the open section; nothing where there are no ordinals.
    ///
    /// - Shape: `forEach` gives all pairs of document and ordinal, both ascending; is called
    ///   three times, so that nothing is held in memory.
    static func write(
        to output: FileEnvelope.Writer, documentCount: UInt32, valueCount: UInt64,
        forEach: ((UInt32, UInt32) throws(IndexError) -> Void) throws(IndexError) -> Void
    ) throws(IndexError) {
        var ordinalCount: UInt64 = 0
        var hasSeveral = false
        var previous: UInt32 = .max
        try forEach { (document, _) throws(IndexError) in
            ordinalCount += 1
            if document == previous { hasSeveral = true }
            previous = document
        }
        guard ordinalCount > 0 else { return }
        guard let count32 = UInt32(exactly: ordinalCount), valueCount < UInt64(UInt32.max) else {
            throw .limit(
                what: "keywords of one field in a segment", found: Int(ordinalCount),
                allowed: Int(UInt32.max))
        }
        let width = width(upTo: hasSeveral ? valueCount - 1 : valueCount)
        var numbers = NumberSink(output)
        try numbers.write(UInt64(width), width: 1)
        try numbers.write(hasSeveral ? 1 : 0, width: 1)
        try numbers.write(0, width: 2)
        try numbers.write(UInt64(count32), width: 4)
        if hasSeveral {
            var next: UInt32 = 0
            var before: UInt64 = 0
            try forEach { (document, _) throws(IndexError) in
                while next <= document {
                    try numbers.write(before, width: 4)
                    next += 1
                }
                before += 1
            }
            while next <= documentCount {
                try numbers.write(before, width: 4)
                next += 1
            }
            try forEach { (_, ordinal) throws(IndexError) in
                try numbers.write(UInt64(ordinal), width: width)
            }
        } else {
            var next: UInt32 = 0
            try forEach { (document, ordinal) throws(IndexError) in
                while next < document {
                    try numbers.write(0, width: width)
                    next += 1
                }
                try numbers.write(UInt64(ordinal) + 1, width: width)
                next += 1
            }
            while next < documentCount {
                try numbers.write(0, width: width)
                next += 1
            }
        }
        try numbers.flush()
    }
}

/// Writes numbers of 1 to 8 bytes to the open section, many at once.
struct NumberSink: ~Copyable {
    private let output: FileEnvelope.Writer
    private var buffer = GrowingBytes(capacity: 1 << 14)

    /// Writes to a section that stays open until `flush`.
    init(_ output: FileEnvelope.Writer) { self.output = output }

    /// Writes the lower bytes of a number, lowest first.
    mutating func write(_ value: UInt64, width: Int) throws(IndexError) {
        buffer.reserve(8).storeBytes(of: value.littleEndian, as: UInt64.self)
        buffer.extend(by: width)
        if buffer.count >= (1 << 14) - 8 { try flush() }
    }

    /// Writes what is held back.
    mutating func flush() throws(IndexError) {
        try output.write(buffer.bytes)
        buffer.truncate()
    }
}
