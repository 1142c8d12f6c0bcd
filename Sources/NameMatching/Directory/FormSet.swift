/// Numbers of words in the order in which they came, each once.
///
/// Its room is kept from name to name.
struct FormSet {
    /// The numbers.
    private(set) var forms: [UInt32] = []
    /// One more than a number, by its hash; 0 where there is none.
    private var slots = [UInt32](repeating: 0, count: room)

    /// The most numbers.
    static let most = 600
    /// Room of which no more than a third is used.
    private static let room = 2048

    /// Adds a number that is not there yet, if there is room.
    mutating func add(_ form: UInt32) {
        guard forms.count < Self.most else { return }
        var slot = Self.slot(of: form)
        while slots[slot] != 0 {
            if slots[slot] == form + 1 { return }
            slot = (slot + 1) & (Self.room - 1)
        }
        slots[slot] = form + 1
        forms.append(form)
    }

    /// Forgets all numbers.
    mutating func removeAll() {
        if forms.count > Self.room / 32 {
            for slot in slots.indices { slots[slot] = 0 }
        } else {
            // The last first, so that no number is behind a free place when it is looked for.
            for form in forms.reversed() {
                var slot = Self.slot(of: form)
                while slots[slot] != form + 1 { slot = (slot + 1) & (Self.room - 1) }
                slots[slot] = 0
            }
        }
        forms.removeAll(keepingCapacity: true)
    }

    private static func slot(of form: UInt32) -> Int { Int((form &* 0x9E37_79B1) >> 21) }
}
