extension TermSuffixes {
    /// Reads the column of a field in mapped bytes.
    ///
    /// It relies on the order of the keys, which `Segment.verify` proves; bytes that break it lead
    /// to other blocks, never to one that is not there.
    ///
    /// `@unchecked Sendable`: the pointer is into `section.file`, which is held and never changes.
    struct Reader: @unchecked Sendable {
        private let section: Section
        private let base: UnsafeRawPointer
        private let layout: Layout

        /// A column at a place of a section; `nil` where that ends earlier.
        init?(_ section: Section, at offset: Int, _ layout: Layout) {
            guard offset <= section.count, layout.byteCount <= section.count - offset,
                let start = section.file.bytes.baseAddress
            else { return nil }
            self.section = section
            base = start + section.offset + offset
            self.layout = layout
        }

        /// The bytes of the column.
        var bytes: UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(start: base, count: layout.byteCount)
        }

        /// The groups that may hold a term with some end.
        func groups(endingWith end: UnsafeRawBufferPointer) -> Range<Int> {
            let keys = TermSuffixes.keys(endingWith: end)
            let first = firstGroup { $0 < keys.lowerBound }
            let last = firstGroup { $0 <= keys.upperBound }
            // The group before may end with such terms.
            return max(0, first - 1)..<max(last, first)
        }

        /// The first group whose least key is not before what is looked for.
        @inline(__always)
        private func firstGroup(_ isBefore: (UInt64) -> Bool) -> Int {
            var start = 0
            var count = layout.groupCount
            while count > 0 {
                let half = count &>> 1
                let key = UInt64(
                    littleEndian: base.loadUnaligned(
                        fromByteOffset: (start &+ half) &* 8, as: UInt64.self))
                let before = isBefore(key)
                start = before ? start &+ half &+ 1 : start
                count = before ? count &- half &- 1 : half
            }
            return start
        }

        /// Appends the blocks of the terms of a group, counted from the first of the field.
        func addBlocks(ofGroup group: Int, to blocks: inout [UInt32]) throws(IndexError) {
            precondition(group >= 0 && group < layout.groupCount, "the group is in the column")
            let start = base + (layout.groupCount &* 8 &+ group &* layout.groupByteCount)
            let mask = (1 as UInt64) &<< UInt64(layout.lowerBits) &- 1
            var left = layout.count(ofGroup: group)
            var place = 0
            for byte in layout.upperOffset..<layout.groupByteCount {
                var bits = UInt64(start.load(fromByteOffset: byte, as: UInt8.self))
                while bits != 0, left > 0 {
                    let upper =
                        (byte &- layout.upperOffset) &* 8 &+ bits.trailingZeroBitCount &- place
                    bits &= bits &- 1
                    let bit = place &* layout.lowerBits
                    // The footer of the file is behind the last group.
                    let word = start.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self)
                    let lower = UInt64(littleEndian: word) &>> UInt64(bit & 7) & mask
                    let block = UInt64(upper) &<< UInt64(layout.lowerBits) | lower
                    guard block < UInt64(layout.blockCount) else {
                        throw corrupt("a term ends in a block that is not there")
                    }
                    blocks.append(UInt32(truncatingIfNeeded: block))
                    place &+= 1
                    left &-= 1
                }
            }
            guard left == 0 else { throw corrupt("a group of ends of terms is too short") }
        }

        private func corrupt(_ reason: String) -> IndexError {
            section.file.corrupt(at: section.offset, reason)
        }
    }
}
