/// The likeliest beginnings of the writings of a word: some for each of its letters, in one array.
struct LetterBeam {
    /// A writing up to some letter of the word.
    struct Beginning {
        /// The logarithm of how likely it is.
        var score: Float
        /// The beginning that it carries on.
        var before: Int32 = 0
        /// What it adds to that; `nil` for the empty beginning.
        var choice: Int32?
        /// Tells writings apart: two of a word would have to agree in 64 bits to be taken for one.
        ///
        /// It does not hang on how the writing was parted.
        var hash = FNVHash()
    }

    private var slots: [Beginning]
    private var counts: [Int]
    private let width: Int
    private let endWidth: Int

    /// A beam that holds the empty beginning alone; behind the last letter it is `endWidth` wide.
    init(letterCount: Int, width: Int, endWidth: Int) {
        self.width = width
        self.endWidth = endWidth
        slots = Array(repeating: Beginning(score: 0), count: letterCount * width + endWidth)
        counts = Array(repeating: 0, count: letterCount + 1)
        counts[0] = 1
    }

    /// A beginning by its slot.
    subscript(slot: Int) -> Beginning { slots[slot] }

    /// The slots of the beginnings before a letter, the likeliest first.
    func beginnings(at place: Int) -> Range<Int> {
        place * width..<place * width + counts[place]
    }

    /// Whether a beginning of some score is among the likeliest before a letter so far.
    func hasRoom(for score: Float, at place: Int) -> Bool {
        let slots = beginnings(at: place)
        return slots.count < room(at: place) || self.slots[slots.upperBound - 1].score < score
    }

    private func room(at place: Int) -> Int { place == counts.count - 1 ? endWidth : width }

    /// Puts a beginning among those before a letter; of two that are written alike the likelier
    /// stays.
    ///
    /// - Requires: There is room for it.
    mutating func add(_ beginning: Beginning, at place: Int) {
        let known = beginnings(at: place)
        var slot = known.upperBound
        if let same = known.first(where: { slots[$0].hash == beginning.hash }) {
            guard slots[same].score < beginning.score else { return }
            slot = same
        } else if known.count < room(at: place) {
            counts[place] += 1
        } else {
            slot -= 1
        }
        while slot > known.lowerBound, slots[slot - 1].score < beginning.score {
            slots[slot] = slots[slot - 1]
            slot -= 1
        }
        slots[slot] = beginning
    }
}
