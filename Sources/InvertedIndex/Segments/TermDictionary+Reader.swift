extension TermDictionary {
    /// Looks up terms in mapped bytes; nothing is copied when it is opened.
    ///
    /// `@unchecked Sendable`: the pointers are into `file`, which is held and never changes.
    struct Reader: @unchecked Sendable {
        /// The file.
        let file: MappedFile
        /// The number of blocks.
        let blockCount: Int
        /// The number of documents of the segment; inline documents are below it.
        let documentCount: UInt32
        /// The blocks.
        let terms: Section
        /// The first byte of the section of blocks.
        let base: UnsafeRawPointer
        private let index: UnsafeRawPointer
        /// The file of the index of blocks: another one while a segment is being written.
        private let indexFile: MappedFile

        /// Takes the sections; the index of blocks was proved by its checksum.
        init(
            index: Section, terms: Section, fields: FieldTable
        ) throws(IndexError) {
            file = terms.file
            self.terms = terms
            documentCount = fields.documentCount
            guard index.count % 24 == 0 else {
                throw file.corrupt(at: index.offset, "index of terms has an odd length")
            }
            blockCount = index.count / 24
            let blocks = fields.fields.reduce(0) { $0 + $1.blockCount }
            guard blocks == UInt64(blockCount) else {
                throw file.corrupt(at: index.offset, "index of terms has another number of blocks")
            }
            // An empty section has a place in the file too, but no byte is read there.
            indexFile = index.file
            guard let start = file.bytes.baseAddress, let indexStart = indexFile.bytes.baseAddress
            else { throw file.corrupt(at: 0, "is empty") }
            base = start + terms.offset
            self.index = indexStart + index.offset
        }

        @inline(__always)
        private func high(_ block: Int) -> UInt64 {
            index.load(fromByteOffset: block &* 8, as: UInt64.self)
        }

        @inline(__always)
        private func low(_ block: Int) -> UInt64 {
            index.load(fromByteOffset: (blockCount &+ block) &* 8, as: UInt64.self)
        }

        /// The places of a block, proved to lie in the section.
        func bounds(_ block: Int) throws(IndexError) -> (start: Int, end: Int) {
            precondition(block >= 0 && block < blockCount, "the block is in the dictionary")
            let column = index + blockCount &* 16
            let start = column.load(fromByteOffset: block &* 8, as: UInt64.self)
            let end =
                block &+ 1 < blockCount
                ? column.load(fromByteOffset: block &* 8 &+ 8, as: UInt64.self)
                : UInt64(terms.count)
            guard start < end, end <= UInt64(terms.count) else {
                throw corrupt(0, "a block of terms lies outside of its section")
            }
            return (Int(truncatingIfNeeded: start), Int(truncatingIfNeeded: end))
        }

        /// Reads the head of a block.
        @inline(__always)
        func open(_ block: Int, of field: FieldTable.Field) throws(IndexError) -> Block {
            let (start, end) = try bounds(block)
            var keys = ByteCursor(base: base, position: start, end: end)
            guard let head = keys.u8() else { throw endsTooEarly(start) }
            let isPacked = head & TermDictionary.packedFlag != 0
            var (postings, positions): (UInt64, UInt64) = (0, 0)
            if !isPacked {
                guard let first = keys.varint(), let second = keys.varint() else {
                    throw endsTooEarly(start)
                }
                (postings, positions) = (first, second)
            }
            guard let keysByteCount = keys.varint32(),
                let keysStart = keys.skip(Int(keysByteCount))
            else { throw endsTooEarly(start) }
            let count = head & ~TermDictionary.packedFlag
            let place = UInt64(block) &- field.firstBlock
            let perBlock = UInt64(TermDictionary.termsPerBlock)
            guard UInt64(count) == min(perBlock, field.termCount &- place &* perBlock) else {
                throw corrupt(start, "a block of terms has another count")
            }
            guard postings < 1 << 56, positions < 1 << 56 else {
                throw corrupt(start, "a place of postings is too great")
            }
            let valuesStart = keysStart &+ Int(keysByteCount)
            let width = LinearPacking.width(below: UInt64(documentCount))
            if isPacked {
                let byteCount = LinearPacking.byteCount(Int(count), width: width)
                guard field.kind != .text, end &- valuesStart == byteCount else {
                    throw corrupt(start, "packed documents of a block have another length")
                }
            }
            return Block(
                keys: ByteCursor(
                    base: base, position: keysStart, end: keysStart &+ Int(keysByteCount)),
                values: ByteCursor(base: base, position: valuesStart, end: end),
                count: Int(count), packedWidth: isPacked ? width : -1, postingsOffset: postings,
                positionsOffset: positions)
        }

        private func endsTooEarly(_ offset: Int) -> IndexError {
            corrupt(offset, "a block of terms ends too early")
        }

        /// An error at a place in the section of blocks.
        func corrupt(_ offset: Int, _ reason: String) -> IndexError {
            file.corrupt(at: terms.offset + offset, reason)
        }

        /// The last block of a field whose first term is not after `term`; the first block where
        /// there is none.
        ///
        /// - Requires: the field has a block.
        func block(
            of field: FieldTable.Field, for term: UnsafeRawBufferPointer
        ) throws(IndexError) -> Int {
            let first = Int(truncatingIfNeeded: field.firstBlock)
            let end = first &+ Int(truncatingIfNeeded: field.blockCount)
            let prefix = TermDictionary.prefix(term)
            var low = firstBlock(first, end, prefix, orEqual: false)
            // Blocks before `low` begin before the term, those from `high` on after it.
            var high =
                low < end && self.high(low) == prefix.high && self.low(low) == prefix.low
                ? firstBlock(low, end, prefix, orEqual: true) : low
            while low < high {
                let middle = (low &+ high) &>> 1
                if try firstTerm(middle, of: field, isAfter: term) {
                    high = middle
                } else {
                    low = middle &+ 1
                }
            }
            return max(first, low &- 1)
        }

        /// The first block whose prefix is not before a prefix, or after it where `orEqual`.
        @inline(__always)
        private func firstBlock(
            _ first: Int, _ end: Int, _ prefix: TermPrefix, orEqual: Bool
        ) -> Int {
            var start = first
            var count = end &- first
            while count > 0 {
                let half = count &>> 1
                let middle = start &+ half
                let value = high(middle)
                let isBefore: Bool
                if value != prefix.high {
                    isBefore = value < prefix.high
                } else {
                    let rest = low(middle)
                    isBefore = rest < prefix.low || (orEqual && rest == prefix.low)
                }
                start = isBefore ? middle &+ 1 : start
                count = isBefore ? count &- half &- 1 : half
            }
            return start
        }

        private func firstTerm(
            _ block: Int, of field: FieldTable.Field, isAfter term: UnsafeRawBufferPointer
        ) throws(IndexError) -> Bool {
            var keys = try open(block, of: field).keys
            guard let entry = FrontCoding.read(&keys), entry.shared == 0 else {
                throw corrupt(keys.position, "a block of terms begins inside a term")
            }
            let first = UnsafeRawBufferPointer(start: base + entry.start, count: entry.count)
            return TermDictionary.isLess(term, first)
        }

        /// What the dictionary tells of a term, `nil` where the field has it not.
        func lookup(
            _ field: FieldTable.Field, _ term: UnsafeRawBufferPointer
        ) throws(IndexError) -> TermEntry? {
            guard field.termCount > 0 else { return nil }
            let number = try block(of: field, for: term)
            var block = try open(number, of: field)
            guard let place = try find(term, in: &block.keys, count: block.count) else {
                return nil
            }
            var entry = TermEntry()
            for _ in 0..<place { try block.skipValue(of: field, in: self) }
            try block.nextValue(of: field, in: self, into: &entry)
            let blockPlace = UInt64(number) &- field.firstBlock
            entry.ordinal =
                field.firstOrdinal &+ blockPlace &* UInt64(TermDictionary.termsPerBlock)
                &+ UInt64(place)
            return entry
        }

        /// Sets the bytes of a term by its place among those of its field.
        ///
        /// - Requires: `place` is below the number of terms of the field.
        func read(
            _ place: UInt64, of field: FieldTable.Field, into term: inout [UInt8]
        ) throws(IndexError) {
            precondition(place < field.termCount, "the field has so many terms")
            let perBlock = UInt64(TermDictionary.termsPerBlock)
            let number = Int(truncatingIfNeeded: field.firstBlock &+ place / perBlock)
            var keys = try open(number, of: field).keys
            // Only the bytes that are in the term are copied, from its last to its first. Of each
            // entry what it shares is held, and where its new bytes are, from the first key on.
            var entries = InlineArray<32, (shared: UInt32, start: UInt32)>(repeating: (0, 0))
            let keysStart = keys.position
            let last = Int(place % perBlock)
            var byteCount = 0
            for index in 0...last {
                guard let entry = FrontCoding.read(&keys), entry.shared <= byteCount else {
                    throw corrupt(keys.position, "the keys of a block of terms are broken")
                }
                // The keys of a block are less than 2³² bytes.
                entries[index] = (
                    UInt32(truncatingIfNeeded: entry.shared),
                    UInt32(truncatingIfNeeded: entry.start &- keysStart)
                )
                byteCount = entry.shared &+ entry.count
            }
            if term.capacity < byteCount {
                term = [UInt8](repeating: 0, count: byteCount)
            } else {
                if term.count > byteCount { term.removeLast(term.count &- byteCount) }
                while term.count < byteCount { term.append(0) }
            }
            term.withUnsafeMutableBytes { bytes in
                var missing = byteCount
                var index = last
                while missing > 0 {
                    // Each entry begins within the one before it.
                    let shared = Int(entries[index].shared)
                    let fresh = base + keysStart + Int(entries[index].start)
                    index &-= 1
                    guard shared < missing else { continue }
                    UnsafeMutableRawBufferPointer(rebasing: bytes[shared..<missing])
                        .copyMemory(
                            from: UnsafeRawBufferPointer(start: fresh, count: missing &- shared))
                    missing = shared
                }
            }
        }

        /// The place of a term in a block.
        ///
        /// Only what it has in common with the terms is followed; no term is put together.
        private func find(
            _ term: UnsafeRawBufferPointer, in keys: inout ByteCursor, count: Int
        ) throws(IndexError) -> Int? {
            // The bytes that `term` shares with the current one, which is before it.
            var matched = 0
            for place in 0..<count {
                guard let entry = FrontCoding.read(&keys) else {
                    throw corrupt(keys.position, "the keys of a block of terms end too early")
                }
                if entry.shared > matched { continue }
                // It leaves the one before earlier than `term` does, so it is after `term`.
                if entry.shared < matched { return nil }
                let fresh = UnsafeRawBufferPointer(start: base + entry.start, count: entry.count)
                var index = 0
                while index < entry.count, matched < term.count, fresh[index] == term[matched] {
                    index &+= 1
                    matched &+= 1
                }
                if index == entry.count {
                    if matched == term.count { return place }
                } else if matched == term.count || fresh[index] > term[matched] {
                    return nil
                }
            }
            return nil
        }
    }

    /// A block that is being read: its keys and its values side by side.
    struct Block {
        /// The keys that are left.
        var keys: ByteCursor
        /// The values that are left.
        var values: ByteCursor
        /// The number of terms.
        let count: Int
        /// The bits of a document where the values are packed documents, else −1.
        let packedWidth: Int
        /// How many packed documents were read.
        var packedPlace = 0
        /// Where the postings of the next term begin.
        var postingsOffset: UInt64
        /// Where the positions of the next term begin.
        var positionsOffset: UInt64

        /// Passes over the value of the next term.
        @inline(__always)
        mutating func skipValue(
            of field: FieldTable.Field, in reader: Reader
        ) throws(IndexError) {
            if packedWidth >= 0 {
                packedPlace &+= 1
                return
            }
            guard let head = values.varint() else { throw endsTooEarly(reader) }
            if head & 1 == 1 {
                guard values.varint() != nil else { throw endsTooEarly(reader) }
            }
            guard let place = values.varint() else { throw endsTooEarly(reader) }
            if head > 3 { postingsOffset = try advance(postingsOffset, place, reader) }
            guard field.hasPositions else { return }
            guard let positions = values.varint() else { throw endsTooEarly(reader) }
            // 2: in one document, once.
            if head != 2 { positionsOffset = try advance(positionsOffset, positions, reader) }
        }

        /// Reads the value of the next term; the ordinal is left as it is.
        @inline(__always)
        mutating func nextValue(
            of field: FieldTable.Field, in reader: Reader, into entry: inout TermEntry
        ) throws(IndexError) {
            if packedWidth >= 0 { return try nextPacked(reader, &entry) }
            guard let head = values.varint() else { throw endsTooEarly(reader) }
            let frequency = head &>> 1
            guard frequency >= 1, frequency <= UInt64(reader.documentCount) else {
                throw reader.corrupt(values.position, "a term is in more documents than there are")
            }
            entry.documentFrequency = UInt32(truncatingIfNeeded: frequency)
            var more: UInt64 = 0
            if head & 1 == 1 {
                guard let value = values.varint() else { throw endsTooEarly(reader) }
                more = value
            }
            let total = frequency.addingReportingOverflow(more)
            guard !total.overflow else {
                throw reader.corrupt(values.position, "a term occurs too often")
            }
            entry.totalFrequency = total.partialValue
            guard let place = values.varint() else { throw endsTooEarly(reader) }
            entry.postingsOffset = postingsOffset
            if frequency == 1 {
                guard place < UInt64(reader.documentCount) else {
                    throw reader.corrupt(values.position, "a document that is not in the segment")
                }
                entry.document = UInt32(truncatingIfNeeded: place)
                entry.postingsByteCount = 0
            } else {
                entry.document = 0
                entry.postingsByteCount = place
                postingsOffset = try advance(postingsOffset, place, reader)
            }
            entry.positionsOffset = positionsOffset
            entry.positionsByteCount = 0
            entry.position = 0
            guard field.hasPositions else { return }
            if entry.totalFrequency == 1 {
                guard let position = values.varint32() else { throw endsTooEarly(reader) }
                entry.position = position
            } else {
                guard let byteCount = values.varint() else { throw endsTooEarly(reader) }
                entry.positionsByteCount = byteCount
                positionsOffset = try advance(positionsOffset, byteCount, reader)
            }
        }

        /// - Requires: no more terms are read than there are.
        private mutating func nextPacked(
            _ reader: Reader, _ entry: inout TermEntry
        ) throws(IndexError) {
            precondition(packedPlace < count, "the block has such a term")
            let document = LinearPacking.value(
                reader.base + values.position, at: packedPlace, width: packedWidth)
            packedPlace &+= 1
            guard document < reader.documentCount else {
                throw reader.corrupt(values.position, "a document that is not in the segment")
            }
            let ordinal = entry.ordinal
            entry = TermEntry()
            entry.ordinal = ordinal
            entry.documentFrequency = 1
            entry.totalFrequency = 1
            entry.document = document
        }

        /// Offsets stay below 2⁵⁷: whatever they are compared with, nothing overflows.
        @inline(__always)
        private func advance(
            _ offset: UInt64, _ byteCount: UInt64, _ reader: Reader
        ) throws(IndexError) -> UInt64 {
            guard byteCount < 1 << 56, offset < 1 << 57 else {
                throw reader.corrupt(values.position, "a place of postings is too great")
            }
            return offset &+ byteCount
        }

        private func endsTooEarly(_ reader: Reader) -> IndexError {
            reader.corrupt(values.position, "the values of a block of terms end too early")
        }
    }
}
