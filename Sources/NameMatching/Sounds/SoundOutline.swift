/// What the sounds of a word are together: enough to tell that it is far from another without
/// going through them.
struct SoundOutline: Sendable {
    /// The classes that may stand in the place of its sounds, as bits.
    private(set) var near: UInt32 = 0
    /// What its sounds weigh, in thousandths.
    private(set) var weight: Int32 = 0
    /// One more than the code of its first sound; 0 where it has none.
    private var firstCode: UInt16 = 0

    /// No sounds.
    init() {}

    /// Sounds of an alphabet.
    init(_ codes: ArraySlice<SoundAlphabet.Code>, _ alphabet: borrowing SoundAlphabet) {
        for code in codes {
            near |= alphabet.traits[Int(code)].near
            weight &+= Int32(alphabet.traits[Int(code)].weight)
        }
        if let first = codes.first { firstCode = first + 1 }
    }

    /// The code of its first sound.
    var first: SoundAlphabet.Code? { firstCode == 0 ? nil : firstCode - 1 }
}
