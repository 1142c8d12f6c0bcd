/// The other words of the names of each word, beside the names: names that have several of the asked
/// words are found as a row is gone through, and memory is not waited for at each name.
///
/// Invariants: 1. `rows[p]` is of the name `formNames[p]` of the directory. 2. A long row has the
/// place in `long` of how many words the name has and which of them the row is of, behind which the
/// numbers of all its words stand.
struct NameNeighbours: Sendable {
    /// The numbers of the other words of a name of up to four, `width` bits each; of a longer name
    /// where they are, with `longMark`.
    typealias Row = UInt64

    /// How many bits a number has.
    private static let width: UInt64 = 21
    private static let mask: UInt64 = 1 << width - 1
    /// The most words of a name whose row is not long.
    private static let mostWords = 4
    private static let longMark: Row = 1 << 63

    private(set) var rows: [Row] = []
    /// The words of long rows, row after row, so that they are gone through as the rows are.
    private(set) var long: [UInt32] = []

    /// No names.
    init() {}

    /// The neighbours in a directory that has its names, units, and the rows of its forms; where
    /// there is none, the number behind the last form stands.
    init(_ directory: borrowing NameDirectory) {
        let none = UInt64(directory.formCount)
        let mostWords = none < Self.mask ? Self.mostWords : 0
        rows.reserveCapacity(directory.formNames.count)
        for form in 0..<directory.formCount {
            var last: NameDirectory.NameID?
            var seen = 0
            for name in directory.names(ofForm: UInt32(form)) {
                let units = directory.units(of: name)
                // A name that has a word twice is twice in its row, each time without another.
                seen = name == last ? seen + 1 : 0
                last = name
                let own = Self.place(of: UInt32(form), seen, in: units)
                if units.count > mostWords {
                    rows.append(Self.longMark | UInt64(long.count))
                    long.append(UInt32(units.count) << 16 | UInt32(own - units.startIndex))
                    for unit in units { long.append(unit.form) }
                    continue
                }
                var others = none
                for _ in 1..<Self.mostWords - 1 { others = others << Self.width | none }
                for other in units.indices where other != own {
                    others = others << Self.width | UInt64(units[other].form)
                }
                rows.append(others & ~Self.longMark)
            }
        }
    }

    /// The place of a form among the units of a name of which some were passed over.
    private static func place(
        of form: UInt32, _ passed: Int, in units: ArraySlice<FoundUnit>
    ) -> Int {
        var passed = passed
        for place in units.indices where units[place].form == form {
            if passed == 0 { return place }
            passed -= 1
        }
        preconditionFailure("a name in the row of a word has the word")
    }

    /// Whether a row is of a name of more words than it has room for.
    static func isLong(_ row: Row) -> Bool { row & longMark != 0 }

    /// Where the words of the name of a long row are among those of long rows, and which of these
    /// the row is of.
    static func longRange(
        _ row: Row, _ long: UnsafeBufferPointer<UInt32>
    ) -> (words: Range<Int>, own: Int) {
        let start = Int(truncatingIfNeeded: row & ~longMark)
        let head = long[start]
        return (start + 1..<start + 1 + Int(head >> 16), start + 1 + Int(head & 0xFFFF))
    }

    /// The numbers of a row that is not long.
    static func forms(_ row: Row) -> (Int, Int, Int) {
        (
            Int(truncatingIfNeeded: row & mask),
            Int(truncatingIfNeeded: row &>> width & mask),
            Int(truncatingIfNeeded: row &>> (2 * width) & mask)
        )
    }

    /// How many bytes they take.
    var byteCount: Int {
        rows.count * MemoryLayout<Row>.stride + long.count * MemoryLayout<UInt32>.stride
    }
}
