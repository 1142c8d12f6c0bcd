import CKernels
import Glibc
import Synchronization

/// The last numbering that was begun in this process.
private let lastNumbering = Atomic<UInt64>(0)

/// The distinct words and stems of the texts at hand, numbered from 0, and what is noted of each.
///
/// Open addressing with linear probing, at most half full. A slot holds a tag of the word's hash, so
/// that nearly every probe that meets another word ends there. Words come in batches: the steps
/// that wait for memory, slot by slot and entry by entry, do not depend on each other then, and the
/// processor takes many of them at once.
///
/// Not copied, freed with its owner.
struct WordNumbers<Note>: ~Copyable {
    /// A word and what is noted of it.
    struct Entry {
        /// Its bytes in `arena`.
        var bytes: ByteRange
        var note: Note
        /// How often it came again, up to 255, since words were forgotten; less is remembered of
        /// what was before that.
        var useCount: UInt8 = 0
    }

    /// A word that wants a number: its bytes in the arena of the asker.
    struct Waiting: BitwiseCopyable {
        var bytes: ByteRange
        var hash: UInt64
    }

    /// The bytes of all words.
    private(set) var arena = TermBytes(capacity: 1 << 12)
    /// A name for the numbers that are given now, unlike that of any others in this process.
    private(set) var numbering = lastNumbering.add(1, ordering: .relaxed).newValue
    /// The entries, by number.
    private(set) var entries: UnsafeMutablePointer<Entry>
    /// How many words there are.
    private(set) var count = 0
    private var guesses = GrowingRow<ByteRange>()
    private let blank: Note
    private var entryCapacity = 1 << 8
    /// A tag of 32 bits above, the number of a word plus one below; 0 for none.
    private var slots: UnsafeMutablePointer<UInt64>
    private var slotMask = (1 << 9) - 1
    /// Not to be guessed from outside, so that nobody can make texts whose words collide.
    private let seed = UInt64.random(in: 0 ... .max)

    /// No words; a new one has the note `blank`.
    init(blank: Note) {
        self.blank = blank
        entries = Self.allocate(entryCapacity)
        slots = .allocate(capacity: slotMask + 1)
        slots.initialize(repeating: 0, count: slotMask + 1)
    }

    deinit {
        entries.deinitialize(count: count)
        entries.deallocate()
        slots.deallocate()
    }

    /// Forgets all words and keeps the room.
    mutating func removeAll() {
        arena.truncate()
        entries.deinitialize(count: count)
        count = 0
        numbering = lastNumbering.add(1, ordering: .relaxed).newValue
        slots.update(repeating: 0, count: slotMask + 1)
    }

    /// Forgets all words but those marked; they keep their order and have new numbers.
    ///
    /// - Parameters:
    ///   - isKept: For each word whether it stays.
    ///   - move: Changes what a note says of numbers to the new ones, −1 for a forgotten word.
    mutating func keep(_ isKept: [Bool], _ move: (inout Note, _ newNumbers: [Int32]) -> Void) {
        precondition(isKept.count == count, "each word is judged")
        var newNumbers = [Int32](repeating: -1, count: count)
        var (keptCount, keptByteCount) = (0, 0)
        for number in 0..<count where isKept[number] {
            newNumbers[number] = Int32(truncatingIfNeeded: keptCount)
            var entry = entries[number]
            let byteCount = Int(entry.bytes.count)
            memmove(
                arena.base + keptByteCount, arena.base + Int(entry.bytes.start), byteCount)
            entry.bytes.start = UInt32(truncatingIfNeeded: keptByteCount)
            entry.useCount /= 2
            entries[keptCount] = entry
            keptCount += 1
            keptByteCount += byteCount
        }
        arena.truncate(to: keptByteCount)
        (entries + keptCount).deinitialize(count: count - keptCount)
        count = keptCount
        for number in 0..<count { move(&entries[number].note, newNumbers) }
        numbering = lastNumbering.add(1, ordering: .relaxed).newValue
        fillSlots()
    }

    /// The bytes of a word, in place until the next change.
    @inline(__always)
    func bytes(of number: Int) -> UnsafeBufferPointer<UInt8> {
        assert(number < count, "there is such a word")
        return arena.bytes(entries[number].bytes)
    }

    /// A word as it waits for its number; the slot where its search begins is asked for.
    @inline(__always)
    func waiting(_ bytes: ByteRange, of words: borrowing TermBytes) -> Waiting {
        let hash = hash(words.base + Int(bytes.start), Int(bytes.count))
        ck_prefetch(slots + (Int(truncatingIfNeeded: hash) & slotMask))
        return Waiting(bytes: bytes, hash: hash)
    }

    /// The number of one word, which is added if need be.
    mutating func number(of word: borrowing TermBytes) -> Int {
        let bytes = ByteRange(start: 0, count: UInt32(truncatingIfNeeded: word.count))
        return number(waiting(bytes, of: word), in: word)
    }

    /// Appends the numbers of words, which are added if need be.
    ///
    /// Step by step for all of them: what a step needs from memory is asked for in the one before.
    mutating func appendNumbers(
        of waiting: UnsafeMutableBufferPointer<Waiting>, in words: borrowing TermBytes,
        to row: inout GrowingRow<Int32>
    ) {
        let numbers = row.extend(by: waiting.count)
        // A guess for each: the first word with its tag.
        for index in 0..<waiting.count {
            let hash = waiting[index].hash
            var slot = Int(truncatingIfNeeded: hash) & slotMask
            var held = slots[slot]
            while held != 0, held &>> 32 != hash &>> 32 {
                slot = (slot &+ 1) & slotMask
                held = slots[slot]
            }
            let guess = Int32(truncatingIfNeeded: held & 0xFFFF_FFFF) &- 1
            if guess >= 0 { ck_prefetch(entries + Int(guess)) }
            numbers[index] = guess
        }
        // Where the bytes of each guess are.
        guesses.truncate()
        let guesses = guesses.extend(by: waiting.count)
        for index in 0..<waiting.count {
            let guess = Int(numbers[index])
            let bytes = guess >= 0 ? entries[guess].bytes : .empty
            ck_prefetch(arena.base + Int(bytes.start))
            guesses[index] = bytes
        }
        for index in 0..<waiting.count {
            let word = waiting[index]
            if numbers[index] >= 0,
                Self.areEqual(arena, guesses[index], words, word.bytes)
            {
                let entry = entries + Int(numbers[index])
                if entry.pointee.useCount < .max { entry.pointee.useCount &+= 1 }
                continue
            }
            // New, or another with the same tag; maybe new since the guesses.
            numbers[index] = Int32(truncatingIfNeeded: number(word, in: words))
        }
    }

    private mutating func number(_ word: Waiting, in words: borrowing TermBytes) -> Int {
        let tag = word.hash &>> 32
        var slot = Int(truncatingIfNeeded: word.hash) & slotMask
        while slots[slot] != 0 {
            let number = Int(slots[slot] & 0xFFFF_FFFF) &- 1
            if slots[slot] &>> 32 == tag, isWord(number, word, in: words) { return number }
            slot = (slot &+ 1) & slotMask
        }
        if count == entryCapacity { growEntries() }
        let start = UInt32(truncatingIfNeeded: arena.count)
        arena.append(words.bytes(word.bytes), isPadded: true)
        (entries + count).initialize(
            to: Entry(bytes: ByteRange(start: start, count: word.bytes.count), note: blank))
        count &+= 1
        slots[slot] = tag &<< 32 | UInt64(truncatingIfNeeded: count)
        if count &* 2 > slotMask { growSlots() }
        return count &- 1
    }

    @inline(__always)
    private func isWord(
        _ number: Int, _ word: Waiting, in words: borrowing TermBytes
    ) -> Bool {
        Self.areEqual(arena, entries[number].bytes, words, word.bytes)
    }

    /// Whether two words are the same bytes; the second is at hand, the first may be waited for.
    @inline(__always)
    private static func areEqual(
        _ left: borrowing TermBytes, _ leftBytes: ByteRange, _ right: borrowing TermBytes,
        _ rightBytes: ByteRange
    ) -> Bool {
        guard leftBytes.count == rightBytes.count else { return false }
        let byteCount = Int(rightBytes.count)
        let left = left.base + Int(leftBytes.start)
        let right = right.base + Int(rightBytes.start)
        // Nearly all words: without a branch that would have to be guessed.
        if byteCount <= TermBytes.slack {
            return TermBytes.areEqual(left, right, byteCount)
        }
        return memcmp(left, right, byteCount) == 0
    }

    private mutating func growEntries() {
        let grown = Self.allocate(entryCapacity * 2)
        grown.moveInitialize(from: entries, count: count)
        entries.deallocate()
        entries = grown
        entryCapacity *= 2
    }

    /// Room for entries from a line of the processor's cache on.
    private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Entry> {
        UnsafeMutableRawPointer
            .allocate(byteCount: capacity * MemoryLayout<Entry>.stride, alignment: 64)
            .bindMemory(to: Entry.self, capacity: capacity)
    }

    private mutating func growSlots() {
        let capacity = (slotMask + 1) * 2
        slots.deallocate()
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: 0, count: capacity)
        slotMask = capacity - 1
        fillSlots()
    }

    /// Enters all words into the slots.
    private mutating func fillSlots() {
        slots.update(repeating: 0, count: slotMask + 1)
        for number in 0..<count {
            let word = bytes(of: number)
            let hash = hash(arena.base + Int(entries[number].bytes.start), word.count)
            var slot = Int(truncatingIfNeeded: hash) & slotMask
            while slots[slot] != 0 { slot = (slot + 1) & slotMask }
            slots[slot] = (hash >> 32) << 32 | UInt64(number + 1)
        }
    }

    /// Up to 32 bytes at once, without a branch on their number: two products of 128 bits, each of
    /// eight bytes with eight others.
    @inline(__always)
    private func hash(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) -> UInt64 {
        if byteCount > TermBytes.slack { return longHash(bytes, byteCount) }
        let parts = TermBytes.padded(bytes, byteCount)
        let first = Self.mixed(parts[0] ^ seed, parts[1] ^ Self.pattern)
        let second = Self.mixed(parts[2] ^ Self.pattern, parts[3] ^ ~seed)
        let count = UInt64(truncatingIfNeeded: byteCount)
        return Self.mixed(first ^ seed, second ^ Self.pattern ^ count)
    }

    @inline(never)
    private func longHash(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) -> UInt64 {
        var hash = seed ^ UInt64(truncatingIfNeeded: byteCount)
        var offset = 0
        while offset < byteCount {
            let parts = TermBytes.padded(bytes + offset, min(16, byteCount &- offset))
            hash = Self.mixed(hash ^ parts[0], parts[1] ^ Self.pattern)
            offset &+= 16
        }
        return Self.mixed(hash, seed ^ Self.pattern)
    }

    /// An odd number without pattern.
    private static var pattern: UInt64 { 0x9E37_79B9_7F4A_7C15 }

    @inline(__always)
    private static func mixed(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
