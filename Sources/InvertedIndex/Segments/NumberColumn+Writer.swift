extension NumberColumn {
    /// Writes a column to the open section; nothing where no document has a number.
    ///
    /// - Shape: `forEach` gives all pairs of document and number, documents strictly ascending;
    ///   is called three times, so that nothing is held in memory.
    /// - Result: how many documents have a number.
    static func write(
        to output: FileEnvelope.Writer, documentCount: UInt32,
        forEach: ((UInt32, Int64) throws(IndexError) -> Void) throws(IndexError) -> Void
    ) throws(IndexError) -> UInt32 {
        var present: UInt32 = 0
        var least = Int64.max
        var greatest = Int64.min
        try forEach { (_, value) throws(IndexError) in
            present += 1
            least = min(least, value)
            greatest = max(greatest, value)
        }
        guard present > 0 else { return 0 }
        let width = width(of: least...greatest)
        var numbers = NumberSink(output)
        try numbers.write(UInt64(bitPattern: least), width: 8)
        try numbers.write(UInt64(bitPattern: greatest), width: 8)
        try numbers.write(UInt64(present), width: 4)
        try numbers.write(UInt64(width), width: 1)
        try numbers.write(0, width: 3)

        var word: UInt64 = 0
        var wordIndex: UInt32 = 0
        try forEach { (document, _) throws(IndexError) in
            while wordIndex < document / 64 {
                try numbers.write(word, width: 8)
                word = 0
                wordIndex += 1
            }
            word |= 1 << UInt64(document % 64)
        }
        while wordIndex < (documentCount + 63) / 64 {
            try numbers.write(word, width: 8)
            word = 0
            wordIndex += 1
        }

        if width > 0 {
            var next: UInt32 = 0
            try forEach { (document, value) throws(IndexError) in
                while next < document {
                    try numbers.write(0, width: width)
                    next += 1
                }
                try numbers.write(UInt64(bitPattern: value &- least), width: width)
                next += 1
            }
            while next < documentCount {
                try numbers.write(0, width: width)
                next += 1
            }
        }
        try numbers.flush()
        return present
    }
}
