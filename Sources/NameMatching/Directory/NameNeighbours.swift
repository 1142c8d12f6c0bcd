/// The other words of the names of each word, beside the names: names that have several of the asked
/// words are found as a row is gone through, and memory is not waited for at each name.
///
/// Invariant: `rows[p]` is of the name `formNames[p]` of the directory.
struct NameNeighbours: Sendable {
    /// The numbers of the other words of a name of up to four, `width` bits each.
    typealias Row = UInt64

    /// How many bits a number has.
    private static let width: UInt64 = 21
    private static let mask: UInt64 = 1 << width - 1
    /// The most words of a name that has its neighbours told.
    private static let mostWords = 4
    /// Marks a name of more words, whose parts have to be looked at.
    static let cut = Row.max

    private(set) var rows: [Row] = []

    /// No names.
    init() {}

    /// The neighbours in a directory that has its names, units, and the rows of its forms; where
    /// there is none, the number behind the last form stands.
    init(_ directory: borrowing NameDirectory) {
        let none = UInt64(directory.formCount)
        rows = [Row](repeating: Self.cut, count: directory.formNames.count)
        guard none < Self.mask else { return }
        // The rows were filled in the very order of names and parts.
        var next = directory.formStarts
        for name in directory.names {
            let units = directory.units[name.units.range]
            for place in units.indices {
                let row = Int(next[Int(units[place].form)])
                next[Int(units[place].form)] += 1
                guard units.count <= Self.mostWords else { continue }
                var others = none
                for _ in 1..<Self.mostWords - 1 { others = others << Self.width | none }
                for other in units.indices where other != place {
                    others = others << Self.width | UInt64(units[other].form)
                }
                rows[row] = others & ~(1 << 63)
            }
        }
    }

    /// The numbers of a row that is not cut.
    static func forms(_ row: Row) -> (Int, Int, Int) {
        (
            Int(truncatingIfNeeded: row & mask),
            Int(truncatingIfNeeded: row &>> width & mask),
            Int(truncatingIfNeeded: row &>> (2 * width) & mask)
        )
    }

    /// Whether one of the numbers of a row may be among some, given as bits; a row that is cut may.
    static func mayHave(_ bits: UnsafeBufferPointer<UInt64>, _ row: Row) -> Bool {
        if row == cut { return true }
        let (first, second, third) = forms(row)
        let any =
            bits[first >> 6] &>> UInt64(first & 63) | bits[second >> 6] &>> UInt64(second & 63)
            | bits[third >> 6] &>> UInt64(third & 63)
        return any & 1 == 1
    }

    /// How many bytes they take.
    var byteCount: Int { rows.count * MemoryLayout<Row>.stride }
}
