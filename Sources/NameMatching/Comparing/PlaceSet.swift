/// Places of parts of a name, as bits: names have at most `NameReader.mostUnits` parts.
struct PlaceSet: Sequence, Equatable {
    private(set) var bits: UInt64 = 0

    /// No places.
    init() {}

    /// One place.
    init(_ place: Int) { insert(place) }

    /// Two places.
    init(_ first: Int, _ second: Int) {
        insert(first)
        insert(second)
    }

    /// Places below 64 of a list.
    init(_ places: [Int]) { for place in places { insert(place) } }

    /// The first place; `nil` for none.
    var first: Int? { bits == 0 ? nil : bits.trailingZeroBitCount }

    /// Adds a place below 64.
    mutating func insert(_ place: Int) { bits |= 1 << UInt64(place) }

    /// Whether a place is among them.
    func contains(_ place: Int) -> Bool { bits >> UInt64(place) & 1 == 1 }

    /// The places, ascending.
    func makeIterator() -> Iterator { Iterator(bits: bits) }

    /// Goes through the places.
    struct Iterator: IteratorProtocol {
        fileprivate var bits: UInt64

        mutating func next() -> Int? {
            guard bits != 0 else { return nil }
            defer { bits &= bits - 1 }
            return bits.trailingZeroBitCount
        }
    }
}
