/// Counts which names of a directory have most in common with an asked one.
///
/// The rarest words of the asked name drive: their names are counted one by one. Of the frequent
/// words, which stand in a great part of all names, only those names are counted that are there
/// already.
struct CandidateCounter {
    /// How many names drive beside those of the rarest part.
    private static let mostDriving = 2000
    /// How many names drive where even the rarest part is frequent.
    private static let mostOfOnePart = 12_000

    /// The words and meanings of one part with what they count.
    struct Part {
        var forms: [(form: UInt32, weight: Float)] = []
        var concepts: [(concept: NameVocabulary.ConceptID, weight: Float)] = []
        var names: [NameDirectory.NameID] = []
        /// How many names have one of them.
        var size = 0
        /// Whether it may drive: a patronymic is too often left out.
        var mayDrive = true

        /// What the word counts that counts most.
        var greatestWeight: Float { forms.reduce(0) { max($0, $1.weight) } }
    }

    /// The names with the greatest counts, the greatest first.
    private(set) var strongest: [NameCounts.Counted] = []
    private var counts = NameCounts()
    private var words = WordCounter()
    /// Places of parts, those that drive first.
    private var order: [Int] = []
    /// Places of parts that do not drive.
    private var marked: [Int] = []

    /// With more names that stand for a whole part all are counted one by one.
    private static let mostWholeNames = 64

    /// Finds the names with the greatest counts; they are in `strongest` afterwards.
    mutating func count(_ parts: [Part], in directory: NameDirectory, limit: Int) {
        sort(parts)
        if parts.allSatisfy({ $0.concepts.isEmpty && $0.names.count <= Self.mostWholeNames }) {
            countWords(parts, in: directory, limit: limit)
        } else {
            countAll(parts, in: directory, limit: limit)
        }
    }

    /// Counts names that have words; those of further parts only where they may be among the
    /// strongest.
    private mutating func countWords(_ parts: [Part], in directory: NameDirectory, limit: Int) {
        words.begin(parts, in: directory, limit: limit)
        for part in parts where !part.names.isEmpty { words.addWhole(part.names, in: directory) }
        var isFirst = true
        var most = parts.reduce(Float(0)) { $0 + $1.greatestWeight }
        for place in order {
            guard isFirst || parts[place].size <= Self.mostDriving else { continue }
            guard words.mayTake(most) else { break }
            isFirst = false
            words.add(parts[place], in: directory, most: Self.mostOfOnePart)
            // A name that has none of its words has the others at most.
            most -= parts[place].greatestWeight
        }
        words.takeStrongest(parts, into: &strongest)
    }

    private mutating func countAll(_ parts: [Part], in directory: NameDirectory, limit: Int) {
        counts.reserve(nameCount: directory.nameCount)
        marked.removeAll(keepingCapacity: true)
        var driving = 0
        for place in order {
            let size = parts[place].size
            if driving == 0 || driving + size <= Self.mostDriving {
                driving += size
                add(parts[place], directory)
            } else {
                marked.append(place)
                counts.add(parts[place].names.prefix(Self.mostDriving), WordCounter.wholeName)
            }
        }
        for place in marked { mark(parts[place], directory) }
        counts.takeStrongest(limit, into: &strongest)
    }

    /// Orders the parts that have names: those that may drive first, of them the rarest.
    private mutating func sort(_ parts: [Part]) {
        order.removeAll(keepingCapacity: true)
        for place in parts.indices where parts[place].size > 0 {
            let next = order.firstIndex { other in
                parts[place].mayDrive != parts[other].mayDrive
                    ? parts[place].mayDrive : parts[place].size < parts[other].size
            }
            order.insert(place, at: next ?? order.count)
        }
    }

    private mutating func add(_ part: Part, _ directory: NameDirectory) {
        var left = Self.mostOfOnePart
        counts.add(part.names.prefix(left), WordCounter.wholeName)
        for (form, weight) in part.forms {
            let names = directory.names(ofForm: form).prefix(left)
            counts.add(names, weight)
            left -= names.count
        }
        for (concept, weight) in part.concepts {
            let names = directory.names(ofConcept: concept).prefix(left)
            counts.add(names, weight)
            left -= names.count
        }
    }

    /// Counts a frequent part in the names that are counted already.
    private mutating func mark(_ part: Part, _ directory: NameDirectory) {
        for (form, weight) in part.forms {
            counts.mark(
                directory.names(ofForm: form), weight, bits: directory.formBits.row(form))
        }
        for (concept, weight) in part.concepts {
            counts.mark(
                directory.names(ofConcept: concept), weight,
                bits: directory.conceptBits.row(UInt32(concept)))
        }
    }
}
