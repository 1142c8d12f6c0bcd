import TextAnalysis

/// The words of one language that were met: stems with numbers, and the forms of each.
struct LearningVocabulary {
    /// A form of a stem and how often it was met.
    struct Form: Equatable {
        var bytes: [UInt8]
        var count: Int

        /// The most frequent first, equals by their bytes.
        static func precedes(_ left: Form, _ right: Form) -> Bool {
            left.count != right.count
                ? left.count > right.count : left.bytes.lexicographicallyPrecedes(right.bytes)
        }
    }

    private(set) var stems = TermTable()
    private var forms = TermTable()
    /// The stem of each form.
    ///
    /// A form has one stem in a language; were there two, the first stays.
    private var stemOfForm: [UInt32] = []
    private var countOfForm: [UInt32] = []

    /// The memory that it takes, about.
    var byteCount: Int { stems.byteCount + forms.byteCount + stemOfForm.capacity * 8 }

    /// The number of a stem, one more occurrence of a form of which was met.
    mutating func add(stem: [UInt8], form: [UInt8]) -> UInt32 {
        let number = UInt32(stems.intern(stem))
        let place = forms.intern(form)
        if place == stemOfForm.count {
            stemOfForm.append(number)
            countOfForm.append(1)
        } else {
            countOfForm[place] += 1
        }
        return number
    }

    /// The bytes of a stem.
    func stem(_ number: UInt32) -> [UInt8] { Array(stems.arena[stems[Int(number)]]) }

    /// The forms of some stems, the most frequent first, equals by their bytes.
    func forms(of wanted: Set<UInt32>) -> [UInt32: [Form]] {
        var found: [UInt32: [Form]] = [:]
        for (place, stem) in stemOfForm.enumerated() where wanted.contains(stem) {
            found[stem, default: []].append(
                Form(
                    bytes: Array(forms.arena[forms[place]]), count: Int(countOfForm[place])))
        }
        return found.mapValues { $0.sorted(by: Form.precedes) }
    }
}
