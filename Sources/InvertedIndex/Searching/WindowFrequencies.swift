/// How often a term stands in documents of the present window.
///
/// Whoever scores the term leaves it here, so that phrases with the term are bounded without reading
/// its postings again.
final class WindowFrequencies {
    /// The documents with the term, of those that were scored.
    let found = WindowBits.allocateWindow()
    private let numbers = UnsafeMutablePointer<UInt32>.allocate(
        capacity: Int(DocumentWindow.size))
    private var base = noDocument

    deinit {
        found.deallocate()
        numbers.deallocate()
    }

    /// Forgets the window before.
    func begin(_ window: DocumentWindow) {
        base = window.base
        found.clearWindow()
    }

    /// Whether the term was scored in a window.
    func isOf(_ window: DocumentWindow) -> Bool { base == window.base }

    /// The frequency in the document at an offset that is in `found`.
    @inline(__always)
    func number(_ offset: UInt32) -> UInt32 { numbers[Int(offset)] }

    /// Keeps the frequency in the document at an offset.
    @inline(__always)
    func set(_ offset: UInt32, _ number: UInt32) {
        found.insert(offset)
        numbers[Int(offset)] = number
    }
}

/// The terms of a query whose frequencies are kept.
///
/// They are those of phrases that only add to scores. Groups that are scored for all documents that
/// match give the frequencies.
final class KeptFrequencies {
    private struct Term {
        let field: FieldID
        let bytes: [UInt8]
        let kept = WindowFrequencies()
        var isGiven = false
    }

    private var terms: [Term] = []
    private var isOpen = true

    /// The terms of phrases that are parts of some plans, or of unions among them.
    init(of plans: [PlannedQuery]) { add(plans) }

    private func add(_ plans: [PlannedQuery]) {
        for plan in plans {
            switch plan {
            case .phrase(let phrase):
                for field in phrase.fields {
                    for term in field.slots.joined() where place(of: term) == nil {
                        terms.append(Term(field: term.field, bytes: term.term))
                    }
                }
            case .boolean(let boolean): add(boolean.should)
            default: break
            }
        }
    }

    private func place(of term: PlannedTerm) -> Int? {
        terms.firstIndex { $0.field == term.field && $0.bytes == term.term }
    }

    /// Where a group that is scored for all matches leaves the frequencies of a term.
    func give(_ term: PlannedTerm) -> WindowFrequencies? {
        guard isOpen, let place = place(of: term) else { return nil }
        terms[place].isGiven = true
        return terms[place].kept
    }

    /// All such groups are known.
    func close() { isOpen = false }

    /// Where the frequencies of a term are found, if a group gives them.
    subscript(term: PlannedTerm) -> WindowFrequencies? {
        guard let place = place(of: term), terms[place].isGiven else { return nil }
        return terms[place].kept
    }
}
