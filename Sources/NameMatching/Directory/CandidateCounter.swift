/// Counts which names of a directory have most in common with an asked one.
///
/// The rarest words of the asked name drive: their names are counted one by one. Of the frequent
/// words, which stand in a great part of all names, only those names are counted that are there
/// already. Its buffers are reused; they grow to about four bytes a name.
struct CandidateCounter {
    /// How many names drive beside those of the rarest part.
    private static let mostDriving = 2000
    /// How many names drive where even the rarest part is frequent.
    private static let mostOfOnePart = 12_000
    /// What a name needs to have of the greatest count to be compared.
    private static let leastShare: Float = 0.55

    /// The words and meanings of one part with what they count.
    struct Part {
        var forms: [(form: UInt32, weight: Float)] = []
        var concepts: [(concept: NameVocabulary.ConceptID, weight: Float)] = []
        var names: [NameDirectory.NameID] = []
        /// How many names have one of them.
        var size = 0
        /// Whether it may drive: a patronymic is too often left out.
        var mayDrive = true
    }

    private var counts: [Float] = []
    private var touched: [NameDirectory.NameID] = []
    private var touchedBits: [UInt64] = []
    private var strongest: [(name: NameDirectory.NameID, count: Float)] = []

    /// What a name counts that stands for a whole part.
    private static let wholeName: Float = 1.5

    /// The names with the greatest counts, the greatest first.
    mutating func names(
        of parts: [Part], in directory: NameDirectory, limit: Int
    ) -> [(name: NameDirectory.NameID, count: Float)] {
        if counts.count < directory.nameCount {
            counts += [Float](repeating: 0, count: directory.nameCount - counts.count)
        }
        touched.removeAll(keepingCapacity: true)
        var marked: [Int] = []
        var driving = 0
        let order = parts.indices.filter { parts[$0].size > 0 }.sorted {
            parts[$0].mayDrive != parts[$1].mayDrive
                ? parts[$0].mayDrive : parts[$0].size < parts[$1].size
        }
        for place in order {
            let part = parts[place]
            if driving == 0 || driving + part.size <= Self.mostDriving {
                driving += part.size
                count(part, directory)
            } else {
                marked.append(place)
                for name in part.names.prefix(Self.mostDriving) { add(name, Self.wholeName) }
            }
        }
        if !marked.isEmpty { countMarked(marked, parts, directory) }
        return select(limit)
    }

    private mutating func count(_ part: Part, _ directory: NameDirectory) {
        var left = Self.mostOfOnePart
        for name in part.names.prefix(left) { add(name, Self.wholeName) }
        for (form, weight) in part.forms {
            let names = directory.names(ofForm: form).prefix(left)
            for name in names { add(name, weight) }
            left -= names.count
        }
        for (concept, weight) in part.concepts {
            let names = directory.names(ofConcept: concept).prefix(left)
            for name in names { add(name, weight) }
            left -= names.count
        }
    }

    private mutating func add(_ name: NameDirectory.NameID, _ weight: Float) {
        let count = counts[Int(name)]
        if count == 0 { touched.append(name) }
        counts[Int(name)] = count + weight
    }

    /// Counts frequent parts in the names that are counted already.
    private mutating func countMarked(
        _ marked: [Int], _ parts: [Part], _ directory: NameDirectory
    ) {
        setBits(directory)
        for place in marked {
            for (form, weight) in parts[place].forms {
                count(
                    directory.names(ofForm: form), weight,
                    bits: directory.formBits.row(form))
            }
            for (concept, weight) in parts[place].concepts {
                count(
                    directory.names(ofConcept: concept), weight,
                    bits: directory.conceptBits.row(UInt32(concept)))
            }
        }
        for name in touched { touchedBits[Int(name >> 6)] = 0 }
    }

    private mutating func setBits(_ directory: NameDirectory) {
        let count = directory.nameCount / 64 + 1
        if touchedBits.count < count {
            touchedBits += [UInt64](repeating: 0, count: count - touchedBits.count)
        }
        for name in touched { touchedBits[Int(name >> 6)] |= 1 << UInt64(name & 63) }
    }

    /// Counts the names of a row that are there already: each of them is looked up in the bits of
    /// the row, or each name of the row in theirs, whichever are fewer.
    private mutating func count(
        _ names: ArraySlice<NameDirectory.NameID>, _ weight: Float, bits: ArraySlice<UInt64>?
    ) {
        if let bits, touched.count < names.count {
            let start = bits.startIndex
            for name in touched
            where bits[start + Int(name >> 6)] >> UInt64(name & 63) & 1 == 1 {
                counts[Int(name)] += weight
            }
        } else {
            for name in names where touchedBits[Int(name >> 6)] >> UInt64(name & 63) & 1 == 1 {
                counts[Int(name)] += weight
            }
        }
    }

    /// The names with the greatest counts; all counts are zero afterwards.
    private mutating func select(
        _ limit: Int
    ) -> [(name: NameDirectory.NameID, count: Float)] {
        var greatest: Float = 0
        for name in touched { greatest = max(greatest, counts[Int(name)]) }
        strongest.removeAll(keepingCapacity: true)
        guard greatest > 0 else { return [] }
        // A histogram of counts tells from where on names are among the strongest.
        var histogram = InlineArray<64, Int32>(repeating: 0)
        let scale = 63 / greatest
        for name in touched { histogram[Int(counts[Int(name)] * scale)] += 1 }
        var least = 63
        var room = Int32(limit) - histogram[63]
        while least > 0, room > 0 {
            room -= histogram[least - 1]
            least -= 1
        }
        let threshold = max(Self.leastShare * greatest, Float(least) / scale * 0.9999)
        for name in touched {
            let count = counts[Int(name)]
            if count >= threshold { strongest.append((name, count)) }
            counts[Int(name)] = 0
        }
        if strongest.count > 4 * limit {
            // Many alike: the first of them.
            let sure = strongest.filter { $0.count > Float(least + 1) / scale }
            let rest = strongest.lazy.filter { $0.count <= Float(least + 1) / scale }
            strongest = sure + rest.prefix(max(0, 4 * limit - sure.count))
        }
        strongest.sort { $0.count != $1.count ? $0.count > $1.count : $0.name < $1.name }
        return Array(strongest.prefix(limit))
    }
}
