/// Brings bytes to clean UTF-16 in NFC: without invisible characters and stress marks, with one
/// kind of apostrophe and one of hyphen.
struct TextNormalizer {
    private var normalized: [UInt16] = []
    private var fromUnit: [Int32] = []
    private var toUnit: [Int32] = []
    private var startsBefore: [UInt32] = []
    private var endsBefore: [UInt32] = []

    /// Cleans `text[range]` into `clean`.
    ///
    /// A byte that is not part of well-formed UTF-8 becomes U+FFFD, which separates words.
    mutating func clean(
        _ text: borrowing Span<UInt8>, range: Range<Int>, icu: ICUHandle,
        into clean: inout CleanText
    ) {
        clean.reset(capacity: range.count + 1)
        let needsCare = text.withUnsafeBufferPointer {
            Self.decode($0, range: range, into: &clean)
        }
        guard needsCare else { return }
        if icu.normalizedPrefix(clean.units, count: clean.count) < clean.count {
            compose(&clean, icu: icu)
        }
        Self.dropStress(&clean)
    }

    /// Decodes UTF-8 without the invisible characters.
    ///
    /// - Returns: Whether the text holds anything that NFC could change or stress marks.
    private static func decode(
        _ text: UnsafeBufferPointer<UInt8>, range: Range<Int>, into clean: inout CleanText
    ) -> Bool {
        var needsCare = false
        var count = 0
        var index = range.lowerBound
        let end = range.upperBound
        while index < end {
            let lead = text[index]
            if lead < 0x80 {
                if index &+ 8 <= end {
                    let step = decodeASCII(text, at: index, into: clean, at: count)
                    if step > 0 {
                        index &+= step
                        count &+= step
                        continue
                    }
                }
                clean.units[count] = lead == 0x60 ? 0x27 : UInt16(lead)
                clean.starts[count] = UInt32(truncatingIfNeeded: index)
                index &+= 1
                clean.ends[count] = UInt32(truncatingIfNeeded: index)
                count &+= 1
                continue
            }
            if lead >= 0xD0, lead <= 0xD3, index &+ 16 <= end {
                let step = decodeCyrillic(text, at: index, into: clean, at: count)
                if step > 0 {
                    index &+= 2 &* step
                    count &+= step
                    continue
                }
            }
            if lead >= 0xD0, lead <= 0xD3, index &+ 1 < end, text[index &+ 1] & 0xC0 == 0x80 {
                let unit = UInt16(lead & 0x1F) &<< 6 | UInt16(text[index &+ 1] & 0x3F)
                if self.needsCare(UInt32(unit)) { needsCare = true }
                clean.units[count] = unit
                clean.starts[count] = UInt32(truncatingIfNeeded: index)
                index &+= 2
                clean.ends[count] = UInt32(truncatingIfNeeded: index)
                count &+= 1
                continue
            }
            let (scalar, length) = decodeScalar(text, at: index, end: end)
            let start = UInt32(truncatingIfNeeded: index)
            index &+= length
            let scalarEnd = UInt32(truncatingIfNeeded: index)
            if scalar >= 0x300, self.needsCare(scalar) { needsCare = true }
            if scalar < 0x10000 {
                guard let unit = Self.unit(for: UInt16(truncatingIfNeeded: scalar)) else {
                    continue
                }
                clean.units[count] = unit
            } else {
                // A scalar of two units comes from four bytes, so the room for one unit a byte
                // suffices.
                let high = UInt16(truncatingIfNeeded: 0xD800 + ((scalar - 0x10000) >> 10))
                clean.units[count] = high
                clean.starts[count] = start
                clean.ends[count] = scalarEnd
                count += 1
                clean.units[count] = UInt16(truncatingIfNeeded: 0xDC00 + (scalar & 0x3FF))
            }
            clean.starts[count] = start
            clean.ends[count] = scalarEnd
            count &+= 1
        }
        clean.count = count
        return needsCare
    }

    /// Decodes the ASCII bytes among the next eight, up to the first other byte or grave accent,
    /// which stands for an apostrophe.
    ///
    /// All eight are written, and the next step writes over those that do not count.
    ///
    /// - Returns: How many count.
    /// - Requires: there are eight bytes, and room for eight units.
    @inline(__always)
    private static func decodeASCII(
        _ text: UnsafeBufferPointer<UInt8>, at index: Int, into clean: borrowing CleanText,
        at count: Int
    ) -> Int {
        let word = load(text, at: index)
        let units = SIMD8<UInt16>(
            truncatingIfNeeded: unsafeBitCast(word, to: SIMD8<UInt8>.self))
        let starts =
            SIMD8<UInt32>(repeating: UInt32(truncatingIfNeeded: index))
            &+ SIMD8<UInt32>(0, 1, 2, 3, 4, 5, 6, 7)
        store(units, starts, unitByteCount: 1, into: clean, at: count)
        // Zero where a byte is a grave accent; the lowest sign of a zero is always a true one.
        // Arithmetic on words: masks of SIMD vectors are looked at lane by lane.
        let accents = word ^ 0x6060_6060_6060_6060
        let zeros = (accents &- 0x0101_0101_0101_0101) & ~accents
        return ((word | zeros) & 0x8080_8080_8080_8080).trailingZeroBitCount &>> 3
    }

    /// Decodes the Cyrillic letters of two bytes among the next eight pairs of bytes, up to the
    /// first pair that is none or that NFC may change.
    ///
    /// All eight are written, and the next step writes over those that do not count.
    ///
    /// - Returns: How many count.
    /// - Requires: there are sixteen bytes, and room for eight units.
    @inline(__always)
    private static func decodeCyrillic(
        _ text: UnsafeBufferPointer<UInt8>, at index: Int, into clean: borrowing CleanText,
        at count: Int
    ) -> Int {
        var step = cyrillicCount(load(text, at: index))
        if step == 4 { step &+= cyrillicCount(load(text, at: index &+ 8)) }
        let pairs = UnsafeRawBufferPointer(text)
            .loadUnaligned(fromByteOffset: index, as: SIMD8<UInt16>.self)
        let units = (pairs & 0x1F) &<< 6 | (pairs &>> 8) & 0x3F
        let starts =
            SIMD8<UInt32>(repeating: UInt32(truncatingIfNeeded: index))
            &+ SIMD8<UInt32>(0, 2, 4, 6, 8, 10, 12, 14)
        store(units, starts, unitByteCount: 2, into: clean, at: count)
        return step
    }

    /// How many of four pairs of bytes, from the first on, are U+0400 to U+04FF, but for
    /// U+0480 to U+0487, some of which are marks.
    @inline(__always)
    private static func cyrillicCount(_ pairs: UInt64) -> Int {
        let others = (pairs ^ 0x80D0_80D0_80D0_80D0) & 0xC0FC_C0FC_C0FC_C0FC
        // Zero where a pair is D2 80 to D2 87; the lowest sign of a zero is always a true one.
        let marks = (pairs ^ 0x80D2_80D2_80D2_80D2) & 0xF8FF_F8FF_F8FF_F8FF
        let zeros = (marks &- 0x0001_0001_0001_0001) & ~marks & 0x8000_8000_8000_8000
        return (others | zeros).trailingZeroBitCount &>> 4
    }

    @inline(__always)
    private static func load(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt64 {
        UInt64(
            littleEndian: UnsafeRawBufferPointer(text)
                .loadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    @inline(__always)
    private static func store(
        _ units: SIMD8<UInt16>, _ starts: SIMD8<UInt32>, unitByteCount: UInt32,
        into clean: borrowing CleanText, at count: Int
    ) {
        UnsafeMutableRawBufferPointer(clean.units)
            .storeBytes(of: units, toByteOffset: count &* 2, as: SIMD8<UInt16>.self)
        UnsafeMutableRawBufferPointer(clean.starts)
            .storeBytes(of: starts, toByteOffset: count &* 4, as: SIMD8<UInt32>.self)
        UnsafeMutableRawBufferPointer(clean.ends).storeBytes(
            of: starts &+ unitByteCount, toByteOffset: count &* 4, as: SIMD8<UInt32>.self)
    }

    /// Whether NFC may change a text that holds this scalar; wrong only on the safe side.
    @inline(__always)
    private static func needsCare(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x400..<0x483, 0x488..<0x500, 0x2000..<0x20D0: false
        default: true
        }
    }

    /// The scalar at `index` and its length; U+FFFD and 1 where the bytes are ill-formed.
    @inline(__always)
    static func decodeScalar(
        _ text: UnsafeBufferPointer<UInt8>, at index: Int, end: Int
    ) -> (UInt32, Int) {
        let lead = UInt32(text[index])
        func continuation(_ offset: Int) -> UInt32? {
            guard index + offset < end else { return nil }
            let byte = UInt32(text[index + offset])
            return byte & 0xC0 == 0x80 ? byte & 0x3F : nil
        }
        if lead >= 0xC2, lead < 0xE0, let second = continuation(1) {
            return ((lead & 0x1F) << 6 | second, 2)
        }
        if lead >= 0xE0, lead < 0xF0, let second = continuation(1), let third = continuation(2) {
            let scalar = (lead & 0x0F) << 12 | second << 6 | third
            if scalar >= 0x800, scalar < 0xD800 || scalar > 0xDFFF { return (scalar, 3) }
        }
        if lead >= 0xF0, lead < 0xF5, let second = continuation(1), let third = continuation(2),
            let fourth = continuation(3)
        {
            let scalar = (lead & 0x07) << 18 | second << 12 | third << 6 | fourth
            if scalar >= 0x10000, scalar <= 0x10FFFF { return (scalar, 4) }
        }
        return (0xFFFD, 1)
    }

    /// The unit that stands for another in clean text; `nil` for an invisible one.
    @inline(__always)
    private static func unit(for unit: UInt16) -> UInt16? {
        switch unit {
        case 0x00AD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x206F, 0xFEFF:
            nil
        case 0x00B4, 0x02B9, 0x02BC, 0x2018, 0x2019, 0x2032, 0x1FEF, 0x1FFD: 0x27
        case 0x2010, 0x2011, 0x2013, 0x2212: 0x2D
        default: unit
        }
    }

    private mutating func compose(_ clean: inout CleanText, icu: ICUHandle) {
        guard
            let written = icu.normalize(
                clean.units, count: clean.count, into: &normalized, starts: &fromUnit,
                ends: &toUnit)
        else { return }
        startsBefore.removeAll(keepingCapacity: true)
        startsBefore.append(contentsOf: clean.starts[..<clean.count])
        endsBefore.removeAll(keepingCapacity: true)
        endsBefore.append(contentsOf: clean.ends[..<clean.count])
        clean.reset(capacity: written)
        for index in 0..<written {
            clean.units[index] = normalized[index]
            clean.starts[index] = startsBefore[Int(fromUnit[index])]
            clean.ends[index] = endsBefore[Int(toUnit[index]) - 1]
        }
        clean.count = written
    }

    /// Drops the acute and grave marks that composed with nothing: stress in Cyrillic words.
    private static func dropStress(_ clean: inout CleanText) {
        var kept = 0
        for index in 0..<clean.count {
            let unit = clean.units[index]
            if unit == 0x0300 || unit == 0x0301 {
                if kept > 0 { clean.ends[kept - 1] = clean.ends[index] }
                continue
            }
            clean.units[kept] = unit
            clean.starts[kept] = clean.starts[index]
            clean.ends[kept] = clean.ends[index]
            kept += 1
        }
        clean.count = kept
    }
}
